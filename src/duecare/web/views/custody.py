"""The custody board: children in custody, who is with them, and which review is next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from duecare.use_cases.casework import view_custody_board
from duecare.web.casework.presenters.boards import CUSTODY_COUNTS
from duecare.web.site.as_of import early_answer
from duecare.web.site.page import show_page
from duecare.web.site.pages import errors
from duecare.web.site.query_params import read_moments
from duecare.web.site.request import request_of


@require_safe
def custody(request: HttpRequest) -> HttpResponse:
    """Which children are in custody, and what is next due for each?"""
    given = read_moments(request)
    if (answer := early_answer(request, given)) is not None:
        return answer
    chosen = request.GET.get("show") or "in_custody"
    if chosen not in CUSTODY_COUNTS:
        return errors.unreadable(request, "There is no such count on the custody board.")
    page = view_custody_board.read_custody(request_of(request, "page: custody board"), chosen=chosen, **given.at)
    return show_page(request, "custody.html", {"page": page, "given": given, "names": CUSTODY_COUNTS}, here="custody")
