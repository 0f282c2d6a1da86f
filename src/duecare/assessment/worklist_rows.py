"""The worklist lines and visits that an assessment keeps: the area, team and officers of each, its order, its next change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from duecare.assessment.rules_in_force import AssessmentContext
from duecare.duty.finding import Finding
from duecare.record.pole import CaseKey, CaseRecord
from duecare.record.record_from_body import utc_moment
from duecare.store.findings.worklist_lines import VisitKept, Where, WorkLine
from duecare.worklist.item import Danger, DangerKind, Item
from duecare.worklist.offender_visits import VisitOwed
from duecare.worklist.order import order_at
from duecare.worklist.ownership import Ownership


def where_case(case_key: CaseKey, case_record: CaseRecord | None, holds: Ownership, *, in_custody: bool) -> Where:
    """What need to know asks of a case."""
    return Where(
        case=case_key,
        person=None,
        area=holds.area,
        team=holds.team,
        names=(*holds.officers, *holds.supervisors),
        is_restricted=bool(case_record and case_record.restricted),
        is_sealed=bool(case_record and case_record.sealed),
        is_in_custody=in_custody,
    )


def where_person(person: str, finding: Finding, holds: Ownership, sealing: tuple[bool, bool]) -> Where:
    """What need to know asks of a line about one person; `sealing` is (restricted, sealed)."""
    return Where(
        case=finding.case,
        person=person,
        area=holds.area or finding.area or "",
        team=holds.team,
        names=(*holds.officers, *holds.supervisors, *holds.also_named),
        is_restricted=sealing[0],
        is_sealed=sealing[1],
    )


def work_line(where: Where, worklist_item: Item) -> WorkLine:
    """A worklist line as kept."""
    return WorkLine(
        where=where,
        case_kind=worklist_item.case_kind,
        officer=worklist_item.officer,
        is_unallocated=worklist_item.is_unallocated,
        step=worklist_item.step.value,
        danger=worklist_item.danger.kind.name if worklist_item.danger else "",
        danger_at=_whole_seconds(worklist_item.danger.reported_at if worklist_item.danger else None),
        order_at=order_at(worklist_item),
        next_at=_whole_seconds(worklist_item.next_at),
    )


def place_again(context: AssessmentContext, line: WorkLine, findings: Iterable[Finding]) -> WorkLine | None:
    """This line where these findings and its danger put it; None where nothing is left to be done in it."""
    where = line.where
    item = context.line(
        case_record=where.case,
        person=where.person,
        case_kind=line.case_kind,
        held_by=Ownership((line.officer,) if line.officer else (), (), where.team, where.area),
        danger=Danger(DangerKind[line.danger], utc_moment(line.danger_at or 0)) if line.danger else None,
        findings=findings,
    )
    return work_line(where, item) if item else None


def visit_kept(where: Where, owed_visit: VisitOwed, holds: Ownership) -> VisitKept:
    """A line of the board of visits as kept."""
    return VisitKept(
        where=where,
        risk=owed_visit.risk,
        manager=holds.officer,
        state=owed_visit.finding.state.value,
        finding=owed_visit.finding.finding,
        due_at=_whole_seconds(owed_visit.finding.due_at),
        last_seen_at=_whole_seconds(owed_visit.last_seen_at),
        last_attempt_at=_whole_seconds(owed_visit.last_attempt_at),
        attempts=owed_visit.attempts,
    )


def _whole_seconds(moment: datetime | None) -> int | None:
    return int(moment.timestamp()) if moment else None
