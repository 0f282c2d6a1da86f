"""Rows in and out of tables by the thousand, the same way on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection

AT_ONCE = 900


def insert(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, or_ignore: bool = False) -> None:
    """Add these rows; with `or_ignore`, leave those that are there already."""
    rows = list(rows)
    if not rows:
        return
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    end = " ON CONFLICT DO NOTHING" if or_ignore else ""
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks}){end}', rows)


def pour(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add these rows, however many, in the quickest way there is here: by COPY on PostgreSQL."""
    if connection.vendor != "postgresql":
        insert(table, columns, rows)
        return
    names = ", ".join(f'"{column}"' for column in columns)
    told = f'COPY "{table}" ({names}) FROM STDIN'
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(told) as copy:
        for row in rows:
            copy.write_row(row)


def select(sql: str, arguments: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Every row this query gives."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(arguments))
        return list(cursor.fetchall())


def select_nothing(sql: str, arguments: Sequence[Any]) -> None:
    """Run a statement that gives no rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(arguments))


def stream(sql: str, arguments: Sequence[Any] = (), *, at_once: int = 20_000) -> Iterator[list[tuple[Any, ...]]]:
    """The rows this query gives, some thousands at a time, without holding all of them."""
    if connection.vendor == "postgresql":
        from django.db import transaction as django_transaction

        with django_transaction.atomic():
            inner = connection.cursor().connection.cursor(name="duecare_stream")
            with inner:
                inner.itersize = at_once
                inner.execute(sql, list(arguments))
                while rows := inner.fetchmany(at_once):
                    yield rows
        return
    with connection.cursor() as cursor:
        cursor.execute(sql, list(arguments))
        while rows := cursor.fetchmany(at_once):
            yield list(rows)


def chunks(values: Iterable[Any], size: int = AT_ONCE) -> Iterator[list[Any]]:
    """These values in lists of at most `size`."""
    batch: list[Any] = []
    for value in values:
        batch.append(value)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def marks(count: int) -> str:
    """As many placeholders as that, for an IN list."""
    return ", ".join(["%s"] * count)
