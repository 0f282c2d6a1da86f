"""Differences between two assessments: findings field by field, lines of the worklist, lines of visits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from duecare.store.database.sql_rows import select_rows
from duecare.store.findings.worklist_lines import VISIT, WORK_COLUMNS

ONLY_IN_ONE = "only in one"
KEY_COLUMNS = ("case_source", "case_ref", "person")
OF_NO_LINE = ("run_id",)

RowValues = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which what two assessments keep of one thing differs.

    Shape:   `kind` is finding, worklist or visit; `finding` and `duty` are empty but for a finding; `field` is ONLY where
             one of the two keeps nothing of it: `one` and `other` then say which has it.
    """

    kind: str
    finding: str
    duty: str
    source: str | None
    case_ref: str | None
    person: str | None
    field: str
    one: object
    other: object


def differences_of_runs(first_run: int, second_run: int) -> Iterator[Difference]:
    """The differences between these two assessments.

    Shape:   nothing where they agree. How late something is that still runs is not compared: it follows from the due time
             and the moment of asking, and of what is in force each part was worked out at a moment of its own.
    """
    yield from _of_findings(first_run, second_run)
    yield from _of_lines("worklist", "worklist_line", WORK_COLUMNS, first_run, second_run)
    yield from _of_lines("visit", "visit", VISIT, first_run, second_run)


def _of_findings(first_run: int, second_run: int) -> Iterator[Difference]:
    columns = ("finding", "case_source", "case_ref", "source", "person", "area", "is_late_now", "is_open_now", "body")
    first_rows, theirs = (
        _rows_only_in("finding", columns, first_run, second_run),
        _rows_only_in("finding", columns, second_run, first_run),
    )
    for row_key, first_row, second_row in _pair_rows(first_rows, theirs, ("finding", "source", "case_ref")):
        row_values = [
            {**table_row, **_without_time(table_row["body"]), "body": None} if table_row else None
            for table_row in (first_row, second_row)
        ]
        either_row = row_values[0] or row_values[1]
        assert either_row is not None
        for field, left_value, right in _differing_fields(*row_values):
            yield Difference(
                "finding",
                str(row_key[0]),
                either_row["duty"],
                either_row["case_source"] or either_row["source"],
                either_row["case_ref"],
                either_row["person"],
                field,
                left_value,
                right,
            )


def _without_time(body_bytes: bytes) -> dict[str, Any]:
    finding_json: dict[str, Any] = orjson.loads(bytes(body_bytes))
    if finding_json["met_at"] is None and finding_json["ended_at"] is None:
        del finding_json["late_by_hours"]
    return finding_json


def _of_lines(
    line_kind: str, table: str, columns: tuple[str, ...], first_run: int, second_run: int
) -> Iterator[Difference]:
    wanted_columns = tuple(column for column in columns if column not in OF_NO_LINE)
    first_rows, theirs = (
        _rows_only_in(table, wanted_columns, first_run, second_run),
        _rows_only_in(table, wanted_columns, second_run, first_run),
    )
    for row_key, first_row, second_row in _pair_rows(first_rows, theirs, KEY_COLUMNS):
        for field, left_value, right in _differing_fields(first_row, second_row):
            yield Difference(line_kind, "", "", row_key[0], row_key[1], row_key[2], field, left_value, right)


def _rows_only_in(table: str, columns: tuple[str, ...], first_run: int, second_run: int) -> list[RowValues]:
    # Raw: values are compared as they are kept, not as the ORM would read them.
    column_list = ", ".join(f'"{column}"' for column in columns)
    run_select = f'SELECT {column_list} FROM "{table}" WHERE "run_id" = %s'
    return [
        dict(zip(columns, table_row, strict=True))
        for table_row in select_rows(f"{run_select} EXCEPT {run_select}", [first_run, second_run])
    ]


def _pair_rows(
    first_rows: list[RowValues], theirs: list[RowValues], key_columns: tuple[str, ...]
) -> Iterator[tuple[tuple[Any, ...], RowValues | None, RowValues | None]]:
    """Rows of the same thing side by side. Some findings have one name between them: they are paired in order."""
    by_key: dict[tuple[Any, ...], tuple[list[RowValues], list[RowValues]]] = {}
    for side_number, side_rows in enumerate((first_rows, theirs)):
        for table_row in side_rows:
            by_key.setdefault(tuple(table_row[column_name] for column_name in key_columns), ([], []))[
                side_number
            ].append(table_row)
    for row_key in sorted(by_key, key=repr):
        left_rows, right = (sorted(keyed_rows, key=repr) for keyed_rows in by_key[row_key])
        for number in range(max(len(left_rows), len(right))):
            yield (
                row_key,
                left_rows[number] if number < len(left_rows) else None,
                right[number] if number < len(right) else None,
            )


def _differing_fields(
    first_row: RowValues | None, second_row: RowValues | None
) -> Iterator[tuple[str, object, object]]:
    if first_row is None or second_row is None:
        yield ONLY_IN_ONE, first_row is not None, second_row is not None
        return
    for field in sorted(first_row.keys() | second_row.keys()):
        if first_row.get(field) != second_row.get(field):
            yield field, first_row.get(field), second_row.get(field)
