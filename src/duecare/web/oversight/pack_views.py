"""The pack for a meeting as a page, and as a file in each of its formats."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from duecare.config import read_config
from duecare.report.render import FORMATS
from duecare.use_cases.oversight import build_meeting_pack
from duecare.web.site.page import show_page
from duecare.web.site.pages import errors
from duecare.web.site.request import request_of


@require_safe
def pack_page(http_request: HttpRequest, number: int) -> HttpResponse:
    """The pack for this meeting."""
    request = request_of(http_request, "page: pack for a meeting")
    paper = build_meeting_pack.meeting_pack(request, read_config(), number)
    context = {"paper": paper, "number": number, "forms": tuple(FORMATS)}
    return show_page(http_request, "oversight/meeting_pack.html", context, here="meetings")


@require_safe
def pack_file(http_request: HttpRequest, number: int, form: str) -> HttpResponse:
    """The same pack as a file to download."""
    if form not in FORMATS:
        return errors.not_found_page(http_request)
    request = request_of(http_request, f"pack for a meeting as {form}")
    paper = build_meeting_pack.meeting_pack(request, read_config(), number)
    render, content_type = FORMATS[form]
    response = HttpResponse(render(paper), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="meeting-{number}.{form}"'
    return response
