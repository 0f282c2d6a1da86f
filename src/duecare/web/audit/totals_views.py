"""Published totals of audits run elsewhere, and exactly what they support."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from duecare.use_cases.audit import import_totals
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of


@require_safe
def totals(request: HttpRequest) -> HttpResponse:
    """What do the published totals say, and on what basis?"""
    found = import_totals.audit_totals(request_of(request, "page: published totals"))
    return show_page(request, "audit/totals.html", {"page": found}, here="totals")
