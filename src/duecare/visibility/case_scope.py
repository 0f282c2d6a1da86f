"""Which cases and people are within a viewer's reach: the things that policy judges, filled from facts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from duecare.access.scope import Scope
from duecare.access.thing import CaseThing, PersonThing
from duecare.duty.finding import Finding
from duecare.record.pole import CaseKey, EventRecord, RecordKey
from duecare.store.bulk.all_facts import everything
from duecare.store.facts.fact_lookup import Facts, facts_of_case, facts_of_person, sealed_cases
from duecare.store.ledger.opaque_ids import CASE, RECORD, Name
from duecare.timeline.weave import given_birth
from duecare.vocabulary.moments import london_day
from duecare.vocabulary.partial import PartialDate
from duecare.worklist.custody import detained_now
from duecare.worklist.ownership import case_ownership

MANY = 50


def case_thing(key: CaseKey, facts: Facts, as_of: datetime) -> CaseThing:
    """This case as policy judges it."""
    case = facts.cases.get(key)
    events = [event for event in facts.events if event.case == key]
    holds = case_ownership(case, events, as_of)
    return CaseThing(
        id=f"{key.source}:{key.case_ref}",
        area=holds.area,
        team=holds.team,
        officers=frozenset(holds.officers),
        supervisors=frozenset(holds.supervisors),
        restricted=bool(case and case.restricted),
        sealed=bool(case and case.sealed),
        in_custody_now=has_child_in_custody(events, facts, as_of),
    )


def person_thing(person: str, records: Iterable[RecordKey], facts: Facts, as_of: datetime) -> PersonThing:
    """This person as policy judges them, by every case they are tied into."""
    own = frozenset(records)
    mine = [event for event in facts.events if any(tie.record in own for tie in event.ties)]
    cases = sorted({event.case for event in mine if event.case is not None})
    held = [facts.persons[key] for key in own if key in facts.persons]
    stay = detained_now(own, mine, as_of)
    return PersonThing(
        id=person,
        cases=tuple(case_thing(key, facts, as_of) for key in cases),
        restricted=any(record.restricted for record in held),
        sealed=any(record.sealed for record in held),
        in_custody_now=stay is not None and not is_grown_up(own, facts, as_of),
    )


def admitted_cases(seen: Scope, cases: Iterable[CaseKey], now: datetime) -> set[CaseKey]:
    """Which of these cases may be shown now?

    Shape:   where all but the sealed are open, only the sealed need looking for; many are judged in one pass.
    """
    wanted = set(cases)
    if seen.nothing:
        return set()
    if seen.everything:
        shut = wanted & sealed_cases()
        return (wanted - shut) | (_one_by_one(seen, shut, now) if seen.officers else set())
    return _in_one_pass(seen, wanted, now) if len(wanted) > MANY else _one_by_one(seen, wanted, now)


def _one_by_one(seen: Scope, cases: Iterable[CaseKey], now: datetime) -> set[CaseKey]:
    return {key for key in cases if seen.admits(case_thing(key, facts_of_case(key, None), now))}


def _in_one_pass(seen: Scope, wanted: set[CaseKey], now: datetime) -> set[CaseKey]:
    """As one by one; only where custody alone could open a case are its people looked at."""
    found: set[CaseKey] = set()
    detained: set[CaseKey] = set()
    with everything(None) as held:
        for key, events in held.of_cases():
            if key not in wanted:
                continue
            case = held.cases.get(key)
            holds = case_ownership(case, events, now)
            thing = CaseThing(
                id=f"{key.source}:{key.case_ref}",
                area=holds.area,
                team=holds.team,
                officers=frozenset(holds.officers),
                supervisors=frozenset(holds.supervisors),
                restricted=bool(case and case.restricted),
                sealed=bool(case and case.sealed),
            )
            if seen.admits(thing):
                found.add(key)
            elif seen.custody_now and _is_anyone_detained(events, now):
                detained.add(key)
    return found | _one_by_one(seen, detained, now)


def _is_anyone_detained(events: Iterable[EventRecord], now: datetime) -> bool:
    events = list(events)
    if not any(event.kind == "custody_arrived" for event in events):
        return False
    held = {tie.record for event in events for tie in event.ties if tie.role == "detainee"}
    return any(detained_now(frozenset({record}), events, now) is not None for record in held)


def admitted_people(seen: Scope, people: Iterable[str], as_of: datetime) -> set[str]:
    """Which of these people may be shown?"""
    found = set()
    for person in set(people):
        records, facts = facts_of_person(person, None)
        if seen.admits_person(person_thing(person, records, facts, as_of)):
            found.add(person)
    return found


def names_in(findings: Iterable[Finding]) -> set[Name]:
    """Under which names does the ledger speak of those in these findings?"""
    names: set[Name] = set()
    for finding in findings:
        if finding.case is not None:
            names.add((CASE, finding.case.source, finding.case.case_ref))
        if finding.subject:
            source, _, record_id = finding.subject.partition(":")
            names.add((RECORD, source, record_id))
    return names


def names_of_case(key: CaseKey, facts: Facts) -> set[Name]:
    """Under which names does the ledger speak of this case and everyone in it?"""
    tied = {tie.record for event in facts.events if event.case == key for tie in event.ties}
    return {(CASE, key.source, key.case_ref), *((RECORD, record.source, record.record_id) for record in tied)}


def names_of_person(records: Iterable[RecordKey], facts: Facts) -> set[Name]:
    """Under which names does the ledger speak of this person, their cases and those shown with them?"""
    own = frozenset(records)
    mine = [event for event in facts.events if any(tie.record in own for tie in event.ties)]
    shown = own | {tie.record for event in mine for tie in event.ties}
    cases = {event.case for event in mine if event.case is not None}
    return {
        *((RECORD, record.source, record.record_id) for record in shown),
        *((CASE, case.source, case.case_ref) for case in cases),
    }


def has_child_in_custody(events: Iterable[EventRecord], facts: Facts, as_of: datetime) -> bool:
    """Is any child, or anyone whose age cannot be told, in custody by these events of a case?"""
    events = list(events)
    if not _is_anyone_detained(events, as_of):
        return False
    detained = {tie.record for event in events for tie in event.ties if tie.role == "detainee"}
    return any(
        detained_now(frozenset({record}), events, as_of) is not None
        and not is_grown_up(frozenset({record}), facts, as_of)
        for record in detained
    )


def is_grown_up(records: frozenset[RecordKey], facts: Facts, as_of: datetime) -> bool:
    """Is whoever these records are of certainly 18 or over? False where it cannot be told."""
    people = {facts.whose.get(record, "") for record in records}
    dates = [
        record.born
        for key, record in facts.persons.items()
        if facts.whose.get(key) in people and isinstance(record.born, PartialDate)
    ]
    born = given_birth(dates)
    return isinstance(born, PartialDate) and born.is_under(18, london_day(as_of)) is False
