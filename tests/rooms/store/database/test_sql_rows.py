"""Rows in and out of tables: the same on both engines, as many as there are, a few at a time."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from duecare.store.database import sql_rows
from duecare.store.database.sql_rows import (
    AT_ONCE,
    copy_rows,
    insert_rows,
    placeholder_marks,
    select_nothing,
    select_rows,
    split_chunks,
    stream_rows,
)
from duecare.store.models import Pointer, SearchWord

COLUMNS = ("name", "run")


def pointers() -> list[tuple[str, int]]:
    return select_rows('SELECT "name", "run" FROM "current_run" ORDER BY "name"')


# --- chunks and placeholders (no database) -----------------------------------------------------------------


@given(st.lists(st.integers()), st.integers(1, 12))
def test_chunks_hold_every_value_once_in_order_and_none_more_than_it_may(values: list[int], most: int):
    chunks = list(split_chunks(values, most))

    assert [value for chunk in chunks for value in chunk] == values
    assert all(len(chunk) == most for chunk in chunks[:-1])
    assert all(1 <= len(chunk) <= most for chunk in chunks)


def test_chunks_are_as_large_as_a_statement_takes_where_nothing_is_asked():
    assert [len(chunk) for chunk in split_chunks(range(2 * AT_ONCE))] == [AT_ONCE, AT_ONCE]
    assert [len(chunk) for chunk in split_chunks(range(AT_ONCE + 1))] == [AT_ONCE, 1]
    assert list(split_chunks([])) == []


def test_chunks_are_made_while_the_values_come_and_each_is_a_list_of_its_own():
    taken: list[int] = []

    def values() -> Any:
        for value in range(5):
            taken.append(value)
            yield value

    chunks = split_chunks(values(), 2)
    first = next(chunks)
    assert (first, taken) == ([0, 1], [0, 1])
    second = next(chunks)
    assert (first, second) == ([0, 1], [2, 3])


@pytest.mark.parametrize(("count", "marks"), [(0, ""), (1, "%s"), (3, "%s, %s, %s")])
def test_as_many_placeholders_as_there_are_values(count: int, marks: str):
    assert placeholder_marks(count) == marks


# --- in and out --------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("keep", [insert_rows, copy_rows])
def test_rows_that_are_kept_are_read_back_the_same(keep: Any):
    rows = [("a", 1), ('Zoë \u2603 %s "q"\'\\\t\n', -(2**62)), ("", 0)]
    keep("current_run", COLUMNS, iter(rows))

    assert sorted(pointers()) == sorted(rows)


@pytest.mark.django_db
@pytest.mark.parametrize("keep", [insert_rows, copy_rows])
def test_no_rows_are_kept_of_none(keep: Any):
    keep("current_run", COLUMNS, [])

    assert pointers() == []


@pytest.mark.django_db
@pytest.mark.parametrize("keep", [insert_rows, copy_rows])
def test_bytes_truths_and_nulls_are_kept_as_they_are(keep: Any):
    from tests.made.landed import begun

    columns = (
        "delivery_id", "source", "sheet", "key", "version_at", "is_by_receipt", "sha256", "is_withdrawn", "body", "file",
        "row", "is_sealed", "kind",
    )  # fmt: skip
    body = bytes(range(256))
    row = (begun().id, "s", "cases", "k", 1, True, b"\x00\xff", False, body, "f", 1, True, None)
    keep("fact", columns, [row])

    (found,) = select_rows(f'SELECT {", ".join(columns)} FROM "fact"')
    read = [bytes(value) if isinstance(value, memoryview) else value for value in found]
    assert read == list(row)


@pytest.mark.django_db
@pytest.mark.parametrize("keep", [insert_rows, copy_rows])
def test_a_row_that_is_there_already_is_refused_and_none_of_its_company_stays(keep: Any):
    insert_rows("current_run", COLUMNS, [("b", 1)])

    with pytest.raises(IntegrityError), transaction.atomic():
        keep("current_run", COLUMNS, [("a", 2), ("b", 2), ("c", 2)])

    assert pointers() == [("b", 1)]


@pytest.mark.django_db
def test_a_row_that_is_there_already_is_left_as_it_was_where_that_is_asked():
    insert_rows("current_run", COLUMNS, [("b", 1)])

    insert_rows("current_run", COLUMNS, [("a", 2), ("b", 2), ("c", 2)], or_ignore=True)

    assert pointers() == [("a", 2), ("b", 1), ("c", 2)]


@pytest.mark.django_db
def test_a_statement_that_gives_no_rows_is_run_with_its_values():
    insert_rows("current_run", COLUMNS, [("a", 1), ("b", 1), ("c", 2)])

    select_nothing('UPDATE "current_run" SET "run" = %s WHERE "name" <> %s', (9, "b"))

    assert pointers() == [("a", 9), ("b", 1), ("c", 9)]


@pytest.mark.django_db
def test_rows_are_selected_by_values_that_are_never_part_of_the_statement():
    hostile = "a' OR '1'='1"
    insert_rows("current_run", COLUMNS, [("a", 1), (hostile, 2)])

    assert select_rows('SELECT "run" FROM "current_run" WHERE "name" = %s', (hostile,)) == [(2,)]
    assert select_rows('SELECT "run" FROM "current_run" WHERE "name" = %s', ["none"]) == []
    assert Pointer.objects.count() == 2


# --- streamed ----------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(("at_once", "sizes"), [(1, [1] * 7), (3, [3, 3, 1]), (7, [7]), (8, [7]), (20_000, [7])])
def test_rows_are_streamed_some_at_a_time_in_their_order(at_once: int, sizes: list[int]):
    rows = [(f"n{number}", number) for number in range(7)]
    insert_rows("current_run", COLUMNS, rows)

    batches = list(stream_rows('SELECT "name", "run" FROM "current_run" ORDER BY "run" DESC', at_once=at_once))

    assert [len(batch) for batch in batches] == sizes
    assert [tuple(row) for batch in batches for row in batch] == rows[::-1]
    assert all(isinstance(batch, list) for batch in batches)


@pytest.mark.django_db
def test_rows_are_streamed_by_values_and_no_rows_give_no_batch():
    insert_rows("current_run", COLUMNS, [("a", 1), ("b", 2)])
    sql = 'SELECT "name" FROM "current_run" WHERE "run" > %s'

    assert list(stream_rows(sql, (1,))) == [[("b",)]]
    assert list(stream_rows(sql, [5])) == []


@pytest.mark.django_db
def test_a_stream_that_is_not_read_to_its_end_lets_others_be_read():
    insert_rows("current_run", COLUMNS, [(f"n{number}", number) for number in range(5)])
    half_read = stream_rows('SELECT "run" FROM "current_run" ORDER BY "run"', at_once=2)
    assert next(half_read) == [(0,), (1,)]
    half_read.close()

    assert list(stream_rows('SELECT count(*) FROM "current_run"')) == [[(5,)]]


@pytest.mark.django_db
def test_two_thousand_rows_go_in_by_either_way_and_come_out_in_batches():
    insert_rows("search_word", ("word", "number"), ((f"w{number:04}", number) for number in range(1_000)))
    copy_rows("search_word", ("word", "number"), ((f"w{number:04}", number) for number in range(1_000, 2_000)))

    batches = [len(batch) for batch in stream_rows('SELECT "word" FROM "search_word" ORDER BY 1', at_once=900)]

    assert batches == [900, 900, 200]
    assert sum(SearchWord.objects.values_list("number", flat=True)) == sum(range(2_000))


@pytest.mark.django_db
def test_where_the_database_can_copy_it_does(monkeypatch: pytest.MonkeyPatch):
    inserted: list[Any] = []
    monkeypatch.setattr(sql_rows, "insert_rows", lambda *arguments, **_: inserted.append(arguments))

    copy_rows("current_run", COLUMNS, [("a", 1)])

    assert (inserted == []) == (connection.vendor == "postgresql")
