"""The tables of a report read back from its files, by somebody who did not write them."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from html.parser import HTMLParser
from typing import Final
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook

TableRows = list[list[str]]
"""Rows of cells as they are printed, without marks of thousands; the names of columns first."""
LARGEST: Final = 100 * 1024 * 1024
"""How many bytes may the content of a spreadsheet come to?"""
_NO_SPREADSHEET = (CalamineError, zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, KeyError, RuntimeError)
"""By what does it show that bytes are none? An archive that is locked, or packed in a strange way, is a RuntimeError."""


def tables_of_csv(file_bytes: bytes) -> TableRows:
    """The rows of a CSV file.

    Raises:  ValueError where it is none.
    """
    try:
        return list(csv.reader(io.StringIO(file_bytes.decode("utf-8"), newline="")))
    except csv.Error as error:
        raise ValueError("no CSV") from error


def tables_of_ods(file_bytes: bytes) -> dict[str, TableRows]:
    """The tables of a spreadsheet by their captions, which stand in the first row of each sheet.

    Raises:  ValueError where it is none, or holds what no report does.
    """
    tables_by_caption = {}
    try:
        _refuse_strange_xml(file_bytes)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(file_bytes))
        for number in range(1, len(workbook.sheet_names)):
            caption, *table_rows = workbook.get_sheet_by_index(number).to_python(skip_empty_area=False)
            tables_by_caption["".join(map(str, caption[:1]))] = [
                [plain_cell(sheet_cell) for sheet_cell in sheet_row] for sheet_row in table_rows
            ]
    except _NO_SPREADSHEET as error:
        raise ValueError("no spreadsheet") from error
    return tables_by_caption


def _refuse_strange_xml(file_bytes: bytes) -> None:
    # What reads the cells goes round without end in XML that is cut short, and takes every cell that is said to be repeated.
    with zipfile.ZipFile(io.BytesIO(file_bytes)) as zip_file:
        if sum(entry.file_size for entry in zip_file.infolist()) > LARGEST:
            raise ValueError("larger than any report")
        for file_name in zip_file.namelist():
            if file_name.endswith(".xml"):
                parser = expat.ParserCreate()
                parser.StartDoctypeDeclHandler = _refuse_type
                parser.StartElementHandler = _refuse_repeats
                parser.Parse(zip_file.read(file_name), True)


def _refuse_type(*_: object) -> None:
    raise ValueError("a document type")


def _refuse_repeats(_: str, attributes: dict[str, str]) -> None:
    if any(attribute.endswith("-repeated") for attribute in attributes):
        raise ValueError("cells that are said to be repeated")


def tables_of_html(file_bytes: bytes) -> dict[str, TableRows]:
    """The tables of a page by their captions.

    Raises:  ValueError where it is none.
    """
    reader = _Reader()
    try:
        reader.feed(file_bytes.decode("utf-8"))
    except AssertionError as error:  # by which older parsers refuse what is marked in no way they know
        raise ValueError("no page") from error
    return reader.tables


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: dict[str, TableRows] = {}
        self._caption = ""
        self._rows: TableRows = []
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
            self._rows[-1].append(_number_text(self._said))
        elif tag == "table":
            self.tables[self._caption] = self._rows
        if tag in {"caption", "td", "th"}:
            self._in = ""


def plain_cell(cell_value: object) -> str:
    """A cell as text, in which 40.0 and 40 are one number."""
    return str(int(cell_value)) if isinstance(cell_value, float) and cell_value.is_integer() else str(cell_value)


def _number_text(cell_text: str) -> str:
    bare_text = cell_text.replace(",", "")
    try:
        value = float(bare_text)
    except ValueError:
        return cell_text
    return plain_cell(value)
