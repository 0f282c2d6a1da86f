"""What does not exist for a viewer inside what they may open: sealed cases and people on which they are not named."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from duecare.access.may_open import Scope
from duecare.duty.finding import NOT_SHOWN, Evidence, Finding
from duecare.record.pole import CaseKey, EventRecord, RecordKey
from duecare.store.facts.affected_facts import cases_of_events as other_cases_of
from duecare.store.facts.affected_facts import events_of_records, records_of_events
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
from duecare.store.facts.fact_versions import newest_versions
from duecare.store.facts.sealed_records import records_only_in
from duecare.store.linkage.linked_people import all_records_of, records_named, whose_are
from duecare.visibility.case_scope import case_thing, person_thing


@dataclass(frozen=True, slots=True)
class SealedFilter:
    """Cases, people, records and events that are not shown to one viewer.

    Shape:   `people` are sealed themselves, or only sealed cases speak of them; `records` are those of which only such
             cases speak, whoever they are of; `events` are those of the cases. Restricted cases that the viewer may not
             open are among `cases` where facts or findings have been given.
    """

    cases: frozenset[CaseKey] = frozenset()
    people: frozenset[str] = frozenset()
    records: frozenset[RecordKey] = frozenset()
    events: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def for_lists(cls, scope: Scope, now: datetime) -> SealedFilter:
        """Everything sealed that is not shown to a viewer of this scope, wherever it is."""
        cases = _closed_cases(scope, now)
        records = records_only_in(cases)
        return cls(
            cases=frozenset(cases),
            people=frozenset(_closed_people(scope, sealed_people(), now) | people_only_of(records)),
            records=frozenset(records),
            events=frozenset(events_of(cases)),
        )

    @classmethod
    def for_facts(cls, scope: Scope, facts: Facts, now: datetime, *, opened: str = "") -> SealedFilter:
        """What of these facts is not shown to a viewer of this scope: restricted cases that they may not open, too.

        Shape:   `opened` is the person whose page it is: access has let them be opened, and they stay open.
        """
        sealed = _closed_cases(scope, now)
        records = records_only_in(sealed)
        people = set(facts.whose.values()) - {opened}
        closed = _closed_people(scope, people & sealed_people(), now) | (people_only_of(records) & people)
        sealed_filter = cls(frozenset(sealed), frozenset(closed), frozenset(records), frozenset(events_of(sealed)))
        return sealed_filter.with_facts(scope, facts, now, opened=opened)

    @classmethod
    def for_graders(cls, *facts: Facts) -> SealedFilter:
        """Sealed people in the facts of a file that is graded: whoever grades it is named on none of them."""
        people = {person for one_set in facts for person in one_set.whose.values()}
        return cls(people=frozenset(sealed_people() & people))

    def with_facts(self, scope: Scope, facts: Facts, now: datetime, *, opened: str = "") -> SealedFilter:
        """The same, with the restricted cases of these facts, and without the person whose page it is."""
        cases = set(self.cases)
        for key in {event.case for event in facts.events if event.case is not None} - self.cases:
            case = facts.cases.get(key)
            restricted = case is not None and case.restricted and not scope.everything
            if restricted and not scope.admits(case_thing(key, facts_of_case(key, None), now)):
                cases.add(key)
        return replace(
            self,
            cases=frozenset(cases),
            people=self.people - {opened},
            events=self.events | {(e.source, e.event_id) for e in facts.events if e.case in cases},
        )

    def with_restricted(self, scope: Scope, findings: Iterable[Finding], now: datetime) -> SealedFilter:
        """The same, with the restricted cases that only the evidence of these findings speaks of.

        Shape:   a finding of one case can rest on an event of another: what the viewer may not open is not shown so either.
        """
        if scope.everything:
            return self
        cases_by_event = cases_of_events(
            {
                (evidence_fact.source, evidence_fact.event_id)
                for finding in findings
                for evidence_fact in finding.evidence
            }
        )
        other_cases = {case for cases in cases_by_event.values() for case in cases} - self.cases
        cases = set()
        for key in ever_restricted(other_cases):
            facts = facts_of_case(key, None)
            case = facts.cases.get(key)
            if case is not None and case.restricted and not scope.admits(case_thing(key, facts, now)):
                cases.add(key)
        if not cases:
            return self
        return replace(
            self,
            cases=self.cases | cases,
            events=self.events | {event for event, event_cases in cases_by_event.items() if event_cases & cases},
        )

    def finding_shown(self, finding: Finding) -> Finding | None:
        """This finding without what must not be shown of its evidence; None where it must not be shown itself."""
        if finding.case in self.cases or finding.person in self.people:
            return None
        if not self.events:
            return finding
        return without_evidence(
            finding,
            [
                evidence_fact
                for evidence_fact in finding.evidence
                if (evidence_fact.source, evidence_fact.event_id) in self.events
            ],
        )

    def findings_shown(self, findings: Iterable[Finding]) -> list[Finding]:
        """Those of these findings that may be shown, each without what may not."""
        return [shown_finding for finding in findings if (shown_finding := self.finding_shown(finding)) is not None]

    def facts_shown(self, facts: Facts) -> Facts:
        """These facts without the cases, their events, and the people and records that must not be shown."""
        if not self.cases and not self.people and not self.records:
            return facts
        events = (event for event in facts.events if event.case not in self.cases)
        return replace(
            facts,
            cases={key: case for key, case in facts.cases.items() if key not in self.cases},
            events=tuple(self._without_people(event, facts) for event in events),
            persons={key: record for key, record in facts.persons.items() if key not in self.records},
        )

    def hides_record(self, record: RecordKey, person: str) -> bool:
        """Whether this record of this person is not shown."""
        return record in self.records or person in self.people

    def lines_beside(self) -> tuple[frozenset[CaseKey], frozenset[str]]:
        """Cases and people that are shown, and of which part is not: what stands of them must not tell of the rest.

        Shape:   cases in which somebody hidden, or somebody of a hidden case, takes part; and those people themselves.
        """
        if not self.cases and not self.people:
            return frozenset(), frozenset()
        people = set(self.people) | set(whose_are(records_of_events(self.events)).values())
        cases = other_cases_of(events_of_records(_every_record(people)))
        return frozenset(cases - self.cases), frozenset(people - self.people)

    def _without_people(self, event: EventRecord, facts: Facts) -> EventRecord:
        shown_ties = tuple(
            participation
            for participation in event.ties
            if not self.hides_record(participation.record, facts.whose[participation.record])
        )
        return event if len(shown_ties) == len(event.ties) else replace(event, ties=shown_ties)


def without_evidence(finding: Finding, hidden: Collection[Evidence]) -> Finding:
    """This finding without these facts: neither they nor what they alone tell of it, such as when it was met.

    Shape:   the state stands, for a duty that was met is met for everyone; the reason says that it is not shown by what.
    """
    if not hidden:
        return finding
    shown_finding = replace(
        finding, evidence=tuple(evidence_fact for evidence_fact in finding.evidence if evidence_fact not in hidden)
    )
    if any(
        evidence_fact.role == "started" and evidence_fact.happened_at != finding.started_at for evidence_fact in hidden
    ):
        shown_finding = replace(shown_finding, due_at=None, due_on=None)
    elif not any(evidence_fact.role in {"met", "excused", "ended"} for evidence_fact in hidden):
        return shown_finding
    return replace(
        shown_finding,
        met_at=None if any(evidence_fact.role == "met" for evidence_fact in hidden) else shown_finding.met_at,
        ended_at=None if any(evidence_fact.role == "ended" for evidence_fact in hidden) else shown_finding.ended_at,
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
    people = newest_versions("persons", facts.persons, None)
    cases = newest_versions("cases", facts.cases, None)
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


def sealed_people(upto_delivery: int | None = None) -> set[str]:
    """People of whom a record is sealed now, or by the deliveries up to this number alone, whoever looks."""
    return set(whose_are(sealed_records(upto_delivery)).values())


def hidden_from_all() -> tuple[set[str], set[RecordKey]]:
    """People and records who count for nobody, whoever looks: sealed, or of whom only sealed cases speak now."""
    records = records_only_in(sealed_cases())
    people = sealed_people() | people_only_of(records)
    return people, records | _every_record(people)


def closed_people(scope: Scope, people: Iterable[str], now: datetime) -> set[str]:
    """Those of these people who are sealed from a viewer of this scope."""
    return _closed_people(scope, sealed_people() & set(people), now)


def people_only_of(records: Collection[RecordKey]) -> set[str]:
    """People of whom every record is among these."""
    people = set(whose_are(records).values())
    others = set(whose_are(_every_record(people) - set(records)).values())
    return people - others


def _every_record(people: Collection[str]) -> set[RecordKey]:
    """Their records, linked or not, those that only an event names included."""
    return all_records_of(people) | records_named(people)


def _closed_cases(scope: Scope, now: datetime) -> set[CaseKey]:
    return {key for key in sealed_cases() if not _is_named_on(scope, key, now)}


def _is_named_on(scope: Scope, key: CaseKey, now: datetime) -> bool:
    if not scope.officers & officers_of(key):
        return False
    return scope.admits(case_thing(key, facts_of_case(key, None), now))


def _closed_people(scope: Scope, people: Iterable[str], now: datetime) -> set[str]:
    if not scope.officers:
        return set(people)
    closed = set()
    for person in people:
        records, facts = facts_of_person(person, None)
        if not scope.admits_person(person_thing(person, records, facts, now)):
            closed.add(person)
    return closed
