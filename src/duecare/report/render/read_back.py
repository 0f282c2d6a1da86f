"""The tables of a report as its files hold them, read back by somebody who did not write them."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from html.parser import HTMLParser
from typing import Final
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook

Rows = list[list[str]]
"""Rows of cells as they are printed, without marks of thousands; the names of columns first."""
LARGEST: Final = 100 * 1024 * 1024
"""How many bytes may the content of a spreadsheet come to?"""
_NO_SPREADSHEET = (CalamineError, zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, KeyError, RuntimeError)
"""By what does it show that bytes are none? An archive that is locked, or packed in a strange way, is a RuntimeError."""


def tables_of_csv(held: bytes) -> Rows:
    """The rows of a CSV file.

    Raises:  ValueError where it is none.
    """
    try:
        return list(csv.reader(io.StringIO(held.decode("utf-8"), newline="")))
    except csv.Error as wrong:
        raise ValueError("no CSV") from wrong


def tables_of_ods(held: bytes) -> dict[str, Rows]:
    """The tables of a spreadsheet by their captions, which stand in the first row of each sheet.

    Raises:  ValueError where it is none, or holds what no report does.
    """
    found = {}
    try:
        _refuse_strange_xml(held)
        book = CalamineWorkbook.from_filelike(io.BytesIO(held))
        for number in range(1, len(book.sheet_names)):
            caption, *rows = book.get_sheet_by_index(number).to_python(skip_empty_area=False)
            found["".join(map(str, caption[:1]))] = [[plain(cell) for cell in row] for row in rows]
    except _NO_SPREADSHEET as wrong:
        raise ValueError("no spreadsheet") from wrong
    return found


def _refuse_strange_xml(held: bytes) -> None:
    # What reads the cells goes round without end in XML that is cut short, and takes every cell that is said to be repeated.
    with zipfile.ZipFile(io.BytesIO(held)) as box:
        if sum(entry.file_size for entry in box.infolist()) > LARGEST:
            raise ValueError("larger than any report")
        for name in box.namelist():
            if name.endswith(".xml"):
                parser = expat.ParserCreate()
                parser.StartDoctypeDeclHandler = _refuse_type
                parser.StartElementHandler = _refuse_repeats
                parser.Parse(box.read(name), True)


def _refuse_type(*_: object) -> None:
    raise ValueError("a document type")


def _refuse_repeats(_: str, attributes: dict[str, str]) -> None:
    if any(name.endswith("-repeated") for name in attributes):
        raise ValueError("cells that are said to be repeated")


def tables_of_html(held: bytes) -> dict[str, Rows]:
    """The tables of a page by their captions.

    Raises:  ValueError where it is none.
    """
    reader = _Reader()
    try:
        reader.feed(held.decode("utf-8"))
    except AssertionError as wrong:  # by which older parsers refuse what is marked in no way they know
        raise ValueError("no page") from wrong
    return reader.tables


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: dict[str, Rows] = {}
        self._caption = ""
        self._rows: Rows = []
        self._in = ""
        self._said = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._rows.append([])
        if tag in {"caption", "td", "th"}:
            self._in, self._said = ("" if ("class", "bar") in attrs else tag), ""

    def handle_data(self, data: str) -> None:
        self._said += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "caption":
            self._caption, self._rows = self._said, []
        elif tag in {"td", "th"} and self._in == tag and self._rows:
            self._rows[-1].append(_number(self._said))
        elif tag == "table":
            self.tables[self._caption] = self._rows
        if tag in {"caption", "td", "th"}:
            self._in = ""


def plain(cell: object) -> str:
    """A cell as text, in which 40.0 and 40 are one number."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _number(said: str) -> str:
    bare = said.replace(",", "")
    try:
        value = float(bare)
    except ValueError:
        return said
    return plain(value)
