"""The report of a round as a page, and as a file in each of its formats."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from duecare.config import read_config
from duecare.report.render import FORMATS
from duecare.use_cases.audit import report_round as step
from duecare.web.site.page import show_page
from duecare.web.site.pages import errors
from duecare.web.site.request import request_of


@require_safe
def report(request: HttpRequest, round_name: str) -> HttpResponse:
    """What is there to report of this round?"""
    paper = step.report_round(request_of(request, "page: report of a round"), read_config(), round_name)
    shown = {"paper": paper, "name": round_name, "forms": tuple(FORMATS)}
    return show_page(request, "audit/round_report.html", shown, here="agreements")


@require_safe
def report_file(request: HttpRequest, round_name: str, form: str) -> HttpResponse:
    """The same report as a file to keep."""
    if form not in FORMATS:
        return errors.not_found_page(request)
    paper = step.report_round(request_of(request, f"report of a round as {form}"), read_config(), round_name)
    render, kind = FORMATS[form]
    answer = HttpResponse(render(paper), content_type=kind)
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", round_name).strip("-") or "round"
    answer["Content-Disposition"] = f'attachment; filename="report-{stem}.{form}"'
    return answer
