"""All standing facts from the Parquet copy, grouped by case and by person, streamed by DuckDB."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import Any

import duckdb
import pyarrow as pa

from duecare.person.identity import record_person_id
from duecare.record.contract import POLE_SHEETS, Reads
from duecare.record.pole import CaseKey, CaseRecord, EventRecord, PersonRecord, RecordKey
from duecare.record.record_from_body import case_of, event_of, person_of, ties_of
from duecare.store.bulk import parquet_copy
from duecare.store.bulk.duckdb_engine import Duck
from duecare.store.bulk.duty_tables import read_ties
from duecare.store.database.sql_rows import stream_rows
from duecare.store.linkage.linked_people import link_run_in_force

AT_ONCE = 20_000
MOST_MEMORY = 6_000
"""In megabytes: with half of it a whole force spilled to disk for most of its time."""
THREADS = 2


@dataclass(frozen=True)
class Everything:
    """What stands at one moment: people, cases, and who is whose, each held once it is asked for.

    Shape:   the tables `persons`, `cases`, `events` and `ties` as delivered; `event` with numbers, `tie` with people, and
             `whose` with the person of every record held or tied. Who needs a few of a whole force asks the tables.
    """

    connection: duckdb.DuckDBPyConnection

    @cached_property
    def persons(self) -> dict[RecordKey, PersonRecord]:
        """Every record of a person."""
        table_rows = self.stream("SELECT source, key, body, version_at FROM persons")
        return {
            RecordKey(source, record_key): person_of(source, record_key, body_text.encode(), version_at)
            for source, record_key, body_text, version_at in table_rows
        }

    @cached_property
    def cases(self) -> dict[CaseKey, CaseRecord]:
        """Every case of which there is a record."""
        table_rows = self.stream("SELECT source, key, body FROM cases")
        return {
            CaseKey(source, record_key): case_of(source, record_key, body_text.encode())
            for source, record_key, body_text in table_rows
        }

    @cached_property
    def whose(self) -> dict[RecordKey, str]:
        """The person of each record that is held or tied."""
        table_rows = self.stream("SELECT record_source, record_id, person FROM whose")
        return {RecordKey(source, record_id): person for source, record_id, person in table_rows}

    @cached_property
    def events(self) -> int:
        """The number of events that stand."""
        ((number,),) = self.connection.execute("SELECT count(*) FROM event").fetchall()
        return int(number)

    def of_cases(self) -> Iterator[tuple[CaseKey, tuple[EventRecord, ...]]]:
        """Every case that has an event, with its events."""
        table_rows = Duck(self.connection).stream(
            "SELECT case_source, case_ref, i, source, key, version_at, body, ties FROM event_tied WHERE case_ref IS NOT NULL"
            " ORDER BY 1, 2"
        )
        for (source, case_ref), grouped_rows in groupby(table_rows, key=lambda table_row: (table_row[0], table_row[1])):
            yield CaseKey(source, case_ref), tuple(event_of_row(table_row[2:]) for table_row in grouped_rows)

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
        table_rows = Duck(self.connection).stream(
            "SELECT m.person, m.i, source, key, version_at, body, ties FROM mine m JOIN event_tied USING (i) ORDER BY 1"
        )
        for person, grouped_rows in groupby(table_rows, key=lambda table_row: table_row[0]):
            yield person, tuple(event_of_row(table_row[1:]) for table_row in grouped_rows)

    def records_of(self) -> dict[str, list[PersonRecord]]:
        """The records of each person."""
        records_by_person: dict[str, list[PersonRecord]] = {}
        for record_key, record in self.persons.items():
            records_by_person.setdefault(self.whose[record_key], []).append(record)
        return records_by_person

    def stream(self, sql_text: str) -> Iterator[tuple[Any, ...]]:
        """The rows of this SELECT, some thousands at a time; sorted, they keep their memory until the last is read."""
        cursor = self.connection.cursor()
        cursor.execute(sql_text)
        while table_rows := cursor.fetchmany(AT_ONCE):
            yield from table_rows


@contextmanager
def everything(known_at: datetime | None, upto_delivery: int | None = None) -> Iterator[Everything]:
    """What stands at `known_at` (None: all written so far), ready to be streamed.

    Shape:   the Parquet copy is refreshed first; DuckDB spills to a folder that goes with it. `upto_delivery`: by the
             deliveries up to this number alone, as if none had come since.
    """
    reached = parquet_copy.update_copy()
    upto_delivery = reached if upto_delivery is None else min(upto_delivery, reached)
    with tempfile.TemporaryDirectory(prefix="duecare-") as spill:
        connection = open_engine(spill)
        try:
            for sheet in ("persons", "cases", "events", "ties"):
                _load_standing(connection, sheet, known_at, upto_delivery)
            _load_tied(connection)
            _load_membership(connection)
            yield Everything(connection)
        finally:
            connection.close()


def standing_persons(known_at: datetime | None = None) -> pa.Table:
    """Every standing person record as columns of text, for linkage: source, record_id, written_at and the contract's."""
    upto_delivery = parquet_copy.update_copy()
    with tempfile.TemporaryDirectory(prefix="duecare-") as spill:
        connection = open_engine(spill)
        try:
            return _persons_as_text(connection, known_at, upto_delivery)
        finally:
            connection.close()


def machine_memory() -> int:
    """Memory of this machine, in megabytes."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1_000_000


def memory_for(megabytes: int) -> int:
    """The megabytes that the engine may take on a machine of so many: at most half of them, so that two may run at once."""
    return min(MOST_MEMORY, megabytes // 2)


def open_engine(spill: str) -> duckdb.DuckDBPyConnection:
    """An engine in memory that spills into the folder `spill`, and says nothing by itself."""
    connection = duckdb.connect(
        config={
            "threads": THREADS,
            "memory_limit": f"{memory_for(machine_memory())}MB",
            "temp_directory": spill,
            "preserve_insertion_order": False,
        }
    )
    # Its bar goes to standard output, where nothing but the answer may stand.
    connection.execute("SET enable_progress_bar = false")
    return connection


def _persons_as_text(connection: duckdb.DuckDBPyConnection, known_at: datetime | None, upto_delivery: int) -> pa.Table:
    _load_standing(connection, "persons", known_at, upto_delivery)
    columns = []
    for column in POLE_SHEETS["persons"].columns:
        if column.name in {"record_id", "written_at", "deleted"}:
            continue
        json_path = f"$.{column.name}"
        if column.reads is Reads.LIST:
            joined_values = f"array_to_string(CAST(json_extract(body, '{json_path}') AS VARCHAR[]), ';')"
        else:
            joined_values = f"json_extract_string(body, '{json_path}')"
        columns.append(f"coalesce({joined_values}, '') AS {column.name}")
    sql_text = (
        "SELECT source, key AS record_id, strftime(to_timestamp(first_at) AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S+00:00')"
        f" AS written_at, {', '.join(columns)} FROM persons ORDER BY source, key"
    )
    return connection.sql(sql_text).to_arrow_table()


def _load_standing(
    connection: duckdb.DuckDBPyConnection, sheet: str, known_at: datetime | None, upto_delivery: int
) -> None:
    files = parquet_copy.sheet_files(sheet, upto_delivery)
    until = int(known_at.timestamp()) if known_at else 2**62
    source = f"read_parquet({files!r})" if files else _no_facts(connection)
    standing = (
        "SELECT source, key, version_at, body, case_source, case_ref, min(version_at) OVER (PARTITION BY source, key) AS"
        f" first_at FROM {source} WHERE version_at <= {until} QUALIFY row_number() OVER (PARTITION BY source, key ORDER BY"
        " version_at DESC, sha256 DESC) = 1 AND NOT is_withdrawn"
    )
    if sheet == "events":
        # Held once: they are most of what there is.
        connection.execute(f"CREATE TABLE event AS SELECT row_number() OVER () AS i, * FROM ({standing})")
        connection.execute("CREATE VIEW events AS SELECT * EXCLUDE (i) FROM event")
    else:
        connection.execute(f"CREATE TABLE {sheet} AS {standing}")


def _no_facts(connection: duckdb.DuckDBPyConnection) -> str:
    connection.register("no_facts", parquet_copy.SCHEMA.empty_table())
    return "no_facts"


def _load_tied(connection: duckdb.DuckDBPyConnection) -> None:
    read_ties(Duck(connection))
    connection.execute(
        "CREATE TABLE raw_tie AS SELECT e.i, t.record_source, t.record_id, t.role FROM given_tie t JOIN event e ON e.source ="
        " t.source AND e.key = t.event_id"
    )
    connection.execute(
        "CREATE VIEW event_tied AS SELECT e.*, t.body AS ties FROM event e LEFT JOIN ties t USING (source, key)"
    )


def _load_membership(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `whose`, by linkage or else each record by itself, and `tie` of it."""
    connection.execute("CREATE TABLE whose (record_source VARCHAR, record_id VARCHAR, person VARCHAR)")
    sql_text = 'SELECT "source", "record_id", "person" FROM "membership" WHERE "run_id" = %s'
    for table_rows in stream_rows(sql_text, [link_run_in_force()]):
        _add_whose(connection, table_rows)
    alone = connection.execute(
        "SELECT source, key FROM persons UNION SELECT record_source, record_id FROM raw_tie EXCEPT SELECT record_source,"
        " record_id FROM whose"
    ).fetchall()
    _add_whose(
        connection,
        [(source, record_key, record_person_id(RecordKey(source, record_key))) for source, record_key in alone],
    )
    connection.execute(
        "CREATE TABLE tie AS SELECT r.i, w.person, r.role FROM raw_tie r JOIN whose w USING (record_source, record_id)"
    )


def _add_whose(connection: duckdb.DuckDBPyConnection, table_rows: list[tuple[Any, ...]]) -> None:
    columns = zip(*table_rows, strict=True) if table_rows else ((), (), ())
    names = ("record_source", "record_id", "person")
    table = pa.table(
        {column_name: pa.array(column, pa.string()) for column_name, column in zip(names, columns, strict=True)}
    )
    connection.register("whose_table", table)
    connection.execute("INSERT INTO whose SELECT * FROM whose_table")
    connection.unregister("whose_table")


def event_of_row(table_row: tuple[object, ...]) -> EventRecord:
    """The event of a row of `event_tied`: its number, source, key, version, body and ties."""
    _, source, record_key, version_at, body_text, ties_text = table_row
    involvements = ties_of(str(ties_text).encode()) if ties_text else ()
    return event_of(str(source), str(record_key), str(body_text).encode(), int(str(version_at)), involvements)
