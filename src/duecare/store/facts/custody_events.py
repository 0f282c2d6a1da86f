"""Who may be in custody at a moment, looked up for all of them at once: the board is asked for every few minutes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from duecare.record.pole import EventRecord, RecordKey
from duecare.store.facts.affected_facts import events_of_records, of_kinds
from duecare.store.facts.fact_lookup import events_known
from duecare.store.linkage.linked_people import all_records_of, records_named, whose_are

COMINGS_AND_GOINGS = ("custody_arrived", "custody_left")


def comings_and_goings(
    people: Iterable[str], known_at: datetime | None
) -> dict[str, tuple[frozenset[RecordKey], tuple[EventRecord, ...]]]:
    """Each of these people's records, and the events by which they came into custody and left it."""
    person_ids = set(people)
    records = all_records_of(person_ids) | records_named(person_ids)
    records_by_person: dict[str, set[RecordKey]] = {person: set() for person in person_ids}
    for record, person in whose_are(records).items():
        if person in records_by_person:
            records_by_person[person].add(record)
    events = events_known(of_kinds(events_of_records(records), COMINGS_AND_GOINGS), known_at)
    by_record: dict[RecordKey, list[EventRecord]] = {}
    for event in events:
        for record in {involvement.record for involvement in event.ties}:
            by_record.setdefault(record, []).append(event)
    return {
        person: (
            frozenset(own_records),
            tuple(
                {
                    id(custody_event): custody_event
                    for record in own_records
                    for custody_event in by_record.get(record, ())
                }.values()
            ),
        )
        for person, own_records in records_by_person.items()
    }
