"""The one fold from facts to timelines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from duecare.record.pole import CaseKey, CaseRecord, EventRecord, PersonRecord, RecordKey
from duecare.timeline.timelines import Born, CaseTimeline, PersonTimeline
from duecare.vocabulary.partial import PartialDate
from duecare.vocabulary.unknown import Unknown

NOT_GIVEN = Unknown("no date of birth given")


def weave_case(
    key: CaseKey,
    case: CaseRecord | None,
    events: Iterable[EventRecord],
    persons: Mapping[RecordKey, PersonRecord],
    whose: Mapping[RecordKey, str],
) -> CaseTimeline:
    """What happened in this case, in order?

    Shape:   `events` are the case's, any order; `persons` every record of everyone tied to them, as far as it arrived;
             a record that `whose` does not name is a person of its own.
    """
    ordered = in_order(events)
    people = _everyone(ordered, persons, lambda key: whose.get(key, str(key)))
    return CaseTimeline(key, case, ordered, people, _births(persons, people), _sexes(persons, people))


def weave_person(
    person: str,
    records: Iterable[PersonRecord | RecordKey],
    events: Iterable[EventRecord],
    cases: Mapping[CaseKey, CaseRecord],
    persons: Mapping[RecordKey, PersonRecord],
    whose: Mapping[RecordKey, str],
) -> PersonTimeline:
    """What happened to this person, in order?

    Shape:   `records` are the person's own; `events` those tied to them, and all events of every case they are tied in
             (the same event twice counts once); `persons` every record of everyone tied to those events, as far as it
             arrived.
    """
    given = tuple(records)
    own = {r.key: r for r in given if isinstance(r, PersonRecord)}
    keys = frozenset(r.key if isinstance(r, PersonRecord) else r for r in given)
    ordered = in_order(events)
    known = {**persons, **own}
    # `whose` may cover a whole force: it is asked, never copied.
    people = _everyone(ordered, known, lambda key: person if key in keys else whose.get(key, str(key)))
    return PersonTimeline(person, keys, ordered, cases, people, _births(known, people), _sexes(known, people))


def in_order(events: Iterable[EventRecord]) -> tuple[EventRecord, ...]:
    """These events by happened_at, written_at, source and event_id, each once."""
    once = {(event.source, event.event_id): event for event in events}
    return tuple(sorted(once.values(), key=_place))


def _place(event: EventRecord) -> tuple[datetime, datetime, str, str]:
    return event.happened_at.earliest, event.written_at, event.source, event.event_id


def _everyone(
    events: tuple[EventRecord, ...], persons: Mapping[RecordKey, PersonRecord], person_of: Callable[[RecordKey], str]
) -> dict[RecordKey, str]:
    people = {key: person_of(key) for key in persons}
    for event in events:
        for tie in event.ties:
            if tie.record not in people:
                people[tie.record] = person_of(tie.record)
    return people


def _births(persons: Mapping[RecordKey, PersonRecord], people: Mapping[RecordKey, str]) -> dict[str, Born]:
    given: dict[str, list[PartialDate]] = {}
    for key, record in persons.items():
        born = record.born
        if isinstance(born, PartialDate):
            given.setdefault(people[key], []).append(born)
        elif record.due_on is not None:
            given.setdefault(people[key], []).append(PartialDate(record.due_on, record.due_on))
    return {person: given_birth(dates) for person, dates in given.items()}


def _sexes(persons: Mapping[RecordKey, PersonRecord], people: Mapping[RecordKey, str]) -> dict[str, str]:
    given: dict[str, set[str]] = {}
    for key, record in persons.items():
        if record.sex:
            given.setdefault(people[key], set()).add(record.sex)
    return {person: next(iter(said)) for person, said in given.items() if len(said) == 1}


def given_birth(dates: list[PartialDate]) -> Born:
    """When was one person born, of whom several records give these dates?

    Shape:   where they agree, the days they have in common; where they conflict, all days from the first to the last.
    Unknown: no date at all.
    """
    if not dates:
        return NOT_GIVEN
    earliest, latest = max(d.earliest for d in dates), min(d.latest for d in dates)
    if earliest <= latest:
        return PartialDate(earliest, latest)
    return PartialDate(min(d.earliest for d in dates), max(d.latest for d in dates))
