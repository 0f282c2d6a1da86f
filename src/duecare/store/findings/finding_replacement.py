"""Replacing what an assessment kept of one case or person with its latest result."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from duecare.duty.finding import Finding
from duecare.record.pole import CaseKey
from duecare.store.findings.assessment_runs import AssessmentRun, keep_findings
from duecare.store.findings.turning_moments import replace_turn
from duecare.store.findings.worklist_lines import VisitKept, WorkLine, keep_visits, keep_work
from duecare.store.models import FindingRow, VisitRow, WorkRow


def replace_case(
    assess_run: AssessmentRun,
    case_key: CaseKey,
    findings: Iterable[Finding],
    work_line: WorkLine | None,
    turns_at: datetime | None,
) -> None:
    """Put what has just been worked out of one case in place of what was kept of it."""
    FindingRow.objects.filter(run=assess_run.id, case_source=case_key.source, case_ref=case_key.case_ref).delete()
    WorkRow.objects.filter(run=assess_run.id, case_source=case_key.source, case_ref=case_key.case_ref).delete()
    keep_findings(assess_run, findings)
    keep_work(assess_run, [work_line] if work_line else [])
    replace_turn(assess_run, case_key, turns_at)


def replace_person(
    assess_run: AssessmentRun,
    person: str,
    findings: Iterable[Finding],
    work_line: WorkLine | None,
    turns_at: datetime | None,
) -> None:
    """Put what has just been worked out of one person outside any case in place of what was kept of it."""
    FindingRow.objects.filter(run=assess_run.id, person=person, case_ref=None).delete()
    WorkRow.objects.filter(run=assess_run.id, person=person, case_ref=None).delete()
    keep_findings(assess_run, findings)
    keep_work(assess_run, [work_line] if work_line else [])
    replace_turn(assess_run, person, turns_at)


def forget_person(assess_run: AssessmentRun, person: str) -> None:
    """Take away what was kept under an id that no person has any more."""
    for row_model in (FindingRow, WorkRow, VisitRow):
        row_model.objects.filter(run=assess_run.id, person=person, case_ref=None).delete()
    VisitRow.objects.filter(run=assess_run.id, person=person).delete()
    replace_turn(assess_run, person, None)


def replace_visit(assess_run: AssessmentRun, person: str, visit_line: VisitKept | None) -> None:
    """Put what has just been worked out of one person's visits in place of what was kept of them."""
    VisitRow.objects.filter(run=assess_run.id, person=person).delete()
    keep_visits(assess_run, [visit_line] if visit_line else [])
