"""What every assessment needs: the rulebook, the force's policy, its officers and posts, and one case or person judged."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, lru_cache

from duecare.config import Config
from duecare.duty.assess import assess_duties
from duecare.duty.declaration import Duty, Scope
from duecare.duty.finding import Finding
from duecare.duty.roster import Roster
from duecare.record.pole import CaseKey, EventRecord, RecordKey
from duecare.rulebook.all_duties import all_duties
from duecare.rulebook.force_policy import Policy, read_policy
from duecare.store.facts.fact_lookup import Facts, facts_of_case, facts_of_person
from duecare.store.facts.officer_roster import known_roster, roster_rows
from duecare.timeline.weave import weave_case, weave_person
from duecare.vocabulary.watched_moment import WatchedMoment, unwatched
from duecare.worklist.danger import danger_now, events_of_danger
from duecare.worklist.item import Danger, Item
from duecare.worklist.order import worklist_item
from duecare.worklist.ownership import Ownership, case_ownership

CHILDREN = frozenset({"child", "victim"})


@dataclass(frozen=True)
class AssessmentContext:
    """By which rules, with which officers, at which moment is it worked out?

    Shape:   `known_at` None is all written so far.
    """

    policy: Policy
    roster: Roster
    as_of: datetime
    known_at: datetime | None

    @classmethod
    def at(cls, config: Config, as_of: datetime, known_at: datetime | None) -> AssessmentContext:
        """By the policy in force and the officers and posts as known then."""
        return cls(read_policy(config.policy), roster_of(roster_rows(), known_at), as_of, known_at)

    def with_officers_of_now(self) -> AssessmentContext:
        """The same, by the officers and posts of the deliveries accepted since."""
        roster_now = roster_of(roster_rows(), self.known_at)
        return self if roster_now is self.roster else replace(self, roster=roster_now)

    def watched(self) -> tuple[AssessmentContext, WatchedMoment]:
        """The same, at a moment that notes until when the result stays as it is."""
        watch = WatchedMoment.watch(unwatched(self.as_of))
        return replace(self, as_of=watch), watch

    @cached_property
    def case_duties(self) -> tuple[Duty, ...]:
        """The duties owed in a case."""
        return tuple(duty for duty in all_duties() if duty.scope is Scope.CASE)

    @cached_property
    def person_duties(self) -> tuple[Duty, ...]:
        """The duties owed to, or about, one person."""
        return tuple(duty for duty in all_duties() if duty.scope is not Scope.CASE)

    @cached_property
    def roles(self) -> frozenset[str]:
        """In which roles must someone be tied to an event for a duty about them to begin?"""
        return frozenset(role_name for duty in self.person_duties for role_name in duty.roles)

    @property
    def rulebook(self) -> str:
        """Which rulebook and policy is this? The hash of every declaration in it and of the policy."""
        return rulebook_with(self.policy)

    def case(self, case_key: CaseKey, facts: Facts) -> tuple[Finding, ...]:
        """The findings of the duties owed in this case."""
        events = tuple(event for event in facts.events if event.case == case_key)
        timeline = weave_case(case_key, facts.cases.get(case_key), events, facts.persons, facts.whose)
        return assess_duties(timeline, self.case_duties, self.roster, self.as_of, self.policy)

    def person(self, person: str, records: Iterable[RecordKey], facts: Facts) -> tuple[Finding, ...]:
        """The findings of the duties about this person."""
        timeline = weave_person(person, records, facts.events, facts.cases, facts.persons, facts.whose)
        return assess_duties(timeline, self.person_duties, self.roster, self.as_of, self.policy)

    def owner(self, case_key: CaseKey, facts: Facts) -> Ownership:
        """Who holds this case?"""
        events = (event for event in facts.events if event.case == case_key)
        return case_ownership(facts.cases.get(case_key), events, self.as_of)

    def danger(
        self,
        events: Iterable[EventRecord],
        children: Mapping[RecordKey, str],
        whose: Mapping[RecordKey, str],
        as_of: datetime | None = None,
    ) -> Danger | None:
        """Which danger to these children, by record and person, is reported as happening now?"""
        return danger_now(events, children, as_of or self.as_of, whose)

    def line(
        self,
        *,
        case_record: CaseKey | None,
        person: str | None,
        case_kind: str,
        held_by: Ownership,
        danger: Danger | None,
        findings: Iterable[Finding],
    ) -> Item | None:
        """The worklist's line for a case or person."""
        return worklist_item(
            case_key=case_record,
            person=person,
            case_kind=case_kind,
            held_by=held_by,
            danger=danger,
            findings=findings,
            allocation=self.policy.allocation_duty,
            as_of=unwatched(self.as_of),
            rungs=ladder_hours_by_duty(),
        )


@dataclass(frozen=True, slots=True)
class AssessedPerson:
    """One person, their records, what is known of them, and every finding about them.

    Shape:   `watch` notes until when this stays so.
    """

    person: str
    records: tuple[RecordKey, ...]
    facts: Facts
    findings: tuple[Finding, ...]
    watch: WatchedMoment


@lru_cache(maxsize=4)
def roster_of(_roster_rows: tuple[tuple[object, ...], ...], known_at: datetime | None) -> Roster:
    """The officers and posts as known then, with what has been worked out of them; `_roster_rows` are those held."""
    return Roster(*known_roster(known_at))


@lru_cache(maxsize=4)
def rulebook_with(policy: Policy) -> str:
    """Which rulebook is this with that policy? The hash of every declaration in it and of the policy."""
    declared_text = "\n".join([*(f"{duty.id} {duty.version}" for duty in all_duties()), repr(policy)])
    return hashlib.sha256(declared_text.encode()).hexdigest()


@lru_cache(maxsize=1)
def ladder_hours_by_duty() -> Mapping[str, tuple[float, ...]]:
    """How many hours after its due time is somebody told, by duty?"""
    return {duty.id: tuple(ladder_rung.hours for ladder_rung in duty.ladder) for duty in all_duties()}


@dataclass(frozen=True, slots=True)
class AssessedCase:
    """One case with every finding in it: its own, and those of its people that name it.

    Shape:   `watch` notes until when this stays so.
    """

    key: CaseKey
    facts: Facts
    findings: tuple[Finding, ...]
    owner: Ownership
    danger: Danger | None
    watch: WatchedMoment


def assess_person(person: str, context: AssessmentContext) -> AssessedPerson:
    """Everything owed about one person, worked out from their facts."""
    records, facts = facts_of_person(person, context.known_at)
    watched, watch = context.watched()
    return AssessedPerson(person, records, facts, watched.person(person, records, facts), watch)


def assess_case(
    case_key: CaseKey, context: AssessmentContext, person_source: Callable[[str], AssessedPerson] | None = None
) -> AssessedCase:
    """Everything owed in one case, worked out from its facts and those of its people.

    Shape:   `person_source` gives each person worked out, where the caller works out several cases of the same people.
    """
    facts = facts_of_case(case_key, context.known_at)
    watched, watch = context.watched()
    case_findings = list(watched.case(case_key, facts))
    tied_people = {
        facts.whose[participation.record]
        for event in facts.events
        for participation in event.ties
        if participation.role in context.roles
    }
    tied_children = {
        participation.record for event in facts.events for participation in event.ties if participation.role in CHILDREN
    }
    children = {record: facts.whose[record] for record in tied_children}
    all_events = list(facts.events)
    of_children = set(children.values())
    for person in sorted(tied_people):
        assessed_person = person_source(person) if person_source else assess_person(person, context)
        case_findings.extend(finding for finding in assessed_person.findings if finding.case == case_key)
        if assessed_person.watch.turns_at is not None:
            watch.note(assessed_person.watch.turns_at)
        if person in of_children:
            all_events.extend(events_of_danger(assessed_person.facts.events, frozenset(assessed_person.records)))
            children |= dict.fromkeys(assessed_person.records, person)
    owner, danger = watched.owner(case_key, facts), watched.danger(all_events, children, facts.whose)
    return AssessedCase(case_key, facts, tuple(case_findings), owner, danger, watch)
