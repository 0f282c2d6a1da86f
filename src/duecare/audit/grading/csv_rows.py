"""A CSV file of an audit as rows, whatever its columns: the same limits and refusals for every kind of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Final

from duecare.vocabulary.refusals import Refusal

LARGEST_FILE: Final = 5_000_000
TORN: Final = "\0torn"

Row = Mapping[str, str]


def lines_of(held: bytes, code: str) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """The header of this file, and its rows by column.

    Shape:   UTF-8, with or without a mark at its beginning. Blank lines come as empty rows, so that rows keep their
             numbers; a row with more or fewer cells than the header has the key `TORN`.
    Raises:  the refusal of that code where the bytes are too many, no UTF-8 or no CSV; nothing of it is taken.
    """
    if len(held) > LARGEST_FILE:
        raise Refusal(code, found=f"{len(held)} bytes, more than {LARGEST_FILE}")
    try:
        lines = list(csv.reader(io.StringIO(held.decode("utf-8-sig"), newline=""), strict=True))
    except UnicodeDecodeError as wrong:
        raise Refusal(code, found=f"bytes that are not UTF-8, from byte {wrong.start}") from wrong
    except csv.Error as wrong:
        raise Refusal(code, found="no CSV") from wrong
    header = tuple(name.strip() for name in lines[0]) if lines else ()
    return header, tuple(_as_row(header, cells) for cells in lines[1:])


def header_faults(
    header: Sequence[str], required: Sequence[str], optional: Sequence[str], kind: str
) -> tuple[str, ...]:
    """What is wrong with these columns? Those that nobody knows are told by their place, for a header can be personal."""
    known = {*required, *optional}
    faults = [f"the column {name} is missing" for name in required if name not in header]
    faults += [
        f"column {at} is none of those that {kind} have" for at, name in enumerate(header, 1) if name not in known
    ]
    faults += [f"the column {name} stands there twice" for name in sorted(known) if list(header).count(name) > 1]
    return tuple(faults)


def _as_row(header: Sequence[str], cells: Sequence[str]) -> Row:
    if not any(cell.strip() for cell in cells):
        return {}
    row = dict(zip(header, cells, strict=False))
    return row if len(cells) == len(header) else {**row, TORN: "yes"}
