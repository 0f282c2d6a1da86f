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
    wanted = set(people)
    records = all_records_of(wanted) | records_named(wanted)
    of: dict[str, set[RecordKey]] = {person: set() for person in wanted}
    for record, person in whose_are(records).items():
        if person in of:
            of[person].add(record)
    events = events_known(of_kinds(events_of_records(records), COMINGS_AND_GOINGS), known_at)
    by_record: dict[RecordKey, list[EventRecord]] = {}
    for event in events:
        for record in {tie.record for tie in event.ties}:
            by_record.setdefault(record, []).append(event)
    return {
        person: (frozenset(own), tuple({id(e): e for record in own for e in by_record.get(record, ())}.values()))
        for person, own in of.items()
    }
