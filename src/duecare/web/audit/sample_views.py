"""The page of a grader's own sample."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from duecare.use_cases.audit import view_my_sample
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of


@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    """Which files are the viewer's to grade, and how far has each come?"""
    page = view_my_sample.my_sample(request_of(request, "page: my sample"))
    counts = [(progress, page.count(progress)) for progress in view_my_sample.Progress]
    shown = {"page": page, "counts": counts, "is_done": request.GET.get("submitted") == "yes"}
    return show_page(request, "audit/sample.html", shown, here="sample")
