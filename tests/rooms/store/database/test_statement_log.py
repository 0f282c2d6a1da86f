"""Each statement in the server log: as the code has it, with its time, and without one value."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.backends.signals import connection_created

from duecare.store.database import statement_log
from duecare.store.database.sql_rows import insert_rows, select_rows
from duecare.store.database.statement_log import log_statements, statements_recorded


class Lines:
    """What is logged."""

    def __init__(self) -> None:
        self.written: list[tuple[str, dict[str, Any]]] = []

    def info(self, event: str, **said: Any) -> None:
        self.written.append((event, said))


@pytest.fixture
def lines(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lines]:
    """The log of this test; afterwards statements are logged no more."""
    made = Lines()
    monkeypatch.setattr(statement_log, "server_logger", lambda: made)
    yield made
    connection_created.disconnect(dispatch_uid="duecare.statement_log")
    while statement_log._log_statement in connection.execute_wrappers:
        connection.execute_wrappers.remove(statement_log._log_statement)


def test_nothing_is_logged_before_it_is_asked_for(lines: Lines):
    select_rows("SELECT 1")

    assert lines.written == []


def test_a_statement_is_logged_as_written_with_its_time_and_without_its_values(lines: Lines):
    log_statements()
    select_rows('SELECT "run" FROM "current_run" WHERE "name" = %s', ["Zebedee Canary-Made-Up"])

    ((event, said),) = lines.written
    assert (event, set(said)) == ("sql", {"sql", "milliseconds"})
    assert said["sql"] == 'SELECT "run" FROM "current_run" WHERE "name" = %s'
    assert "Canary" not in repr(lines.written)


def test_the_time_is_in_milliseconds_to_one_decimal(lines: Lines, monkeypatch: pytest.MonkeyPatch):
    shown = iter((10.0, 10.123456))
    log_statements()
    monkeypatch.setattr(statement_log, "time", SimpleNamespace(monotonic=lambda: next(shown)))
    select_rows("SELECT 1")

    assert lines.written == [("sql", {"sql": "SELECT 1", "milliseconds": 123.5})]


def test_many_rows_are_one_statement(lines: Lines):
    log_statements()
    insert_rows("current_run", ("name", "run"), [("Canary-a", 1), ("Canary-b", 2)])

    assert [said["sql"] for _, said in lines.written] == ['INSERT INTO "current_run" ("name", "run") VALUES (%s, %s)']


def test_a_statement_that_fails_is_logged_and_fails(lines: Lines):
    log_statements()
    with pytest.raises(DatabaseError), transaction.atomic():
        select_rows("SELECT no_such_column")

    assert "SELECT no_such_column" in [said["sql"] for _, said in lines.written]


def test_to_ask_twice_logs_once(lines: Lines):
    log_statements()
    log_statements()
    select_rows("SELECT 1")

    assert len(lines.written) == 1


def test_a_connection_made_later_logs_too_and_once(lines: Lines):
    log_statements()
    later = connection.copy()
    try:
        connection_created.send(type(later), connection=later)
        connection_created.send(type(later), connection=later)
        assert later.execute_wrappers == [statement_log._log_statement]
    finally:
        later.close()


def test_where_there_is_no_connection_yet_it_waits_for_one(lines: Lines, monkeypatch: pytest.MonkeyPatch):
    class NotYet:
        connection = None
        execute_wrappers: list[Any] = []

    monkeypatch.setattr(statement_log, "connection", NotYet)
    log_statements()

    assert NotYet.execute_wrappers == []
    connection_created.send(NotYet, connection=NotYet)
    assert NotYet.execute_wrappers == [statement_log._log_statement]


def test_the_answer_of_the_statement_is_handed_on(lines: Lines):
    log_statements()

    assert select_rows("SELECT %s", [7]) == [(7,)]


# --- a list of one's own -----------------------------------------------------------------------------------


def test_inside_each_statement_is_added_to_the_list_without_its_values_and_outside_none(
    lines: Lines, monkeypatch: pytest.MonkeyPatch
):
    shown = iter((1.0, 1.002, 5.0, 5.0123))
    monkeypatch.setattr(statement_log, "time", SimpleNamespace(monotonic=lambda: next(shown)))
    recorded: list[tuple[str, float]] = []
    select_rows("SELECT 1")
    with statements_recorded(recorded):
        assert select_rows("SELECT %s", ["Canary"]) == [("Canary",)]
        select_rows("SELECT 2")
    select_rows("SELECT 3")

    assert recorded == [("SELECT %s", 2.0), ("SELECT 2", 12.3)]
    assert lines.written == []


def test_a_statement_that_fails_is_in_the_list_too(lines: Lines):
    recorded: list[tuple[str, float]] = []
    with statements_recorded(recorded), pytest.raises(DatabaseError), transaction.atomic():
        select_rows("SELECT no_such_column")

    assert "SELECT no_such_column" in [sql for sql, _ in recorded]
