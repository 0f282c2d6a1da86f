"""Putting what has just been reckoned of one case or person in the place of what an assessment kept of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from duecare.duty.finding import Finding
from duecare.record.pole import CaseKey
from duecare.store.findings.assessment_runs import keep_findings
from duecare.store.findings.turning_moments import replace_turn
from duecare.store.findings.worklist_lines import VisitKept, WorkLine, keep_visits, keep_work
from duecare.store.models import AssessRun, FindingRow, VisitRow, WorkRow


def replace_case(
    run: AssessRun, case: CaseKey, findings: Iterable[Finding], line: WorkLine | None, turns_at: datetime | None
) -> None:
    """Put what has just been reckoned of one case in the place of what was kept of it."""
    FindingRow.objects.filter(run=run, case_source=case.source, case_ref=case.case_ref).delete()
    WorkRow.objects.filter(run=run, case_source=case.source, case_ref=case.case_ref).delete()
    keep_findings(run, findings)
    keep_work(run, [line] if line else [])
    replace_turn(run, case, turns_at)


def replace_person(
    run: AssessRun, person: str, findings: Iterable[Finding], line: WorkLine | None, turns_at: datetime | None
) -> None:
    """Put what has just been reckoned of one person outside any case in the place of what was kept of it."""
    FindingRow.objects.filter(run=run, person=person, case_ref=None).delete()
    WorkRow.objects.filter(run=run, person=person, case_ref=None).delete()
    keep_findings(run, findings)
    keep_work(run, [line] if line else [])
    replace_turn(run, person, turns_at)


def forget_person(run: AssessRun, person: str) -> None:
    """Take away what was kept under an id that no person has any more."""
    for rows in (FindingRow, WorkRow, VisitRow):
        rows.objects.filter(run=run, person=person, case_ref=None).delete()
    VisitRow.objects.filter(run=run, person=person).delete()
    replace_turn(run, person, None)


def replace_visit(run: AssessRun, person: str, line: VisitKept | None) -> None:
    """Put what has just been reckoned of one person's visits in the place of what was kept of them."""
    VisitRow.objects.filter(run=run, person=person).delete()
    keep_visits(run, [line] if line else [])
