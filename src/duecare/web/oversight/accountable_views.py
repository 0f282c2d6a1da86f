"""The page of who is accountable for what: what is vacant first; a chief officer names, whoever answers signs off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from duecare.access.act import Act
from duecare.config import read_config
from duecare.duty.accountable import Over
from duecare.use_cases.oversight import assign_accountable, sign_off_pack, view_accountability
from duecare.visibility.accountability_pages import Answerable
from duecare.vocabulary.refusals import Refusal
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of

WRONG = frozenset({"DUT-030", "DUT-031"})


@require_http_methods(["GET", "HEAD", "POST"])
def accountable(request: HttpRequest) -> HttpResponse:
    """Who is accountable for what, and what is vacant?"""
    asking = request_of(request, "page: who is accountable")
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        given = request.POST
        try:
            if "what" in given:
                over, _, key = given["what"].partition(":")
                sign_off_pack.sign_off(asking, read_config(), _over(over), key, given.get("words", ""))
            else:
                assign_accountable.name_accountable(
                    asking,
                    _over(given.get("over", "")),
                    given.get("key", ""),
                    post_kind=given.get("post_kind", ""),
                    post_area=given.get("post_area", ""),
                    from_on=_day(given.get("from_on", "")),
                    reason=given.get("reason", ""),
                )
            return redirect("accountable")
        except Refusal as refusal:
            if refusal.code not in WRONG:
                raise
            faults = refusal.faults or (f"{refusal.kind.what} Found: {refusal.found}.",)
    found = view_accountability.read_accountable(asking, read_config())
    shown = {
        "found": found,
        "lines": {over: _most_pressing_first(found.every, over) for over in Over},
        "late": sum(one.late or 0 for one in found.every if one.who.over is Over.DUTY),
        "never": sum(1 for one in found.every if one.who.vacant is None and one.signed is None),
        "may_see_late": Act.READ_LATE_NOW in asking.viewer.acts,
        "overs": tuple(Over),
        "may_name": Act.NAME_ACCOUNTABLE in asking.viewer.acts,
        "may_sign": Act.SIGN_OFF in asking.viewer.acts,
        "today": asking.now,
        "faults": faults,
        "typed": request.POST,
    }
    return show_page(request, "oversight/accountable.html", shown, here="accountable", status=400 if faults else 200)


def _most_pressing_first(every: Iterable[Answerable], over: Over) -> list[Answerable]:
    """What is vacant, then what has most that is late; the rest as it comes."""
    ours = (one for one in every if one.who.over is over)
    return sorted(ours, key=lambda one: (one.who.vacant is None, -(one.late or 0)))


def _over(text: str) -> Over:
    try:
        return Over(text)
    except ValueError:
        raise Refusal("DUT-030", faults=("say what it is: a duty, an area or a recommendation",)) from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal("DUT-030", faults=("give the day as in 2026-04-01",)) from None
