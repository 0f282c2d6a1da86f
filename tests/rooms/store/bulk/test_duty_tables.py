"""From the rows that stand to the tables that duties are judged on, and the engine that keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import duckdb
import orjson
import pytest

from duecare.duty.engine.units import day_number, to_micros
from duecare.store.bulk.duckdb_engine import Duck
from duecare.store.bulk.duty_tables import give_tables, read_ties
from duecare.vocabulary.london_clock import when_on_day

TEXT = "VARCHAR"
ROWS = {"source": TEXT, "key": TEXT, "version_at": "BIGINT", "body": TEXT, "case_source": TEXT, "case_ref": TEXT}


@pytest.fixture
def engine() -> Iterator[Duck]:
    """An engine in memory."""
    connection = duckdb.connect(config={"threads": 1})
    yield Duck(connection)
    connection.close()


def fill(engine: Duck, **sheets: list[tuple[Any, ...]]) -> Duck:
    """The tables as they stand: (source, key, body) of each sheet, of version 7, and whose is which record."""
    for sheet in ("events", "ties", "cases", "persons"):
        rows = [
            (source, key, 7, orjson.dumps(body).decode(), body.get("case_source"), body.get("case_ref"))
            for source, key, body in sheets.get(sheet, [])
        ]
        engine.load(sheet, ROWS, rows)
    engine.load("whose", {"record_source": TEXT, "record_id": TEXT, "person": TEXT}, sheets.get("whose", []))
    return engine


def rows(engine: Duck, table: str, columns: str = "*") -> list[tuple[Any, ...]]:
    return sorted(engine.rows(f"SELECT {columns} FROM {table}"), key=repr)


# --- the tables given --------------------------------------------------------------------------------------


def test_an_event_is_given_with_its_time_in_microseconds_and_blanks_where_it_is_silent(engine: Duck):
    body = {"kind": "visit", "happened_at": "2026-07-01T09:00:00+00:00", "case_source": "n", "case_ref": "C1"}
    give_tables(fill(engine, events=[("s", "E1", body)]))

    exact = to_micros(datetime(2026, 7, 1, 9, tzinfo=UTC))
    assert rows(engine, "given_event") == [
        ("s", "E1", "visit", exact, exact, 7_000_000, "n", "C1", "", "", "", "", None)
    ]


def test_an_event_of_a_day_is_given_with_the_first_and_last_second_of_that_day_in_london(engine: Duck):
    give_tables(fill(engine, events=[("s", "E1", {"kind": "visit", "happened_at": "2026-07-01"})]))

    day = when_on_day(date(2026, 7, 1))
    assert rows(engine, "given_event", "earliest, latest") == [(to_micros(day.earliest), to_micros(day.latest))]
    assert day.latest > day.earliest


def test_what_an_event_says_is_given_as_it_is_and_its_detail_as_json(engine: Duck):
    body = {
        "kind": "visit", "happened_at": "2026-07-01", "area": "N", "officer": " X1", "risk": "High", "outcome": "seen",
        "detail": {"every": "P2M", "n": 1, "ok": True},
    }  # fmt: skip
    give_tables(fill(engine, events=[("s", "E1", body)]))

    ((area, officer, risk, outcome, detail),) = rows(engine, "given_event", "area, officer, risk, outcome, detail")
    assert (area, officer, risk, outcome, orjson.loads(detail)) == ("N", " X1", "High", "seen", body["detail"])


def test_ties_are_given_one_by_one(engine: Duck):
    sets = [
        ("s", "E1", {"ties": [["s", "A", "child"], ["t", "B", "suspect"]]}),
        ("s", "E2", {"ties": []}),
        ("s", "E3", {}),
    ]
    give_tables(fill(engine, ties=sets))

    assert rows(engine, "given_tie") == [("s", "E1", "s", "A", "child"), ("s", "E1", "t", "B", "suspect")]


def test_ties_that_were_read_already_are_not_read_again(engine: Duck):
    fill(engine, ties=[("s", "E1", {"ties": [["s", "A", "child"]]})])
    read_ties(engine)
    engine.load("ties", ROWS, [])

    give_tables(engine)

    assert rows(engine, "given_tie") == [("s", "E1", "s", "A", "child")]


@pytest.mark.parametrize("closed", [None, "", "2026-03-05", "2026-03-05T09:00:00+00:00"])
def test_a_case_is_given_with_when_it_was_closed(engine: Duck, closed: str | None):
    body = {"kind": "missing", "area": "N"} | ({} if closed is None else {"closed_at": closed})
    give_tables(fill(engine, cases=[("s", "C1", body), ("s", "C2", {"kind": "custody"})]))

    from duecare.record.record_from_body import time_of

    when = time_of(closed) if closed else None
    ends = (to_micros(when.earliest), to_micros(when.latest)) if when else (None, None)
    assert rows(engine, "given_case") == [("s", "C1", "missing", "N", *ends), ("s", "C2", "custody", "", None, None)]


@pytest.mark.parametrize(
    ("body", "born"),
    [
        ({"date_of_birth": "2014-05-06"}, (date(2014, 5, 6), date(2014, 5, 6))),
        ({"date_of_birth": "2014-05"}, (date(2014, 5, 1), date(2014, 5, 31))),
        ({"due_on": "2026-09-01"}, (date(2026, 9, 1), date(2026, 9, 1))),
        ({"date_of_birth": "2014", "due_on": "2026-09-01"}, (date(2014, 1, 1), date(2014, 12, 31))),
        ({}, None),
    ],
)
def test_a_record_is_given_with_the_days_it_may_have_been_born_on(engine: Duck, body: dict[str, str], born: Any):
    give_tables(fill(engine, persons=[("s", "A", {**body, "sex": "F"})], whose=[("s", "A", "one"), ("t", "A", "two")]))

    days = tuple(map(day_number, born)) if born else (None, None)
    assert rows(engine, "given_record") == [("s", "A", "one", *days, "F"), ("t", "A", "two", None, None, "")]


def test_two_records_born_on_one_day_are_given_once_each(engine: Duck):
    persons = [("s", name, {"date_of_birth": "2014-05-06"}) for name in "AB"]
    give_tables(fill(engine, persons=persons, whose=[("s", "A", "one"), ("s", "B", "two")]))

    assert len(rows(engine, "given_record")) == 2


def test_of_nothing_empty_tables_are_given_and_nothing_is_left_over(engine: Duck):
    give_tables(fill(engine))

    for table in ("given_event", "given_tie", "given_case", "given_record"):
        assert rows(engine, table) == []
    for table in ("read_event", "read_case", "read_person", "whole_day", "birth"):
        assert not engine.has(table)


# --- the engine --------------------------------------------------------------------------------------------


def test_a_table_is_kept_in_place_of_one_of_its_name_and_let_go(engine: Duck):
    assert not engine.has("t")
    engine.keep("t", "SELECT 1 AS a")
    engine.keep("t", "SELECT 2 AS a UNION ALL SELECT 3")

    assert (rows(engine, "t"), engine.has("t")) == ([(2,), (3,)], True)
    engine.forget("t", "never")
    assert not engine.has("t")


def test_rows_are_loaded_by_their_types_and_none_make_an_empty_table(engine: Duck):
    columns = {"a": "BIGINT", "b": "INTEGER", "c": "VARCHAR", "d": "BOOLEAN", "e": "DOUBLE"}
    engine.load("t", columns, iter([(2**62, 7, "Zoë", True, 0.5), (None,) * 5]))
    types = engine.rows("SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 't' ORDER BY 1")

    assert engine.rows("SELECT * FROM t ORDER BY a NULLS LAST") == [(2**62, 7, "Zoë", True, 0.5), (None,) * 5]
    assert dict(types) == columns
    engine.load("t", columns, [])
    assert (engine.rows("SELECT * FROM t"), engine.rows("SELECT count(*) FROM t")) == ([], [(0,)])


@pytest.mark.parametrize(
    ("field", "text"), [("a", '"x"'), ("n", "1"), ("o", '{"p":2}'), ("it's", "true"), ("none", None), ("null", "null")]
)
def test_a_field_of_json_is_read_as_json_text(engine: Duck, field: str, text: str | None):
    body = orjson.dumps({"a": "x", "n": 1, "o": {"p": 2}, "it's": True, "null": None}).decode().replace("'", "''")

    assert engine.rows(f"SELECT {engine.json('body', field)} FROM (SELECT '{body}' AS body)") == [(text,)]


@pytest.mark.parametrize(
    "select", ["SELECT range AS a, 'x' || range AS b FROM range(25000) ORDER BY a DESC", "SELECT 1 WHERE 1 = 0"]
)
def test_what_is_streamed_is_what_is_read_at_once_in_its_order(engine: Duck, select: str):
    assert list(engine.stream(select)) == engine.rows(select)
