"""The columns of each sheet of the neutral layout, and of each source's own."""

from __future__ import annotations

import pytest

from duecare.record.contract import POLE_SHEETS, Column, Reads, Sheet
from duecare.record.layouts import CENSUS_YEARS, LAYOUTS, XML_SOURCES
from duecare.record.pole import CaseKey, RecordKey

SHEETS = sorted(POLE_SHEETS.values(), key=lambda sheet: sheet.name)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_sheet_names_each_column_once_and_its_key_is_among_them(sheet: Sheet) -> None:
    assert POLE_SHEETS[sheet.name] is sheet
    assert len(set(sheet.names)) == len(sheet.names)
    assert set(sheet.key) <= set(sheet.names)
    assert sheet.names == tuple(column.name for column in sheet.columns)
    assert all(name.isidentifier() for name in sheet.names)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_row_of_any_sheet_may_say_when_it_was_written_and_that_it_is_withdrawn(sheet: Sheet) -> None:
    assert sheet.columns[-2:] == (Column("written_at", Reads.TIME), Column("deleted", Reads.YES))


@pytest.mark.parametrize(
    ("sheet", "required"),
    [
        ("persons", {"record_id"}),
        ("events", {"event_id", "kind", "happened_at"}),
        ("ties", {"event_id", "record_id", "role"}),
        ("cases", {"case_ref", "kind"}),
        ("officers", {"officer"}),
        ("posts", {"post", "kind"}),
    ],
)
def test_only_what_nothing_can_be_done_without_is_required(sheet: str, required: set[str]) -> None:
    assert {column.name for column in POLE_SHEETS[sheet].columns if column.required} == required


@pytest.mark.parametrize(
    ("sheet", "column", "reads"),
    [
        ("persons", "given_names", Reads.TEXT),
        ("persons", "also_known_as", Reads.LIST),
        ("persons", "date_of_birth", Reads.PARTIAL_DATE),
        ("persons", "due_on", Reads.DAY),
        ("persons", "sex", Reads.SEX),
        ("persons", "sealed", Reads.YES),
        ("events", "kind", Reads.EVENT_KIND),
        ("events", "happened_at", Reads.TIME),
        ("events", "detail", Reads.JSON),
        ("ties", "role", Reads.ROLE),
        ("cases", "kind", Reads.CASE_KIND),
        ("officers", "absent_to", Reads.TIME),
        ("posts", "kind", Reads.TEXT),
        ("posts", "on_call", Reads.YES),
    ],
)
def test_each_column_is_read_by_its_own_rule(sheet: str, column: str, reads: Reads) -> None:
    (found,) = [one for one in POLE_SHEETS[sheet].columns if one.name == column]

    assert found.reads is reads


LISTED = [(source, layout) for source, layouts in LAYOUTS.items() for layout in layouts]


@pytest.mark.parametrize(("source", "layout"), LISTED, ids=[f"{source} {layout.file}" for source, layout in LISTED])
def test_a_layout_names_each_column_once_without_a_mark_and_requires_some_of_them(source: str, layout: object) -> None:
    columns = layout.columns  # type: ignore[attr-defined]
    required = layout.required  # type: ignore[attr-defined]

    assert len(set(columns)) == len(columns)
    assert not any("*" in column for column in columns)
    assert required
    assert required < set(columns)
    last = ("ReferenceDate", "DateTime") if source in XML_SOURCES else (columns[-2], columns[-1])
    assert columns[-2:] == last
    assert source in XML_SOURCES or (
        columns[-2] in {"last_updated", "written_at"} and columns[-1] in {"cancelled", "deleted"}
    )


def test_the_files_of_a_source_have_different_names() -> None:
    for layouts in LAYOUTS.values():
        assert len({layout.file for layout in layouts}) == len(layouts)


def test_what_is_required_of_a_layout_is_what_its_star_says() -> None:
    reports = next(layout for layout in LAYOUTS["merlin"] if layout.file == "reports")

    assert reports.required == {"report_ref", "report_type", "reported_at"}
    assert reports.columns[:2] == ("report_ref", "borough")


def test_only_the_census_is_xml_and_its_years_have_no_gap() -> None:
    assert sorted(XML_SOURCES) == ["cin"]
    assert (CENSUS_YEARS[0], CENSUS_YEARS[-1], CENSUS_YEARS.step) == (2021, 2026, 1)


def test_a_key_is_written_with_its_source_and_two_sources_have_two_cases() -> None:
    assert str(RecordKey("merlin", "12")) == "merlin:12"
    assert CaseKey("merlin", "12") != CaseKey("cris", "12")
