"""The custody board: children in custody, who is with them, and which review is next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from duecare.use_cases.casework import view_custody_board
from duecare.web.asking import asking_of
from duecare.web.given import moments
from duecare.web.page import show
from duecare.web.presenters.boards import CUSTODY_COUNTS
from duecare.web.views import errors
from duecare.web.views.at_moment import instead


@require_safe
def custody(request: HttpRequest) -> HttpResponse:
    """Which children are in custody, and what is next due for each?"""
    given = moments(request)
    if (answer := instead(request, given)) is not None:
        return answer
    chosen = request.GET.get("show") or "in_custody"
    if chosen not in CUSTODY_COUNTS:
        return errors.unreadable(request, "There is no such count on the custody board.")
    page = view_custody_board.read_custody(asking_of(request, "page: custody board"), chosen=chosen, **given.at)
    return show(request, "custody.html", {"page": page, "given": given, "names": CUSTODY_COUNTS}, here="custody")
