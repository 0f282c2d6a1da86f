"""The rows that were set aside, as a file to mend and receive again."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from duecare.use_cases.deliveries import list_deliveries
from duecare.web.site.request import request_of


@require_POST
def set_aside(request: HttpRequest, delivery: int, file: str) -> HttpResponse:
    """Which rows of this file were set aside? Written as they came, for mending."""
    content = list_deliveries.export_set_aside(request_of(request, "export of rows set aside, to mend"), delivery, file)
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_plain_name(file)}"'
    return answer


def _plain_name(file: str) -> str:
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", file.rsplit("/", 1)[-1].rsplit(".", 1)[0]).strip("-")
    return f"{stem or 'set-aside'}.csv"
