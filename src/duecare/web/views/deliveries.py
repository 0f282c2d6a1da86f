"""The deliveries: which came, newest first, and what became of their rows."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from duecare.use_cases.deliveries import list_deliveries
from duecare.web.site.page import show_page
from duecare.web.site.query_params import page_number
from duecare.web.site.request import request_of


@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """Which deliveries came?"""
    page = list_deliveries.read_deliveries(request_of(request, "page: deliveries"), page=page_number(request))
    return show_page(request, "deliveries.html", {"page": page}, here="deliveries")
