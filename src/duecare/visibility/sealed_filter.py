"""What does not exist for a viewer inside what they may open: sealed cases and people on which they are not named."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from duecare.access.scope import Scope
from duecare.duty.finding import NOT_SHOWN, Evidence, Finding
from duecare.record.pole import CaseKey, EventRecord, RecordKey
from duecare.store.facts.case_keys import cases_of_events, ever_restricted
from duecare.store.facts.fact_lookup import (
    Facts,
    events_of,
    facts_of_case,
    facts_of_person,
    officers_of,
    sealed_cases,
    sealed_records,
)
from duecare.store.facts.fact_versions import newest
from duecare.store.linkage.linked_people import whose_are
from duecare.visibility.case_scope import case_thing, person_thing


@dataclass(frozen=True, slots=True)
class SealedFilter:
    """Which cases and people must not be shown, and which events tell of those cases?"""

    cases: frozenset[CaseKey] = frozenset()
    people: frozenset[str] = frozenset()
    events: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    def finding(self, finding: Finding) -> Finding | None:
        """This finding without what must not be shown of its evidence; None where it must not be shown itself."""
        if finding.case in self.cases or finding.person in self.people:
            return None
        if not self.events:
            return finding
        return without_evidence(
            finding, [fact for fact in finding.evidence if (fact.source, fact.event_id) in self.events]
        )

    def findings(self, findings: Iterable[Finding]) -> list[Finding]:
        """Those of these findings that may be shown, each without what may not."""
        return [kept for finding in findings if (kept := self.finding(finding)) is not None]

    def facts(self, facts: Facts) -> Facts:
        """These facts without the cases, their events and the people that must not be shown."""
        if not self.cases and not self.people:
            return facts
        events = (event for event in facts.events if event.case not in self.cases)
        return replace(
            facts,
            cases={key: case for key, case in facts.cases.items() if key not in self.cases},
            events=tuple(self._untied(event, facts) for event in events),
        )

    def _untied(self, event: EventRecord, facts: Facts) -> EventRecord:
        shown = tuple(tie for tie in event.ties if facts.whose[tie.record] not in self.people)
        return event if len(shown) == len(event.ties) else replace(event, ties=shown)


def without_evidence(finding: Finding, hidden: Collection[Evidence]) -> Finding:
    """This finding without these facts: neither they nor what they alone tell of it, such as when it was met.

    Shape:   the state stands, for a duty that was met is met for everyone; the reason says that it is not shown by what.
    """
    if not hidden:
        return finding
    kept = replace(finding, evidence=tuple(fact for fact in finding.evidence if fact not in hidden))
    if any(fact.role == "started" and fact.happened_at != finding.started_at for fact in hidden):
        kept = replace(kept, due_at=None, due_on=None)
    elif not any(fact.role in {"met", "excused", "ended"} for fact in hidden):
        return kept
    return replace(
        kept,
        met_at=None if any(fact.role == "met" for fact in hidden) else kept.met_at,
        ended_at=None if any(fact.role == "ended" for fact in hidden) else kept.ended_at,
        recorded_at=None,
        recorded_late=False,
        late_by_hours=None,
        told=(),
        reason=NOT_SHOWN,
    )


def marked_as_now(facts: Facts) -> Facts:
    """These facts of another moment, with whatever is restricted, sealed or protected today marked so.

    Shape:   whoever looks back sees what was said then, and is let no closer than they are today.
    """
    people = newest("persons", facts.persons, None)
    cases = newest("cases", facts.cases, None)
    return replace(
        facts,
        persons={
            key: replace(
                record,
                restricted=record.restricted or bool(people[key].said.get("restricted")),
                sealed=record.sealed or bool(people[key].said.get("sealed")),
                protected_address=record.protected_address or bool(people[key].said.get("protected_address")),
            )
            for key, record in facts.persons.items()
        },
        cases={
            key: replace(
                case,
                restricted=case.restricted or bool(cases[key].said.get("restricted")),
                sealed=case.sealed or bool(cases[key].said.get("sealed")),
            )
            for key, case in facts.cases.items()
        },
    )


def shut_with(shut: SealedFilter, seen: Scope, findings: Iterable[Finding], now: datetime) -> SealedFilter:
    """What must not be shown, with the restricted cases that only the evidence of these findings tells of.

    Shape:   a finding of one case can rest on an event of another: what the viewer may not open is not shown so either.
    """
    if seen.everything:
        return shut
    named = cases_of_events({(fact.source, fact.event_id) for finding in findings for fact in finding.evidence})
    wanted = {case for cases in named.values() for case in cases} - shut.cases
    cases = set()
    for key in ever_restricted(wanted):
        facts = facts_of_case(key, None)
        case = facts.cases.get(key)
        if case is not None and case.restricted and not seen.admits(case_thing(key, facts, now)):
            cases.add(key)
    if not cases:
        return shut
    return replace(
        shut,
        cases=shut.cases | cases,
        events=shut.events | {event for event, of in named.items() if of & cases},
    )


def shut_in(seen: Scope, facts: Facts, now: datetime, *, own: str = "") -> SealedFilter:
    """What of these facts must not be shown to whoever sees this far?

    Shape:   restricted cases that they may not open, too. `own` is the person who has been opened, and stays open.
    """
    sealed = {key for key in sealed_cases() if not _names(seen, key, now)}
    cases = set(sealed)
    for key in {event.case for event in facts.events if event.case is not None} - sealed:
        case = facts.cases.get(key)
        restricted = case is not None and case.restricted and not seen.everything
        if restricted and not seen.admits(case_thing(key, facts_of_case(key, None), now)):
            cases.add(key)
    people = set(facts.whose.values()) - {own}
    return SealedFilter(
        cases=frozenset(cases),
        people=frozenset(_shut_people(seen, people & sealed_people(), now)),
        events=frozenset(events_of(sealed)) | {(e.source, e.event_id) for e in facts.events if e.case in cases},
    )


def shut_everywhere(seen: Scope, now: datetime) -> SealedFilter:
    """Which sealed cases and people must not be shown to whoever sees this far, in all that is held?"""
    cases = {key for key in sealed_cases() if not _names(seen, key, now)}
    return SealedFilter(
        cases=frozenset(cases),
        people=frozenset(_shut_people(seen, sealed_people(), now)),
        events=frozenset(events_of(cases)),
    )


def sealed_from(seen: Scope, now: datetime) -> set[str]:
    """Which people are sealed from whoever sees this far?"""
    return _shut_people(seen, sealed_people(), now)


def _names(seen: Scope, key: CaseKey, now: datetime) -> bool:
    if not seen.officers & officers_of(key):
        return False
    return seen.admits(case_thing(key, facts_of_case(key, None), now))


def sealed_people(upto: int | None = None) -> set[str]:
    """Which people are sealed now, or by the deliveries up to this number alone, whoever looks?"""
    return set(whose_are(sealed_records(upto)).values())


def _shut_people(seen: Scope, people: Iterable[str], now: datetime) -> set[str]:
    if not seen.officers:
        return set(people)
    found = set()
    for person in people:
        records: tuple[RecordKey, ...]
        records, facts = facts_of_person(person, None)
        if not seen.admits_person(person_thing(person, records, facts, now)):
            found.add(person)
    return found
