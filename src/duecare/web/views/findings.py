"""The findings of an area or a duty as a list: what is or was owed, met, late or not to be told, at any moment."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from duecare.duty.finding import State
from duecare.rulebook.all_duties import duties
from duecare.use_cases.findings import list_findings
from duecare.use_cases.findings.findings_in_scope import Wanted
from duecare.web.casework.presenters.duties import refs_of
from duecare.web.site.as_of import early_answer
from duecare.web.site.page import show_page
from duecare.web.site.pages import errors
from duecare.web.site.query_params import place_number, read_moments
from duecare.web.site.request import request_of

STATES = tuple(state.value for state in State)
ASKED = ("state", "duty", "ref", "area", "case")


@require_safe
def findings(request: HttpRequest) -> HttpResponse:
    """Which findings are there, of those that this viewer may open?"""
    given = read_moments(request)
    if (answer := early_answer(request, given)) is not None:
        return answer
    asked = {name: request.GET.get(name, "").strip() for name in ASKED}
    asked["state"] = asked["state"] or State.OVERDUE.value
    known = {"state": STATES, "duty": tuple(duty.id for duty in duties()), "ref": refs_of()}
    for name, values in known.items():
        if asked[name] not in {"", "any", *values}:
            return errors.unreadable(request, f"There is no such {name} among the findings.")
    suggested = request.GET.get("suggested") == "yes"
    page = list_findings.list_findings(
        request_of(request, "page: findings"),
        Wanted(**{name: value for name, value in asked.items() if value not in {"", "any"}}),
        suggested=suggested,
        first=place_number(request),
        as_of=given.as_of,
        known_at=given.known_at,
    )
    shown = {"page": page, "given": given, "asked": asked, "suggested": suggested, "known": known}
    return show_page(request, "findings.html", shown, here="findings")
