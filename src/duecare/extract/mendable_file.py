"""Writes the rows of a delivery that were set aside as a file that can be corrected and received again."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence

from duecare.record.version import SetAside
from duecare.vocabulary.guard import spreadsheet_guarded

HeldTies = Callable[[str], Sequence[tuple[str, str, str]]]


def write_mendable(asides: Iterable[SetAside], held_ties: HeldTies | None = None) -> str:
    """The rows of one file that were set aside, as CSV with the columns of that file.

    Shape:   the same columns and nothing else; every cell is quoted, since Python 3.11's csv writer leaves a bare
             carriage return unquoted. A cell that a spreadsheet would take for a formula is guarded by an apostrophe,
             which receiving takes off again. Cells beyond the header of a row too long are joined to its last cell.
             `held_ties` gives, for an event's id, the ties held of it as (source, record_id, role): a set of ties is
             replaced whole, so they are written beside the row to be corrected, and `written_at` is left empty so that
             the corrected set counts as written when it is received.
    """
    rows_aside = list(asides)
    columns = list(
        dict.fromkeys(column_name for row_aside in rows_aside for column_name, _ in row_aside.original if column_name)
    )
    is_ties = {"event_id", "record_id", "role"} <= set(columns)
    if is_ties and held_ties is not None and "source" not in columns:
        columns.append("source")
    text_output = io.StringIO(newline="")
    writer = csv.writer(text_output, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    events: dict[str, None] = {}
    for row_aside in rows_aside:
        cells = _row_cells(row_aside, columns)
        if is_ties:
            events[cells["event_id"]] = None
            if "written_at" in cells:
                cells["written_at"] = ""
        writer.writerow([spreadsheet_guarded(cells[column_name]) for column_name in columns])
    if is_ties and held_ties is not None:
        for event in events:
            for source, record, tie_role in held_ties(event):
                known_values = {"event_id": event, "record_id": record, "role": tie_role, "source": source}
                writer.writerow([spreadsheet_guarded(known_values.get(column_name, "")) for column_name in columns])
    return text_output.getvalue()


def _row_cells(row_aside: SetAside, columns: Sequence[str]) -> dict[str, str]:
    cells = dict.fromkeys(columns, "")
    last_column = columns[0] if columns else ""
    for column_name, cell_text in row_aside.original:
        if column_name:
            last_column = column_name
            cells[column_name] = cell_text
        elif columns:
            cells[last_column] = f"{cells[last_column]},{cell_text}"
    return cells
