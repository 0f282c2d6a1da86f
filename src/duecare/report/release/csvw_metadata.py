"""Released tables as CSV, with the metadata by which a program reads them: CSV on the Web."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any, Final

from duecare.report.draft_report import LABEL, Column
from duecare.report.release.printed_marks import HIDDEN, MARKS, NOT_KNOWN
from duecare.report.release.released_figures import Released, ReleasedTable
from duecare.report.release.released_paper import cell_of
from duecare.vocabulary.guard import spreadsheet_guarded

METADATA: Final = "csv-metadata.json"
"""Where a program looks for the metadata of the CSV files of a folder."""
CONTEXT: Final = "http://www.w3.org/ns/csvw"


def csv_of(table: ReleasedTable) -> bytes:
    """The table as CSV: a line of names, then its rows; a mark where a number is not shown.

    Source:  RFC 4180; UTF-8 without a mark at its head.
    """
    buffer = io.StringIO()
    write = csv.writer(buffer, lineterminator="\r\n")
    write.writerow([column.title for column in table.columns])
    for table_row in table.rows:
        write.writerow([_cell_text(cell_of(released_cell)) for released_cell in table_row])
    return buffer.getvalue().encode()


def metadata_of(released: Released, publisher: str) -> bytes:
    """The content of each CSV file of this release: its columns, their kinds, and what stands for no number.

    Source:  W3C, Metadata Vocabulary for Tabular Data, Recommendation of 17 December 2015.
    """
    metadata: dict[str, Any] = {
        "@context": [CONTEXT, {"@language": "en"}],
        "dc:title": released.title,
        "dc:description": released.notice,
        "dc:publisher": publisher,
        "dc:language": "en-GB",
        "dc:license": {"@id": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"},
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "rdfs:comment": [f"{mark_text}: {words}" for mark_text, words in MARKS.items()],
        "tables": [_described_table(table) for table in released.tables()],
    }
    return (json.dumps(metadata, indent=2, ensure_ascii=False) + "\n").encode()


def _described_table(table: ReleasedTable) -> dict[str, Any]:
    labels = [column.name for column in table.columns if column.kind == LABEL]
    schema: dict[str, Any] = {"columns": [_described_column(column) for column in table.columns]}
    if labels and _tells_apart(table, labels):
        schema["primaryKey"] = labels if len(labels) > 1 else labels[0]
    return {"url": f"{table.id}.csv", "dc:title": table.caption, "tableSchema": schema}


def _described_column(column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {"name": column.name, "titles": column.title}
    if column.kind == LABEL:
        return {**described, "datatype": "string", "required": True}
    datatype_name = "integer" if column.kind == "count" else "decimal"
    return {**described, "datatype": datatype_name, "null": [HIDDEN, NOT_KNOWN]}


def _tells_apart(table: ReleasedTable, labels: Sequence[str]) -> bool:
    places = [number for number, column in enumerate(table.columns) if column.name in labels]
    row_keys = [tuple(table_row[place] for place in places) for table_row in table.rows]
    return len(set(row_keys)) == len(row_keys)


def _cell_text(value: str | int | float) -> str:
    if isinstance(value, float):
        return f"{value:.1f}"
    return str(value) if isinstance(value, int) else spreadsheet_guarded(value)
