"""A released report as bytes: the one form in which it is kept and hashed, and read back only where it fits its hash."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, TypeVar

import rfc8785

from duecare.report.draft_report import LABEL, Column
from duecare.report.release.released_figures import (
    _CLEARANCE_DOOR,
    Released,
    ReleasedCell,
    ReleasedFigure,
    ReleasedSection,
    ReleasedTable,
)
from duecare.vocabulary.refusals import Refusal

_Kind = TypeVar("_Kind")


def as_bytes(released: Released) -> bytes:
    """The report in the one form in which it is kept and hashed.

    Source:  RFC 8785, JSON Canonicalization Scheme.
    """
    return rfc8785.dumps({
        "slug": released.slug,
        "title": released.title,
        "period": released.period,
        "notice": released.notice,
        "provenance": [list(provenance_pair) for provenance_pair in released.provenance],
        "sections": [
            {
                "heading": section.heading,
                "sentences": list(section.sentences),
                "tables": [
                    {
                        "id": table.id,
                        "caption": table.caption,
                        "columns": [[column.name, column.title, column.kind, list(column.of)] for column in table.columns],
                        "rows": [[_stored_cell(released_cell) for released_cell in table_row] for table_row in table.rows],
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


def hash_of(content: bytes) -> str:
    """The hash by which cleared content is known."""
    return sha256(content).hexdigest()


def read_released(content: bytes, known_by: str) -> Released:
    """Read the report that was cleared and stored under this hash.

    Raises:  REP-021 where the bytes are not those that were cleared, or hold no report.
    """
    if hash_of(content) != known_by:
        raise Refusal("REP-021")
    try:
        return _report_of(json.loads(content))
    except (AttributeError, IndexError, KeyError, OverflowError, RecursionError, TypeError, ValueError) as error:
        raise Refusal("REP-021", found="content of another shape") from error


def _report_of(report_json: Mapping[str, Any]) -> Released:
    return Released(
        _checked_kind(str, report_json["slug"]),
        _checked_kind(str, report_json["title"]),
        _checked_kind(str, report_json["period"]),
        _checked_kind(str, report_json["notice"]),
        tuple(
            (_checked_kind(str, pair_name), _checked_kind(str, value)) for pair_name, value in report_json["provenance"]
        ),
        tuple(
            ReleasedSection(
                _checked_kind(str, section["heading"]),
                tuple(_checked_kind(str, sentence) for sentence in section["sentences"]),
                tuple(_table_of(table_json) for table_json in section["tables"]),
            )
            for section in report_json["sections"]
        ),
    )


def _checked_kind(wanted_kind: type[_Kind], value: object) -> _Kind:
    if type(value) is not wanted_kind:
        raise TypeError(f"no {wanted_kind.__name__}")
    return value


def _stored_cell(released_cell: ReleasedCell) -> str | list[int | float | str | None]:
    if isinstance(released_cell, str):
        return released_cell
    return [released_cell.shown, released_cell.mark, released_cell.about]


def _table_of(table_json: Mapping[str, Any]) -> ReleasedTable:
    columns = tuple(
        Column(
            _checked_kind(str, column_name),
            _checked_kind(str, title),
            _checked_kind(str, column_kind),
            tuple(_checked_kind(str, part_name) for part_name in column_of),
        )
        for column_name, title, column_kind, column_of in table_json["columns"]
    )
    if not {column_part for column in columns for column_part in column.of} <= {column.name for column in columns}:
        raise ValueError("a share of a column that is not there")
    table_rows = tuple(
        tuple(
            stored_cell
            if isinstance(stored_cell, str)
            else ReleasedFigure(
                _number_shown(stored_cell[0], column),
                _checked_kind(str, stored_cell[1]),
                _checked_kind(str, stored_cell[2]),
                _CLEARANCE_DOOR,
            )
            for stored_cell, column in zip(table_row, columns, strict=True)
        )
        for table_row in table_json["rows"]
    )
    return ReleasedTable(
        _checked_kind(str, table_json["id"]),
        _checked_kind(str, table_json["caption"]),
        columns,
        table_rows,
        _checked_kind(int, table_json["drawn"]),
        _checked_kind(bool, table_json["adds_up"]),
        _checked_kind(bool, table_json["annex"]),
        _checked_kind(str, table_json["figure"]),
    )


def _number_shown(shown_value: int | float | None, column: Column) -> int | float | None:
    # Canonical JSON writes 40.0 as 40: which it is, its column says.
    if shown_value is None or column.kind == LABEL:
        return None
    return float(shown_value) if column.kind == "number" else int(shown_value)
