"""A finding: as it is sent out and read back, as time passes, and the id of its row."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.duty.finding import Authority, Evidence, Finding, State, Told, finding_id
from duecare.record.pole import CaseKey

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
FINDING = Finding(
    finding="ab" * 8,
    duty="D1",
    ref="R1",
    authority=Authority.LOCAL,
    case_ref="M1",
    source="merlin",
    person=None,
    subject=None,
    area="East",
    owed_by="supervisor",
    adopted=True,
    started_at=NOON,
    due_at=NOON + 4 * HOUR,
    due_on=None,
    met_at=None,
    ended_at=None,
    recorded_at=None,
    recorded_late=False,
    state=State.OPEN,
    reason=None,
    late_by_hours=None,
    rule_version="v1",
    evidence=(Evidence("started", "merlin", "e1", "visit", NOON, NOON + HOUR),),
    told=(),
)
STEPS = (Told("supervisor", "NM1", NOON + 4 * HOUR), Told("detective_inspector", None, NOON + 28 * HOUR))

TEXTS = st.none() | st.text(max_size=6)
MOMENTS = st.integers(0, 10_000_000).map(lambda seconds: NOON + timedelta(seconds=seconds))
FINDINGS = st.builds(
    Finding,
    finding=st.text(max_size=6),
    duty=st.text(max_size=6),
    ref=st.text(max_size=6),
    authority=st.sampled_from(Authority),
    case_ref=TEXTS,
    source=st.text(max_size=6),
    person=TEXTS,
    subject=TEXTS,
    area=st.text(max_size=6),
    owed_by=st.text(max_size=6),
    adopted=st.none() | st.booleans(),
    started_at=MOMENTS,
    due_at=st.none() | MOMENTS,
    due_on=st.none() | st.dates(),
    met_at=st.none() | MOMENTS,
    ended_at=st.none() | MOMENTS,
    recorded_at=st.none() | MOMENTS,
    recorded_late=st.booleans(),
    state=st.sampled_from(State),
    reason=TEXTS,
    late_by_hours=st.none() | st.floats(-1e6, 1e6).map(lambda hours: round(hours, 2)),
    rule_version=st.text(max_size=6),
    evidence=st.lists(
        st.builds(
            Evidence,
            st.text(max_size=4),
            st.text(max_size=4),
            st.text(max_size=4),
            st.text(max_size=4),
            MOMENTS,
            MOMENTS,
        ),
        max_size=2,
    ).map(tuple),
    told=st.lists(st.builds(Told, st.text(max_size=4), TEXTS, MOMENTS), max_size=2).map(tuple),
    occurrence=st.just(1),
    told_later=st.just(()),
    is_doubtful=st.just(False),
)


@given(FINDINGS)
def test_a_finding_is_read_back_as_it_was_sent_out(finding: Finding) -> None:
    sent = json.loads(json.dumps(finding.as_json()))

    assert Finding.from_json(sent) == finding
    assert Finding.from_json(sent).as_json() == sent


def test_everything_but_the_order_of_its_row_and_the_steps_to_come_is_sent_out() -> None:
    assert [field.name for field in fields(Finding) if field.name not in FINDING.as_json()] == [
        "occurrence",
        "told_later",
        "is_doubtful",
    ]


@pytest.mark.parametrize("step", STEPS)
def test_whom_it_was_to_be_shown_to_is_read_back_as_it_was_sent_out(step: Told) -> None:
    assert Told.from_json(step.as_json()) == step
    assert step.as_json() == {"role": step.role, "person": step.person, "at": step.at.isoformat()}


def test_a_finding_belongs_to_the_case_of_its_trigger_if_there_is_one() -> None:
    assert FINDING.case == CaseKey("merlin", "M1")
    assert replace(FINDING, case_ref=None).case is None


@pytest.mark.parametrize(
    ("hours", "state", "late"),
    [
        (4.0, State.OPEN, None),
        (4 + 1 / 3600, State.OVERDUE, 0.0),
        (5.0, State.OVERDUE, 1.0),
        (28.5, State.OVERDUE, 24.5),
    ],
)
def test_what_is_open_is_overdue_a_second_after_its_limit(hours: float, state: State, late: float | None) -> None:
    then = FINDING.as_of(NOON + timedelta(seconds=round(hours * 3600)))

    assert (then.state, then.late_by_hours) == (state, late)


def test_what_is_overdue_grows_later() -> None:
    overdue = replace(FINDING, state=State.OVERDUE, late_by_hours=1.0)

    assert overdue.as_of(NOON + 14 * HOUR).late_by_hours == 10.0


@pytest.mark.parametrize(
    "finding",
    [
        replace(FINDING, met_at=NOON, state=State.MET, told_later=STEPS),
        replace(FINDING, ended_at=NOON, state=State.OVERDUE, told_later=STEPS),
    ],
)
def test_what_is_met_or_has_ended_stays_as_it_is(finding: Finding) -> None:
    assert finding.as_of(NOON + 99 * HOUR) is finding


@pytest.mark.parametrize("state", [State.CANNOT_TELL, State.EXCUSED, State.NOT_APPLICABLE])
def test_what_is_not_owed_for_certain_does_not_become_overdue(state: State) -> None:
    then = replace(FINDING, state=state).as_of(NOON + 99 * HOUR)

    assert (then.state, then.late_by_hours) == (state, None)


def test_what_has_no_known_limit_stays_open() -> None:
    then = replace(FINDING, due_at=None).as_of(NOON + 99 * HOUR)

    assert (then.state, then.late_by_hours) == (State.OPEN, None)
    assert replace(FINDING, due_at=None, state=State.OVERDUE).as_of(NOON + 99 * HOUR).late_by_hours is None


def test_each_step_of_the_ladder_comes_at_its_moment_after_those_that_came_before() -> None:
    first = Told("investigator", "NM9", NOON)
    finding = replace(FINDING, told=(first,), told_later=STEPS)

    before = finding.as_of(NOON + 4 * HOUR - timedelta(seconds=1))
    assert (before.told, before.told_later) == ((first,), STEPS)
    at_the_limit = finding.as_of(NOON + 4 * HOUR)
    assert (at_the_limit.told, at_the_limit.told_later) == ((first, STEPS[0]), STEPS[1:])
    after = finding.as_of(NOON + 28 * HOUR)
    assert (after.told, after.told_later) == ((first, *STEPS), ())


@given(st.integers(0, 40), st.integers(0, 40))
def test_going_on_in_two_steps_is_going_on_in_one(one: int, more: int) -> None:
    finding = replace(FINDING, told_later=STEPS)
    then = NOON + (one + more) * HOUR

    assert finding.as_of(NOON + one * HOUR).as_of(then) == finding.as_of(then)
    assert finding.as_of(NOON + one * HOUR).as_of(then).told_later == finding.as_of(then).told_later


def test_the_id_of_a_row_is_a_hash_of_what_names_it() -> None:
    whole = hashlib.sha256(b"D1\x1fmerlin\x1fe1\x1fp1\x1f2").hexdigest()

    assert finding_id("D1", "merlin", "e1", "p1", 2) == whole[:16]
    assert finding_id("D1", "merlin", "e1", None, 1) == finding_id("D1", "merlin", "e1", "", 1)


@pytest.mark.parametrize("place", range(5))
def test_each_part_of_the_name_of_a_row_counts(place: int) -> None:
    parts: list[object] = ["D1", "merlin", "e1", "p1", 1]
    other = [*parts]
    other[place] = 2 if place == 4 else f"{parts[place]}x"

    assert finding_id(*other) != finding_id(*parts)


def test_two_findings_are_alike_whatever_their_place_in_the_row_and_their_doubts() -> None:
    assert replace(FINDING, occurrence=2, is_doubtful=True, told_later=STEPS) == FINDING
    assert replace(FINDING, due_on=date(2026, 3, 3)) != FINDING
