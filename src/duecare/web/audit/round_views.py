"""The page of one round: its stages, its hashes, its counts; a lead does here what comes next for their side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from duecare.audit.rounds.sample_draw import CONFLICTED, REASONS
from duecare.audit.rounds.sample_sets import GRADED_BY, SETS
from duecare.audit.rounds.sampling_frame import Choice
from duecare.authorisation.request import Request
from duecare.record.pole import CaseKey
from duecare.use_cases.audit import (
    allocate_files,
    commit_and_reveal,
    draw_sample,
    end_round,
    list_rounds,
    name_graders,
    plan_round,
    replace_file,
)
from duecare.use_cases.casework import view_as_of
from duecare.vocabulary.kinds import CASE_KINDS
from duecare.vocabulary.moments import london_day, start_of_day
from duecare.vocabulary.refusals import Refusal
from duecare.web.audit.round_presenters import graded_by, method_words, tasks_of, waits_words
from duecare.web.site.page import show_page
from duecare.web.site.query_params import moment_typed
from duecare.web.site.request import request_of


class Unreadable(Exception):
    """What of a form cannot be read, in plain words."""


@require_http_methods(["GET", "HEAD", "POST"])
def one_round(request: HttpRequest, name: str) -> HttpResponse:
    """How far has this round come, and what is next?"""
    asking = request_of(request, "page: round")
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            FORMS.get(request.POST.get("do", ""), _nothing)(asking, name, request.POST)
            return redirect("round", name)
        except Unreadable as wrong:
            faults = tuple(map(str, wrong.args))
        except Refusal as refusal:
            if refusal.kind.family != "AUD":
                raise
            faults = (refusal.kind.what, *(one for one in (refusal.found, *refusal.faults) if one), refusal.kind.todo)
    page = list_rounds.read_round(asking, name)
    shown = {
        "page": page,
        "tasks": tasks_of(page),
        "method": method_words(page.line.method),
        "graded_by": graded_by(page),
        "waits": waits_words(page),
        "sets": SETS,
        "gradable": [one for one in SETS if set(GRADED_BY[one]) <= set(page.schemes)],
        "reasons": [one for one in REASONS if one != CONFLICTED],
        "case_kinds": sorted(CASE_KINDS),
        "faults": faults,
        "typed": request.POST,
        "dates": {name: request.POST.get(name, "").strip() for name in request.POST},
    }
    return show_page(request, "audit/round.html", shown, here="rounds", status=400 if faults else 200)


def _plan(asking: Request, name: str, given: QueryDict) -> None:
    view_as_of.small_enough(code="AUD-012")
    if given.get("looks_at") == "named":
        _plan_named(asking, name, given)
        return
    since, until = _moment(given, "opened_from", "Opened from"), _moment(given, "opened_to", "Opened to")
    choice = Choice(
        frozenset(given.getlist("kind")),
        frozenset(_lines(given, "areas")),
        start_of_day(london_day(since)) if since else None,
        until,
        frozenset(given.getlist("by")),
    )
    typed = {one: given.get(f"files-{one}", "").strip() for one in SETS}
    files = {one: _number(text) for one, text in typed.items() if text}
    within = given.get("within", "").strip()
    if not files and not within:
        raise Unreadable("Say how many files of at least one set are to be drawn")
    if "paired" in files and within:
        raise Unreadable("Say how many paired files, or how well a share is to be known, not both")
    pulse = _moment(given, "pulse_at", "The pulse")
    beacon = given.get("beacon", "").strip()
    if bool(beacon) != bool(pulse):
        raise Unreadable("A beacon needs a name and the time of its pulse")
    sizes = plan_round.Sizes(files, {"paired": _points(within)} if within else {})
    plan_round.plan_round(asking, name, choice, sizes, (beacon, pulse) if beacon and pulse else None)


def _plan_named(asking: Request, name: str, given: QueryDict) -> None:
    earlier = _lines(given, "earlier")
    case = CaseKey(given.get("case_source", "").strip(), given.get("case_ref", "").strip())
    if not earlier and not all(case):
        raise Unreadable("Say which: the system that holds the case and its reference, or the earlier round")
    cases = [] if earlier else [case]
    plan_round.plan_whole(asking, name, of_rounds=earlier, cases=cases, into=given.get("into", ""))


def _commit(asking: Request, name: str, given: QueryDict) -> None:
    commit_and_reveal.commit_number(asking, name, given.get("commitment", ""))


def _reveal(asking: Request, name: str, given: QueryDict) -> None:
    commit_and_reveal.reveal_number(asking, name, given.get("number", ""))


def _pulse(asking: Request, name: str, given: QueryDict) -> None:
    commit_and_reveal.give_pulse(asking, name, given.get("value", ""))


def _draw(asking: Request, name: str, given: QueryDict) -> None:
    del given
    draw_sample.draw_round(asking, name)


def _graders(asking: Request, name: str, given: QueryDict) -> None:
    named = {account: given.get(f"officer-{account}", "").strip() for account in given.getlist("grader")}
    name_graders.name_graders(asking, name, named)


def _allot(asking: Request, name: str, given: QueryDict) -> None:
    allocate_files.allot_round(asking, name, replaces=given.get("replaces") == "yes")


def _take_out(asking: Request, name: str, given: QueryDict) -> None:
    replace_file.take_out(asking, name, _number(given.get("file", "").strip()), given.get("reason", ""))


def _end(asking: Request, name: str, given: QueryDict) -> None:
    due = _moment(given, "due_on", "Due again on")
    owner = given.get("owner", "").strip()
    end_round.end_round(asking, name, due_on=london_day(due) if due else None, owner=owner)


def _nothing(asking: Request, name: str, given: QueryDict) -> None:
    del asking, name, given
    raise Unreadable("The form does not say what is to be done")


FORMS: Final[Mapping[str, Callable[[Request, str, QueryDict], None]]] = MappingProxyType(
    {
        "plan": _plan,
        "commit": _commit,
        "reveal": _reveal,
        "pulse": _pulse,
        "draw": _draw,
        "graders": _graders,
        "allot": _allot,
        "take_out": _take_out,
        "end": _end,
    }
)


def _lines(given: QueryDict, name: str) -> list[str]:
    return [line.strip() for line in given.get(name, "").splitlines() if line.strip()]


def _points(text: str) -> float:
    try:
        return float(text) / 100
    except ValueError:
        raise Unreadable("Write percentage points as a number, such as 5") from None


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Unreadable("Write numbers of files in digits")
    return int(text)


def _moment(given: QueryDict, name: str, words: str) -> datetime | None:
    typed = {key: str(value) for key, value in given.items()}
    found, wrong = moment_typed(typed, name, words)
    if wrong:
        raise Unreadable(wrong[1])
    return found
