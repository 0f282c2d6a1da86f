"""Reads a CSV file row by row: a broken row is given back as broken and the next one is read as if nothing had been."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Collection, Iterator
from pathlib import Path

from duecare.extract.encoding import find_encoding, is_mixed, unmix_text
from duecare.extract.reading_limits import Limits
from duecare.extract.table_reader import Broken, Cells, HowRead
from duecare.vocabulary.guard import GUARD, spreadsheet_unguarded
from duecare.vocabulary.refusals import Refusal

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_MIXED = "held bytes that are not UTF-8; they were read as Windows-1252"
_TOO_LONG = "row is longer than the limit"


class Delimited:
    """A CSV file opened for reading.

    Raises:  EXT-013 when it has no header; EXT-014 for an encoding that is not read; EXT-013 while reading when more
             rows have broken quotes than the limit.
    """

    def __init__(self, file_path: Path, known_columns: Collection[str], limits: Limits) -> None:
        self._path = file_path
        self._limits = limits
        self._encoding = find_encoding(file_path)
        csv.field_size_limit(limits.record_chars)
        with self._open_text() as stream:
            text_line = stream.readline(limits.record_chars + 1)
        delimiter = _find_delimiter(text_line, known_columns)
        cells = _split_line(text_line, delimiter)
        if cells is None or not any(cell_value.strip() for cell_value in cells):
            raise Refusal("EXT-013", where=f"file {file_path.name}", found="no header that can be read in row 1")
        self._delimiter = delimiter
        self.header = tuple(cell_value.strip() for cell_value in cells)
        notes = []
        if self._encoding.name != "UTF-8":
            notes.append(f"encoding found to be {self._encoding.name}")
        if delimiter != ",":
            notes.append(f"delimiter found to be the {DELIMITERS[delimiter]}")
        self.how = HowRead("csv", self._encoding.name, DELIMITERS[delimiter], tuple(notes))

    def _open_text(self) -> io.TextIOWrapper:
        return self._path.open(encoding=self._encoding.codec, errors="surrogateescape", newline=self._encoding.newline)

    def rows(self) -> Iterator[Cells | Broken]:
        """The rows after the header, in order; blank lines are counted as rows of the sheet and passed over."""
        with self._open_text() as stream:
            lines = _Lines(stream, self._limits.record_chars)
            next(lines)
            lines.taken.clear()
            for _ in range(self._limits.broken_quotes + 1):
                try:
                    yield from self._whole_rows(lines)
                    return
                except csv.Error as error:
                    lines.row += 1
                    yield self._unsplit_row(lines.row, lines.taken[0], error)
                    lines.put_back_all_but_first()
            raise Refusal("EXT-013", where=f"file {self._path.name}", found="too many rows with broken quotes")

    def _whole_rows(self, lines: _Lines) -> Iterator[Cells | Broken]:
        """The rows up to the first that cannot be split into cells, at which csv.Error is raised."""
        width, mixed = len(self.header), self._encoding.mixed
        for cells in csv.reader(lines, delimiter=self._delimiter, strict=True):
            if cells and len(cells) != width and len(lines.taken) > 1:
                self._check_closed(lines.taken[1])
            lines.row += 1
            if GUARD in lines.taken[0] or len(lines.taken) > 1:
                cells = [spreadsheet_unguarded(cell_value) for cell_value in cells]
            if len(cells) == width:
                yield self._unmixed_cells(lines.row, cells) if mixed else Cells(lines.row, cells)
            elif cells:
                yield self._wrong_width(lines.row, [unmix_text(cell_value) for cell_value in cells])
            lines.taken.clear()

    def _check_closed(self, second_line: str) -> None:
        """A row of several lines and a wrong width, whose second line is a row by itself, has a quote not closed."""
        cells = _split_line(second_line, self._delimiter)
        if cells is not None and len(cells) == len(self.header):
            raise csv.Error("a quote that is never closed")

    def _unmixed_cells(self, row_number: int, cells: list[str]) -> Cells:
        if not any(map(is_mixed, cells)):
            return Cells(row_number, cells)
        notes = tuple(
            (column_name, _MIXED)
            for column_name, cell_value in zip(self.header, cells, strict=True)
            if is_mixed(cell_value)
        )
        return Cells(row_number, [unmix_text(cell_value) for cell_value in cells], notes)

    def _wrong_width(self, row_number: int, cells: list[str]) -> Broken:
        width = len(self.header)
        if len(cells) < width:
            column, few_or_many = self.header[len(cells)], "few"
        else:
            column, few_or_many = self.header[-1], "many"
        reason = f"row has too {few_or_many} cells: {len(cells)} where the header has {width}"
        return Broken(
            row_number,
            column,
            reason,
            "give the row one cell for each column, quoted where it holds the delimiter",
            cells,
        )

    def _unsplit_row(self, row_number: int, text_line: str, error: csv.Error) -> Broken:
        cell_text = unmix_text(text_line.rstrip("\r\n"))
        before = cell_text.partition("\r" if "new-line" in str(error) else '"')[0].count(self._delimiter)
        column = self.header[min(before, len(self.header) - 1)]
        if len(text_line) > self._limits.record_chars or "field limit" in str(error):
            return Broken(
                row_number,
                column,
                _TOO_LONG,
                f"shorten it to {self._limits.record_chars} characters or close its quotes",
                [cell_text[:1000]],
            )
        if "new-line" in str(error):
            reason, remedy = "a carriage return stands outside quotes", "quote the cell or remove the carriage return"
        else:
            reason, remedy = "a quote is not closed or stands in the wrong place", "close the quote, or write it twice"
        return Broken(row_number, column, reason, remedy, cell_text.split(self._delimiter))


class _Lines:
    """Lines of a stream that can be put back; remembers those taken since the last row, and its number."""

    def __init__(self, stream: io.TextIOWrapper, longest: int) -> None:
        self._stream = stream
        self._longest = longest
        self._back: deque[str] = deque()
        self.taken: list[str] = []
        self.row = 1

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self._back:
            text_line = self._back.popleft()
        else:
            text_line = self._stream.readline(self._longest + 1)
            if not text_line:
                raise StopIteration
            if len(text_line) > self._longest:
                rest_of_line = text_line
                while rest_of_line and rest_of_line[-1] not in "\r\n":
                    rest_of_line = self._stream.readline(self._longest)
        self.taken.append(text_line)
        if len(text_line) > self._longest:
            raise csv.Error("field larger than field limit")
        return text_line

    def put_back_all_but_first(self) -> None:
        self._back.extendleft(reversed(self.taken[1:]))
        self.taken.clear()


def _find_delimiter(text_line: str, known_columns: Collection[str]) -> str:
    """The delimiter that makes the most known columns of this header; the comma where none does better."""

    def delimiter_score(delimiter: str) -> int:
        return sum(cell_value.strip() in known_columns for cell_value in _split_line(text_line, delimiter) or ())

    return max(DELIMITERS, key=delimiter_score)


def _split_line(text_line: str, delimiter: str) -> list[str] | None:
    try:
        return next(csv.reader([text_line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return None
