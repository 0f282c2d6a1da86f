"""Which results time can change without a limit passing: facts still to come, absences, pauses, recurring duties."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from duecare.assessment.rules_in_force import AssessmentContext
from duecare.duty.declaration import Recurs
from duecare.duty.finding import Finding, State
from duecare.duty.roster import plain_number
from duecare.record.pole import CaseRecord, EventRecord
from duecare.rulebook.all_duties import all_duties
from duecare.worklist.order import is_to_do


def officers_leaving(context: AssessmentContext) -> frozenset[str]:
    """The officers whose absence begins or ends to count at the moment of assessment or later, as numbers are compared."""
    grace = context.policy.absence_grace
    return frozenset(
        plain_number(officer.officer)
        for officer in context.roster.officers
        for vacancy in context.roster.vacancies(officer.officer, grace)
        if vacancy.from_ >= context.as_of or (vacancy.to is not None and vacancy.to >= context.as_of)
    )


def may_turn(
    context: AssessmentContext, leaving: frozenset[str], events: Iterable[EventRecord], cases: Iterable[CaseRecord]
) -> bool:
    """Whether any of these facts is still to come, or names an officer who comes or goes."""
    return any(
        event.happened_at.latest >= context.as_of or (bool(event.officer) and plain_number(event.officer) in leaving)
        for event in events
    ) or any(
        case_record.closed_at is not None and case_record.closed_at.latest >= context.as_of for case_record in cases
    )


def may_turn_alone(finding: Finding) -> bool:
    """Whether this finding may change otherwise than by becoming overdue: read in two ways, paused, or followed by another."""
    if not is_to_do(finding):
        return False
    is_paused = any(evidence_fact.role == "paused" for evidence_fact in finding.evidence)
    return finding.is_doubtful or is_paused or (finding.state is State.OPEN and finding.duty in _recurring_duties())


@lru_cache(maxsize=1)
def _recurring_duties() -> frozenset[str]:
    return frozenset(duty.id for duty in all_duties() if duty.recurs is Recurs.FROM_DUE)
