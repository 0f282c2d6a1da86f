"""One case's or one person's facts, as known at a moment, looked up by index."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from duecare.record.kept import case_of, event_of, person_of, ties_of, utc_moment
from duecare.record.pole import CaseKey, CaseRecord, EventRecord, PersonRecord, RecordKey
from duecare.store.database.sql_rows import chunks, marks, select
from duecare.store.facts.affected_facts import events_of_cases, events_of_records
from duecare.store.linkage.linked_people import all_records_of, members_of, whose_are
from duecare.timeline.known import as_known

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Provenance:
    """From which delivery, file and row does a version come, and when was it received?"""

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
    """What is known of some cases and people at one moment?

    Shape:   `events` whole with their ties; `persons` every record that has arrived of everyone tied; `whose` record to
             person; `came` where each event's version came from.
    """

    cases: dict[CaseKey, CaseRecord]
    events: tuple[EventRecord, ...]
    persons: dict[RecordKey, PersonRecord]
    whose: dict[RecordKey, str]
    came: dict[Key, Provenance]


def facts_of_case(key: CaseKey, known_at: datetime | None) -> Facts:
    """What is known of this case: its record, its events, everyone tied to them."""
    return _facts(_events_of_cases([key], known_at), {key}, (), known_at)


def facts_of_person(person: str, known_at: datetime | None) -> tuple[tuple[RecordKey, ...], Facts]:
    """Which records are this person's, and what is known of them and of the cases they are tied into?"""
    keys = members_of(person)
    tied = _events(events_of_records(keys), known_at)
    mine = [event for event in tied.values() if any(tie.record in keys for tie in event[0].ties)]
    cases = {event.case for event, _ in mine if event.case is not None}
    events = {(event.source, event.event_id): (event, came) for event, came in mine}
    events |= _events_of_cases(cases, known_at)
    return keys, _facts(events, cases, keys, known_at)


def keys_of_case_ref(case_ref: str) -> list[CaseKey]:
    """Which cases have this reference? Equal references in two sources are two cases."""
    rows = select('SELECT DISTINCT "source", "key" FROM "handle" WHERE "kind" = %s AND "key" = %s', ["case", case_ref])
    return sorted(CaseKey(source, key) for source, key in rows)


def ties_of_event(source: str, event_id: str) -> list[tuple[str, str, str]]:
    """Who is tied to this event now: (source, record_id, role)?"""
    standing = _standing("ties", [(source, event_id)], None)
    return [(*tie.record, tie.role) for v in standing.values() for tie in ties_of(v.body)]


def sealed_cases(upto: int | None = None) -> set[CaseKey]:
    """Which cases are sealed now, or by the deliveries up to this number alone?"""
    standing = _standing("cases", _ever_sealed("cases"), None, upto)
    return {CaseKey(*key) for key, v in standing.items() if case_of(*key, v.body).sealed}


def sealed_records(upto: int | None = None) -> set[RecordKey]:
    """Which records of people are sealed now, or by the deliveries up to this number alone?"""
    standing = _standing("persons", _ever_sealed("persons"), None, upto)
    return {RecordKey(*key) for key, v in standing.items() if person_of(*key, v.body, 0).sealed}


def _ever_sealed(sheet: str) -> list[Key]:
    # The condition word for word as the index has it: a parameter in its place would read the whole table.
    rows = select('SELECT DISTINCT "source", "key" FROM "fact" WHERE "sheet" = %s AND "is_sealed"', [sheet])
    return [(source, key) for source, key in rows]


def events_of(cases: Iterable[CaseKey]) -> set[Key]:
    """Which events has some version named under one of these cases?"""
    return events_of_cases(cases)


def officers_of(case: CaseKey) -> set[str]:
    """Which officers' numbers has some version of an event of this case? Stripped, without case."""
    rows = select(
        'SELECT "body" FROM "fact" WHERE "case_source" = %s AND "case_ref" = %s AND "kind" IS NOT NULL', list(case)
    )
    return {str(orjson.loads(bytes(body)).get("officer", "")).strip().casefold() for (body,) in rows} - {""}


def records_in_custody(since: datetime, until: datetime) -> set[RecordKey]:
    """Which records are tied to an arrival in custody between these moments, in some version of it?"""
    rows = select(
        'SELECT DISTINCT t."record_source", t."record_id" FROM "fact" f JOIN "event_tie" t ON t."source" = f."source"'
        ' AND t."event_id" = f."key" WHERE f."kind" = %s AND f."happened_at" BETWEEN %s AND %s',
        ["custody_arrived", int(since.timestamp()), int(until.timestamp())],
    )
    return {RecordKey(source, record_id) for source, record_id in rows}


def records_known(keys: Iterable[RecordKey]) -> dict[RecordKey, PersonRecord]:
    """These records as they stand now; one that does not is left out."""
    standing = _standing("persons", keys, None)
    return {RecordKey(*key): person_of(*key, v.body, int(v.version_at.timestamp())) for key, v in standing.items()}


def best_records(people: Iterable[str]) -> dict[str, PersonRecord]:
    """The record by which each of these people is named on a list: the one written last, of those with a name."""
    found: dict[str, PersonRecord] = {}
    wanted = set(people)
    records = {key for person in wanted for key in members_of(person)}
    standing = _standing("persons", [(key.source, key.record_id) for key in records], None)
    whose = whose_are(records)
    for key, v in standing.items():
        record = person_of(*key, v.body, int(v.version_at.timestamp()))
        person = whose[record.key]
        if person not in found or says_more(record) > says_more(found[person]):
            found[person] = record
    return found


def says_more(record: PersonRecord) -> tuple[bool, float, RecordKey]:
    """By what is one record of a person preferred to another when the person is named?"""
    return (
        bool(record.given_names and record.family_name),
        record.written_at.timestamp() if record.written_at else 0.0,
        record.key,
    )


Events = dict[Key, tuple[EventRecord, Provenance]]


def _facts(events: Events, cases: set[CaseKey], own: Iterable[RecordKey], known_at: datetime | None) -> Facts:
    tied = {tie.record for event, _ in events.values() for tie in event.ties} | set(own)
    whose = whose_are(tied)
    records = tied | all_records_of(set(whose.values()))
    standing = _standing("persons", [(key.source, key.record_id) for key in records], known_at)
    return Facts(
        cases=cases_known(cases, known_at),
        events=tuple(event for event, _ in events.values()),
        persons={
            RecordKey(*key): person_of(*key, v.body, int(v.version_at.timestamp())) for key, v in standing.items()
        },
        whose=whose | whose_are(records - tied),
        came={key: came for key, (_, came) in events.items()},
    )


def _events_of_cases(cases: Iterable[CaseKey], known_at: datetime | None) -> Events:
    wanted = set(cases)
    return {key: found for key, found in _events(events_of(wanted), known_at).items() if found[0].case in wanted}


def events_known(keys: Iterable[Key], known_at: datetime | None) -> tuple[EventRecord, ...]:
    """These events as known at a moment, as far as they stand."""
    return tuple(event for event, _ in _events(keys, known_at).values())


def cases_known(keys: Iterable[CaseKey], known_at: datetime | None) -> dict[CaseKey, CaseRecord]:
    """The records of these cases as known at a moment, as far as they stand."""
    standing = _standing("cases", [(key.source, key.case_ref) for key in keys], known_at)
    return {CaseKey(*key): case_of(*key, held.body) for key, held in standing.items()}


def areas_known(keys: Iterable[CaseKey], known_at: datetime | None) -> dict[CaseKey, str]:
    """In which area is each of these cases: that of its record, else of its first event that names one?"""
    wanted = set(keys)
    found = {key: case.area for key, case in cases_known(wanted, known_at).items() if case.area}
    events = events_known(events_of(wanted - found.keys()), known_at)
    for event in sorted(events, key=lambda one: (one.happened_at, one.source, one.event_id)):
        if event.case is not None and event.case in wanted and event.area:
            found.setdefault(event.case, event.area)
    return found


def _events(keys: Iterable[Key], known_at: datetime | None) -> Events:
    wanted = sorted(keys)
    standing = _standing("events", wanted, known_at)
    ties = _standing("ties", wanted, known_at)
    return {
        key: (
            event_of(
                *key,
                v.body,
                int(v.version_at.timestamp()),
                ties_of(ties[key].body) if key in ties else (),
            ),
            v.provenance,
        )
        for key, v in standing.items()
    }


COLUMNS = (
    'f."key", f."version_at", f."sha256", f."is_withdrawn", f."body", d."received_at", d."number", f."file", f."row"'
)
# CROSS: SQLite then looks the facts up first; left to itself it read every fact of every delivery for each of them.
SEEN = 'FROM "fact" f CROSS JOIN "delivery" d WHERE d."id" = f."delivery_id" AND d."state" = \'accepted\''


def _standing(
    sheet: str, keys: Iterable[Key], known_at: datetime | None, upto: int | None = None
) -> dict[Key, HeldVersion]:
    by_source: dict[str, list[str]] = {}
    for source, key in keys:
        by_source.setdefault(source, []).append(key)
    found: dict[Key, HeldVersion] = {}
    # By the number of acceptance: what was refused, or is landing, has an id and no number.
    bound, upto_number = ("", []) if upto is None else (' AND d."number" <= %s', [upto])
    for source, wanted in by_source.items():
        for some in chunks(sorted(set(wanted))):
            rows = select(
                f'SELECT {COLUMNS} {SEEN} AND f."source" = %s AND f."sheet" = %s AND f."key" IN ({marks(len(some))}){bound}',
                [source, sheet, *some, *upto_number],
            )
            found |= {(source, v.key): v for v in winners(rows, known_at)}
    return found


def winners(rows: Iterable[tuple[Any, ...]], known_at: datetime | None) -> list[HeldVersion]:
    """Of rows with these columns, the version of each key that stands at a moment."""
    versions: dict[str, list[HeldVersion]] = {}
    for row in rows:
        held = _held(row)
        versions.setdefault(held.key, []).append(held)
    standing = (as_known(same, known_at) for _, same in sorted(versions.items()))
    return [version for version in standing if version is not None]


def _held(row: tuple[Any, ...]) -> HeldVersion:
    key, version_at, sha, withdrawn, body, received, number, file, line = row
    return HeldVersion(
        key=str(key),
        version_at=utc_moment(int(version_at)),
        sha256=bytes(sha),
        withdrawn=bool(withdrawn),
        body=bytes(body),
        provenance=Provenance(_time(received), int(number), str(file), int(line)),
    )


def _time(value: object) -> datetime:
    read = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read
