"""Writes the rows of a delivery that were set aside as a file that can be mended and received again."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence

from duecare.record.version import SetAside
from duecare.vocabulary.guard import spreadsheet_guarded

Held = Callable[[str], Sequence[tuple[str, str, str]]]


def write_mendable(asides: Iterable[SetAside], held_ties: Held | None = None) -> str:
    """The rows of one file that were set aside, as CSV with the columns of that file.

    Shape:   the same columns and nothing else; every cell is quoted, since Python 3.11's csv writer leaves a bare
             carriage return unquoted. A cell that a spreadsheet would take for a formula is guarded by an apostrophe,
             which receiving takes off again. Cells beyond the header of a row too long are joined to its last cell.
             `held_ties` gives, for an event's id, the ties held of it as (source, record_id, role): a set of ties is
             replaced whole, so they are written beside the row to be mended, and `written_at` is left empty so that
             the mended set counts as written when it is received.
    """
    rows = list(asides)
    columns = list(dict.fromkeys(name for row in rows for name, _ in row.original if name))
    is_ties = {"event_id", "record_id", "role"} <= set(columns)
    if is_ties and held_ties is not None and "source" not in columns:
        columns.append("source")
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    events: dict[str, None] = {}
    for row in rows:
        cells = _cells(row, columns)
        if is_ties:
            events[cells["event_id"]] = None
            if "written_at" in cells:
                cells["written_at"] = ""
        writer.writerow([spreadsheet_guarded(cells[name]) for name in columns])
    if is_ties and held_ties is not None:
        for event in events:
            for source, record, role in held_ties(event):
                known = {"event_id": event, "record_id": record, "role": role, "source": source}
                writer.writerow([spreadsheet_guarded(known.get(name, "")) for name in columns])
    return out.getvalue()


def _cells(row: SetAside, columns: Sequence[str]) -> dict[str, str]:
    cells = dict.fromkeys(columns, "")
    last = columns[0] if columns else ""
    for name, text in row.original:
        if name:
            last = name
            cells[name] = text
        elif columns:
            cells[last] = f"{cells[last]},{text}"
    return cells
