"""The pack for a meeting as a page, and as a file in each of its formats."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from duecare.config import read_config
from duecare.report.render import FORMATS
from duecare.use_cases.oversight import build_meeting_pack as step
from duecare.web.site.page import show_page
from duecare.web.site.pages import errors
from duecare.web.site.request import request_of


@require_safe
def pack(request: HttpRequest, number: int) -> HttpResponse:
    """What is there to speak of at this meeting?"""
    paper = step.meeting_pack(request_of(request, "page: pack for a meeting"), read_config(), number)
    return show_page(
        request,
        "oversight/meeting_pack.html",
        {"paper": paper, "number": number, "forms": tuple(FORMATS)},
        here="meetings",
    )


@require_safe
def pack_file(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """The same pack as a file to keep."""
    if form not in FORMATS:
        return errors.not_found(request)
    paper = step.meeting_pack(request_of(request, f"pack for a meeting as {form}"), read_config(), number)
    render, kind = FORMATS[form]
    answer = HttpResponse(render(paper), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="meeting-{number}.{form}"'
    return answer
