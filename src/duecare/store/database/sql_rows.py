"""Rows in and out of tables by the thousand, the same way on SQLite and PostgreSQL.

The ORM comes first. A statement of its own has its reason beside it: it is asked for each case or person, or reads or
writes by the hundred thousand (5,000 facts are added in 74 ms, by `bulk_create` in 495), or says what the ORM cannot
(docs/decisions/0042 has the measures).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection

AT_ONCE = 900


def insert_rows(
    table: str, columns: Sequence[str], table_rows: Iterable[Sequence[Any]], *, or_ignore: bool = False
) -> None:
    """Add these rows; with `or_ignore`, leave those that are there already."""
    table_rows = list(table_rows)
    if not table_rows:
        return
    names = ", ".join(f'"{column}"' for column in columns)
    value_marks = ", ".join(["%s"] * len(columns))
    statement_end = " ON CONFLICT DO NOTHING" if or_ignore else ""
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({value_marks}){statement_end}', table_rows)


def copy_rows(table: str, columns: Sequence[str], table_rows: Iterable[Sequence[Any]]) -> None:
    """Add these rows, however many, in the quickest way there is here: by COPY on PostgreSQL."""
    if connection.vendor != "postgresql":
        insert_rows(table, columns, table_rows)
        return
    names = ", ".join(f'"{column}"' for column in columns)
    copy_statement = f'COPY "{table}" ({names}) FROM STDIN'
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(copy_statement) as copy_writer:
        for table_row in table_rows:
            copy_writer.write_row(table_row)


def select_rows(sql_text: str, arguments: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Every row this query gives."""
    with connection.cursor() as cursor:
        cursor.execute(sql_text, list(arguments))
        return list(cursor.fetchall())


def select_nothing(sql_text: str, arguments: Sequence[Any]) -> None:
    """Run a statement that gives no rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql_text, list(arguments))


def stream_rows(
    sql_text: str, arguments: Sequence[Any] = (), *, at_once: int = 20_000
) -> Iterator[list[tuple[Any, ...]]]:
    """The rows this query gives, some thousands at a time, without holding all of them."""
    if connection.vendor == "postgresql":
        from django.db import transaction as django_transaction

        with django_transaction.atomic():
            inner = connection.cursor().connection.cursor(name="duecare_stream")
            with inner:
                inner.itersize = at_once
                inner.execute(sql_text, list(arguments))
                while table_rows := inner.fetchmany(at_once):
                    yield table_rows
        return
    with connection.cursor() as cursor:
        cursor.execute(sql_text, list(arguments))
        while table_rows := cursor.fetchmany(at_once):
            yield list(table_rows)


def split_chunks(values: Iterable[Any], chunk_size: int = AT_ONCE) -> Iterator[list[Any]]:
    """These values in lists of at most `chunk_size`."""
    batch: list[Any] = []
    for value in values:
        batch.append(value)
        if len(batch) == chunk_size:
            yield batch
            batch = []
    if batch:
        yield batch


def placeholder_marks(count: int) -> str:
    """As many placeholders as that, for an IN list."""
    return ", ".join(["%s"] * count)
