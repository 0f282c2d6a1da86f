"""The visit owed to a registered sex offender: which finding, at what risk, and what has been tried."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from duecare.duty.finding import Authority, Finding, State
from duecare.record.pole import EventRecord, InvolvementRow, RecordKey
from duecare.vocabulary.moments import When
from duecare.worklist.offender_visits import RISKS, UNKNOWN_RISK, VisitOwed, visit_owed

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
A, OTHER = RecordKey("visor", "1"), RecordKey("visor", "2")
OWN = frozenset({A})


def finding(name: str = "f1", hours: float = 0, **changes: object) -> Finding:
    values: dict[str, object] = dict.fromkeys(
        (
            "case_ref",
            "person",
            "subject",
            "adopted",
            "due_on",
            "met_at",
            "ended_at",
            "recorded_at",
            "reason",
            "late_by_hours",
        )
    ) | {
        "finding": name,
        "duty": "visit",
        "ref": "RO1",
        "authority": Authority.LOCAL,
        "source": "visor",
        "area": "East",
        "owed_by": "offender_manager",
        "started_at": NOON + timedelta(hours=hours),
        "due_at": NOON + timedelta(days=30),
        "recorded_late": False,
        "state": State.OPEN,
        "rule_version": "v",
        "evidence": (),
        "told": (),
    }
    return Finding(**{**values, **changes})


def event(kind: str, hours: float, record: RecordKey = A, **said: str) -> EventRecord:
    moment = NOON + timedelta(hours=hours)
    ties = (InvolvementRow(record, "offender"),)
    return EventRecord("visor", f"{kind}{hours}{said}", kind, When.at(moment), moment, ties=ties, **said)


def owed(*events: EventRecord, findings: tuple[Finding, ...] = (finding(),), hours: float = 100) -> VisitOwed | None:
    return visit_owed(OWN, events, findings, NOON + timedelta(hours=hours))


@pytest.mark.parametrize(
    ("state", "is_owed"), [(state, state in {State.OPEN, State.OVERDUE, State.CANNOT_TELL}) for state in State]
)
def test_a_visit_is_owed_while_its_finding_runs(state: State, is_owed: bool) -> None:
    assert (owed(findings=(finding(state=state),)) is not None) is is_owed


def test_what_has_ended_is_owed_no_longer() -> None:
    assert owed(findings=(finding(ended_at=NOON),)) is None
    assert owed(findings=()) is None


def test_of_several_that_run_the_one_begun_last_is_shown() -> None:
    earlier, later = finding("f1", 0), finding("f2", 1)
    again = finding("f3", 1, occurrence=2)

    for findings in permutations((earlier, later, again, finding("f4", 9, state=State.MET))):
        found = owed(findings=findings)
        assert found is not None
        assert found.finding.finding == "f3"


def test_of_nobody_visited_nothing_is_known() -> None:
    assert owed() == VisitOwed(finding(), UNKNOWN_RISK, None, None, 0)


def test_a_visit_at_which_they_were_seen_begins_the_count_again() -> None:
    found = owed(
        event("visit", 1, outcome="not_seen"),
        event("visit", 2, outcome="seen"),
        event("visit", 3, outcome="not_seen"),
        event("visit", 4, outcome=""),
    )

    assert found is not None
    assert (found.last_seen_at, found.last_attempt_at, found.attempts) == (
        NOON + timedelta(hours=2),
        NOON + timedelta(hours=4),
        2,
    )


def test_the_last_attempt_before_they_were_seen_is_still_shown() -> None:
    found = owed(event("visit", 1, outcome="not_seen"), event("visit", 2, outcome="seen"))

    assert found is not None
    assert (found.last_attempt_at, found.attempts) == (NOON + timedelta(hours=1), 0)


@pytest.mark.parametrize("grade", RISKS)
def test_the_risk_is_the_last_that_was_graded(grade: str) -> None:
    found = owed(event("risk_assessed", 1, risk="low"), event("risk_assessed", 2, risk=grade))

    assert found is not None
    assert found.risk == grade


def test_a_grade_that_is_none_leaves_the_one_before_it() -> None:
    found = owed(
        event("risk_assessed", 1, risk="high"), event("risk_assessed", 2, risk="severe"), event("visit", 3, risk="low")
    )

    assert found is not None
    assert found.risk == "high"


def test_what_is_still_to_come_and_what_is_of_others_does_not_count() -> None:
    visit = event("visit", 5, outcome="seen")

    at_that_second, before = owed(visit, hours=5), owed(visit, hours=5 - 1 / 3600)
    assert at_that_second is not None
    assert before is not None
    assert (at_that_second.last_seen_at, before.last_seen_at) == (NOON + timedelta(hours=5), None)
    others = owed(event("visit", 1, OTHER, outcome="seen"), event("risk_assessed", 1, OTHER, risk="high"))
    assert others == owed()


def test_the_order_in_which_events_came_does_not_matter() -> None:
    events = (
        event("visit", 1, outcome="seen"),
        event("visit", 2, outcome="not_seen"),
        event("risk_assessed", 3, risk="high"),
        event("risk_assessed", 4, risk="medium"),
    )

    assert {owed(*shuffled) for shuffled in permutations(events)} == {owed(*events)}
