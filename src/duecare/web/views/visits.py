"""The visits board: due, attempted, seen and overdue, by risk; each number opens exactly what it counts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from duecare.use_cases.casework import view_as_of, view_visits_board
from duecare.web.casework.presenters.boards import VISIT_COLUMNS, VISIT_RISKS
from duecare.web.site.as_of import early_answer
from duecare.web.site.page import show_page
from duecare.web.site.pages import errors
from duecare.web.site.query_params import read_moments
from duecare.web.site.request import request_of


@require_safe
def visits(request: HttpRequest) -> HttpResponse:
    """How many visits are due, attempted, seen and overdue, by risk?"""
    given = read_moments(request)
    if (answer := early_answer(request, given)) is not None:
        return answer
    risk, column = request.GET.get("risk") or None, request.GET.get("column") or None
    if (
        (risk is None) != (column is None)
        or (risk or "unknown") not in VISIT_RISKS
        or (column or "due") not in VISIT_COLUMNS
    ):
        return errors.unreadable(request, "There is no such cell on the visits board.")
    asking = request_of(request, "page: visits board")
    if given.is_now:
        page = view_visits_board.read_visits(asking, risk=risk, column=column)
    else:
        page = view_as_of.visits_then(asking, risk, column, **given.at)
    shown = {"page": page, "given": given, "risks": VISIT_RISKS, "columns": VISIT_COLUMNS}
    return show_page(request, "visits.html", shown, here="visits")
