"""A report as an OpenDocument spreadsheet: a sheet of contents and sentences, then one for each table."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from duecare.report.report_paper import Cell, Paper

MIME: Final = "application/vnd.oasis.opendocument.spreadsheet"
_OASIS: Final = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES: Final = "".join(
    f' xmlns:{name}="{_OASIS}:{name if name != "fo" else "xsl-fo-compatible"}:1.0"'
    for name in ("office", "table", "text", "style", "manifest")
)
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_SHEET_NAME: Final = re.compile(r"[\[\]*?:/\\']")
_THEN: Final = (1980, 1, 1, 0, 0, 0)


def as_ods(paper: Paper) -> bytes:
    """The report as a spreadsheet; the same report gives the same bytes.

    Shape:   numbers are numbers; all else is text, and never a formula. What XML cannot hold is written as U+FFFD.
    Source:  OpenDocument 1.3, OASIS Standard, 27 April 2021.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        # The kind of file stands first and is not compressed, so that it can be told by its first bytes.
        _put(box, "mimetype", MIME, zipfile.ZIP_STORED)
        _put(box, "META-INF/manifest.xml", _manifest())
        _put(box, "styles.xml", f'{_HEAD}<office:document-styles{_NAMES} office:version="1.3"/>')
        _put(box, "meta.xml", f'{_HEAD}<office:document-meta{_NAMES} office:version="1.3"/>')
        _put(box, "content.xml", "".join(_content(paper)))
    return out.getvalue()


def _put(box: zipfile.ZipFile, name: str, text: str, how: int = zipfile.ZIP_DEFLATED) -> None:
    entry = zipfile.ZipInfo(name, _THEN)
    entry.compress_type = how
    box.writestr(entry, text.encode())


def _manifest() -> str:
    files = (("/", MIME), ("content.xml", "text/xml"), ("styles.xml", "text/xml"), ("meta.xml", "text/xml"))
    listed = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>' for path, kind in files
    )
    return f'{_HEAD}<manifest:manifest{_NAMES} manifest:version="1.3">{listed}</manifest:manifest>'


def _content(paper: Paper) -> Iterator[str]:
    tables = [table for section in paper.sections for table in section.tables]
    names = _sheet_names([table.caption for table in tables])
    yield f'{_HEAD}<office:document-content{_NAMES} office:version="1.3"><office:body><office:spreadsheet>'
    first: list[tuple[Cell, ...]] = [(paper.title,), (paper.notice,)]
    for section in paper.sections:
        first += [(), (section.heading,), *((sentence,) for sentence in section.sentences)]
        first += [(f"Sheet: {names[tables.index(table)]}",) for table in section.tables]
    yield from _sheet("Report", first)
    for name, table in zip(names, tables, strict=True):
        yield from _sheet(name, [(table.caption,), table.columns, *table.rows])
    yield "</office:spreadsheet></office:body></office:document-content>"


def _sheet(name: str, rows: Iterable[tuple[Cell, ...]]) -> Iterator[str]:
    yield f"<table:table table:name={quoteattr(_text(name))}>"
    for row in rows:
        yield "<table:table-row>" + ("".join(map(_cell, row)) or "<table:table-cell/>") + "</table:table-row>"
    yield "</table:table>"


def _cell(value: Cell) -> str:
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in _text(value).splitlines() or [""])
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def _sheet_names(captions: Iterable[str]) -> list[str]:
    """Names that a spreadsheet takes: short, without its own marks, and each once."""
    found: list[str] = []
    for number, caption in enumerate(captions, 1):
        plain = _NO_SHEET_NAME.sub(" ", caption)
        found.append(f"{number} {' '.join(plain.split())}"[:31].rstrip())
    return found


def _text(value: str) -> str:
    return _NO_XML.sub("\ufffd", value)
