"""The page of one source's case: who owns it, what is owed, who is in it, what happened."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from duecare.use_cases.casework import view_case
from duecare.web.asking import asking_of
from duecare.web.given import moments
from duecare.web.page import show
from duecare.web.views.at_moment import instead


@require_safe
def case(request: HttpRequest, source: str, case_ref: str) -> HttpResponse:
    """What is held of one case?"""
    given = moments(request)
    if (answer := instead(request, given)) is not None:
        return answer
    page = view_case.read_case(asking_of(request, "page: case"), source, case_ref, **given.at)
    return show(request, "case.html", {"page": page, "given": given}, here="case")
