"""Deliveries as they leave the made-up force's systems: gathered by source and moment of extraction, then written."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from bisect import bisect_left
from pathlib import Path
from typing import Final

from duecare.record.contract import POLE_SHEETS
from duecare.record.layouts import LAYOUTS, XML_SOURCES
from duecare.synthetic.clock import london_day_text, utc_text

SHEETS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    **{
        source: {layout.file: layout.columns for layout in layouts}
        for source, layouts in LAYOUTS.items()
        if source not in XML_SOURCES
    },
    "pole": {sheet_name: POLE_SHEETS[sheet_name].names for sheet_name in ("persons", "events", "ties", "cases")},
}
"""Which sheets does each source deliver, with which columns?"""

RARELY: Final = {"cris": 6, "cad": 6}
"""Which sources are extracted only every so many times?"""


SheetRow = list[str]


class Deliveries:
    """The rows each source has written by each extraction.

    Shape:   `put` lays a row into the first extraction at or after the moment it was written; `close` writes and
             forgets. A row written after the last extraction is dropped: it has not happened yet.
    """

    def __init__(self, output_folder: Path, extractions: tuple[int, ...]) -> None:
        self.out = output_folder
        self.extractions = extractions
        self.paths: list[Path] = []
        self.rows = 0
        self.by_sheet: dict[tuple[str, str], int] = {}
        self._open: list[dict[str, dict[str, list[SheetRow]]] | None] = [{} for _ in extractions]
        self._texts: dict[int, list[tuple[str, str, str, int]]] = {}
        self._sequence = dict.fromkeys((*SHEETS, *sorted(XML_SOURCES)), 0)

    def put(self, source: str, sheet: str, written_at: int, sheet_row: SheetRow) -> bool:
        """Lay down a row written at this second; False if it lies after the last extraction."""
        index = bisect_left(self.extractions, written_at)
        if index >= len(self.extractions):
            return False
        self.put_into(index, source, sheet, sheet_row)
        return True

    def put_into(self, index: int, source: str, sheet: str, sheet_row: SheetRow) -> None:
        """Lay a row into a given extraction, however old it is; into the next still open one if that has left."""
        while (extraction := self._open[index]) is None:
            index += 1
        extraction.setdefault(source, {}).setdefault(sheet, []).append(sheet_row)

    def put_text(self, index: int, source: str, file_name: str, file_text: str, row_count: int) -> None:
        """Put a whole file of so many rows into an extraction that is still open."""
        self._texts.setdefault(index, []).append((source, file_name, file_text, row_count))

    def index_of(self, written_at: int) -> int:
        """The extraction that takes what is written at this second; one past the last: none."""
        return bisect_left(self.extractions, written_at)

    def close(self, index: int) -> None:
        """Write every source's delivery of this extraction, and forget it."""
        extraction = self._open[index]
        assert extraction is not None
        self._open[index] = None
        is_last = index == len(self.extractions) - 1
        for source in SHEETS:
            sheets = extraction.get(source)
            if sheets and not is_last and (index + 1) % RARELY.get(source, 1):
                self._put_off(index + 1, source, sheets)
            elif sheets:
                self._write(source, self.extractions[index], sheets)
        texts = self._texts.pop(index, [])
        for source in sorted({source_text[0] for source_text in texts}):
            self._write_texts(
                source, self.extractions[index], [source_text[1:] for source_text in texts if source_text[0] == source]
            )

    def _put_off(self, index: int, source: str, sheets: dict[str, list[SheetRow]]) -> None:
        later = self._open[index]
        assert later is not None
        held_sheets = later.setdefault(source, {})
        for sheet, sheet_rows in sheets.items():
            held_sheets[sheet] = sheet_rows + held_sheets.get(sheet, [])

    def _folder(self, source: str, extracted_at: int) -> Path:
        folder = self.out / f"{source}-{london_day_text(extracted_at)}"
        folder.mkdir(parents=True)
        self._sequence[source] += 1
        self.paths.append(folder)
        return folder

    def _write_texts(self, source: str, extracted_at: int, texts: list[tuple[str, str, int]]) -> None:
        folder = self._folder(source, extracted_at)
        files: list[dict[str, object]] = []
        for file_name, file_text, row_count in texts:
            content = file_text.encode()
            (folder / file_name).write_bytes(content)
            files.append({"name": file_name, "sha256": hashlib.sha256(content).hexdigest(), "rows": row_count})
            self.rows += row_count
            self.by_sheet[source, file_name] = row_count
        self._manifest(folder, source, extracted_at, files)

    def _write(self, source: str, extracted_at: int, sheets: dict[str, list[SheetRow]]) -> None:
        folder = self._folder(source, extracted_at)
        files: list[dict[str, object]] = []
        for sheet, columns in SHEETS[source].items():
            sheet_rows = sheets.get(sheet)
            if not sheet_rows:
                continue
            file_name = f"{sheet}.csv"
            files.append(
                {
                    "name": file_name,
                    "sha256": _write_csv(folder / file_name, columns, sheet_rows),
                    "rows": len(sheet_rows),
                }
            )
            self.rows += len(sheet_rows)
            self.by_sheet[source, sheet] = self.by_sheet.get((source, sheet), 0) + len(sheet_rows)
        self._manifest(folder, source, extracted_at, files)

    def _manifest(self, folder: Path, source: str, extracted_at: int, files: list[dict[str, object]]) -> None:
        manifest = {
            "source": source,
            "sequence": self._sequence[source],
            "extracted_at": utc_text(extracted_at),
            "scope": "changes",
            "files": files,
        }
        (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def _write_csv(file_path: Path, columns: tuple[str, ...], sheet_rows: list[SheetRow]) -> str:
    csv_text = io.StringIO()
    writer = csv.writer(csv_text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(sheet_rows)
    content = csv_text.getvalue().encode()
    file_path.write_bytes(content)
    return hashlib.sha256(content).hexdigest()
