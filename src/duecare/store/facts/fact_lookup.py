"""One case's or one person's facts, as known at a moment, looked up by index."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from duecare.record.pole import CaseKey, CaseRecord, EventRecord, PersonRecord, RecordKey
from duecare.record.record_from_body import case_of, event_of, person_of, ties_of, utc_moment
from duecare.store.database.sql_rows import placeholder_marks, select_rows, split_chunks
from duecare.store.facts.affected_facts import events_of_cases, events_of_records
from duecare.store.linkage.linked_people import all_records_of, members_of, records_named, whose_are
from duecare.store.models import Fact, Handle
from duecare.timeline.version_at_moment import as_known

FactKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Provenance:
    """The delivery, file and row of a version, and when it was received."""

    received_at: datetime
    delivery: int
    file: str
    row: int


@dataclass(frozen=True, slots=True)
class HeldVersion:
    """One version of one fact, as the table holds it."""

    key: str
    version_at: datetime
    sha256: bytes
    withdrawn: bool
    body: bytes
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of some cases and people at one moment.

    Shape:   `events` whole with their ties; `persons` every record that has arrived of everyone tied; `whose` record to
             person; `came` where each event's version came from.
    """

    cases: dict[CaseKey, CaseRecord]
    events: tuple[EventRecord, ...]
    persons: dict[RecordKey, PersonRecord]
    whose: dict[RecordKey, str]
    came: dict[FactKey, Provenance]


def facts_of_case(case_key: CaseKey, known_at: datetime | None) -> Facts:
    """What is known of this case: its record, its events, everyone tied to them."""
    return _gather_facts(_events_of_cases([case_key], known_at), {case_key}, (), known_at)


def facts_of_person(person: str, known_at: datetime | None) -> tuple[tuple[RecordKey, ...], Facts]:
    """This person's records, and what is known of them and of the cases they are tied into."""
    record_keys = members_of(person)
    tied_events = _look_up_events(events_of_records(record_keys), known_at)
    own_events = [
        event
        for event in tied_events.values()
        if any(involvement.record in record_keys for involvement in event[0].ties)
    ]
    cases = {event.case for event, _ in own_events if event.case is not None}
    events = {(event.source, event.event_id): (event, came_at) for event, came_at in own_events}
    events |= _events_of_cases(cases, known_at)
    return record_keys, _gather_facts(events, cases, record_keys, known_at)


def facts_of_lines(cases: Iterable[CaseKey], people: Iterable[str], known_at: datetime | None) -> Facts:
    """What is known of these cases, and of these people with their cases, all looked up together."""
    person_ids = set(people)
    record_keys = all_records_of(person_ids) | records_named(person_ids)
    own_events = {
        event_key: event_found
        for event_key, event_found in _look_up_events(events_of_records(record_keys), known_at).items()
        if any(involvement.record in record_keys for involvement in event_found[0].ties)
    }
    case_keys = {*cases, *(event.case for event, _ in own_events.values() if event.case is not None)}
    return _gather_facts(own_events | _events_of_cases(case_keys, known_at), case_keys, record_keys, known_at)


def keys_of_case_ref(case_ref: str) -> list[CaseKey]:
    """The cases that have this reference; equal references in two sources are two cases."""
    handles = Handle.objects.filter(kind="case", key=case_ref).values_list("source", "key").distinct()
    return sorted(CaseKey(source, record_key) for source, record_key in handles)


def ties_of_event(source: str, event_id: str) -> list[tuple[str, str, str]]:
    """The ties of this event now: (source, record_id, role) each."""
    standing = _standing_versions("ties", [(source, event_id)], None)
    return [
        (*involvement.record, involvement.role)
        for held_version in standing.values()
        for involvement in ties_of(held_version.body)
    ]


def sealed_cases(upto_delivery: int | None = None) -> set[CaseKey]:
    """Cases that are sealed now, or by the deliveries up to this number alone."""
    standing = _standing_versions("cases", _ever_sealed("cases"), None, upto_delivery)
    return {
        CaseKey(*record_key)
        for record_key, held_version in standing.items()
        if case_of(*record_key, held_version.body).sealed
    }


def sealed_records(upto_delivery: int | None = None) -> set[RecordKey]:
    """Records of people that are sealed now, or by the deliveries up to this number alone."""
    standing = _standing_versions("persons", _ever_sealed("persons"), None, upto_delivery)
    return {
        RecordKey(*record_key)
        for record_key, held_version in standing.items()
        if person_of(*record_key, held_version.body, 0).sealed
    }


def _ever_sealed(sheet: str) -> list[FactKey]:
    # The condition word for word as the index has it: a parameter in its place would read the whole table.
    table_rows = select_rows('SELECT DISTINCT "source", "key" FROM "fact" WHERE "sheet" = %s AND "is_sealed"', [sheet])
    return [(source, record_key) for source, record_key in table_rows]


def events_of(cases: Iterable[CaseKey]) -> set[FactKey]:
    """Events with some version named under one of these cases."""
    return events_of_cases(cases)


def officers_of(case_key: CaseKey) -> set[str]:
    """The officers' numbers in any version of an event of this case, stripped and without case."""
    events = Fact.objects.filter(case_source=case_key.source, case_ref=case_key.case_ref, kind__isnull=False)
    return {
        str(orjson.loads(bytes(body_bytes)).get("officer", "")).strip().casefold()
        for body_bytes in events.values_list("body", flat=True)
    } - {""}


def records_in_custody(since: datetime, until: datetime) -> set[RecordKey]:
    """The records tied to an arrival in custody between these moments, in some version of it."""
    # Raw: ties hang on an event by source and key, not by a foreign key, so the ORM cannot join them.
    table_rows = select_rows(
        'SELECT DISTINCT t."record_source", t."record_id" FROM "fact" f JOIN "event_tie" t ON t."source" = f."source"'
        ' AND t."event_id" = f."key" WHERE f."kind" = %s AND f."happened_at" BETWEEN %s AND %s',
        ["custody_arrived", int(since.timestamp()), int(until.timestamp())],
    )
    return {RecordKey(source, record_id) for source, record_id in table_rows}


def records_known(record_keys: Iterable[RecordKey]) -> dict[RecordKey, PersonRecord]:
    """These records as they stand now; one that does not is left out."""
    standing = _standing_versions("persons", record_keys, None)
    return {
        RecordKey(*record_key): person_of(*record_key, held_version.body, int(held_version.version_at.timestamp()))
        for record_key, held_version in standing.items()
    }


def best_records(people: Iterable[str], without: Collection[RecordKey] = ()) -> dict[str, PersonRecord]:
    """The record by which each of these people is named on a list: the one written last, of those with a name.

    Shape:   none of the records `without`.
    """
    best_by_person: dict[str, PersonRecord] = {}
    person_ids = set(people)
    records = {record_key for person in person_ids for record_key in members_of(person)} - set(without)
    standing = _standing_versions(
        "persons", [(record_key.source, record_key.record_id) for record_key in records], None
    )
    person_of_record = whose_are(records)
    for record_key, held_version in standing.items():
        record = person_of(*record_key, held_version.body, int(held_version.version_at.timestamp()))
        person = person_of_record[record.key]
        if person not in best_by_person or says_more(record) > says_more(best_by_person[person]):
            best_by_person[person] = record
    return best_by_person


def says_more(record: PersonRecord) -> tuple[bool, float, RecordKey]:
    """The order in which one record of a person is preferred to another when the person is named."""
    return (
        bool(record.given_names and record.family_name),
        record.written_at.timestamp() if record.written_at else 0.0,
        record.key,
    )


Events = dict[FactKey, tuple[EventRecord, Provenance]]


def _gather_facts(
    events: Events, cases: set[CaseKey], own_records: Iterable[RecordKey], known_at: datetime | None
) -> Facts:
    tied_records = {involvement.record for event, _ in events.values() for involvement in event.ties} | set(own_records)
    person_of_record = whose_are(tied_records)
    records = tied_records | all_records_of(set(person_of_record.values()))
    standing = _standing_versions(
        "persons", [(record_key.source, record_key.record_id) for record_key in records], known_at
    )
    return Facts(
        cases=cases_known(cases, known_at),
        events=tuple(event for event, _ in events.values()),
        persons={
            RecordKey(*record_key): person_of(*record_key, held_version.body, int(held_version.version_at.timestamp()))
            for record_key, held_version in standing.items()
        },
        whose=person_of_record | whose_are(records - tied_records),
        came={record_key: came_at for record_key, (_, came_at) in events.items()},
    )


def _events_of_cases(cases: Iterable[CaseKey], known_at: datetime | None) -> Events:
    case_keys = set(cases)
    return {
        record_key: event_found
        for record_key, event_found in _look_up_events(events_of(case_keys), known_at).items()
        if event_found[0].case in case_keys
    }


def events_known(record_keys: Iterable[FactKey], known_at: datetime | None) -> tuple[EventRecord, ...]:
    """These events as known at a moment, as far as they stand."""
    return tuple(event for event, _ in _look_up_events(record_keys, known_at).values())


def cases_known(record_keys: Iterable[CaseKey], known_at: datetime | None) -> dict[CaseKey, CaseRecord]:
    """The records of these cases as known at a moment, as far as they stand."""
    standing = _standing_versions(
        "cases", [(record_key.source, record_key.case_ref) for record_key in record_keys], known_at
    )
    return {
        CaseKey(*record_key): case_of(*record_key, held_version.body) for record_key, held_version in standing.items()
    }


def areas_known(record_keys: Iterable[CaseKey], known_at: datetime | None) -> dict[CaseKey, str]:
    """The area of each of these cases: that of its record, else of its first event that names one."""
    case_keys = set(record_keys)
    area_by_case = {
        record_key: case_record.area
        for record_key, case_record in cases_known(case_keys, known_at).items()
        if case_record.area
    }
    events = events_known(events_of(case_keys - area_by_case.keys()), known_at)
    for event in sorted(
        events, key=lambda case_event: (case_event.happened_at, case_event.source, case_event.event_id)
    ):
        if event.case is not None and event.case in case_keys and event.area:
            area_by_case.setdefault(event.case, event.area)
    return area_by_case


def _look_up_events(record_keys: Iterable[FactKey], known_at: datetime | None) -> Events:
    event_keys = sorted(record_keys)
    standing = _standing_versions("events", event_keys, known_at)
    tie_versions = _standing_versions("ties", event_keys, known_at)
    return {
        record_key: (
            event_of(
                *record_key,
                held_version.body,
                int(held_version.version_at.timestamp()),
                ties_of(tie_versions[record_key].body) if record_key in tie_versions else (),
            ),
            held_version.provenance,
        )
        for record_key, held_version in standing.items()
    }


COLUMNS = (
    'f."key", f."version_at", f."sha256", f."is_withdrawn", f."body", d."received_at", d."number", f."file", f."row"'
)
# CROSS: SQLite then looks the facts up first; left to itself it read every fact of every delivery for each of them.
SEEN_FACTS = 'FROM "fact" f CROSS JOIN "delivery" d WHERE d."id" = f."delivery_id" AND d."state" = \'accepted\''


def _standing_versions(
    sheet: str, record_keys: Iterable[FactKey], known_at: datetime | None, upto_delivery: int | None = None
) -> dict[FactKey, HeldVersion]:
    by_source: dict[str, list[str]] = {}
    for source, record_key in record_keys:
        by_source.setdefault(source, []).append(record_key)
    versions_found: dict[FactKey, HeldVersion] = {}
    # By the number of acceptance: what was refused, or is landing, has an id and no number.
    bound, upto_number = ("", []) if upto_delivery is None else (' AND d."number" <= %s', [upto_delivery])
    for source, source_keys in by_source.items():
        for key_chunk in split_chunks(sorted(set(source_keys))):
            # Raw: asked for each case and person that is assessed: one fact in 0.04 ms, by the ORM in 0.9 (0042).
            table_rows = select_rows(
                f'SELECT {COLUMNS} {SEEN_FACTS} AND f."source" = %s AND f."sheet" = %s'
                f' AND f."key" IN ({placeholder_marks(len(key_chunk))}){bound}',
                [source, sheet, *key_chunk, *upto_number],
            )
            versions_found |= {
                (source, held_version.key): held_version for held_version in standing_winners(table_rows, known_at)
            }
    return versions_found


def standing_winners(table_rows: Iterable[tuple[Any, ...]], known_at: datetime | None) -> list[HeldVersion]:
    """Of rows with these columns, the version of each key that stands at a moment."""
    versions: dict[str, list[HeldVersion]] = {}
    for table_row in table_rows:
        held_version = _held_version(table_row)
        versions.setdefault(held_version.key, []).append(held_version)
    standing = (as_known(same_key, known_at) for _, same_key in sorted(versions.items()))
    return [version for version in standing if version is not None]


def _held_version(table_row: tuple[Any, ...]) -> HeldVersion:
    record_key, version_at, content_hash, withdrawn, body_bytes, received, number, file_name, line_number = table_row
    return HeldVersion(
        key=str(record_key),
        version_at=utc_moment(int(version_at)),
        sha256=bytes(content_hash),
        withdrawn=bool(withdrawn),
        body=bytes(body_bytes),
        provenance=Provenance(_utc_time(received), int(number), str(file_name), int(line_number)),
    )


def _utc_time(value: object) -> datetime:
    read_time = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return read_time.replace(tzinfo=UTC) if read_time.tzinfo is None else read_time
