"""The worklist: what to look at first, and why."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from duecare.steps import read_worklist
from duecare.web.asking import asking_of
from duecare.web.given import page_number
from duecare.web.page import show


@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    """Which lines does this viewer look at first?"""
    unallocated = request.GET.get("unallocated") == "yes"
    area = request.GET.get("area", "")
    page = read_worklist.read_worklist(
        asking_of(request, "page: worklist"), unallocated=unallocated, area=area, page=page_number(request)
    )
    return show(request, "worklist.html", {"page": page, "unallocated": unallocated, "area": area}, here="worklist")
