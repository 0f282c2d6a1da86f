"""A released report as bytes: the one form in which it is kept and hashed, and read back only where it fits its hash."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, TypeVar

import rfc8785

from duecare.report.draft_report import LABEL, Column
from duecare.report.release.released_figures import (
    _DOOR,
    Released,
    ReleasedCell,
    ReleasedFigure,
    ReleasedSection,
    ReleasedTable,
)
from duecare.vocabulary.refusals import Refusal

_T = TypeVar("_T")


def as_bytes(released: Released) -> bytes:
    """The report in the one form in which it is kept and hashed.

    Source:  RFC 8785, JSON Canonicalization Scheme.
    """
    return rfc8785.dumps({
        "slug": released.slug,
        "title": released.title,
        "period": released.period,
        "notice": released.notice,
        "provenance": [list(one) for one in released.provenance],
        "sections": [
            {
                "heading": section.heading,
                "sentences": list(section.sentences),
                "tables": [
                    {
                        "id": table.id,
                        "caption": table.caption,
                        "columns": [[one.name, one.title, one.kind, list(one.of)] for one in table.columns],
                        "rows": [[_kept(cell) for cell in row] for row in table.rows],
                        "drawn": table.drawn,
                        "adds_up": table.adds_up,
                        "annex": table.annex,
                        "figure": table.figure,
                    }
                    for table in section.tables
                ],
            }
            for section in released.sections
        ],
    })  # fmt: skip


def hash_of(held: bytes) -> str:
    """By which hash is what was cleared known?"""
    return sha256(held).hexdigest()


def read_released(held: bytes, known_by: str) -> Released:
    """Which report was cleared and kept under this hash?

    Raises:  REP-021 where the bytes are not those that were cleared, or hold no report.
    """
    if hash_of(held) != known_by:
        raise Refusal("REP-021")
    try:
        return _report_of(json.loads(held))
    except (AttributeError, IndexError, KeyError, OverflowError, RecursionError, TypeError, ValueError) as wrong:
        raise Refusal("REP-021", found="content of another shape") from wrong


def _report_of(kept: Mapping[str, Any]) -> Released:
    return Released(
        _is(str, kept["slug"]),
        _is(str, kept["title"]),
        _is(str, kept["period"]),
        _is(str, kept["notice"]),
        tuple((_is(str, name), _is(str, value)) for name, value in kept["provenance"]),
        tuple(
            ReleasedSection(
                _is(str, section["heading"]),
                tuple(_is(str, one) for one in section["sentences"]),
                tuple(_table_of(one) for one in section["tables"]),
            )
            for section in kept["sections"]
        ),
    )


def _is(kind: type[_T], value: object) -> _T:
    if type(value) is not kind:
        raise TypeError(f"no {kind.__name__}")
    return value


def _kept(cell: ReleasedCell) -> str | list[int | float | str | None]:
    if isinstance(cell, str):
        return cell
    return [cell.shown, cell.mark, cell.about]


def _table_of(kept: Mapping[str, Any]) -> ReleasedTable:
    columns = tuple(
        Column(_is(str, name), _is(str, title), _is(str, kind), tuple(_is(str, one) for one in of))
        for name, title, kind, of in kept["columns"]
    )
    if not {name for column in columns for name in column.of} <= {column.name for column in columns}:
        raise ValueError("a share of a column that is not there")
    rows = tuple(
        tuple(
            cell
            if isinstance(cell, str)
            else ReleasedFigure(_number(cell[0], column), _is(str, cell[1]), _is(str, cell[2]), _DOOR)
            for cell, column in zip(row, columns, strict=True)
        )
        for row in kept["rows"]
    )
    return ReleasedTable(
        _is(str, kept["id"]),
        _is(str, kept["caption"]),
        columns,
        rows,
        _is(int, kept["drawn"]),
        _is(bool, kept["adds_up"]),
        _is(bool, kept["annex"]),
        _is(str, kept["figure"]),
    )


def _number(shown: int | float | None, column: Column) -> int | float | None:
    # Canonical JSON writes 40.0 as 40: which it is, its column says.
    if shown is None or column.kind == LABEL:
        return None
    return float(shown) if column.kind == "number" else int(shown)
