"""Everything at once: standing facts out of the Parquet copy, grouped by case and by person, streamed by DuckDB."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import duckdb
import pyarrow as pa

from duecare.person.identity import record_person_id
from duecare.record.contract import POLE, Reads
from duecare.record.kept import case_of, event_of, person_of, ties_of
from duecare.record.pole import CaseKey, CaseRecord, EventRecord, PersonRecord, RecordKey
from duecare.store import lake
from duecare.store.people import link_run_in_force
from duecare.store.rows import stream

AT_ONCE = 20_000
MEMORY = "3GB"
THREADS = 2


@dataclass(frozen=True, slots=True)
class Everything:
    """What stands at one moment, small enough to be held: people, cases, and who is whose.

    Shape:   `persons` by record; `whose` record to person for every record held or tied.
    """

    persons: dict[RecordKey, PersonRecord]
    cases: dict[CaseKey, CaseRecord]
    whose: dict[RecordKey, str]
    connection: duckdb.DuckDBPyConnection

    @property
    def events(self) -> int:
        """How many events stand?"""
        ((number,),) = self.connection.execute("SELECT count(*) FROM event").fetchall()
        return int(number)

    def of_cases(self) -> Iterator[tuple[CaseKey, tuple[EventRecord, ...]]]:
        """Every case that has an event, with its events."""
        rows = self.stream(
            "SELECT case_source, case_ref, i, source, key, version_at, body, ties FROM event_tied WHERE case_ref IS NOT NULL"
            " ORDER BY 1, 2"
        )
        for (source, ref), some in groupby(rows, key=lambda row: (row[0], row[1])):
            yield CaseKey(source, ref), tuple(event_of_row(row[2:]) for row in some)

    def of_people(self, roles: frozenset[str]) -> Iterator[tuple[str, tuple[EventRecord, ...]]]:
        """Every person tied to some event in one of these roles, with their events and those of their cases."""
        self.connection.execute("DROP TABLE IF EXISTS wanted")
        self.connection.execute(
            "CREATE TABLE wanted AS SELECT DISTINCT person FROM tie WHERE list_contains(?, role)", [sorted(roles)]
        )
        self.connection.execute("DROP TABLE IF EXISTS mine")
        self.connection.execute(
            "CREATE TABLE mine AS WITH tied AS (SELECT DISTINCT t.person, t.i FROM tie t SEMI JOIN wanted USING"
            " (person)), cases AS (SELECT DISTINCT t.person, e.case_source, e.case_ref FROM tied t JOIN event e USING (i)"
            " WHERE e.case_ref IS NOT NULL) SELECT person, i FROM tied UNION SELECT c.person, e.i FROM cases c JOIN event e"
            " USING (case_source, case_ref)"
        )
        rows = self.stream(
            "SELECT m.person, m.i, source, key, version_at, body, ties FROM mine m JOIN event_tied USING (i) ORDER BY 1"
        )
        for person, some in groupby(rows, key=lambda row: row[0]):
            yield person, tuple(event_of_row(row[1:]) for row in some)

    def records_of(self) -> dict[str, list[PersonRecord]]:
        """The records of each person."""
        found: dict[str, list[PersonRecord]] = {}
        for key, record in self.persons.items():
            found.setdefault(self.whose[key], []).append(record)
        return found

    def stream(self, sql: str) -> Iterator[tuple[object, ...]]:
        """The rows of this SELECT, some thousands at a time; several may be read side by side."""
        cursor = self.connection.cursor()
        cursor.execute(sql)
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows


@contextmanager
def everything(known_at: datetime | None, upto: int | None = None) -> Iterator[Everything]:
    """What stands at `known_at` (None: all written so far), ready to be streamed.

    Shape:   the Parquet copy is brought up to date first; DuckDB spills to a folder that goes with it. `upto`: by the
             deliveries up to this number alone, as if none had come since.
    """
    reached = lake.bring_up_to_date()
    upto = reached if upto is None else min(upto, reached)
    with tempfile.TemporaryDirectory(prefix="duecare-") as spill:
        connection = open_engine(spill)
        try:
            for sheet in ("persons", "cases", "events", "ties"):
                _standing(connection, sheet, known_at, upto)
            whose = _members(connection)
            persons = _persons(connection)
            for key in _tied(connection) | persons.keys():
                whose.setdefault(key, record_person_id(key))
            _prepare(connection, whose)
            yield Everything(persons, _cases(connection), whose, connection)
        finally:
            connection.close()


def standing_persons(known_at: datetime | None = None) -> pa.Table:
    """Every standing person record as columns of text, for linkage: source, record_id, written_at and the contract's."""
    upto = lake.bring_up_to_date()
    with tempfile.TemporaryDirectory(prefix="duecare-") as spill:
        connection = open_engine(spill)
        try:
            return _persons_as_text(connection, known_at, upto)
        finally:
            connection.close()


def open_engine(spill: str) -> duckdb.DuckDBPyConnection:
    """An engine in memory that spills into the folder `spill`, and says nothing by itself."""
    connection = duckdb.connect(
        config={
            "threads": THREADS,
            "memory_limit": MEMORY,
            "temp_directory": spill,
            "preserve_insertion_order": False,
        }
    )
    # Its bar goes to standard output, where nothing but the answer may stand.
    connection.execute("SET enable_progress_bar = false")
    return connection


def _persons_as_text(connection: duckdb.DuckDBPyConnection, known_at: datetime | None, upto: int) -> pa.Table:
    _standing(connection, "persons", known_at, upto)
    columns = []
    for column in POLE["persons"].columns:
        if column.name in {"record_id", "written_at", "deleted"}:
            continue
        path = f"$.{column.name}"
        if column.reads is Reads.LIST:
            taken = f"array_to_string(CAST(json_extract(body, '{path}') AS VARCHAR[]), ';')"
        else:
            taken = f"json_extract_string(body, '{path}')"
        columns.append(f"coalesce({taken}, '') AS {column.name}")
    sql = (
        "SELECT source, key AS record_id, strftime(to_timestamp(first_at) AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S+00:00')"
        f" AS written_at, {', '.join(columns)} FROM persons ORDER BY source, key"
    )
    return connection.sql(sql).to_arrow_table()


def _standing(connection: duckdb.DuckDBPyConnection, sheet: str, known_at: datetime | None, upto: int) -> None:
    files = lake.files(sheet, upto)
    until = int(known_at.timestamp()) if known_at else 2**62
    source = f"read_parquet({files!r})" if files else _nothing(connection)
    connection.execute(
        f"CREATE TABLE {sheet} AS SELECT source, key, version_at, body, case_source, case_ref, min(version_at) OVER"
        f" (PARTITION BY source, key) AS first_at FROM {source}"
        f" WHERE version_at <= {until} QUALIFY row_number() OVER (PARTITION BY source, key ORDER BY version_at DESC,"
        " sha256 DESC) = 1 AND NOT is_withdrawn"
    )


def _nothing(connection: duckdb.DuckDBPyConnection) -> str:
    connection.register("no_facts", lake.SCHEMA.empty_table())
    return "no_facts"


def _members(connection: duckdb.DuckDBPyConnection) -> dict[RecordKey, str]:
    del connection
    found: dict[RecordKey, str] = {}
    sql = 'SELECT "source", "record_id", "person" FROM "membership" WHERE "run_id" = %s'
    for rows in stream(sql, [link_run_in_force()]):
        found.update({RecordKey(source, record_id): person for source, record_id, person in rows})
    return found


def _persons(connection: duckdb.DuckDBPyConnection) -> dict[RecordKey, PersonRecord]:
    found: dict[RecordKey, PersonRecord] = {}
    cursor = connection.cursor()
    cursor.execute("SELECT source, key, body, version_at FROM persons")
    while rows := cursor.fetchmany(AT_ONCE):
        for source, key, body, version_at in rows:
            found[RecordKey(source, key)] = person_of(source, key, body.encode(), version_at)
    return found


def _cases(connection: duckdb.DuckDBPyConnection) -> dict[CaseKey, CaseRecord]:
    rows = connection.execute("SELECT source, key, body FROM cases").fetchall()
    return {CaseKey(source, key): case_of(source, key, body.encode()) for source, key, body in rows}


def _tied(connection: duckdb.DuckDBPyConnection) -> set[RecordKey]:
    connection.execute("CREATE TABLE event AS SELECT row_number() OVER () AS i, * FROM events")
    connection.execute(
        "CREATE TABLE raw_tie AS SELECT e.i, t.tie ->> 0 AS record_source, t.tie ->> 1 AS record_id, t.tie ->> 2 AS"
        " role FROM (SELECT source, key, unnest(CAST(json_extract(body, '$.ties') AS JSON[])) AS tie FROM ties) t JOIN"
        " event e USING (source, key)"
    )
    rows = connection.execute("SELECT DISTINCT record_source, record_id FROM raw_tie").fetchall()
    return {RecordKey(source, record_id) for source, record_id in rows}


def _prepare(connection: duckdb.DuckDBPyConnection, whose: dict[RecordKey, str]) -> None:
    table = pa.table(
        {
            "record_source": pa.array([key.source for key in whose], pa.string()),
            "record_id": pa.array([key.record_id for key in whose], pa.string()),
            "person": pa.array(list(whose.values()), pa.string()),
        }
    )
    connection.register("whose_table", table)
    connection.execute("CREATE TABLE whose AS SELECT * FROM whose_table")
    connection.unregister("whose_table")
    connection.execute(
        "CREATE TABLE tie AS SELECT r.i, w.person, r.role FROM raw_tie r JOIN whose w USING (record_source, record_id)"
    )
    connection.execute(
        "CREATE TABLE event_tied AS SELECT e.*, t.body AS ties FROM event e LEFT JOIN ties t USING (source, key)"
    )


def event_of_row(row: tuple[object, ...]) -> EventRecord:
    """The event of a row of `event_tied`: its number, source, key, version, body and ties."""
    _, source, key, version_at, body, ties = row
    tied = ties_of(str(ties).encode()) if ties else ()
    return event_of(str(source), str(key), str(body).encode(), int(str(version_at)), tied)
