"""One occurrence: while it runs, and the state that its limit, its discharge and its ending give it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from duecare.duty.allowance import Hours
from duecare.duty.declaration import Rule
from duecare.duty.facts import Candidate, PlacedFact
from duecare.duty.finding import State
from duecare.duty.occurrence_state import Ending, Occurrence
from duecare.duty.readings import ALL_READINGS_UP_TO, Doubt, every_choice, find_doubts
from duecare.record.pole import EventRecord
from duecare.vocabulary.london_clock import when_on_day
from duecare.vocabulary.moments import When

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DUE = NOON + 4 * HOUR


def fact(hours: float, kind: str = "visit", **detail: object) -> PlacedFact:
    at = NOON + hours * HOUR
    event = EventRecord("merlin", f"e{hours}", kind, When.at(at), at, detail=detail)
    return PlacedFact(at, at, "merlin", event.event_id, kind, at, event)


def occurrence(**said: object) -> Occurrence:
    return Occurrence(fact(0), 1, NOON, Rule("R1", Hours(4)), "R1", **{"due_at": DUE, **said})


def settled(as_of: float = 1, late: tuple[str, str] | None = None, **said: object) -> tuple[State, str | None]:
    one = occurrence(**said)
    one.settle(NOON + as_of * HOUR, late)
    return one.state, one.reason


@pytest.mark.parametrize(
    ("stopped", "hours", "runs"),
    [
        (None, -0.1, False),
        (None, 0, True),
        (None, 99, True),
        (3, 2.9, True),
        (3, 3, False),
        (0, 0, True),
        (0, 0.1, False),
    ],
)
def test_it_runs_from_its_start_until_it_stops_and_at_its_start_in_any_case(
    stopped: float | None, hours: float, runs: bool
) -> None:
    one = occurrence(stopped_at=None if stopped is None else NOON + stopped * HOUR)

    assert one.is_running_at(NOON + hours * HOUR) is runs


@pytest.mark.parametrize(("as_of", "state"), [(0, State.OPEN), (4, State.OPEN), (4 + 1 / 3600, State.OVERDUE)])
def test_at_its_limit_it_is_open_and_a_second_later_overdue(as_of: float, state: State) -> None:
    assert settled(as_of) == (state, None)


@pytest.mark.parametrize(("met", "state"), [(1, State.MET), (4, State.MET), (4 + 1 / 3600, State.MET_LATE)])
def test_what_was_done_at_the_limit_was_done_in_time(met: float, state: State) -> None:
    assert settled(99, met=fact(met), met_at=NOON + met * HOUR) == (state, None)


def test_without_a_limit_it_cannot_be_worked_out_even_where_it_was_done() -> None:
    assert settled(99, due_at=None, unknown="why", met_at=NOON) == (State.CANNOT_TELL, "why")


@pytest.mark.parametrize(
    ("detail", "met", "state"),
    [
        ({"reason": "storm"}, 5, State.EXCUSED),
        ({"reason": " "}, 5, State.MET_LATE),
        ({}, 5, State.MET_LATE),
        ({"other": "storm"}, 5, State.MET_LATE),
        ({"reason": "storm"}, 4, State.MET),
    ],
)
def test_what_was_done_late_is_excused_by_a_reason_given_in_its_own_detail(
    detail: dict[str, object], met: float, state: State
) -> None:
    said = {"met": fact(met, **detail), "met_at": NOON + met * HOUR}

    assert settled(99, ("reason", "a reason was given"), **said) == (
        state,
        "a reason was given" if state is State.EXCUSED else None,
    )
    assert settled(99, None, **said)[0] is (State.MET if met == 4 else State.MET_LATE)
    assert settled(99, ("reason", "x"), met=None, met_at=NOON + 5 * HOUR)[0] is State.MET_LATE


def test_a_discharge_goes_before_an_excuse_and_an_excuse_before_an_ending() -> None:
    ending = Ending(NOON + HOUR, None, "the case was closed")

    assert settled(99, met=fact(1), met_at=NOON + HOUR, excused=fact(1), ended=ending)[0] is State.MET
    state, reason = settled(99, excused=fact(1, "child_declined"), ended=ending)
    assert state is State.EXCUSED
    assert "child declined" in str(reason)


@pytest.mark.parametrize(
    ("hours", "wanted"),
    [(1, (State.NOT_APPLICABLE, "why")), (4, (State.NOT_APPLICABLE, "why")), (4.1, (State.OVERDUE, None))],
)
def test_what_ended_by_its_limit_is_owed_no_longer_and_what_ended_after_it_stays_late(
    hours: float, wanted: tuple[State, str | None]
) -> None:
    assert settled(4.2, ended=Ending(NOON + hours * HOUR, None, "why")) == wanted
    assert settled(4, ended=Ending(NOON + hours * HOUR, None, "why")) == wanted


DOUBTS = [Doubt("merlin", f"e{number}", "why", is_time=number % 2 == 0) for number in range(7)]


@pytest.mark.parametrize("count", range(ALL_READINGS_UP_TO + 1))
def test_up_to_five_doubts_every_reading_is_tried_once_and_the_plainest_first(count: int) -> None:
    choices = [tuple(choice.values()) for choice in every_choice(DOUBTS[:count])]

    assert len(choices) == len(set(choices)) == 2**count
    assert not any(choices[0])


def test_past_five_each_doubt_is_tried_alone_and_all_of_one_sort_and_all() -> None:
    choices = [tuple(choice[doubt] for doubt in DOUBTS) for choice in every_choice(DOUBTS)]
    times = tuple(doubt.is_time for doubt in DOUBTS)

    assert choices[0] == (False,) * 7
    assert choices[-1] == (True,) * 7
    alone = [tuple(doubt is other for other in DOUBTS) for doubt in DOUBTS]
    assert choices[1:8] == alone
    assert choices[8] == times
    assert choices[9] == tuple(not is_time for is_time in times)
    assert all(tuple(not other.is_time or other is doubt for other in DOUBTS) in choices for doubt in DOUBTS)
    assert len(choices) == 1 + 7 + 2 + 7 + 1


def test_what_is_doubtful_of_facts_is_the_time_of_a_day_and_whether_one_counts() -> None:
    day = EventRecord("merlin", "e1", "child_seen", when_on_day(NOON.date()), NOON)
    exact = EventRecord("merlin", "e2", "visit", When.at(NOON), NOON)
    candidates = [
        Candidate("met", 0, day, None, "the age is not known"),
        Candidate("start", 0, day, None, "the age is not known"),
        Candidate("met", 0, exact, True, ""),
        Candidate("met", 0, exact, None, "why"),
    ]

    found = find_doubts(candidates)

    assert [(doubt.event_id, doubt.is_time) for doubt in found] == [("e1", True), ("e1", False), ("e2", False)]
    assert "child seen" in found[0].reason
    assert found[1].reason == "the age is not known"
    assert all(one != other for one, other in pairwise(found))
