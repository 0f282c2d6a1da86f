"""From what was reckoned to the lines that are kept: where each lies, and what it is ordered and counted by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from duecare.assessment.rules_in_force import Reckoning
from duecare.duty.finding import Finding
from duecare.record.kept import utc_moment
from duecare.record.pole import CaseKey, CaseRecord
from duecare.store.findings.worklist_lines import VisitKept, Where, WorkLine
from duecare.worklist.item import Danger, DangerKind, Item
from duecare.worklist.order import order_at
from duecare.worklist.ownership import Ownership
from duecare.worklist.visits import VisitOwed


def where_case(key: CaseKey, case: CaseRecord | None, holds: Ownership, *, in_custody: bool) -> Where:
    """What need to know asks of a case."""
    return Where(
        case=key,
        person=None,
        area=holds.area,
        team=holds.team,
        names=(*holds.officers, *holds.supervisors),
        is_restricted=bool(case and case.restricted),
        is_sealed=bool(case and case.sealed),
        is_in_custody=in_custody,
    )


def where_person(person: str, finding: Finding, holds: Ownership, sealing: tuple[bool, bool]) -> Where:
    """What need to know asks of a line about one person; `sealing` is (restricted, sealed)."""
    return Where(
        case=finding.case,
        person=person,
        area=holds.area or finding.area or "",
        team=holds.team,
        names=(*holds.officers, *holds.supervisors),
        is_restricted=sealing[0],
        is_sealed=sealing[1],
    )


def work_line(where: Where, item: Item) -> WorkLine:
    """A worklist line as kept."""
    return WorkLine(
        where=where,
        case_kind=item.case_kind,
        officer=item.officer,
        is_unallocated=item.is_unallocated,
        step=item.step.value,
        danger=item.danger.kind.name if item.danger else "",
        danger_at=_seconds(item.danger.reported_at if item.danger else None),
        order_at=order_at(item),
        next_at=_seconds(item.next_at),
    )


def place_again(by: Reckoning, line: WorkLine, findings: Iterable[Finding]) -> WorkLine | None:
    """This line where these findings and its danger put it; None where nothing is left to be done in it."""
    where = line.where
    item = by.line(
        case=where.case,
        person=where.person,
        case_kind=line.case_kind,
        held_by=Ownership((line.officer,) if line.officer else (), (), where.team, where.area),
        danger=Danger(DangerKind[line.danger], utc_moment(line.danger_at or 0)) if line.danger else None,
        findings=findings,
    )
    return work_line(where, item) if item else None


def visit_kept(where: Where, owed: VisitOwed, holds: Ownership) -> VisitKept:
    """A line of the board of visits as kept."""
    return VisitKept(
        where=where,
        risk=owed.risk,
        manager=holds.officer,
        state=owed.finding.state.value,
        finding=owed.finding.finding,
        due_at=_seconds(owed.finding.due_at),
        last_seen_at=_seconds(owed.last_seen_at),
        last_attempt_at=_seconds(owed.last_attempt_at),
        attempts=owed.attempts,
    )


def _seconds(moment: datetime | None) -> int | None:
    return int(moment.timestamp()) if moment else None
