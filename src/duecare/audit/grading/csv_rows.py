"""A CSV file of an audit as rows, whatever its columns: the same limits and refusals for every kind of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Final

from duecare.vocabulary.refusals import Refusal

LARGEST_FILE: Final = 5_000_000
TORN_ROW: Final = "\0torn"

CsvRow = Mapping[str, str]


def lines_of(file_bytes: bytes, refusal_code: str) -> tuple[tuple[str, ...], tuple[CsvRow, ...]]:
    """The header of this file, and its rows by column.

    Shape:   UTF-8, with or without a mark at its beginning. Blank lines come as empty rows, so that rows keep their
             numbers; a row with more or fewer cells than the header has the key `TORN_ROW`.
    Raises:  the refusal of that code where the bytes are too many, no UTF-8 or no CSV; nothing of it is taken.
    """
    if len(file_bytes) > LARGEST_FILE:
        raise Refusal(refusal_code, found=f"{len(file_bytes)} bytes, more than {LARGEST_FILE}")
    try:
        lines = list(csv.reader(io.StringIO(file_bytes.decode("utf-8-sig"), newline=""), strict=True))
    except UnicodeDecodeError as error:
        raise Refusal(refusal_code, found=f"bytes that are not UTF-8, from byte {error.start}") from error
    except csv.Error as error:
        raise Refusal(refusal_code, found="no CSV") from error
    header = tuple(column_name.strip() for column_name in lines[0]) if lines else ()
    return header, tuple(_as_row(header, cells) for cells in lines[1:])


def header_faults(
    header: Sequence[str], required: Sequence[str], optional: Sequence[str], file_kind: str
) -> tuple[str, ...]:
    """What is wrong with these columns. Unknown ones are named by place only, for a header can be personal."""
    known_columns = {*required, *optional}
    faults = [f"the column {column_name} is missing" for column_name in required if column_name not in header]
    faults += [
        f"column {column_number} is none of those that {file_kind} have"
        for column_number, column_name in enumerate(header, 1)
        if column_name not in known_columns
    ]
    faults += [
        f"the column {column_name} appears twice"
        for column_name in sorted(known_columns)
        if list(header).count(column_name) > 1
    ]
    return tuple(faults)


def _as_row(header: Sequence[str], cells: Sequence[str]) -> CsvRow:
    if not any(cell_text.strip() for cell_text in cells):
        return {}
    row_values = dict(zip(header, cells, strict=False))
    return row_values if len(cells) == len(header) else {**row_values, TORN_ROW: "yes"}
