"""In what do two assessments that are kept differ: findings field by field, lines of the worklist, lines of visits?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from duecare.store.database.sql_rows import select
from duecare.store.findings.worklist_lines import VISIT, WORK

ONLY = "only in one"
KEYS = ("case_source", "case_ref", "person")
OF_NO_LINE = ("run_id",)

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """In which field does what two assessments keep of one thing differ?

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


def differences(one: int, other: int) -> Iterator[Difference]:
    """In what do these two assessments differ?

    Shape:   nothing where they agree. How late something is that still runs is not compared: it follows from the due time
             and the moment of asking, and of what is in force each part was reckoned at a moment of its own.
    """
    yield from _of_findings(one, other)
    yield from _of_lines("worklist", "work", WORK, one, other)
    yield from _of_lines("visit", "visit", VISIT, one, other)


def _of_findings(one: int, other: int) -> Iterator[Difference]:
    columns = ("finding", "case_source", "case_ref", "source", "person", "area", "is_late_now", "is_open_now", "body")
    ours, theirs = _only("finding", columns, one, other), _only("finding", columns, other, one)
    for key, a, b in _paired(ours, theirs, ("finding", "source", "case_ref")):
        said = [{**row, **_timeless(row["body"]), "body": None} if row else None for row in (a, b)]
        first = said[0] or said[1]
        assert first is not None
        for field, left, right in _fields(*said):
            yield Difference(
                "finding", str(key[0]), first["duty"], first["case_source"] or first["source"], first["case_ref"],
                first["person"], field, left, right,
            )  # fmt: skip


def _timeless(body: bytes) -> dict[str, Any]:
    said: dict[str, Any] = orjson.loads(bytes(body))
    if said["met_at"] is None and said["ended_at"] is None:
        del said["late_by_hours"]
    return said


def _of_lines(kind: str, table: str, columns: tuple[str, ...], one: int, other: int) -> Iterator[Difference]:
    wanted = tuple(column for column in columns if column not in OF_NO_LINE)
    ours, theirs = _only(table, wanted, one, other), _only(table, wanted, other, one)
    for key, a, b in _paired(ours, theirs, KEYS):
        for field, left, right in _fields(a, b):
            yield Difference(kind, "", "", key[0], key[1], key[2], field, left, right)


def _only(table: str, columns: tuple[str, ...], one: int, other: int) -> list[Row]:
    named = ", ".join(f'"{column}"' for column in columns)
    part = f'SELECT {named} FROM "{table}" WHERE "run_id" = %s'
    return [dict(zip(columns, row, strict=True)) for row in select(f"{part} EXCEPT {part}", [one, other])]


def _paired(
    ours: list[Row], theirs: list[Row], keys: tuple[str, ...]
) -> Iterator[tuple[tuple[Any, ...], Row | None, Row | None]]:
    """Rows of the same thing side by side. Some findings have one name between them: they are paired in order."""
    by_key: dict[tuple[Any, ...], tuple[list[Row], list[Row]]] = {}
    for side, rows in enumerate((ours, theirs)):
        for row in rows:
            by_key.setdefault(tuple(row[key] for key in keys), ([], []))[side].append(row)
    for key in sorted(by_key, key=repr):
        left, right = (sorted(some, key=repr) for some in by_key[key])
        for number in range(max(len(left), len(right))):
            yield key, left[number] if number < len(left) else None, right[number] if number < len(right) else None


def _fields(one: Row | None, other: Row | None) -> Iterator[tuple[str, object, object]]:
    if one is None or other is None:
        yield ONLY, one is not None, other is not None
        return
    for field in sorted(one.keys() | other.keys()):
        if one.get(field) != other.get(field):
            yield field, one.get(field), other.get(field)
