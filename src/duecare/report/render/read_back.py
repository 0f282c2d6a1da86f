"""The tables of a report as its files hold them, read back by somebody who did not write them."""

from __future__ import annotations

import csv
import io
from html.parser import HTMLParser

from python_calamine import CalamineWorkbook

Rows = list[list[str]]
"""Rows of cells as they are printed, without marks of thousands; the names of columns first."""


def tables_of_csv(held: bytes) -> Rows:
    """The rows of a CSV file."""
    return list(csv.reader(io.StringIO(held.decode("utf-8"), newline="")))


def tables_of_ods(held: bytes) -> dict[str, Rows]:
    """The tables of a spreadsheet by their captions, which stand in the first row of each sheet."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(held))
    found = {}
    for number in range(1, len(book.sheet_names)):
        rows = book.get_sheet_by_index(number).to_python(skip_empty_area=False)
        caption, *rest = rows
        found[str(caption[0])] = [[_plain(cell) for cell in row] for row in rest]
    return found


def tables_of_html(held: bytes) -> dict[str, Rows]:
    """The tables of a page by their captions."""
    reader = _Reader()
    reader.feed(held.decode("utf-8"))
    return reader.tables


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: dict[str, Rows] = {}
        self.text = ""
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
        elif tag in {"td", "th"} and self._in == tag:
            self._rows[-1].append(_number(self._said))
        elif tag == "table":
            self.tables[self._caption] = self._rows
        if tag in {"caption", "td", "th"}:
            self._in = ""


def _plain(cell: object) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell == int(cell) else str(cell)
    return str(cell)


def _number(said: str) -> str:
    bare = said.replace(",", "")
    try:
        value = float(bare)
    except ValueError:
        return said
    return _plain(value)
