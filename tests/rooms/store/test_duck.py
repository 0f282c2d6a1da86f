"""The engine that duties are judged on, on a machine with little memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from duecare.duty.engine.engine_protocol import EngineRow
from duecare.duty.engine.finding_reader import stream_findings
from duecare.record.pole import CaseKey
from duecare.store.bulk.all_facts import Everything
from duecare.store.bulk.duckdb_engine import AT_ONCE, Duck

ROWS = 150_000
PEOPLE = 4_000
ORDERS = ("hash(number)", "hash(number + 1)", "-number", "number % 1000")


@pytest.fixture
def duck(tmp_path: Path) -> Iterator[Duck]:
    """An engine whose memory has room for about one of the sorted results of the table `wide`."""
    connection = duckdb.connect(
        config={
            "threads": 2,
            "memory_limit": "60MB",
            "temp_directory": str(tmp_path),
            "preserve_insertion_order": False,
        }
    )
    connection.execute("SET enable_progress_bar = false")
    connection.execute(
        f"CREATE TABLE wide AS SELECT range AS number, repeat(md5(range::VARCHAR), 4) AS body FROM range({ROWS})"
    )
    yield Duck(connection)
    connection.close()


def read_side_by_side(stream: Callable[[str], Iterator[EngineRow]]) -> list[list[tuple[int, int]]]:
    """Place and number of the rows of every order, read one of each in turn, so that all are half read at the same time."""
    streams = [stream(f"SELECT {order} AS place, number, body FROM wide ORDER BY {order}") for order in ORDERS]
    found: list[list[tuple[int, int]]] = [[] for _ in ORDERS]
    for rows in zip(*streams, strict=True):
        for result, (place, number, _) in zip(found, rows, strict=True):
            result.append((place, number))
    return found


def stream_from_the_engine(duck: Duck) -> Callable[[str], Iterator[EngineRow]]:
    """The seeded defect: a sorted result is read from the engine itself."""

    def stream(select: str) -> Iterator[EngineRow]:
        cursor = duck.connection.cursor()
        cursor.execute(select)
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows

    return stream


def test_several_sorted_results_are_read_side_by_side_in_little_memory(duck: Duck) -> None:
    for rows in read_side_by_side(duck.stream):
        assert sorted(number for _, number in rows) == list(range(ROWS))
        assert all(before <= after for (before, _), (after, _) in pairwise(rows))


def test_counter_results_that_keep_their_memory_pass_the_limit(duck: Duck) -> None:
    with pytest.raises(duckdb.OutOfMemoryException):
        read_side_by_side(stream_from_the_engine(duck))


def test_values_come_back_as_the_engine_answers_them(duck: Duck) -> None:
    select = (
        "SELECT * FROM (VALUES (9007199254740993, 1::INTEGER, 'Zoë', TRUE, 1.5::DOUBLE, ''), (NULL, NULL, NULL, NULL,"
        " NULL, NULL)) AS shown(wide, narrow, words, is_so, share, nothing) ORDER BY wide NULLS LAST"
    )

    assert list(duck.stream(select)) == duck.rows(select) == [(2**53 + 1, 1, "Zoë", True, 1.5, ""), (None,) * 6]


def test_no_rows_are_no_fault_and_no_file_is_left(duck: Duck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert list(duck.stream("SELECT number FROM wide WHERE number < 0 ORDER BY number")) == []
    half_read = duck.stream("SELECT number FROM wide ORDER BY number")
    assert next(half_read) == (0,)
    assert [*tmp_path.glob("duecare-*")]
    del half_read

    assert not [*tmp_path.glob("duecare-*")]


def facts_and_findings_in(connection: duckdb.DuckDBPyConnection) -> None:
    """The tables that an assessment reads in order: ten events and ten findings of each of many people, each of one case."""
    event = (
        """{"kind": "report", "happened_at": "2026-01-01T09:00:00Z", "area": "' || repeat(md5(i::VARCHAR), 8) || '"}"""
    )
    connection.execute(
        f"CREATE TABLE event AS SELECT i, 'pole' AS source, 'E' || i AS key, 1767258000 AS version_at, '{event}' AS body,"
        f" 'pole' AS case_source, 'C' || i % {PEOPLE} AS case_ref FROM range({10 * PEOPLE}) AS r(i)"
    )
    connection.execute("CREATE VIEW event_tied AS SELECT *, NULL AS ties FROM event")
    connection.execute(f"CREATE TABLE tie AS SELECT i, 'P' || i % {PEOPLE} AS person, 'suspect' AS role FROM event")
    connection.execute(
        f"CREATE TABLE finding AS SELECT i AS row, i AS line, 'F' || i AS finding, 'DUT-1' AS duty, 'ref' AS ref,"
        f" 'statute' AS authority, 'C' || i % {PEOPLE} AS case_ref, 'pole' AS source, 'P' || i % {PEOPLE} AS person,"
        " 'pole:1' AS subject, repeat(md5(i::VARCHAR), 8) AS area, 'force' AS owed_by, TRUE AS adopted, 0 AS started_at,"
        " 1 AS due_at, 1::INTEGER AS due_on, NULL::BIGINT AS met_at, NULL::BIGINT AS ended_at, NULL::BIGINT AS recorded_at,"
        " FALSE AS recorded_late, 'open' AS state, '' AS reason, 0.5::DOUBLE AS late_by_hours, 'v1' AS rule_version,"
        " 1 AS occurrence, FALSE AS is_doubtful FROM event"
    )
    connection.execute(
        "CREATE TABLE found_evidence AS SELECT i AS row, 'trigger' AS role, source, key AS event_id, 'report' AS kind,"
        " 0 AS happened_at, 0 AS written_at, 0 AS seq FROM event"
    )
    connection.execute(
        "CREATE TABLE found_told AS SELECT row, 1 AS place, 'chief' AS role, area AS person, 0 AS told_at FROM finding"
    )
    connection.execute("CREATE TABLE found_told_later AS SELECT * FROM found_told WHERE FALSE")


def half_read_as_an_assessment_reads(duck: Duck) -> None:
    """Events and findings of people, then of cases, none read to its end before the next is begun."""
    held = Everything(duck.connection)
    people = held.of_people(frozenset({"suspect"}))
    of_people = stream_findings(duck, "f.person IS NOT NULL", "f.person")
    cases = held.of_cases()
    of_cases = stream_findings(duck, "f.case_ref IS NOT NULL", "f.source, f.case_ref")
    (person, events), found = next(people), next(of_people)
    (case, in_case), found_in_case = next(cases), next(of_cases)
    assert (person, found.person, len(events), len(found.evidence), len(found.told)) == ("P0", "P0", 10, 1, 1)
    assert (case, found_in_case.case, len(in_case)) == (CaseKey("pole", "C0"), CaseKey("pole", "C0"), 10)


def test_an_assessment_keeps_no_sorted_result_in_memory(duck: Duck) -> None:
    facts_and_findings_in(duck.connection)
    half_read_as_an_assessment_reads(duck)


def test_counter_an_assessment_that_keeps_them_passes_the_limit(duck: Duck, monkeypatch: pytest.MonkeyPatch) -> None:
    facts_and_findings_in(duck.connection)
    monkeypatch.setattr(Duck, "stream", lambda duck, select: stream_from_the_engine(duck)(select))
    with pytest.raises(duckdb.OutOfMemoryException):
        half_read_as_an_assessment_reads(duck)
