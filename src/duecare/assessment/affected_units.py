"""Which cases and people must be assessed again after a delivery or a linkage changed facts that they rest on.

What a finding rests on: the events of its case, with everyone's birth and sex; for a duty about a person, the events of
every case they are tied in; the records of those cases; the officers named; whoever holds the posts told. So what is
touched is closed over these: an event's cases in all its versions, everyone tied in them who can be owed something, and
every case that those are tied in, because what is owed to a person is shown under each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from duecare.assessment.rules_in_force import CHILDREN, AssessmentContext
from duecare.duty.roster import Roster
from duecare.duty.roster_changes import HeldOtherwise, roster_changes
from duecare.record.pole import CaseKey, RecordKey
from duecare.rulebook.all_duties import all_duties
from duecare.store.facts import affected_facts
from duecare.store.facts.officer_roster import known_roster
from duecare.store.findings import assessment_runs
from duecare.store.findings.assessment_runs import AssessmentRun
from duecare.store.linkage.linkage_runs import LinkState
from duecare.store.linkage.linked_people import all_records_of, records_named, whose_are
from duecare.worklist import danger

SUPERVISES = "detective_inspector"  # told where nobody supervises


@dataclass(slots=True)
class AffectedUnits:
    """Which cases and people must be worked out again?

    Shape:   `former_people` are ids that no person has any more.
    """

    cases: set[CaseKey] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    former_people: set[str] = field(default_factory=set)

    def __len__(self) -> int:
        """How many are to be worked out?"""
        return len(self.cases) + len(self.people)


class TooManyAffected(Exception):
    """More is touched than should be worked out one by one."""


def affected_by(
    context: AssessmentContext,
    assessment_run: AssessmentRun,
    deliveries: affected_facts.Pending,
    links: LinkState,
    most_units: int,
) -> AffectedUnits:
    """What did these deliveries touch, and the linkage in force where it is not that of the assessment?

    Raises:  TooManyAffected when it is more than `most_units`, or more than is known.
    """
    changed_facts = affected_facts.delivered_facts(deliveries.ids)
    moved: set[str] = set()
    if assessment_run.links != links:
        changed = affected_facts.moved_by_link(assessment_run.links, links)
        if changed is None:
            raise TooManyAffected
        records, moved = changed
        changed_facts.persons |= records
    if len(changed_facts.events) + len(changed_facts.persons) + len(changed_facts.cases) > 10 * most_units:
        raise TooManyAffected
    result = AffectedUnits()
    if changed_facts.has_roster:
        _by_roster(context, assessment_run, changed_facts, result)
    _spread_to_cases(context, assessment_run, changed_facts, moved, result, most_units)
    result.former_people = moved - set(whose_are(_records_of(moved)).values())
    result.people -= result.former_people
    return result


def _by_roster(
    context: AssessmentContext,
    assessment_run: AssessmentRun,
    changed_facts: affected_facts.TouchedFacts,
    result: AffectedUnits,
) -> None:
    """The events of officers, and the findings of which somebody else is told."""
    grace = context.policy.absence_grace
    officers, posts = known_roster(context.known_at, upto_delivery=assessment_run.upto_delivery)
    changes = roster_changes(Roster(officers, posts), context.roster, grace)
    changed_facts.events |= affected_facts.events_of_officers(changes.officers)
    for held_span in changes.posts:
        for duty in all_duties():
            for ladder_rung in duty.ladder:
                if ladder_rung.role == held_span.kind or (
                    ladder_rung.role == "supervisor" and held_span.kind == SUPERVISES
                ):
                    cases, people = _told_in(assessment_run, duty.id, timedelta(hours=ladder_rung.hours), held_span)
                    result.cases |= cases
                    result.people |= people


def _told_in(
    assessment_run: AssessmentRun, duty_id: str, after: timedelta, held_span: HeldOtherwise
) -> tuple[set[CaseKey], set[str]]:
    start_moment = None if held_span.from_.year == 1 else held_span.from_ - after
    end_moment = None if held_span.to is None else held_span.to - after
    return assessment_runs.of_duty_due(assessment_run.id, duty_id, start_moment, end_moment, held_span.area)


def _spread_to_cases(
    context: AssessmentContext,
    assessment_run: AssessmentRun,
    changed_facts: affected_facts.TouchedFacts,
    moved: set[str],
    result: AffectedUnits,
    most_units: int,
) -> None:
    roles = context.roles | CHILDREN
    named_records = affected_facts.records_of_events(changed_facts.events)
    owed_records = _people_of(affected_facts.tied_in_roles(changed_facts.events, roles))
    owed_records |= (
        affected_facts.records_of_events(affected_facts.of_kinds(changed_facts.events, danger.KINDS))
        | changed_facts.persons
    )
    result.people |= set(whose_are(owed_records).values()) | moved
    result.people |= assessment_runs.people_with_findings(
        assessment_run.id, set(whose_are(named_records - owed_records).values())
    )
    # Someone's birth or sex tells in every case in which a duty may be about them, and who a suspect is in every danger.
    newly_said = set(whose_are(changed_facts.persons).values()) | moved
    cases = affected_facts.cases_of_events(changed_facts.events) | changed_facts.cases
    cases |= _cases_of(_records_of(newly_said) | changed_facts.persons, roles | danger.SUSPECT_ROLES)
    result.cases |= cases
    _stop_if_too_many(result, most_units)
    events = affected_facts.events_of_cases(cases)
    tied_records = _people_of(affected_facts.tied_in_roles(events, roles))
    others = affected_facts.records_of_events(events) - tied_records
    result.people |= set(whose_are(tied_records).values())
    result.people |= assessment_runs.people_with_findings(assessment_run.id, set(whose_are(others).values()))
    _stop_if_too_many(result, most_units)
    result.cases |= _cases_of(_records_of(result.people) | changed_facts.persons, roles)
    _stop_if_too_many(result, most_units)


def _people_of(tied_records: Mapping[affected_facts.FactKey, set[RecordKey]]) -> set[RecordKey]:
    return {record for records in tied_records.values() for record in records}


def cases_of_people(people: Iterable[str], roles: frozenset[str]) -> set[CaseKey]:
    """In which cases are these people tied in a role in which something may be owed about them?"""
    return _cases_of(_records_of(people), roles)


def _cases_of(records: Iterable[RecordKey], roles: frozenset[str]) -> set[CaseKey]:
    """In which cases are these tied in a role in which something may be owed about them?"""
    wanted_units = set(records)
    events = affected_facts.events_of_records(wanted_units)
    return affected_facts.cases_of_events(
        event
        for event, tied_records in affected_facts.tied_in_roles(events, roles).items()
        if tied_records & wanted_units
    )


def _records_of(people: Iterable[str]) -> set[RecordKey]:
    wanted_units = set(people)
    return all_records_of(wanted_units) | records_named(wanted_units)


def _stop_if_too_many(result: AffectedUnits, most_units: int) -> None:
    if len(result) > most_units:
        raise TooManyAffected
