"""Delivery pages: which were received, what became of their rows, and a file of the rows set aside."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from duecare.use_cases.deliveries import list_deliveries
from duecare.web.site.page import show_page
from duecare.web.site.query_params import page_number
from duecare.web.site.request import request_of


@require_safe
def deliveries_page(http_request: HttpRequest) -> HttpResponse:
    """The deliveries received, newest first, and what became of their rows."""
    request = request_of(http_request, "page: deliveries")
    page = list_deliveries.read_deliveries(request, page_number=page_number(http_request))
    return show_page(http_request, "deliveries/deliveries.html", {"page": page}, here="deliveries")


@require_safe
def delivery_page(http_request: HttpRequest, delivery: int) -> HttpResponse:
    """One delivery: how its rows were counted, what was set aside and why, what defects were noted."""
    page = list_deliveries.read_delivery(request_of(http_request, "page: delivery"), delivery)
    files = sorted({row.file for row in page.set_aside})
    return show_page(http_request, "deliveries/delivery.html", {"page": page, "files": files}, here="deliveries")


@require_POST
def export_set_aside(http_request: HttpRequest, delivery: int, file: str) -> HttpResponse:
    """The rows of one file that were set aside, as a file to correct and receive again."""
    request = request_of(http_request, "export of rows set aside, to mend")
    content = list_deliveries.export_set_aside(request, delivery, file)
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_file_name(file)}"'
    return answer


def _file_name(file: str) -> str:
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", file.rsplit("/", 1)[-1].rsplit(".", 1)[0]).strip("-")
    return f"{stem or 'set-aside'}.csv"
