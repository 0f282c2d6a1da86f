"""The one order: danger now, then the statutory limit soonest, then lateness; what is not known comes last."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random

from tests.made import pages

from duecare.duty.finding import Authority, Finding, State
from duecare.record.pole import CaseKey
from duecare.worklist.danger import DangerKind
from duecare.worklist.item import Danger, Item, Step
from duecare.worklist.order import ALONE_FIRST, NEVER, ORDER_COLUMNS, leading_first, line_order, order_at, worklist_item
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


@dataclass(frozen=True)
class _Place:
    case: CaseKey | None = None
    person: str | None = None


@dataclass(frozen=True)
class _Placed:
    step: int
    is_unallocated: bool
    order_at: int
    where: _Place = field(default_factory=_Place)


def _as_columns(line: _Placed) -> list[tuple[bool, object]]:
    """The sort that a database makes of the columns named: a minus turns one round, nothing known comes first."""
    values = {
        **{name: getattr(line, name) for name in ("step", "is_unallocated", "order_at")},
        "case_source": line.where.case and line.where.case.source,
        "case_ref": line.where.case and line.where.case.case_ref,
        "person": line.where.person,
    }
    names = (*ORDER_COLUMNS, *ALONE_FIRST)
    return [
        (values[name.strip("-")] is not None, -values[name[1:]] if name.startswith("-") else values[name] or 0)
        if name.strip("-") in {"step", "is_unallocated", "order_at"}
        else (values[name] is not None, values[name] or "")
        for name in names
    ]


def test_unallocated_lines_come_first_in_their_step_then_the_soonest_due_and_people_alone_before_cases() -> None:
    first, second = CaseKey("pole", "C1"), CaseKey("pole", "C2")
    right = [
        _Placed(1, False, 9, _Place(first)),
        _Placed(2, True, 8, _Place(first)),
        _Placed(2, False, 3, _Place(person="P1")),
        _Placed(2, False, 3, _Place(person="P2")),
        _Placed(2, False, 3, _Place(first, "P9")),
        _Placed(2, False, 3, _Place(second, "P1")),
        _Placed(2, False, 4, _Place(person="P0")),
        _Placed(3, True, 1, _Place(first)),
    ]

    mixed = Random(4).sample(right, len(right))

    assert sorted(mixed, key=line_order) == right
    assert sorted(mixed, key=_as_columns) == right


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


def test_a_line_wakes_a_second_after_its_next_limit_and_no_danger_ends_by_itself() -> None:
    assert _line(_owed(2, State.OPEN)).next_at == NOW + timedelta(hours=2, seconds=1)
    assert _line(danger=CONTACT).next_at is None


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
    }

    assert worklist_item(findings=[ended, met], **common) is None  # type: ignore[arg-type]


RUNGS = {"D": (0.0, 4.0, 28.0)}


def _wakes(*findings: Finding, as_of: datetime | None = NOW, danger: Danger | None = None) -> datetime | None:
    found = worklist_item(
        case_key=None,
        person="P",
        case_kind="",
        held_by=Ownership(("NM1", "NM2"), ("NM9",), "Team 3", "East"),
        danger=danger,
        findings=findings,
        allocation="other",
        as_of=as_of,
        rungs=RUNGS,
    )
    assert found is not None
    assert (found.person, found.case, found.officer, found.team, found.area) == ("P", None, "NM2", "Team 3", "East")
    return found.next_at


def test_a_line_wakes_when_the_next_of_those_to_be_notified_is_due() -> None:
    assert _wakes(_owed(-1)) == NOW + timedelta(hours=3)
    assert _wakes(_owed(-4)) == NOW + timedelta(hours=24)
    assert _wakes(_owed(-3.999)) == NOW + timedelta(hours=0.001)
    assert _wakes(_owed(-28)) is None
    assert _wakes(_owed(-1), as_of=None) is None
    assert _wakes(_owed(-1, duty="another")) is None


def test_nobody_is_notified_of_what_is_only_suggested_but_of_what_may_be_adopted() -> None:
    assert _wakes(replace(_owed(-1), adopted=False)) is None
    assert _wakes(replace(_owed(-1), adopted=None)) == NOW + timedelta(hours=3)


def test_of_everything_that_changes_by_the_passing_of_time_the_soonest_wakes_a_line() -> None:
    assert _wakes(_owed(2, State.OPEN), _owed(-1)) == NOW + timedelta(hours=2)
    assert _wakes(_owed(2, State.OPEN, duty="E"), _owed(-1)) == NOW + timedelta(hours=2, seconds=1)
    assert _wakes(_owed(9999, State.OPEN, duty="E"), danger=CONTACT) == NOW + timedelta(hours=9999, seconds=1)


def test_what_is_overdue_already_does_not_wake_a_line_by_its_limit() -> None:
    assert _wakes(_owed(-1, duty="E")) is None
    assert _wakes(_owed(5, State.CANNOT_TELL, duty="E")) is None


def test_a_statute_counts_as_a_limit_only_while_it_is_owed_at_a_known_time() -> None:
    statute = _owed(-1, State.OVERDUE, Authority.STATUTE)

    assert _line(statute).step is Step.STATUTORY_LIMIT
    assert _line(replace(statute, due_at=None)).step is Step.LATENESS
    assert _line(_owed(-1), _owed(-1, State.CANNOT_TELL, Authority.STATUTE)).step is Step.LATENESS


def test_of_lines_alike_in_all_else_the_id_decides() -> None:
    one, other = replace(_owed(1, State.OPEN), finding="b"), replace(_owed(1, State.OPEN), finding="a")

    assert [found.finding for found in leading_first((one, other), Step.LATENESS)] == ["a", "b"]


def test_a_danger_alone_makes_a_line_and_stands_after_all_that_has_a_time() -> None:
    assert order_at(_line(danger=CONTACT)) == NEVER
    assert order_at(_line(_owed(3, State.OPEN), danger=CONTACT)) == int((NOW + timedelta(hours=3)).timestamp())
