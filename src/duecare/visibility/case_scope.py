"""Cases and people in a viewer's scope: the things that policy judges, filled from facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from duecare.access.may_open import Scope
from duecare.access.thing import CaseThing, PersonThing
from duecare.duty.finding import Finding
from duecare.record.pole import CaseKey, CaseRecord, EventRecord, RecordKey
from duecare.store.bulk.all_facts import everything
from duecare.store.facts.fact_lookup import Facts, facts_of_case, facts_of_person, sealed_cases
from duecare.store.ledger.opaque_ids import CASE_KIND, RECORD, LedgerRef
from duecare.timeline.weave import given_birth
from duecare.vocabulary.ages import is_under_age
from duecare.vocabulary.london_clock import london_day
from duecare.vocabulary.partial_date import PartialDate
from duecare.worklist.custody import detained_now
from duecare.worklist.ownership import case_ownership

MANY_CASES = 50


def case_thing(key: CaseKey, facts: Facts, as_of: datetime) -> CaseThing:
    """This case as policy judges it."""
    events = [event for event in facts.events if event.case == key]
    return _thing_of(key, facts.cases.get(key), events, as_of, in_custody=has_child_in_custody(events, facts, as_of))


def _thing_of(
    key: CaseKey, case: CaseRecord | None, events: Iterable[EventRecord], as_of: datetime, *, in_custody: bool = False
) -> CaseThing:
    """The one place in which a case is made into what policy judges."""
    owner = case_ownership(case, events, as_of)
    return CaseThing(
        id=f"{key.source}:{key.case_ref}",
        area=owner.area,
        team=owner.team,
        officers=frozenset(owner.officers),
        supervisors=frozenset(owner.supervisors),
        restricted=bool(case and case.restricted),
        sealed=bool(case and case.sealed),
        in_custody_now=in_custody,
    )


def person_thing(person: str, records: Iterable[RecordKey], facts: Facts, as_of: datetime) -> PersonThing:
    """This person as policy judges them, by every case they are tied into.

    Shape:   a person of whom only sealed cases speak is as sealed as those are.
    """
    own_records = frozenset(records)
    own_events = [
        event for event in facts.events if any(participation.record in own_records for participation in event.ties)
    ]
    cases = sorted({event.case for event in own_events if event.case is not None})
    known_records = [facts.persons[key] for key in own_records if key in facts.persons]
    custody_stay = detained_now(own_records, own_events, as_of)
    return PersonThing(
        id=person,
        cases=tuple(case_thing(key, facts, as_of) for key in cases),
        restricted=any(record.restricted for record in known_records),
        sealed=any(record.sealed for record in known_records)
        or is_only_in_sealed(own_records, own_events, facts.cases),
        in_custody_now=custody_stay is not None and not is_grown_up(own_records, facts, as_of),
    )


def is_only_in_sealed(
    records: frozenset[RecordKey], events: Iterable[EventRecord], cases: Mapping[CaseKey, CaseRecord]
) -> bool:
    """Whether each of these records takes part in some of these events, and all of those are of sealed cases."""
    events = list(events)
    sealed = {key for key, case in cases.items() if case.sealed}
    tied_records = {participation.record for event in events for participation in event.ties}
    return bool(records) and records <= tied_records and all(event.case in sealed for event in events)


def cases_in_scope(viewer_scope: Scope, cases: Iterable[CaseKey], now: datetime) -> set[CaseKey]:
    """Those of these cases that may be shown now.

    Shape:   where all but the sealed are open, only the sealed need looking for; many are judged in one pass.
    """
    asked_cases = set(cases)
    if viewer_scope.nothing:
        return set()
    if viewer_scope.everything:
        sealed_ones = asked_cases & sealed_cases()
        return (asked_cases - sealed_ones) | (
            _one_by_one(viewer_scope, sealed_ones, now) if viewer_scope.officers else set()
        )
    return (
        _in_one_pass(viewer_scope, asked_cases, now)
        if len(asked_cases) > MANY_CASES
        else _one_by_one(viewer_scope, asked_cases, now)
    )


def _one_by_one(viewer_scope: Scope, cases: Iterable[CaseKey], now: datetime) -> set[CaseKey]:
    return {key for key in cases if viewer_scope.admits(case_thing(key, facts_of_case(key, None), now))}


def _in_one_pass(viewer_scope: Scope, asked_cases: set[CaseKey], now: datetime) -> set[CaseKey]:
    """As one by one; only where custody alone could open a case are its people looked at."""
    in_scope: set[CaseKey] = set()
    detained: set[CaseKey] = set()
    with everything(None) as all_facts:
        for key, events in all_facts.of_cases():
            if key not in asked_cases:
                continue
            thing = _thing_of(key, all_facts.cases.get(key), events, now)
            if viewer_scope.admits(thing):
                in_scope.add(key)
            elif viewer_scope.custody_now and _is_anyone_detained(events, now):
                detained.add(key)
    return in_scope | _one_by_one(viewer_scope, detained, now)


def _is_anyone_detained(events: Iterable[EventRecord], now: datetime) -> bool:
    events = list(events)
    if not any(event.kind == "custody_arrived" for event in events):
        return False
    detainees = {
        participation.record for event in events for participation in event.ties if participation.role == "detainee"
    }
    return any(detained_now(frozenset({record}), events, now) is not None for record in detainees)


def people_in_scope(viewer_scope: Scope, people: Iterable[str], as_of: datetime) -> set[str]:
    """Those of these people who may be shown now."""
    in_scope = set()
    for person in set(people):
        records, facts = facts_of_person(person, None)
        if viewer_scope.admits_person(person_thing(person, records, facts, as_of)):
            in_scope.add(person)
    return in_scope


def ledger_refs_of_findings(findings: Iterable[Finding]) -> set[LedgerRef]:
    """What the ledger calls the cases and people of these findings."""
    names: set[LedgerRef] = set()
    for finding in findings:
        if finding.case is not None:
            names.add((CASE_KIND, finding.case.source, finding.case.case_ref))
        if finding.subject:
            source, _, record_id = finding.subject.partition(":")
            names.add((RECORD, source, record_id))
    return names


def ledger_refs_of_case(key: CaseKey, facts: Facts) -> set[LedgerRef]:
    """What the ledger calls this case and everyone in it."""
    tied_records = {participation.record for event in facts.events if event.case == key for participation in event.ties}
    return {
        (CASE_KIND, key.source, key.case_ref),
        *((RECORD, record.source, record.record_id) for record in tied_records),
    }


def ledger_refs_of_person(records: Iterable[RecordKey], facts: Facts) -> set[LedgerRef]:
    """What the ledger calls this person, their cases and those shown with them."""
    own_records = frozenset(records)
    own_events = [
        event for event in facts.events if any(participation.record in own_records for participation in event.ties)
    ]
    shown_records = own_records | {participation.record for event in own_events for participation in event.ties}
    cases = {event.case for event in own_events if event.case is not None}
    return {
        *((RECORD, record.source, record.record_id) for record in shown_records),
        *((CASE_KIND, case.source, case.case_ref) for case in cases),
    }


def has_child_in_custody(events: Iterable[EventRecord], facts: Facts, as_of: datetime) -> bool:
    """Whether any child, or anyone whose age is not known, is in custody by these events of a case."""
    events = list(events)
    if not _is_anyone_detained(events, as_of):
        return False
    detained = {
        participation.record for event in events for participation in event.ties if participation.role == "detainee"
    }
    return any(
        detained_now(frozenset({record}), events, as_of) is not None
        and not is_grown_up(frozenset({record}), facts, as_of)
        for record in detained
    )


def is_grown_up(records: frozenset[RecordKey], facts: Facts, as_of: datetime) -> bool:
    """Whether the person of these records is certainly 18 or over. False where that is not known."""
    people = {facts.whose.get(record, "") for record in records}
    dates = [
        record.born
        for key, record in facts.persons.items()
        if facts.whose.get(key) in people and isinstance(record.born, PartialDate)
    ]
    birth_date = given_birth(dates)
    return isinstance(birth_date, PartialDate) and is_under_age(birth_date, 18, london_day(as_of)) is False
