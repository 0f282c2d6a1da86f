"""The page of one source's case: who owns it, what is owed, who is in it, what happened."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from duecare.use_cases.casework import view_case
from duecare.web.site.as_of import early_answer
from duecare.web.site.page import show_page
from duecare.web.site.query_params import read_moments
from duecare.web.site.request import request_of


@require_safe
def case(request: HttpRequest, source: str, case_ref: str) -> HttpResponse:
    """What is held of one case?"""
    given = read_moments(request)
    if (answer := early_answer(request, given)) is not None:
        return answer
    page = view_case.read_case(request_of(request, "page: case"), source, case_ref, **given.at)
    return show_page(request, "case.html", {"page": page, "given": given}, here="case")
