"""Which cases and people must be reckoned anew, because deliveries or a linkage said something new that they rest on.

What a finding rests on: the events of its case, with everyone's birth and sex; for a duty about a person, the events of
every case they are tied in; the records of those cases; the officers named; whoever holds the posts told. So what is
touched is closed over these: an event's cases in all its versions, everyone tied in them who can be owed something, and
every case that those are tied in, because what is owed to a person is shown under each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from duecare.assessment.rules_in_force import CHILDREN, Reckoning
from duecare.duty.roster import Roster
from duecare.duty.roster_changes import HeldOtherwise, roster_changes
from duecare.record.pole import CaseKey, RecordKey
from duecare.rulebook.all_duties import duties
from duecare.store.facts import affected_facts
from duecare.store.facts.officer_roster import roster
from duecare.store.findings import assessment_runs
from duecare.store.findings.assessment_runs import links_of
from duecare.store.linkage.linkage_runs import LinkState
from duecare.store.linkage.linked_people import all_records_of, records_named, whose_are
from duecare.store.models import AssessRun
from duecare.worklist import danger

SUPERVISES = "detective_inspector"  # told where nobody supervises


@dataclass(slots=True)
class Touched:
    """Which cases and people must be reckoned anew?

    Shape:   `gone` are ids that no person has any more.
    """

    cases: set[CaseKey] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)

    def __len__(self) -> int:
        """How many are to be reckoned?"""
        return len(self.cases) + len(self.people)


class TooMany(Exception):
    """More is touched than should be reckoned one by one."""


def touched_by(
    by: Reckoning, run: AssessRun, deliveries: affected_facts.Pending, links: LinkState, most: int
) -> Touched:
    """What did these deliveries touch, and the linkage in force where it is not that of the assessment?

    Raises:  TooMany when it is more than `most`, or more than can be told.
    """
    found = affected_facts.brought(deliveries.ids)
    moved: set[str] = set()
    if links_of(run) != links:
        changed = affected_facts.moved_by_link(links_of(run), links)
        if changed is None:
            raise TooMany
        records, moved = changed
        found.persons |= records
    if len(found.events) + len(found.persons) + len(found.cases) > 10 * most:
        raise TooMany
    result = Touched()
    if found.has_roster:
        _by_roster(by, run, found, result)
    _spread(by, run, found, moved, result, most)
    result.gone = moved - set(whose_are(_records_of(moved)).values())
    result.people -= result.gone
    return result


def _by_roster(by: Reckoning, run: AssessRun, found: affected_facts.Brought, result: Touched) -> None:
    """The events of officers, and the findings of which somebody else is told."""
    grace = by.policy.absence_grace
    officers, posts = roster(by.known_at, upto=run.upto_delivery)
    changes = roster_changes(Roster(officers, posts), by.roster, grace)
    found.events |= affected_facts.events_of_officers(changes.officers)
    for span in changes.posts:
        for duty in duties():
            for rung in duty.ladder:
                if rung.role == span.kind or (rung.role == "supervisor" and span.kind == SUPERVISES):
                    cases, people = _told_in(run, duty.id, timedelta(hours=rung.hours), span)
                    result.cases |= cases
                    result.people |= people


def _told_in(run: AssessRun, duty: str, after: timedelta, span: HeldOtherwise) -> tuple[set[CaseKey], set[str]]:
    first = None if span.from_.year == 1 else span.from_ - after
    last = None if span.to is None else span.to - after
    return assessment_runs.of_duty_due(run.pk, duty, first, last, span.area)


def _spread(
    by: Reckoning, run: AssessRun, found: affected_facts.Brought, moved: set[str], result: Touched, most: int
) -> None:
    roles = by.roles | CHILDREN
    named = affected_facts.records_of_events(found.events)
    owed = _of(affected_facts.tied_in_roles(found.events, roles))
    owed |= affected_facts.records_of_events(affected_facts.of_kinds(found.events, danger.KINDS)) | found.persons
    result.people |= set(whose_are(owed).values()) | moved
    result.people |= assessment_runs.people_with_findings(run.pk, set(whose_are(named - owed).values()))
    # Someone's birth or sex tells in every case in which a duty may be about them.
    newly_said = set(whose_are(found.persons).values()) | moved
    cases = affected_facts.cases_of_events(found.events) | found.cases
    cases |= _cases_of(_records_of(newly_said) | found.persons, roles)
    result.cases |= cases
    _stop(result, most)
    events = affected_facts.events_of_cases(cases)
    tied = _of(affected_facts.tied_in_roles(events, roles))
    others = affected_facts.records_of_events(events) - tied
    result.people |= set(whose_are(tied).values())
    result.people |= assessment_runs.people_with_findings(run.pk, set(whose_are(others).values()))
    _stop(result, most)
    result.cases |= _cases_of(_records_of(result.people) | found.persons, roles)
    _stop(result, most)


def _of(tied: Mapping[affected_facts.Key, set[RecordKey]]) -> set[RecordKey]:
    return {record for records in tied.values() for record in records}


def cases_of_people(people: Iterable[str], roles: frozenset[str]) -> set[CaseKey]:
    """In which cases are these people tied in a role in which something may be owed about them?"""
    return _cases_of(_records_of(people), roles)


def _cases_of(records: Iterable[RecordKey], roles: frozenset[str]) -> set[CaseKey]:
    """In which cases are these tied in a role in which something may be owed about them?"""
    wanted = set(records)
    events = affected_facts.events_of_records(wanted)
    return affected_facts.cases_of_events(
        event for event, tied in affected_facts.tied_in_roles(events, roles).items() if tied & wanted
    )


def _records_of(people: Iterable[str]) -> set[RecordKey]:
    wanted = set(people)
    return all_records_of(wanted) | records_named(wanted)


def _stop(result: Touched, most: int) -> None:
    if len(result) > most:
        raise TooMany
