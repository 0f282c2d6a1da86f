"""One delivery: its account of rows, what was set aside and why, what was noted."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from duecare.use_cases.deliveries import list_deliveries
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of


@require_safe
def delivery(request: HttpRequest, delivery: int) -> HttpResponse:
    """What became of the rows of this delivery?"""
    page = list_deliveries.read_delivery(request_of(request, "page: delivery"), delivery)
    files = sorted({row.file for row in page.set_aside})
    return show_page(request, "delivery.html", {"page": page, "files": files}, here="deliveries")
