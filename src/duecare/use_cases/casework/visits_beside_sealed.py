"""Visits owed to people of whom something sealed is known: what the board says of them rests on what is shown alone."""

from __future__ import annotations

from duecare.assessment.rules_in_force import AssessmentContext
from duecare.assessment.worklist_rows import visit_kept, where_person
from duecare.store.facts.fact_lookup import facts_of_person
from duecare.store.findings.worklist_lines import VisitKept
from duecare.visibility.sealed_filter import marked_as_now
from duecare.visibility.view import Visibility
from duecare.worklist.offender_visits import visit_owed
from duecare.worklist.ownership import person_ownership


def people_beside_sealed(visible: Visibility) -> frozenset[str]:
    """The people who are shown to this viewer, and of whom something is known that is not."""
    return visible.sealed.lines_beside()[1]


def visit_shown(visible: Visibility, context: AssessmentContext, person: str) -> VisitKept | None:
    """The visit owed to this person as it is kept, were there nothing sealed; None where none would be.

    Shape:   a visit that was made is made for everyone: when the next is due stands, and not who saw them or when.
    """
    records, facts = facts_of_person(person, context.known_at)
    facts = facts if context.known_at is None else marked_as_now(facts)
    about = [finding for finding in context.person(person, records, facts) if finding.duty == context.policy.visit_duty]
    own_records, facts = frozenset(visible.record_keys_shown(records)), visible.facts_shown(facts)
    own_events = [
        event for event in facts.events if any(participation.record in own_records for participation in event.ties)
    ]
    owed_visit = visit_owed(own_records, own_events, visible.findings_shown(about), context.as_of)
    if owed_visit is None:
        return None
    case_record = facts.cases.get(owed_visit.finding.case) if owed_visit.finding.case else None
    is_restricted = bool(case_record and case_record.restricted) or any(
        facts.persons[record_key].restricted for record_key in own_records if record_key in facts.persons
    )
    holds = person_ownership(own_events, facts.cases, context.as_of)
    return visit_kept(where_person(person, owed_visit.finding, holds, (is_restricted, False)), owed_visit, holds)
