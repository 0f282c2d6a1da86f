"""Reads the files of one delivery, in order, and sends what they say as frames; runs in the process of its own."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import orjson

from duecare.extract.delimited import Delimited
from duecare.extract.frames import write_frame
from duecare.extract.grouped import Grouped, MixedFile
from duecare.extract.header import header_faults
from duecare.extract.kinds import Broken, Cells, HowRead, Table
from duecare.extract.limits import Limits
from duecare.extract.mapping import GROUPED, FileMap, SourceMap, load_mapping
from duecare.extract.row_keys import keys_of
from duecare.extract.row_maker import Made, RowMaker, Times, mapped_maker, neutral_maker
from duecare.extract.tie_sets import TieSets, tie_row
from duecare.record.contract import POLE_SHEETS
from duecare.record.read import Fault, row_reader, spoilt_fault, write_body
from duecare.vocabulary.partial import read_partial_date
from duecare.vocabulary.refusals import Refusal

FRAME_ROWS = 1_000
BORN_HELD = 1_000_000
BEFORE_BIRTH = "the event happened before this person was born"


class Frames:
    """Gathers versions and rows set aside, and sends them in frames of a bounded size."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._items: list[list[object]] = []
        self._bodies: list[bytes] = []
        self._size = 0

    def version(self, file: int, row: int, rows: int, made: Made) -> None:
        """One version: [file, row, rows, sheet, key, version, withdrawn, notes, length of body]."""
        self._items.append(
            [file, row, rows, made.sheet, made.key, made.version, made.withdrawn, made.notes, len(made.body)]
        )
        self._bodies.append(made.body)
        self._size += len(made.body)
        if len(self._items) >= FRAME_ROWS or self._size > 1 << 20:
            self.send()

    def aside(self, file: int, row: int, fault: Fault, original: list[tuple[str, str]], keys: list[list[str]]) -> None:
        """One row set aside, with the keys that it would have had."""
        self._items.append([file, row, fault.column, fault.reason, fault.remedy, original, keys])
        self._size += sum(len(text) for _, text in original)
        if len(self._items) >= FRAME_ROWS or self._size > 1 << 20:
            self.send()

    def send(self) -> None:
        """Send what is gathered."""
        if self._items:
            write_frame(self._out, {"t": "rows", "rows": self._items}, self._bodies)
            self._items, self._bodies, self._size = [], [], 0


class Part(NamedTuple):
    """How are rows under this header read?"""

    file: FileMap
    header: Sequence[str]
    make: RowMaker


class Reading:
    """The files of one delivery, opened and read."""

    def __init__(self, job: dict[str, Any], limits: Limits, out: BinaryIO) -> None:
        self._job = job
        self._limits = limits
        self._out = out
        self._frames = Frames(out)
        self._mapping: SourceMap = load_mapping(job["source"], [Path(folder) for folder in job["sources_dirs"]])
        self._times = Times(job["extracted_at"], job["received_at"])
        self._born: dict[str, int] = {}
        self._tables: list[tuple[int, FileMap, Table]] = []
        self._grouped: list[tuple[int, Grouped]] = []

    def open(self) -> None:
        """Open every file and say how each was found.

        Raises:  EXT-007, gathering the faults of all headers; what the readers raise.
        """
        faults: list[str] = []
        how: list[HowRead] = []
        for i, (name, stem) in enumerate(self._job["files"]):
            path = Path(self._job["folder"]) / name
            if stem == GROUPED:
                self._grouped.append((i, self._open_grouped(path, faults)))
                how.append(self._grouped[-1][1].how)
                continue
            file = self._mapping.files[stem]
            table = _open(path, file, self._limits)
            if len(table.header) > self._limits.columns:
                raise Refusal("EXT-012", where=f"file {name}", found=f"more than {self._limits.columns} columns")
            faults.extend(header_faults(name, table.header, file))
            self._tables.append((i, file, table))
            how.append(table.how)
        if faults:
            raise Refusal("EXT-007", faults=tuple(faults[:50]))
        told = [[one.form, one.encoding, one.delimiter, list(one.notes)] for one in how]
        write_frame(self._out, {"t": "open", "how": told})

    def _open_grouped(self, path: Path, faults: list[str]) -> Grouped:
        xml = self._mapping.xml
        assert xml is not None
        if path.suffix.lower() == ".xml":
            from duecare.extract.xml_rows import XmlFile

            return XmlFile(path, xml, self._limits)
        mixed = MixedFile(_open(path, FileMap(path.stem, columns=xml.columns), self._limits), xml)
        faults.extend(f"{path.name}: {fault}" for fault in mixed.faults)
        return mixed

    def read(self) -> None:
        """Read every file and send what its rows say."""
        spool = Path(self._job["spool"])
        spool.mkdir(exist_ok=True)
        has_ties = any(file.neutral == "ties" for _, file, _ in self._tables)
        sets = TieSets(spool, self._times.extracted_at)
        for i, file, table in self._tables:
            if file.neutral == "ties":
                count = self._read_ties(i, table, sets)
            else:
                gather = sets if has_ties and file.neutral == "events" else None
                part = self._part(file, table.header)
                count = self._read(i, ((part, cells) for cells in table.rows()), gather)
            self._end_file(i, count)
        for i, grouped in self._grouped:
            parts: dict[str, Part] = {}
            self._end_file(i, self._read(i, self._by_group(grouped, parts), None))
        self._send_sets(sets)
        self._frames.send()
        write_frame(self._out, {"t": "done"})

    def _end_file(self, i: int, count: int) -> None:
        self._frames.send()
        write_frame(self._out, {"t": "count", "file": i, "rows": count})

    def _part(self, file: FileMap, header: Sequence[str]) -> Part:
        if file.neutral:
            return Part(file, header, neutral_maker(file.neutral, header, self._times))
        return Part(file, header, mapped_maker(self._mapping, file, header, self._times))

    def _by_group(self, grouped: Grouped, parts: dict[str, Part]) -> Iterator[tuple[Part, Cells | Broken]]:
        for group, cells in grouped.rows():
            if group not in parts:
                file = self._mapping.files.get(group) or FileMap(group)
                parts[group] = self._part(file, grouped.headers[group])
            yield parts[group], cells

    def _read(self, i: int, rows: Iterable[tuple[Part, Cells | Broken]], sets: TieSets | None) -> int:
        count = 0
        for part, cells in rows:
            count += 1
            if type(cells) is Broken:
                self._broken(i, part.header, cells)
                continue
            assert isinstance(cells, Cells)
            made = part.make(cells.texts)
            if type(made) is Fault:
                self._aside(i, part, cells, made)
                continue
            assert isinstance(made, list)
            weight = 1
            for one in made:
                if cells.notes:
                    one = one._replace(notes=(*one.notes, *cells.notes)) if weight else one
                if one.sheet == "persons":
                    self._note_born(one)
                elif one.sheet == "ties" and self._born:
                    one = self._before_birth(one, made)
                elif sets is not None and not one.withdrawn:
                    sets.add_event(one.key, one.version, _happened(one.body), i, cells.row)
                self._frames.version(i, cells.row, weight, one)
                weight = 0
        return count

    def _read_ties(self, i: int, table: Table, sets: TieSets) -> int:
        header = table.header
        part = Part(self._mapping.files["ties"], header, lambda _row: [])
        # Its own time of writing only: the set falls back on the extract's once all of its rows are known.
        read = row_reader(POLE_SHEETS["ties"], header, extracted_at=None, received_at=self._times.received_at)
        record = header.index("record_id")
        count = 0
        for cells in table.rows():
            count += 1
            if type(cells) is Broken:
                self._broken(i, header, cells)
                continue
            assert isinstance(cells, Cells)
            fault = spoilt_fault(header, cells.texts)
            tie = fault or tie_row(read(cells.texts), i, cells.row, self._mapping.source, cells.texts[record].strip())
            if isinstance(tie, Fault):
                self._aside(i, part, cells, tie)
            else:
                sets.add_tie(tie._replace(notes=(*tie.notes, *cells.notes)))
        return count

    def _send_sets(self, sets: TieSets) -> None:
        for one in sets.sets():
            notes = one.notes
            if one.happened and self._born:
                notes = (*notes, *self._born_after(one.happened, one.where))
            body = write_body({"ties": one.ties} if one.ties else {}) or b"{}"
            made = Made("ties", one.event, one.version, False, body, tuple(dict.fromkeys(notes)))
            self._frames.version(one.file, one.row, one.rows, made)

    def _broken(self, i: int, header: Sequence[str], cells: Broken) -> None:
        names = [*header, *("" for _ in cells.texts[len(header) :])]
        original = [(name, _clean(text)) for name, text in zip(names, cells.texts, strict=False)]
        self._frames.aside(i, cells.row, Fault(cells.column, cells.reason, cells.remedy), original, [])

    def _aside(self, i: int, part: Part, cells: Cells, fault: Fault) -> None:
        original = [(name, _clean(text)) for name, text in zip(part.header, cells.texts, strict=True)]
        self._frames.aside(i, cells.row, fault, original, keys_of(part.file, part.header, cells.texts))

    def _note_born(self, one: Made) -> None:
        if one.withdrawn or b'"date_of_birth":"' not in one.body or len(self._born) >= BORN_HELD:
            return
        if (text := orjson.loads(one.body).get("date_of_birth")) is not None:
            self._born[one.key] = read_partial_date(text).earliest.toordinal()

    def _before_birth(self, ties: Made, made: Sequence[Made]) -> Made:
        event = next((one for one in made if one.sheet == "events" and one.key == ties.key), None)
        if event is None:
            return ties
        where = [(0, source, record) for source, record, _ in orjson.loads(ties.body).get("ties", ())]
        notes = tuple(self._born_after(_happened(event.body), where))
        return ties._replace(notes=(*ties.notes, *notes)) if notes else ties

    def _born_after(self, happened: str, where: Sequence[tuple[int, str, str]]) -> Iterator[tuple[str, str]]:
        day = date.fromisoformat(happened[:10]).toordinal()
        for row, source, record in where:
            if source == self._mapping.source and self._born.get(record, 0) > day + 1:
                yield "record_id", f"row {row}: {BEFORE_BIRTH}" if row else BEFORE_BIRTH


def _open(path: Path, file: FileMap, limits: Limits) -> Table:
    if path.suffix == ".csv":
        return Delimited(path, file.columns, limits)
    if path.suffix == ".parquet":
        os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
        from duecare.extract.columnar import Columnar

        return Columnar(path, limits)
    from duecare.extract.workbook import Workbook

    return Workbook(path, file.stem, limits)


def _happened(body: bytes) -> str:
    start = body.rindex(b'"happened_at":"') + 15
    return body[start : body.index(b'"', start)].decode()


def _clean(text: str) -> str:
    """The text as it can be kept: half a surrogate pair stands for a byte that could not be read."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
