"""What figures are counted from beside findings, out of the facts of a whole force: the few events and people they need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

import pyarrow as pa

from duecare.record.pole import CaseKey, CaseRecord, EventRecord, PersonRecord, RecordKey
from duecare.record.record_from_body import case_of, person_of, time_of
from duecare.store.bulk.all_facts import Everything, event_of_row
from duecare.vocabulary.moments import When

EVENT = "i, source, key, version_at, body, ties"
EVENT_COLUMNS = '{"kind":"VARCHAR","happened_at":"VARCHAR","team":"VARCHAR","area":"VARCHAR"}'
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Placing:
    """What one event states of where its case lies, in the order of events; empty where it states nothing."""

    happened_at: When
    source: str
    event_id: str
    team: str
    area: str


def events_of_kinds(
    standing_facts: Everything, kinds: Iterable[str], since: datetime | None = None
) -> tuple[EventRecord, ...]:
    """Every event of these kinds, in order of time; with `since`, a few from before it too."""
    _read_events(standing_facts)
    kind_list = ", ".join(f"'{event_kind}'" for event_kind in sorted(kinds))
    since_clause = f" AND day >= '{(since - A_DAY).date().isoformat()}'" if since else ""
    table_rows = standing_facts.stream(
        f"SELECT {EVENT} FROM event_tied SEMI JOIN (SELECT i FROM event_said WHERE kind IN ({kind_list}){since_clause}) USING (i)"
    )
    return tuple(
        sorted(
            map(event_of_row, table_rows),
            key=lambda event_record: (event_record.happened_at, event_record.source, event_record.event_id),
        )
    )


def people_arrived(standing_facts: Everything, since: datetime, until: datetime) -> tuple[str, ...]:
    """The people who came into custody between these moments, or within a day of them."""
    _read_events(standing_facts)
    table_rows = standing_facts.stream(
        "SELECT DISTINCT person FROM tie SEMI JOIN (SELECT i FROM event_said WHERE kind = 'custody_arrived' AND day BETWEEN"
        f" '{(since - A_DAY).date().isoformat()}' AND '{(until + A_DAY).date().isoformat()}') USING (i)"
        " WHERE role = 'detainee' ORDER BY 1"
    )
    return tuple(str(person) for (person,) in table_rows)


def events_of_people(
    standing_facts: Everything, people: Iterable[str], since: datetime | None = None
) -> Iterator[tuple[str, tuple[EventRecord, ...]]]:
    """Each of these people with their own events, and those of their cases that name nobody.

    Shape:   with `since`, those from then on, and a few from before it.
    """
    _read_events(standing_facts)
    _register_table(standing_facts, "asked_person", {"person": sorted(set(people))})
    since_clause = (
        f" SEMI JOIN (SELECT i FROM event_said WHERE day >= '{(since - A_DAY).date().isoformat()}') USING (i)"
        if since
        else ""
    )
    table_rows = standing_facts.stream(
        "WITH own AS (SELECT DISTINCT person, i FROM tie SEMI JOIN asked_person USING (person)), cases AS (SELECT DISTINCT"
        " person, case_source, case_ref FROM own JOIN event USING (i) WHERE case_ref IS NOT NULL), mine AS (SELECT person, i"
        " FROM own UNION SELECT person, e.i FROM cases JOIN event e USING (case_source, case_ref) ANTI JOIN tie t ON t.i ="
        f" e.i) SELECT person, {EVENT} FROM (SELECT person, i FROM mine{since_clause}) JOIN event_tied USING (i) ORDER BY person"
    )
    for person, person_rows in groupby(table_rows, key=lambda table_row: table_row[0]):
        yield str(person), tuple(event_of_row(table_row[1:]) for table_row in person_rows)


def records_of_people(standing_facts: Everything, people: Iterable[str]) -> dict[str, list[PersonRecord]]:
    """The records of each of these people, as far as any says more than that they are there."""
    _register_table(standing_facts, "asked_person", {"person": sorted(set(people))})
    table_rows = standing_facts.stream(
        "SELECT person, source, key, body, version_at FROM persons JOIN whose ON record_source = source AND record_id = key"
        " SEMI JOIN asked_person USING (person)"
    )
    records_by_person: dict[str, list[PersonRecord]] = {}
    for person, source, record_key, body_text, version_at in table_rows:
        records_by_person.setdefault(person, []).append(person_of(source, record_key, body_text.encode(), version_at))
    return records_by_person


def keys_of_people(standing_facts: Everything, people: Iterable[str]) -> dict[str, frozenset[RecordKey]]:
    """The records of each of these people, held or only tied."""
    _register_table(standing_facts, "asked_person", {"person": sorted(set(people))})
    keys_by_person: dict[str, set[RecordKey]] = {}
    for person, source, record_key in standing_facts.stream(
        "SELECT person, record_source, record_id FROM whose SEMI JOIN asked_person USING (person)"
    ):
        keys_by_person.setdefault(person, set()).add(RecordKey(source, record_key))
    return {person: frozenset(record_keys) for person, record_keys in keys_by_person.items()}


def people_of_records(standing_facts: Everything, records: Iterable[RecordKey]) -> dict[RecordKey, str]:
    """The person of each of these records."""
    record_keys = sorted(set(records))
    columns = {
        "record_source": [record_key.source for record_key in record_keys],
        "record_id": [record_key.record_id for record_key in record_keys],
    }
    _register_table(standing_facts, "asked_record", columns)
    table_rows = standing_facts.stream(
        "SELECT record_source, record_id, person FROM whose SEMI JOIN asked_record USING (record_source, record_id)"
    )
    return {RecordKey(source, record_key): person for source, record_key, person in table_rows}


def cases_named(standing_facts: Everything, cases: Iterable[CaseKey]) -> dict[CaseKey, CaseRecord]:
    """The record of each of these cases that has one."""
    _ask_cases(standing_facts, cases)
    table_rows = standing_facts.stream(
        "SELECT c.source, c.key, c.body FROM cases c SEMI JOIN asked_case a ON a.case_source = c.source AND a.case_ref = c.key"
    )
    return {
        CaseKey(source, record_key): case_of(source, record_key, body_text.encode())
        for source, record_key, body_text in table_rows
    }


def events_of_cases(standing_facts: Everything, cases: Iterable[CaseKey]) -> tuple[EventRecord, ...]:
    """Every event of these cases."""
    _ask_cases(standing_facts, cases)
    table_rows = standing_facts.stream(
        f"SELECT {EVENT} FROM event_tied SEMI JOIN asked_case USING (case_source, case_ref)"
    )
    return tuple(map(event_of_row, table_rows))


def said_of_places(
    standing_facts: Everything, cases: Iterable[CaseKey], without: Iterable[CaseKey]
) -> Iterator[tuple[CaseKey, tuple[Placing, ...]]]:
    """Each of these cases with what its events say of a team, and of an area where it is `without` one of its own."""
    _read_events(standing_facts)
    _ask_cases(standing_facts, cases)
    left_out = list(without)
    _register_table(
        standing_facts,
        "asked_place",
        {
            "case_source": [case_key.source for case_key in left_out],
            "case_ref": [case_key.case_ref for case_key in left_out],
        },
    )
    table_rows = standing_facts.stream(
        "WITH wanted AS (SELECT i FROM event_said SEMI JOIN asked_case USING (case_source, case_ref) WHERE team <> '' UNION"
        " SELECT i FROM event_said SEMI JOIN asked_place USING (case_source, case_ref) WHERE area <> '')"
        " SELECT case_source, case_ref, happened_at, source, key, team, area FROM event_said SEMI JOIN wanted USING (i)"
        " ORDER BY 1, 2"
    )
    for (source, case_ref), case_rows in groupby(table_rows, key=lambda table_row: (table_row[0], table_row[1])):
        yield (
            CaseKey(source, case_ref),
            tuple(Placing(time_of(table_row[2]), *table_row[3:]) for table_row in case_rows),
        )


def people_in_cases(standing_facts: Everything, cases: Iterable[CaseKey]) -> Iterator[tuple[CaseKey, str, str]]:
    """The children and victims in each of these cases: (case, person, role)."""
    _ask_cases(standing_facts, cases)
    table_rows = standing_facts.stream(
        "SELECT DISTINCT case_source, case_ref, person, role FROM tie JOIN event USING (i) SEMI JOIN asked_case USING"
        " (case_source, case_ref) WHERE role IN ('child', 'victim') ORDER BY ALL"
    )
    for source, case_ref, person, person_role in table_rows:
        yield CaseKey(str(source), str(case_ref)), str(person), str(person_role)


def _read_events(standing_facts: Everything) -> None:
    """What the queries here look for in every event, read out of its text once."""
    # Raw, as all in this module: a DuckDB connection, which has no ORM.
    standing_facts.connection.execute(
        "CREATE TABLE IF NOT EXISTS event_said AS SELECT i, source, key, case_source, case_ref, said.kind, said.happened_at,"
        " substr(said.happened_at, 1, 10) AS day, coalesce(said.team, '') AS team, coalesce(said.area, '') AS area FROM"
        f" (SELECT i, source, key, case_source, case_ref, json_transform(body, '{EVENT_COLUMNS}') AS said FROM event)"
    )


def _ask_cases(standing_facts: Everything, cases: Iterable[CaseKey]) -> None:
    case_keys = sorted(set(cases))
    _register_table(
        standing_facts,
        "asked_case",
        {
            "case_source": [case_key.source for case_key in case_keys],
            "case_ref": [case_key.case_ref for case_key in case_keys],
        },
    )


def _register_table(standing_facts: Everything, table: str, columns: dict[str, list[str]]) -> None:
    standing_facts.connection.register(
        "asking",
        pa.table({column_name: pa.array(column_values, pa.string()) for column_name, column_values in columns.items()}),
    )
    standing_facts.connection.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM asking")
    standing_facts.connection.unregister("asking")
