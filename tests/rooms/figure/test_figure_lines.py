"""The lines that each figure counts: which are there, what each counts as, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from itertools import compress, product
from math import inf
from typing import Any

import pytest
from tests.made.figures import QUARTER, START, a_round, finding, held, stay

from duecare.duty.finding import State
from duecare.figure import CountedLine, FigureInputs
from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.counting import custody_lines, duty_lines, grade_lines, outcome_lines
from duecare.figure.figure_definition import Definition
from duecare.figure.figure_inputs import Offender
from duecare.record.pole import CaseKey, EventRecord
from duecare.vocabulary.moments import When

ASKED, REFUSED, PROVIDED = custody_lines.ASKED
DUTY = "LOCAL-see-the-child"
Counting = Callable[[Definition, FigureInputs], Iterable[CountedLine]]


def lines_of(count: Counting, inputs: FigureInputs, figure: str = "custody-held-overnight") -> list[CountedLine]:
    return list(count(figure_catalogue()[figure].definition, inputs))


def why_of(*steps: Any) -> str:
    return custody_lines.why_kept(stay(1, *steps))


STEPS = ("charged", "bail_refused", ASKED, REFUSED, PROVIDED, "detention_certified")


@pytest.mark.parametrize("came", [frozenset(compress(STEPS, mask)) for mask in product((0, 1), repeat=len(STEPS))])
def test_why_a_child_was_kept_is_the_furthest_step_that_came(came: frozenset[str]) -> None:
    in_order = [
        ("bail_refused" not in came and "charged" not in came, "not charged"),
        ("bail_refused" not in came, "charged, bail not refused"),
        (PROVIDED in came, "accommodation provided"),
        ("detention_certified" in came, "certified that they could not be moved"),
        (REFUSED in came, "accommodation refused"),
        (ASKED in came, "accommodation asked for, nothing came"),
        (True, "accommodation never asked for"),
    ]

    assert why_of(*sorted(came)) == next(words for applies, words in in_order if applies)


def test_the_reasons_are_all_that_a_stay_can_have() -> None:
    assert len({*custody_lines.NOT_REFUSED, *custody_lines.REFUSED}) == 7


def test_only_stays_in_which_bail_was_refused_are_in_the_funnel_and_each_step_is_its_other_s_rest() -> None:
    stays = [
        stay(1),
        stay(2, "bail_refused"),
        stay(3, "bail_refused", ASKED),
        stay(4, "bail_refused", PROVIDED),
        stay(5, ASKED),
    ]
    inputs = held(stays=stays)

    asked, never = lines_of(custody_lines.asked_for, inputs), lines_of(custody_lines.never_asked_for, inputs)

    assert [line.counts for line in lines_of(custody_lines.bail_refused, inputs)] == [True, True, True]
    assert [line.counts for line in asked] == [False, True, True]
    assert [line.counts for line in never] == [True, False, False]
    assert [line.key for line in asked] == [line.key for line in never] == [one.key for one in stays[1:4]]
    assert [line.counts for line in lines_of(custody_lines.moved_lines, inputs)] == [False, True]


@pytest.mark.parametrize(
    ("places", "counts"),
    [(("cell",), True), (("room", "cell"), True), (("room",), False), (("",), None), (("", "room"), False), ((), None)],
)
def test_whether_a_child_was_in_a_cell(places: tuple[str, ...], counts: bool | None) -> None:
    steps = [("detainee_placed", place, 1.0 + number) for number, place in enumerate(places)]

    (line,) = lines_of(custody_lines.in_cell, held(stays=[stay(1, *steps)]))

    assert line.counts is counts


@pytest.mark.parametrize(("after", "amount"), [(None, inf), (0.25, 0.0), (0.5, 0.0), (1.5, 1.0), (2.0, 1.5)])
def test_hours_until_the_adult_came_begin_when_detention_was_authorised(after: float | None, amount: float) -> None:
    steps = [] if after is None else [("appropriate_adult_arrived", "", after)]

    (line,) = lines_of(custody_lines.adult_arrived, held(stays=[stay(1, *steps)]))

    assert (line.amount, line.counts) == (amount, after is not None)


@pytest.mark.parametrize("state", State)
def test_late_and_in_time_are_each_other_s_opposite_where_it_can_be_decided(state: State) -> None:
    inputs = held(findings=[finding(1, state)])
    late, in_time = lines_of(duty_lines.late_of(DUTY), inputs), lines_of(duty_lines.in_time_of(DUTY), inputs)

    counted = {
        State.MET: (False, True),
        State.MET_LATE: (True, False),
        State.OVERDUE: (True, False),
        State.CANNOT_TELL: (None, None),
    }
    assert [(a.counts, b.counts) for a, b in zip(late, in_time, strict=True)] == (
        [counted[state]] if state in counted else []
    )


@pytest.mark.parametrize(
    ("due", "is_counted"),
    [
        (QUARTER.starts, True),
        (QUARTER.starts - timedelta(seconds=1), False),
        (QUARTER.ends, False),
        (QUARTER.ends - timedelta(seconds=1), True),
    ],
)
def test_a_finding_is_counted_in_the_period_in_which_it_fell_due(due: datetime, is_counted: bool) -> None:
    assert len(lines_of(duty_lines.late_of(DUTY), held(findings=[finding(1, "met", due=due)]))) == is_counted


def test_what_is_only_suggested_or_of_another_duty_is_not_counted() -> None:
    inputs = held(
        findings=[finding(1, "met", adopted=False), finding(2, "met", adopted=None), finding(3, "met", duty="X")]
    )

    assert [line.key for line in lines_of(duty_lines.late_of(DUTY), inputs)] == [f"{2:016x}"]


@pytest.mark.parametrize(
    ("state", "met", "found"),
    [
        ("met", START - timedelta(hours=22), [(True, 2.0)]),
        ("met_late", START + timedelta(hours=6), [(True, 30.0)]),
        ("overdue", None, [(False, inf)]),
        ("open", None, [(False, inf)]),
        ("cannot_tell", None, [(None, None)]),
        ("excused", None, []),
        ("not_applicable", None, []),
    ],
)
def test_hours_until_a_duty_was_done(
    state: str, met: datetime | None, found: list[tuple[bool | None, float | None]]
) -> None:
    inputs = held(findings=[finding(1, state, met=met, due=START)])

    assert [(line.counts, line.amount) for line in lines_of(duty_lines.hours_of(DUTY), inputs)] == found


@pytest.mark.parametrize(
    ("states", "counts"),
    [
        (("open",), False),
        (("open", "overdue"), True),
        (("cannot_tell", "overdue"), True),
        (("open", "cannot_tell"), None),
        (("met", "met_late"), False),
    ],
)
def test_a_visit_is_overdue_if_any_is_and_unknown_before_it_is_in_time(
    states: tuple[str, ...], counts: bool | None
) -> None:
    findings = tuple(finding(number, state) for number, state in enumerate(states))

    (line,) = lines_of(duty_lines.visits_backlog, held(offenders=[Offender("P1", "high", "Eastmoor", "", findings)]))

    assert (line.counts, line.at, line.person) == (counts, QUARTER.ends, "P1")


MEETS, BELOW = "good", "inadequate"
PAIRS = ((MEETS, MEETS), (MEETS, BELOW), (BELOW, MEETS), (BELOW, BELOW), (MEETS, None), (None, BELOW))


def test_each_side_counts_the_files_it_graded_and_the_gap_those_that_both_did() -> None:
    inputs = held(rounds=[a_round(*PAIRS)])

    assert [line.counts for line in lines_of(grade_lines.met_by("force"), inputs)] == [
        True,
        True,
        False,
        False,
        True,
        None,
    ]
    assert [line.counts for line in lines_of(grade_lines.met_by("inspectorate"), inputs)] == [
        True,
        False,
        True,
        False,
        None,
        False,
    ]
    assert [line.amount for line in lines_of(grade_lines.gap, inputs)] == [0, 1, -1, 0, None, None]
    assert [line.counts for line in lines_of(grade_lines.gap, inputs)] == [False, True, False, False, None, None]


@pytest.mark.parametrize(
    ("at", "count"),
    [(QUARTER.starts, 1), (QUARTER.ends, 0), (QUARTER.starts - timedelta(seconds=1), 0)],
)
def test_a_round_is_counted_in_the_period_in_which_it_ended(at: datetime, count: int) -> None:
    assert len(lines_of(grade_lines.gap, held(rounds=[a_round((MEETS, MEETS), at=at)]))) == count


def test_only_a_file_drawn_from_a_frame_has_a_stratum() -> None:
    (drawn,) = lines_of(grade_lines.gap, held(rounds=[a_round((MEETS, MEETS), frame=40)]))
    (gathered,) = lines_of(grade_lines.gap, held(rounds=[a_round((MEETS, MEETS))]))

    assert (drawn.stratum, drawn.frame) == ("round one\x1fall", 40)
    assert (gathered.stratum, gathered.frame) == ("", 0)


def event(number: int, kind: str, hours: float = 0, *, case: str | None = "M1", outcome: str = "") -> EventRecord:
    at = START.astimezone(UTC) + timedelta(hours=hours)
    key = None if case is None else CaseKey("merlin", case)
    return EventRecord("merlin", f"E{number}", kind, When.at(at), at, key, "Eastmoor", outcome=outcome)


@pytest.mark.parametrize(
    ("outcome", "counts"),
    [("satisfied", True), (" Satisfied ", True), ("DISSATISFIED", False), ("quite satisfied", None), ("", None)],
)
def test_feedback_counts_two_words_and_no_free_text(outcome: str, counts: bool | None) -> None:
    (line,) = lines_of(outcome_lines.feedback_lines, held(events=[event(1, "victim_feedback", outcome=outcome)]))

    assert line.counts is counts
    assert (line.why == outcome) is (counts is not None)


def test_a_case_counts_once_by_its_last_decision_and_only_with_a_child() -> None:
    children = {CaseKey("merlin", "M1"): "P1", CaseKey("merlin", "M2"): ""}
    events = [
        event(1, "no_further_action"), event(2, "charged", 1), event(3, "no_further_action", 2, case="M2"),
        event(4, "no_further_action", 3, case="M3"), event(5, "no_further_action", 4, case=None),
    ]  # fmt: skip

    found = lines_of(outcome_lines.no_further_action, held(events=events, children=children))

    assert [(line.key, line.counts, line.person) for line in found] == [
        ("merlin:M1", False, "P1"),
        ("merlin:M2", True, None),
    ]


@pytest.mark.parametrize(
    ("answer", "counts"),
    [
        (event(2, "referral_actioned"), True),
        (event(2, "referral_actioned", 1), True),
        (event(2, "referral_actioned", -1), False),
        (event(2, "referral_actioned", 1, case="M2"), False),
        (event(2, "referral_actioned", 1, case=None), False),
        (event(2, "referral_acknowledged", 1), False),
    ],
)
def test_a_case_sent_back_is_acted_upon_by_an_action_in_it_from_then_on(answer: EventRecord, counts: bool) -> None:
    (line,) = lines_of(outcome_lines.referred_back, held(events=[event(1, "case_referred_back"), answer]))

    assert line.counts is counts
