"""The pages of meetings: all of them with questions and actions, and one with its agenda and minutes."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from duecare.access.act import Act
from duecare.authorisation.request import Request
from duecare.recommendation.oversight import Deed
from duecare.use_cases.oversight import record_meeting, view_oversight
from duecare.vocabulary.moments import london_day
from duecare.vocabulary.refusals import Refusal
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of


@require_http_methods(["GET", "HEAD", "POST"])
def meetings(request: HttpRequest) -> HttpResponse:
    """Which meetings were held, what was asked, and what is owed of it?"""
    asking = request_of(request, "page: meetings")
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        faults = _kept(asking, request)
        if not faults:
            return redirect("meetings")
    shown = {
        "found": view_oversight.read_oversight(asking),
        **_may(asking),
        "faults": faults,
        "typed": request.POST,
    }
    return show_page(request, "oversight/meetings.html", shown, here="meetings", status=400 if faults else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: HttpRequest, number: int) -> HttpResponse:
    """What was this meeting about, what was said, and what did it ask for?"""
    asking = request_of(request, "page: a meeting")
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        faults = _kept(asking, request, number)
        if not faults:
            return redirect("meeting", number)
    this, before, found = view_oversight.read_meeting(asking, number)
    shown = {
        "meeting": this,
        "before": before,
        "found": found,
        **_may(asking),
        "faults": faults,
        "typed": request.POST,
    }
    return show_page(request, "oversight/meeting.html", shown, here="meetings", status=400 if faults else 200)


def _may(asking: Request) -> dict[str, object]:
    acts = asking.viewer.acts
    return {
        "may_ask": Act.ASK_QUESTION in acts,
        "may_answer": Act.ANSWER_QUESTION in acts,
        "may_record": Act.RECORD_MEETING in acts,
        "today": london_day(asking.now),
    }


def _kept(asking: Request, request: HttpRequest, meeting: int = 0) -> tuple[str, ...]:
    given = request.POST
    of, day = given.get("of", "0"), given.get("due_on", "").strip()
    if given.get("deed", "") not in {one.value for one in Deed} or not (of.isascii() and of.isdigit() and len(of) < 10):
        return ("the form does not say what is to be done",)
    deed = Deed(given["deed"])
    try:
        due_on = date.fromisoformat(day) if day else None
    except ValueError:
        return ("give the day as in 2026-04-01",)
    if deed not in {Deed.MINUTE, Deed.ACTION, Deed.QUESTION}:
        meeting = 0
    try:
        words, owner = given.get("words", ""), given.get("owner", "")
        record_meeting.oversee(asking, deed, words, meeting=meeting, of=int(of), owner=owner, due_on=due_on)
    except Refusal as refusal:
        if refusal.code != "RCM-040":
            raise
        return refusal.faults
    return ()
