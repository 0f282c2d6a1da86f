"""The engine that duties are judged on, on a machine with little memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from duecare.duty.engine.handed import Row
from duecare.store.duck import AT_ONCE, Duck

ROWS = 150_000
ORDERS = ("hash(number)", "hash(number + 1)", "-number", "number % 1000")


@pytest.fixture
def duck(tmp_path: Path) -> Iterator[Duck]:
    """An engine whose memory has room for about one of the sorted results of the table `wide`."""
    connection = duckdb.connect(
        config={
            "threads": 2,
            "memory_limit": "50MB",
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


def read_side_by_side(stream: Callable[[str], Iterator[Row]]) -> list[list[tuple[int, int]]]:
    """Place and number of the rows of every order, read one of each in turn, so that all are half read at the same time."""
    streams = [stream(f"SELECT {order} AS place, number, body FROM wide ORDER BY {order}") for order in ORDERS]
    found: list[list[tuple[int, int]]] = [[] for _ in ORDERS]
    for rows in zip(*streams, strict=True):
        for result, (place, number, _) in zip(found, rows, strict=True):
            result.append((place, number))
    return found


def stream_from_the_engine(duck: Duck) -> Callable[[str], Iterator[Row]]:
    """The seeded defect: a sorted result is read from the engine itself."""

    def stream(select: str) -> Iterator[Row]:
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
    half_read.close()  # type: ignore[attr-defined]

    assert not [*tmp_path.glob("duecare-*")]
