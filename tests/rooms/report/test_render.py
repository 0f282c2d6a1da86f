"""Reports as bytes: each format holds every figure and sentence, asks for nothing, and takes no text for anything else."""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from duecare.report import Paper, Section, Table
from duecare.report.render import FORMATS, as_html, as_ods, as_pdf
from duecare.vocabulary.refusals import Refusal

PAPER = Paper(
    "Report of <b>spring</b>",
    "Not for publication.",
    (
        Section(
            "Agreement",
            ("Half & half.",),
            (Table("Grades: force / inspectorate", ("", "n"), (("good", 1234), ("=1+1", 2))),),
        ),
        Section(
            "Basis", ("As given.",), (Table("Grades: force / inspectorate", ("x",), (("z",),)), Table("T", ("a",), ()))
        ),
    ),
)


def test_html_is_whole_and_every_word_is_escaped():
    page = as_html(PAPER).decode()

    assert "Report of &lt;b&gt;spring&lt;/b&gt;" in page
    assert "Half &amp; half." in page
    assert '<td class="n">1,234</td>' in page
    assert page.index("Not for publication.") < page.index("<h2>")
    for forbidden in ("<script", "http:", "https:", "src=", "url("):
        assert forbidden not in page


def test_a_spreadsheet_reads_back_numbers_as_numbers_and_formulas_as_text():
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_ods(PAPER)))

    assert book.sheet_names == ["Report", "1 Grades force inspectorate", "2 Grades force inspectorate", "3 T"]
    assert book.get_sheet_by_index(1).to_python() == [
        ["Grades: force / inspectorate", ""], ["", "n"], ["good", 1234], ["=1+1", 2],
    ]  # fmt: skip
    contents = [row[0] for row in book.get_sheet_by_index(0).to_python()]
    assert contents[:2] == ["Report of <b>spring</b>", "Not for publication."]
    assert "Sheet: 2 Grades force inspectorate" in contents


def test_a_spreadsheet_is_of_the_form_of_an_open_document():
    held = as_ods(PAPER)
    box = zipfile.ZipFile(io.BytesIO(held))

    first = box.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert held[30:38] == b"mimetype"
    assert box.read("mimetype") == b"application/vnd.oasis.opendocument.spreadsheet"
    for name in box.namelist()[1:]:
        ET.fromstring(box.read(name))
    assert as_ods(PAPER) == held


TEXT = st.text(max_size=40)


@given(TEXT, TEXT, st.lists(st.tuples(TEXT, st.integers(-(10**9), 10**9)), max_size=5))
def test_whatever_stands_in_it_the_formats_hold_it(title, sentence, rows):
    paper = Paper(title, sentence, (Section(sentence, (sentence,), (Table(title, (sentence, "n"), tuple(rows)),)),))

    for name in zipfile.ZipFile(io.BytesIO(as_ods(paper))).namelist():
        if name.endswith(".xml"):
            ET.fromstring(zipfile.ZipFile(io.BytesIO(as_ods(paper))).read(name))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(as_ods(paper))).get_sheet_by_index(1).to_python()
    assert [int(row[1]) for row in sheet[-len(rows) :] if rows] == [number for _, number in rows]
    page = as_html(paper).decode("utf-8", "surrogatepass")
    assert html.unescape(re.findall(r"<title>(.*?)</title>", page, re.DOTALL)[0]) == title or "\r" in title


@pytest.mark.pango
def test_a_pdf_is_made_for_print_and_tagged_for_those_who_read_by_ear():
    held = as_pdf(PAPER)

    assert held.startswith(b"%PDF-1.")
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", held, re.DOTALL)
    whole = held + b"".join(zlib.decompressobj().decompress(one) for one in streams if one[:1] == b"x")
    assert b"/StructTreeRoot" in whole
    assert b"/Lang" in whole
    assert b"/TH" in whole


def test_without_pango_a_pdf_is_refused_with_what_to_install(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "weasyprint", None)

    with pytest.raises(Refusal) as refused:
        as_pdf(PAPER)
    assert refused.value.code == "REP-001"
    assert set(FORMATS) == {"html", "ods", "pdf"}
