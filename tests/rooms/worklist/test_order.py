"""The one order: danger now, then the statutory limit soonest, then lateness; what is not known comes last."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.made import pages

from duecare.duty.finding import Authority, Finding, State
from duecare.record.pole import CaseKey
from duecare.worklist.danger import DangerKind
from duecare.worklist.item import Danger, Item, Step
from duecare.worklist.order import NEVER, leading_first, order_at, worklist_item
from duecare.worklist.ownership import Ownership

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
CONTACT = Danger(DangerKind.SUSPECT_CONTACT, NOW - timedelta(hours=20))


def _line(*findings: Finding, danger: Danger | None = None) -> Item:
    found = worklist_item(
        case_key=CaseKey("pole", "C1"),
        person=None,
        case_kind="crime",
        held_by=Ownership(),
        danger=danger,
        findings=findings,
        allocation="LOCAL-allocate-investigator",
        danger_days=7,
    )
    assert found is not None
    return found


def _owed(
    hours: float, state: State = State.OVERDUE, authority: Authority = Authority.LOCAL, duty: str = "D"
) -> Finding:
    return pages.finding(
        duty=duty,
        due_at=NOW + timedelta(hours=hours),
        state=state,
        authority=authority,
        finding=f"{hours}{state}{duty}",
    )


def test_danger_comes_before_every_limit() -> None:
    assert _line(_owed(1, State.OPEN), danger=CONTACT).step is Step.DANGER_NOW
    assert _line(danger=CONTACT).findings == ()


def test_a_statutory_limit_comes_before_any_lateness() -> None:
    found = _line(_owed(-500), _owed(3, State.OPEN, Authority.STATUTE))

    assert found.step is Step.STATUTORY_LIMIT
    assert found.findings[0].authority is Authority.STATUTE
    assert order_at(found) == int((NOW + timedelta(hours=3)).timestamp())


def test_what_is_not_known_stands_before_nothing_that_is_late() -> None:
    unsure = _line(_owed(-900, State.CANNOT_TELL, Authority.STATUTE))
    late = _line(_owed(-1), _owed(-900, State.CANNOT_TELL))

    assert unsure.step is Step.LATENESS
    assert order_at(unsure) == NEVER
    assert order_at(late) == int((NOW - timedelta(hours=1)).timestamp())


def test_a_page_orders_what_is_in_a_line_as_the_line_itself_is_ordered() -> None:
    later, unsure, soon = _owed(9, State.OPEN), _owed(-9, State.CANNOT_TELL), _owed(1, State.OPEN)
    nowhere = replace(_owed(0, State.CANNOT_TELL), due_at=None)
    statute = _owed(20, State.OPEN, Authority.STATUTE)
    done = _owed(-20, State.MET)

    assert leading_first((done, nowhere, later, unsure, soon), Step.LATENESS) == (soon, later, unsure, nowhere)
    assert leading_first((later, statute, unsure), Step.STATUTORY_LIMIT) == (statute, later, unsure)


def test_of_what_was_due_at_one_moment_what_is_only_suggested_stands_after_what_is_adopted() -> None:
    suggested = replace(_owed(-9, duty="A"), adopted=False)
    adopted = replace(_owed(-9, duty="B"), adopted=True)

    assert [finding.duty for finding in _line(suggested, adopted).findings] == ["B", "A"]


def test_a_line_is_unallocated_while_the_duty_to_allocate_is_owed() -> None:
    allocation = "LOCAL-allocate-investigator"

    assert _line(_owed(-1, duty=allocation)).is_unallocated
    assert _line(_owed(5, State.OPEN, duty=allocation)).is_unallocated
    assert not _line(_owed(-1, State.CANNOT_TELL, duty=allocation)).is_unallocated
    assert not _line(_owed(-1)).is_unallocated


def test_a_line_wakes_a_second_after_its_next_limit_or_when_its_danger_is_no_longer_now() -> None:
    assert _line(_owed(2, State.OPEN)).next_at == NOW + timedelta(hours=2, seconds=1)
    assert _line(danger=CONTACT).next_at == CONTACT.reported_at + timedelta(days=7, seconds=1)


def test_what_has_ended_or_is_met_makes_no_line() -> None:
    ended = pages.finding(ended_at=NOW)
    met = pages.finding(state=State.MET)
    common = {
        "case_key": CaseKey("pole", "C1"),
        "person": None,
        "case_kind": "crime",
        "held_by": Ownership(),
        "danger": None,
        "allocation": "A",
        "danger_days": 7,
    }

    assert worklist_item(findings=[ended, met], **common) is None  # type: ignore[arg-type]
