"""Reads the files of one delivery, in order, and sends what they say as frames; runs in the process of its own."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import orjson

from duecare.extract.csv_rows import Delimited
from duecare.extract.grouped_rows import Grouped, MixedFile
from duecare.extract.header_faults import header_faults
from duecare.extract.mapping import GROUPED, FileMap, SourceMap, load_mapping
from duecare.extract.reader_frames import write_frame
from duecare.extract.reading_limits import Limits
from duecare.extract.row_maker import Made, RowMaker, Times, mapped_maker, neutral_maker
from duecare.extract.set_aside_row_keys import keys_of
from duecare.extract.table_reader import Broken, Cells, HowRead, Table
from duecare.extract.tie_sets import TieSets, tie_row
from duecare.record.contract import POLE_SHEETS
from duecare.record.row_reader import Fault, row_reader, spoilt_fault, write_body
from duecare.vocabulary.partial_date import read_partial_date
from duecare.vocabulary.refusals import Refusal

FRAME_ROWS = 1_000
BORN_HELD = 1_000_000
BEFORE_BIRTH = "the event happened before this person was born"


class Frames:
    """Gathers versions and rows set aside, and sends them in frames of a bounded size."""

    def __init__(self, output_stream: BinaryIO) -> None:
        self._out = output_stream
        self._items: list[list[object]] = []
        self._bodies: list[bytes] = []
        self._size = 0

    def add_version(self, file_number: int, row_number: int, row_count: int, made_row: Made) -> None:
        """One version: [file, row, rows, sheet, key, version, withdrawn, notes, length of body]."""
        self._items.append(
            [
                file_number,
                row_number,
                row_count,
                made_row.sheet,
                made_row.key,
                made_row.version,
                made_row.withdrawn,
                made_row.notes,
                len(made_row.body),
            ]
        )
        self._bodies.append(made_row.body)
        self._size += len(made_row.body)
        if len(self._items) >= FRAME_ROWS or self._size > 1 << 20:
            self.send_frames()

    def add_aside(
        self,
        file_number: int,
        row_number: int,
        fault: Fault,
        original: list[tuple[str, str]],
        row_keys: list[list[str]],
    ) -> None:
        """One row set aside, with the keys that it would have had."""
        self._items.append([file_number, row_number, fault.column, fault.reason, fault.remedy, original, row_keys])
        self._size += sum(len(cell_text) for _, cell_text in original)
        if len(self._items) >= FRAME_ROWS or self._size > 1 << 20:
            self.send_frames()

    def send_frames(self) -> None:
        """Send what is gathered."""
        if self._items:
            write_frame(self._out, {"t": "rows", "rows": self._items}, self._bodies)
            self._items, self._bodies, self._size = [], [], 0


class Part(NamedTuple):
    """How rows under this header are read."""

    file: FileMap
    header: Sequence[str]
    make: RowMaker


class FileReading:
    """The files of one delivery, opened and read."""

    def __init__(self, child_job: dict[str, Any], limits: Limits, output_stream: BinaryIO) -> None:
        self._job = child_job
        self._limits = limits
        self._out = output_stream
        self._frames = Frames(output_stream)
        self._mapping: SourceMap = load_mapping(
            child_job["source"], [Path(folder) for folder in child_job["sources_dirs"]]
        )
        self._times = Times(child_job["extracted_at"], child_job["received_at"])
        self._born: dict[str, int] = {}
        self._tables: list[tuple[int, FileMap, Table]] = []
        self._grouped: list[tuple[int, Grouped]] = []

    def open(self) -> None:
        """Open every file and say how each was found.

        Raises:  EXT-007, gathering the faults of all headers; what the readers raise.
        """
        faults: list[str] = []
        how_read: list[HowRead] = []
        for file_number, (file_name, file_stem) in enumerate(self._job["files"]):
            file_path = Path(self._job["folder"]) / file_name
            if file_stem == GROUPED:
                self._grouped.append((file_number, self._open_grouped(file_path, faults)))
                how_read.append(self._grouped[-1][1].how)
                continue
            file_map = self._mapping.files[file_stem]
            table = _open_table(file_path, file_map, self._limits)
            if len(table.header) > self._limits.columns:
                raise Refusal("EXT-012", where=f"file {file_name}", found=f"more than {self._limits.columns} columns")
            faults.extend(header_faults(file_name, table.header, file_map))
            self._tables.append((file_number, file_map, table))
            how_read.append(table.how)
        if faults:
            raise Refusal("EXT-007", faults=tuple(faults[:50]))
        reports_sent = [
            [read_report.form, read_report.encoding, read_report.delimiter, list(read_report.notes)]
            for read_report in how_read
        ]
        write_frame(self._out, {"t": "open", "how": reports_sent})

    def _open_grouped(self, file_path: Path, faults: list[str]) -> Grouped:
        xml_map = self._mapping.xml
        assert xml_map is not None
        if file_path.suffix.lower() == ".xml":
            from duecare.extract.xml_rows import XmlFile

            return XmlFile(file_path, xml_map, self._limits)
        mixed = MixedFile(
            _open_table(file_path, FileMap(file_path.stem, columns=xml_map.columns), self._limits), xml_map
        )
        faults.extend(f"{file_path.name}: {fault}" for fault in mixed.faults)
        return mixed

    def read(self) -> None:
        """Read every file and send what its rows say."""
        spool = Path(self._job["spool"])
        spool.mkdir(exist_ok=True)
        has_ties = any(file_map.neutral == "ties" for _, file_map, _ in self._tables)
        tie_sets = TieSets(spool, self._times.extracted_at)
        for file_number, file_map, table in self._tables:
            if file_map.neutral == "ties":
                count = self._read_ties(file_number, table, tie_sets)
            else:
                gather = tie_sets if has_ties and file_map.neutral == "events" else None
                file_part = self._make_part(file_map, table.header)
                count = self._read_table(file_number, ((file_part, cells) for cells in table.rows()), gather)
            self._end_file(file_number, count)
        for file_number, grouped in self._grouped:
            parts: dict[str, Part] = {}
            self._end_file(file_number, self._read_table(file_number, self._by_group(grouped, parts), None))
        self._send_sets(tie_sets)
        self._frames.send_frames()
        write_frame(self._out, {"t": "done"})

    def _end_file(self, file_number: int, count: int) -> None:
        self._frames.send_frames()
        write_frame(self._out, {"t": "count", "file": file_number, "rows": count})

    def _make_part(self, file_map: FileMap, header: Sequence[str]) -> Part:
        if file_map.neutral:
            return Part(file_map, header, neutral_maker(file_map.neutral, header, self._times))
        return Part(file_map, header, mapped_maker(self._mapping, file_map, header, self._times))

    def _by_group(self, grouped: Grouped, parts: dict[str, Part]) -> Iterator[tuple[Part, Cells | Broken]]:
        for group, cells in grouped.rows():
            if group not in parts:
                file_map = self._mapping.files.get(group) or FileMap(group)
                parts[group] = self._make_part(file_map, grouped.headers[group])
            yield parts[group], cells

    def _read_table(
        self, file_number: int, table_rows: Iterable[tuple[Part, Cells | Broken]], tie_sets: TieSets | None
    ) -> int:
        count = 0
        for file_part, cells in table_rows:
            count += 1
            if type(cells) is Broken:
                self._set_broken_aside(file_number, file_part.header, cells)
                continue
            assert isinstance(cells, Cells)
            made_rows = file_part.make(cells.texts)
            if type(made_rows) is Fault:
                self._set_aside(file_number, file_part, cells, made_rows)
                continue
            assert isinstance(made_rows, list)
            weight = 1
            for made_row in made_rows:
                if cells.notes:
                    made_row = made_row._replace(notes=(*made_row.notes, *cells.notes)) if weight else made_row
                if made_row.sheet == "persons":
                    self._note_born(made_row)
                elif made_row.sheet == "ties" and self._born:
                    made_row = self._before_birth(made_row, made_rows)
                elif tie_sets is not None and not made_row.withdrawn:
                    tie_sets.add_event(
                        made_row.key, made_row.version, _happened_text(made_row.body), file_number, cells.row
                    )
                self._frames.add_version(file_number, cells.row, weight, made_row)
                weight = 0
        return count

    def _read_ties(self, file_number: int, table: Table, tie_sets: TieSets) -> int:
        header = table.header
        file_part = Part(self._mapping.files["ties"], header, lambda _ignored_row: [])
        # Its own time of writing only: the set falls back on the extract's once all of its rows are known.
        read_row = row_reader(POLE_SHEETS["ties"], header, extracted_at=None, received_at=self._times.received_at)
        record = header.index("record_id")
        count = 0
        for cells in table.rows():
            count += 1
            if type(cells) is Broken:
                self._set_broken_aside(file_number, header, cells)
                continue
            assert isinstance(cells, Cells)
            fault = spoilt_fault(header, cells.texts)
            tie_row_read = fault or tie_row(
                read_row(cells.texts), file_number, cells.row, self._mapping.source, cells.texts[record].strip()
            )
            if isinstance(tie_row_read, Fault):
                self._set_aside(file_number, file_part, cells, tie_row_read)
            else:
                tie_sets.add_tie(tie_row_read._replace(notes=(*tie_row_read.notes, *cells.notes)))
        return count

    def _send_sets(self, tie_sets: TieSets) -> None:
        for tie_set in tie_sets.event_sets():
            notes = tie_set.notes
            if tie_set.happened and self._born:
                notes = (*notes, *self._born_after(tie_set.happened, tie_set.where))
            body_bytes = write_body({"ties": tie_set.ties} if tie_set.ties else {}) or b"{}"
            made_row = Made("ties", tie_set.event, tie_set.version, False, body_bytes, tuple(dict.fromkeys(notes)))
            self._frames.add_version(tie_set.file, tie_set.row, tie_set.rows, made_row)

    def _set_broken_aside(self, file_number: int, header: Sequence[str], cells: Broken) -> None:
        names = [*header, *("" for _ in cells.texts[len(header) :])]
        original = [
            (column_name, _clean_text(cell_text)) for column_name, cell_text in zip(names, cells.texts, strict=False)
        ]
        self._frames.add_aside(file_number, cells.row, Fault(cells.column, cells.reason, cells.remedy), original, [])

    def _set_aside(self, file_number: int, file_part: Part, cells: Cells, fault: Fault) -> None:
        original = [
            (column_name, _clean_text(cell_text))
            for column_name, cell_text in zip(file_part.header, cells.texts, strict=True)
        ]
        self._frames.add_aside(
            file_number, cells.row, fault, original, keys_of(file_part.file, file_part.header, cells.texts)
        )

    def _note_born(self, made_row: Made) -> None:
        if made_row.withdrawn or b'"date_of_birth":"' not in made_row.body or len(self._born) >= BORN_HELD:
            return
        if (cell_text := orjson.loads(made_row.body).get("date_of_birth")) is not None:
            self._born[made_row.key] = read_partial_date(cell_text).earliest.toordinal()

    def _before_birth(self, tie_version: Made, made_rows: Sequence[Made]) -> Made:
        event = next(
            (made_row for made_row in made_rows if made_row.sheet == "events" and made_row.key == tie_version.key), None
        )
        if event is None:
            return tie_version
        where = [(0, source, record) for source, record, _ in orjson.loads(tie_version.body).get("ties", ())]
        notes = tuple(self._born_after(_happened_text(event.body), where))
        return tie_version._replace(notes=(*tie_version.notes, *notes)) if notes else tie_version

    def _born_after(self, happened: str, where: Sequence[tuple[int, str, str]]) -> Iterator[tuple[str, str]]:
        event_day = date.fromisoformat(happened[:10]).toordinal()
        for row_number, source, record in where:
            if source == self._mapping.source and self._born.get(record, 0) > event_day + 1:
                yield "record_id", f"row {row_number}: {BEFORE_BIRTH}" if row_number else BEFORE_BIRTH


def _open_table(file_path: Path, file_map: FileMap, limits: Limits) -> Table:
    if file_path.suffix == ".csv":
        return Delimited(file_path, file_map.columns, limits)
    if file_path.suffix == ".parquet":
        os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
        from duecare.extract.parquet_rows import Columnar

        return Columnar(file_path, limits)
    from duecare.extract.xlsx_rows import Workbook

    return Workbook(file_path, file_map.stem, limits)


def _happened_text(body_bytes: bytes) -> str:
    start = body_bytes.rindex(b'"happened_at":"') + 15
    return body_bytes[start : body_bytes.index(b'"', start)].decode()


def _clean_text(cell_text: str) -> str:
    """The text as it can be kept: half a surrogate pair stands for a byte that could not be read."""
    return cell_text if cell_text.isascii() else cell_text.encode("utf-8", "replace").decode("utf-8")
