"""Puts the events of a case or a person in order, as known at a moment, and decides which birth date of several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from duecare.record.pole import CaseKey, CaseRecord, EventRecord, PersonRecord, RecordKey
from duecare.timeline.timelines import Born, CaseTimeline, PersonTimeline
from duecare.vocabulary.partial_date import PartialDate
from duecare.vocabulary.unknown import Unknown

NOT_GIVEN = Unknown("no date of birth given")


def weave_case(
    case_key: CaseKey,
    case_record: CaseRecord | None,
    events: Iterable[EventRecord],
    persons: Mapping[RecordKey, PersonRecord],
    person_of_record: Mapping[RecordKey, str],
) -> CaseTimeline:
    """Weave the events of this case into one order.

    Shape:   `events` are the case's, any order; `persons` every record of everyone tied to them, as far as it arrived;
             a record that `person_of_record` does not name is a person of its own.
    """
    ordered = in_order(events)
    people = _people_of_events(ordered, persons, lambda record_key: person_of_record.get(record_key, str(record_key)))
    return CaseTimeline(
        case_key, case_record, ordered, people, _birth_dates(persons, people), _recorded_sexes(persons, people)
    )


def weave_person(
    person: str,
    records: Iterable[PersonRecord | RecordKey],
    events: Iterable[EventRecord],
    cases: Mapping[CaseKey, CaseRecord],
    persons: Mapping[RecordKey, PersonRecord],
    person_of_record: Mapping[RecordKey, str],
) -> PersonTimeline:
    """Weave the events of this person into one order.

    Shape:   `records` are the person's own; `events` those tied to them, and all events of every case they are tied in
             (the same event twice counts once); `persons` every record of everyone tied to those events, as far as it
             arrived.
    """
    own_records = tuple(records)
    person_records = {record.key: record for record in own_records if isinstance(record, PersonRecord)}
    record_keys = frozenset(record.key if isinstance(record, PersonRecord) else record for record in own_records)
    ordered = in_order(events)
    all_records = {**persons, **person_records}
    # `person_of_record` may cover a whole force: it is asked, never copied.
    people = _people_of_events(
        ordered,
        all_records,
        lambda record_key: person if record_key in record_keys else person_of_record.get(record_key, str(record_key)),
    )
    return PersonTimeline(
        person,
        record_keys,
        ordered,
        cases,
        people,
        _birth_dates(all_records, people),
        _recorded_sexes(all_records, people),
    )


def in_order(events: Iterable[EventRecord]) -> tuple[EventRecord, ...]:
    """These events by happened_at, written_at, source and event_id, each once."""
    distinct_events = {(event.source, event.event_id): event for event in events}
    return tuple(sorted(distinct_events.values(), key=_order_key))


def _order_key(event: EventRecord) -> tuple[datetime, datetime, str, str]:
    return event.happened_at.earliest, event.written_at, event.source, event.event_id


def _people_of_events(
    events: tuple[EventRecord, ...], persons: Mapping[RecordKey, PersonRecord], person_of: Callable[[RecordKey], str]
) -> dict[RecordKey, str]:
    people = {record_key: person_of(record_key) for record_key in persons}
    for event in events:
        for participation in event.ties:
            if participation.record not in people:
                people[participation.record] = person_of(participation.record)
    return people


def _birth_dates(persons: Mapping[RecordKey, PersonRecord], people: Mapping[RecordKey, str]) -> dict[str, Born]:
    dates_by_person: dict[str, list[PartialDate]] = {}
    for record_key, record in persons.items():
        birth_date = record.born
        if isinstance(birth_date, PartialDate):
            dates_by_person.setdefault(people[record_key], []).append(birth_date)
        elif record.due_on is not None:
            dates_by_person.setdefault(people[record_key], []).append(PartialDate(record.due_on, record.due_on))
    return {person: given_birth(dates) for person, dates in dates_by_person.items()}


def _recorded_sexes(persons: Mapping[RecordKey, PersonRecord], people: Mapping[RecordKey, str]) -> dict[str, str]:
    sexes_by_person: dict[str, set[str]] = {}
    for record_key, record in persons.items():
        if record.sex:
            sexes_by_person.setdefault(people[record_key], set()).add(record.sex)
    return {person: next(iter(sexes)) for person, sexes in sexes_by_person.items() if len(sexes) == 1}


def given_birth(dates: list[PartialDate]) -> Born:
    """The birth date of one person, where several records give these dates.

    Shape:   where they agree, the days they have in common; where they conflict, all days from the first to the last.
    Unknown: no date at all.
    """
    if not dates:
        return NOT_GIVEN
    earliest, latest = max(birth_date.earliest for birth_date in dates), min(birth_date.latest for birth_date in dates)
    if earliest <= latest:
        return PartialDate(earliest, latest)
    return PartialDate(min(birth_date.earliest for birth_date in dates), max(birth_date.latest for birth_date in dates))
