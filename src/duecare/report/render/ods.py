"""A report as an OpenDocument spreadsheet: a sheet of contents and sentences, then one for each table."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from duecare.report.report_paper import CellValue, Paper

MIME_TYPE: Final = "application/vnd.oasis.opendocument.spreadsheet"
_OASIS: Final = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES: Final = "".join(
    f' xmlns:{namespace}="{_OASIS}:{namespace if namespace != "fo" else "xsl-fo-compatible"}:1.0"'
    for namespace in ("office", "table", "text", "style", "manifest")
)
_XML_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_SHEET_NAME: Final = re.compile(r"[\[\]*?:/\\']")
_ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)


def as_ods(paper: Paper) -> bytes:
    """The report as a spreadsheet; the same report gives the same bytes.

    Shape:   numbers are numbers; all else is text, and never a formula. What XML cannot hold is written as U+FFFD.
    Source:  OpenDocument 1.3, OASIS Standard, 27 April 2021.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as zip_file:
        # The kind of file stands first and is not compressed, so that it is known by its first bytes.
        _put_file(zip_file, "mimetype", MIME_TYPE, zipfile.ZIP_STORED)
        _put_file(zip_file, "META-INF/manifest.xml", _manifest_xml())
        _put_file(zip_file, "styles.xml", f'{_XML_HEAD}<office:document-styles{_NAMES} office:version="1.3"/>')
        _put_file(zip_file, "meta.xml", f'{_XML_HEAD}<office:document-meta{_NAMES} office:version="1.3"/>')
        _put_file(zip_file, "content.xml", "".join(_content_xml(paper)))
    return buffer.getvalue()


def _put_file(
    zip_file: zipfile.ZipFile, file_name: str, file_text: str, compression: int = zipfile.ZIP_DEFLATED
) -> None:
    entry = zipfile.ZipInfo(file_name, _ZIP_TIME)
    entry.compress_type = compression
    zip_file.writestr(entry, file_text.encode())


def _manifest_xml() -> str:
    files = (("/", MIME_TYPE), ("content.xml", "text/xml"), ("styles.xml", "text/xml"), ("meta.xml", "text/xml"))
    listed = "".join(
        f'<manifest:file-entry manifest:full-path="{file_path}" manifest:media-type="{media_type}"/>'
        for file_path, media_type in files
    )
    return f'{_XML_HEAD}<manifest:manifest{_NAMES} manifest:version="1.3">{listed}</manifest:manifest>'


def _content_xml(paper: Paper) -> Iterator[str]:
    tables = [table for section in paper.sections for table in section.tables]
    names = _sheet_names([table.caption for table in tables])
    yield f'{_XML_HEAD}<office:document-content{_NAMES} office:version="1.3"><office:body><office:spreadsheet>'
    first_rows: list[tuple[CellValue, ...]] = [(paper.title,), (paper.notice,)]
    for section in paper.sections:
        first_rows += [(), (section.heading,), *((sentence,) for sentence in section.sentences)]
        first_rows += [(f"Sheet: {names[tables.index(table)]}",) for table in section.tables]
    yield from _sheet_xml("Report", first_rows)
    for sheet_name, table in zip(names, tables, strict=True):
        yield from _sheet_xml(sheet_name, [(table.caption,), table.columns, *table.rows])
    yield "</office:spreadsheet></office:body></office:document-content>"


def _sheet_xml(sheet_name: str, table_rows: Iterable[tuple[CellValue, ...]]) -> Iterator[str]:
    yield f"<table:table table:name={quoteattr(_cell_text(sheet_name))}>"
    for table_row in table_rows:
        yield "<table:table-row>" + ("".join(map(_cell_xml, table_row)) or "<table:table-cell/>") + "</table:table-row>"
    yield "</table:table>"


def _cell_xml(value: CellValue) -> str:
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    lines = "".join(f"<text:p>{escape(text_line)}</text:p>" for text_line in _cell_text(value).splitlines() or [""])
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def _sheet_names(captions: Iterable[str]) -> list[str]:
    """Names that a spreadsheet takes: short, without its own marks, and each once."""
    sheet_names: list[str] = []
    for number, caption in enumerate(captions, 1):
        plain = _NO_SHEET_NAME.sub(" ", caption)
        sheet_names.append(f"{number} {' '.join(plain.split())}"[:31].rstrip())
    return sheet_names


def _cell_text(value: str) -> str:
    return _NO_XML.sub("\ufffd", value)
