"""What figures are counted from beside findings, out of the facts of a whole force: the few events and people they need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

import pyarrow as pa

from duecare.record.kept import case_of, person_of, time_of
from duecare.record.pole import CaseKey, CaseRecord, EventRecord, PersonRecord, RecordKey
from duecare.store.bulk.all_facts import Everything, event_of_row
from duecare.vocabulary.moments import When

EVENT = "i, source, key, version_at, body, ties"
SAID = '{"kind":"VARCHAR","happened_at":"VARCHAR","team":"VARCHAR","area":"VARCHAR"}'
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Placing:
    """What does one event say of where its case lies? In the order of events; empty where it says nothing."""

    happened_at: When
    source: str
    event_id: str
    team: str
    area: str


def events_of_kinds(held: Everything, kinds: Iterable[str], since: datetime | None = None) -> tuple[EventRecord, ...]:
    """Every event of these kinds, in order of time; with `since`, a few from before it too."""
    _read(held)
    wanted = ", ".join(f"'{kind}'" for kind in sorted(kinds))
    from_ = f" AND day >= '{(since - A_DAY).date().isoformat()}'" if since else ""
    rows = held.stream(
        f"SELECT {EVENT} FROM event_tied SEMI JOIN (SELECT i FROM event_said WHERE kind IN ({wanted}){from_}) USING (i)"
    )
    return tuple(sorted(map(event_of_row, rows), key=lambda one: (one.happened_at, one.source, one.event_id)))


def people_arrived(held: Everything, since: datetime, until: datetime) -> tuple[str, ...]:
    """Who was brought into custody between these moments, or within a day of them?"""
    _read(held)
    rows = held.stream(
        "SELECT DISTINCT person FROM tie SEMI JOIN (SELECT i FROM event_said WHERE kind = 'custody_arrived' AND day BETWEEN"
        f" '{(since - A_DAY).date().isoformat()}' AND '{(until + A_DAY).date().isoformat()}') USING (i)"
        " WHERE role = 'detainee' ORDER BY 1"
    )
    return tuple(str(person) for (person,) in rows)


def events_of_people(
    held: Everything, people: Iterable[str], since: datetime | None = None
) -> Iterator[tuple[str, tuple[EventRecord, ...]]]:
    """Each of these people with their own events, and those of their cases that name nobody.

    Shape:   with `since`, those from then on, and a few from before it.
    """
    _read(held)
    _ask(held, "asked_person", {"person": sorted(set(people))})
    late = (
        f" SEMI JOIN (SELECT i FROM event_said WHERE day >= '{(since - A_DAY).date().isoformat()}') USING (i)"
        if since
        else ""
    )
    rows = held.stream(
        "WITH own AS (SELECT DISTINCT person, i FROM tie SEMI JOIN asked_person USING (person)), cases AS (SELECT DISTINCT"
        " person, case_source, case_ref FROM own JOIN event USING (i) WHERE case_ref IS NOT NULL), mine AS (SELECT person, i"
        " FROM own UNION SELECT person, e.i FROM cases JOIN event e USING (case_source, case_ref) ANTI JOIN tie t ON t.i ="
        f" e.i) SELECT person, {EVENT} FROM (SELECT person, i FROM mine{late}) JOIN event_tied USING (i) ORDER BY person"
    )
    for person, some in groupby(rows, key=lambda row: row[0]):
        yield str(person), tuple(event_of_row(row[1:]) for row in some)


def records_of_people(held: Everything, people: Iterable[str]) -> dict[str, list[PersonRecord]]:
    """The records of each of these people, as far as any says more than that they are there."""
    _ask(held, "asked_person", {"person": sorted(set(people))})
    rows = held.stream(
        "SELECT person, source, key, body, version_at FROM persons JOIN whose ON record_source = source AND record_id = key"
        " SEMI JOIN asked_person USING (person)"
    )
    found: dict[str, list[PersonRecord]] = {}
    for person, source, key, body, version_at in rows:
        found.setdefault(person, []).append(person_of(source, key, body.encode(), version_at))
    return found


def keys_of_people(held: Everything, people: Iterable[str]) -> dict[str, frozenset[RecordKey]]:
    """Which records are each of these people's, held or only tied?"""
    _ask(held, "asked_person", {"person": sorted(set(people))})
    found: dict[str, set[RecordKey]] = {}
    for person, source, key in held.stream(
        "SELECT person, record_source, record_id FROM whose SEMI JOIN asked_person USING (person)"
    ):
        found.setdefault(person, set()).add(RecordKey(source, key))
    return {person: frozenset(keys) for person, keys in found.items()}


def people_of_records(held: Everything, records: Iterable[RecordKey]) -> dict[RecordKey, str]:
    """Whose is each of these records?"""
    wanted = sorted(set(records))
    columns = {"record_source": [one.source for one in wanted], "record_id": [one.record_id for one in wanted]}
    _ask(held, "asked_record", columns)
    rows = held.stream(
        "SELECT record_source, record_id, person FROM whose SEMI JOIN asked_record USING (record_source, record_id)"
    )
    return {RecordKey(source, key): person for source, key, person in rows}


def cases_named(held: Everything, cases: Iterable[CaseKey]) -> dict[CaseKey, CaseRecord]:
    """The record of each of these cases that has one."""
    _ask_cases(held, cases)
    rows = held.stream(
        "SELECT c.source, c.key, c.body FROM cases c SEMI JOIN asked_case a ON a.case_source = c.source AND a.case_ref = c.key"
    )
    return {CaseKey(source, key): case_of(source, key, body.encode()) for source, key, body in rows}


def events_of_cases(held: Everything, cases: Iterable[CaseKey]) -> tuple[EventRecord, ...]:
    """Every event of these cases."""
    _ask_cases(held, cases)
    rows = held.stream(f"SELECT {EVENT} FROM event_tied SEMI JOIN asked_case USING (case_source, case_ref)")
    return tuple(map(event_of_row, rows))


def said_of_places(
    held: Everything, cases: Iterable[CaseKey], without: Iterable[CaseKey]
) -> Iterator[tuple[CaseKey, tuple[Placing, ...]]]:
    """Each of these cases with what its events say of a team, and of an area where it is `without` one of its own."""
    _read(held)
    _ask_cases(held, cases)
    wanted = list(without)
    _ask(held, "asked_place", {"case_source": [c.source for c in wanted], "case_ref": [c.case_ref for c in wanted]})
    rows = held.stream(
        "WITH wanted AS (SELECT i FROM event_said SEMI JOIN asked_case USING (case_source, case_ref) WHERE team <> '' UNION"
        " SELECT i FROM event_said SEMI JOIN asked_place USING (case_source, case_ref) WHERE area <> '')"
        " SELECT case_source, case_ref, happened_at, source, key, team, area FROM event_said SEMI JOIN wanted USING (i)"
        " ORDER BY 1, 2"
    )
    for (source, ref), some in groupby(rows, key=lambda row: (row[0], row[1])):
        yield CaseKey(source, ref), tuple(Placing(time_of(row[2]), *row[3:]) for row in some)


def people_in_cases(held: Everything, cases: Iterable[CaseKey]) -> Iterator[tuple[CaseKey, str, str]]:
    """Who is a child or victim in each of these cases: (case, person, role)?"""
    _ask_cases(held, cases)
    rows = held.stream(
        "SELECT DISTINCT case_source, case_ref, person, role FROM tie JOIN event USING (i) SEMI JOIN asked_case USING"
        " (case_source, case_ref) WHERE role IN ('child', 'victim') ORDER BY ALL"
    )
    for source, ref, person, role in rows:
        yield CaseKey(str(source), str(ref)), str(person), str(role)


def _read(held: Everything) -> None:
    """What the queries here look for in every event, read out of its text once."""
    held.connection.execute(
        "CREATE TABLE IF NOT EXISTS event_said AS SELECT i, source, key, case_source, case_ref, said.kind, said.happened_at,"
        " substr(said.happened_at, 1, 10) AS day, coalesce(said.team, '') AS team, coalesce(said.area, '') AS area FROM"
        f" (SELECT i, source, key, case_source, case_ref, json_transform(body, '{SAID}') AS said FROM event)"
    )


def _ask_cases(held: Everything, cases: Iterable[CaseKey]) -> None:
    wanted = sorted(set(cases))
    _ask(held, "asked_case", {"case_source": [c.source for c in wanted], "case_ref": [c.case_ref for c in wanted]})


def _ask(held: Everything, table: str, columns: dict[str, list[str]]) -> None:
    held.connection.register("asking", pa.table({name: pa.array(said, pa.string()) for name, said in columns.items()}))
    held.connection.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM asking")
    held.connection.unregister("asking")
