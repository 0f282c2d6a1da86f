"""A row is read by the contract: times as read_time reads them, faults named, and never more than a fault."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.record.contract import POLE_SHEETS
from duecare.record.fast_time_text import read_clock
from duecare.record.read import Fault, RowRead, row_reader, spoilt_fault, write_body
from duecare.vocabulary.london_clock import read_time
from duecare.vocabulary.moments import iso_text

RECEIVED = "2020-01-01T00:00:00+00:00"
DIGITS = st.integers(0, 99).map("{:02}".format)
TIMES = st.one_of(
    st.datetimes().map(lambda t: t.isoformat()),
    st.datetimes().map(lambda t: t.isoformat(" ", "seconds")),
    st.datetimes().map(lambda t: t.isoformat("T", "seconds") + "+00:00"),
    st.tuples(st.datetimes(), st.sampled_from(["Z", "+01:00", "-0500", "+14", "+99:99"])).map(
        lambda pair: pair[0].isoformat("T", "seconds") + pair[1]
    ),
    st.dates().map(str),
    st.tuples(st.integers(2015, 2017), DIGITS, DIGITS, DIGITS, DIGITS).map(lambda p: "{}-{}-{}T{}:{}:00".format(*p)),
    st.integers(0, 23).map(lambda hour: f"2016-03-27T{hour:02}:30:00"),
    st.integers(0, 23).map(lambda hour: f"2016-10-30T{hour:02}:30:00"),
    st.text("0123456789-:T Z+٣", max_size=26),
    st.text(max_size=26),
)


@given(TIMES)
def test_the_fast_reading_of_a_time_is_the_one_reading_of_a_time(text: str) -> None:
    try:
        wanted: Any = read_time(text)
    except (ValueError, OverflowError):
        with pytest.raises(ValueError, match=r"^[a-zA-Z0-9 ,]+$"):
            read_clock(text)
        return

    found = read_clock(text)
    assert found.earliest == iso_text(wanted.when.earliest)
    assert found.text == (found.earliest if wanted.when.is_exact else text.strip())
    assert found.assumed == wanted.assumed


SHEETS = sorted(POLE_SHEETS)
CELL = st.one_of(
    st.text(max_size=12),
    TIMES,
    st.sampled_from(
        ["", "true", "child", "visit", "crime", "F", "{}", '{"a": 1}', "a;b", "2009-05", "p1", "\x00", "\ud800"]
    ),
)


@given(st.sampled_from(SHEETS), st.data())
def test_any_row_is_read_or_faulted_by_a_column_of_its_sheet(name: str, data: st.DataObject) -> None:
    sheet = POLE_SHEETS[name]
    row = [data.draw(CELL) for _ in sheet.names]
    read = row_reader(sheet, sheet.names, extracted_at=None, received_at=RECEIVED)(row)

    if isinstance(read, Fault):
        assert read.column in sheet.names
        assert read.reason
        assert read.remedy
        return
    assert isinstance(read, RowRead)
    body = write_body(read.body)
    if body is None:
        assert spoilt_fault(sheet.names, row) is not None
        return
    assert b"\\u0000" not in body
    again = json.loads(body)
    assert again == read.body
    assert "" not in again.values()
    assert set(again) <= {*sheet.names, "unknown", "as_written"}
    assert (body == b"{}") if read.withdrawn else (read.body[sheet.key[0]] == row[0].strip())


@pytest.mark.parametrize("name", SHEETS)
def test_each_required_column_is_required_and_no_other(name: str) -> None:
    sheet = POLE_SHEETS[name]
    good = {"kind": "visit" if name == "events" else "crime", "happened_at": "2016-01-01", "role": "child"}
    columns = [column.name for column in sheet.columns if column.required]
    row = [good.get(column, "x") for column in columns]
    read = row_reader(sheet, columns, extracted_at=RECEIVED, received_at=RECEIVED)

    assert isinstance(read(row), RowRead)
    for i, column in enumerate(columns):
        fault = read([*row[:i], " ", *row[i + 1 :]])
        assert isinstance(fault, Fault)
        assert fault.column == column


def test_a_withdrawn_row_needs_its_key_and_nothing_else() -> None:
    read = row_reader(
        POLE_SHEETS["events"], ("event_id", "kind", "happened_at", "deleted"), extracted_at=None, received_at=RECEIVED
    )

    assert read(["e1", "", "", "true"]) == RowRead("e1", None, True, {}, read(["e1", "", "", "yes"]).notes)
    assert isinstance(read(["", "", "", "true"]), Fault)


def test_a_version_is_what_was_written_else_the_time_of_extract_else_of_receipt_with_the_defect_noted() -> None:
    def version(extracted: str | None, written: str) -> tuple[str | None, int]:
        read = row_reader(
            POLE_SHEETS["persons"], ("record_id", "written_at"), extracted_at=extracted, received_at=RECEIVED
        )
        found = read(["p1", written])
        assert isinstance(found, RowRead)
        return found.version, len(found.notes)

    assert version("2016-01-01T00:00:00+00:00", "2015-01-01T00:00Z") == ("2015-01-01T00:00:00+00:00", 0)
    assert version("2016-01-01T00:00:00+00:00", "") == ("2016-01-01T00:00:00+00:00", 0)
    assert version(None, "") == (None, 1)


@pytest.mark.parametrize(
    ("happened", "noted"),
    [("2016-07-02", False), ("2016-07-03", True), ("2016-07-01T23:30:00Z", False), ("2016-07-01T23:30:01Z", True)],
)
def test_an_event_is_noted_only_when_it_is_after_its_writing_for_certain(happened: str, noted: bool) -> None:
    read = row_reader(
        POLE_SHEETS["events"],
        ("event_id", "kind", "happened_at", "written_at"),
        extracted_at=None,
        received_at=RECEIVED,
    )
    found = read(["e1", "visit", happened, "2016-07-01T23:30:00Z"])

    assert isinstance(found, RowRead)
    assert bool(found.notes) is noted
