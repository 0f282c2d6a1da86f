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
    "pole": {name: POLE_SHEETS[name].names for name in ("persons", "events", "ties", "cases")},
}
"""Which sheets does each source deliver, with which columns?"""

SELDOM: Final = {"cris": 6, "cad": 6}
"""Which sources are extracted only every so many times?"""


Row = list[str]


class Deliveries:
    """What has each source written by each extraction?

    Shape:   `put` lays a row into the first extraction at or after the moment it was written; `close` writes and
             forgets. A row written after the last extraction is dropped: it has not happened yet.
    """

    def __init__(self, out: Path, extractions: tuple[int, ...]) -> None:
        self.out = out
        self.extractions = extractions
        self.paths: list[Path] = []
        self.rows = 0
        self.by_sheet: dict[tuple[str, str], int] = {}
        self._open: list[dict[str, dict[str, list[Row]]] | None] = [{} for _ in extractions]
        self._texts: dict[int, list[tuple[str, str, str, int]]] = {}
        self._sequence = dict.fromkeys((*SHEETS, *sorted(XML_SOURCES)), 0)

    def put(self, source: str, sheet: str, written_at: int, row: Row) -> bool:
        """Lay down a row written at this second; False if it lies after the last extraction."""
        index = bisect_left(self.extractions, written_at)
        if index >= len(self.extractions):
            return False
        self.put_into(index, source, sheet, row)
        return True

    def put_into(self, index: int, source: str, sheet: str, row: Row) -> None:
        """Lay a row into a given extraction, however old it is; into the next still open one if that has left."""
        while (extraction := self._open[index]) is None:
            index += 1
        extraction.setdefault(source, {}).setdefault(sheet, []).append(row)

    def put_text(self, index: int, source: str, name: str, text: str, rows: int) -> None:
        """Lay a whole file of so many rows into an extraction that is still open."""
        self._texts.setdefault(index, []).append((source, name, text, rows))

    def index_of(self, written_at: int) -> int:
        """Which extraction takes what is written at this second? One past the last: none."""
        return bisect_left(self.extractions, written_at)

    def close(self, index: int) -> None:
        """Write every source's delivery of this extraction, and forget it."""
        extraction = self._open[index]
        assert extraction is not None
        self._open[index] = None
        is_last = index == len(self.extractions) - 1
        for source in SHEETS:
            sheets = extraction.get(source)
            if sheets and not is_last and (index + 1) % SELDOM.get(source, 1):
                self._put_off(index + 1, source, sheets)
            elif sheets:
                self._write(source, self.extractions[index], sheets)
        texts = self._texts.pop(index, [])
        for source in sorted({text[0] for text in texts}):
            self._write_texts(source, self.extractions[index], [text[1:] for text in texts if text[0] == source])

    def _put_off(self, index: int, source: str, sheets: dict[str, list[Row]]) -> None:
        later = self._open[index]
        assert later is not None
        held = later.setdefault(source, {})
        for sheet, rows in sheets.items():
            held[sheet] = rows + held.get(sheet, [])

    def _folder(self, source: str, at: int) -> Path:
        folder = self.out / f"{source}-{london_day_text(at)}"
        folder.mkdir(parents=True)
        self._sequence[source] += 1
        self.paths.append(folder)
        return folder

    def _write_texts(self, source: str, at: int, texts: list[tuple[str, str, int]]) -> None:
        folder = self._folder(source, at)
        files: list[dict[str, object]] = []
        for name, text, rows in texts:
            content = text.encode()
            (folder / name).write_bytes(content)
            files.append({"name": name, "sha256": hashlib.sha256(content).hexdigest(), "rows": rows})
            self.rows += rows
            self.by_sheet[source, name] = rows
        self._manifest(folder, source, at, files)

    def _write(self, source: str, at: int, sheets: dict[str, list[Row]]) -> None:
        folder = self._folder(source, at)
        files: list[dict[str, object]] = []
        for sheet, columns in SHEETS[source].items():
            rows = sheets.get(sheet)
            if not rows:
                continue
            name = f"{sheet}.csv"
            files.append({"name": name, "sha256": _write_csv(folder / name, columns, rows), "rows": len(rows)})
            self.rows += len(rows)
            self.by_sheet[source, sheet] = self.by_sheet.get((source, sheet), 0) + len(rows)
        self._manifest(folder, source, at, files)

    def _manifest(self, folder: Path, source: str, at: int, files: list[dict[str, object]]) -> None:
        manifest = {
            "source": source,
            "sequence": self._sequence[source],
            "extracted_at": utc_text(at),
            "scope": "changes",
            "files": files,
        }
        (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def _write_csv(path: Path, columns: tuple[str, ...], rows: list[Row]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    content = text.getvalue().encode()
    path.write_bytes(content)
    return hashlib.sha256(content).hexdigest()
