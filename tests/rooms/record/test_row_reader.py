"""A row is read by the contract: times as read_time reads them, faults named, and never more than a fault."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.record.contract import POLE_SHEETS
from duecare.record.fast_time_text import read_clock
from duecare.record.row_reader import Fault, RowRead, row_reader, spoilt_fault, write_body
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


def reader(sheet: str, *columns: str, extracted_at: str | None = RECEIVED) -> Any:
    return row_reader(POLE_SHEETS[sheet], columns, extracted_at=extracted_at, received_at=RECEIVED)


@pytest.mark.parametrize(("length", "is_taken"), [(200, True), (201, False)])
def test_a_key_has_at_most_200_characters(length: int, is_taken: bool) -> None:
    read = reader("persons", "record_id")(["x" * length])

    assert isinstance(read, RowRead) is is_taken
    assert is_taken or "200" in read.reason


@pytest.mark.parametrize("key", ["a\tb", "a\u200bb", "a\x1fb"])
def test_a_key_with_a_character_that_nobody_sees_is_faulted(key: str) -> None:
    fault = reader("persons", "record_id")([key])

    assert isinstance(fault, Fault)
    assert fault.column == "record_id"
    assert "printed" in fault.reason


def test_space_around_a_key_is_no_part_of_it() -> None:
    read = reader("persons", "record_id")(["  p 1 "])

    assert (read.key, read.body) == ("p 1", {"record_id": "p 1"})


def test_officers_and_posts_are_named_in_capitals_and_persons_as_they_are_written() -> None:
    assert reader("officers", "officer")(["nm1"]).key == "NM1\x1f\x1f"
    assert reader("posts", "post", "kind")(["bcu east", "bcu_lead"]).key == "BCU EAST\x1f"
    assert reader("persons", "record_id")(["p1"]).key == "p1"
    assert reader("cases", "case_ref", "kind")(["m1", "crime"]).key == "m1"


def test_the_time_in_a_key_is_written_in_one_form() -> None:
    read = reader("officers", "officer", "from", "absent_from")

    assert read(["NM1", "2016-07-01 10:00", ""]).key == "NM1\x1f2016-07-01T09:00:00+00:00\x1f"
    assert read(["NM1", "2016-07-01T09:00Z", ""]).key == read(["nm1", "2016-07-01 10:00", " "]).key
    assert read(["NM1", "", "2016-07-01"]).key == "NM1\x1f\x1f2016-07-01"
    assert read(["NM1", "soon", ""]).column == "from"


def test_a_required_column_that_is_not_there_at_all_is_the_fault_of_every_row() -> None:
    fault = reader("events", "event_id", "happened_at")(["e1", "2016-01-01"])

    assert (fault.column, "not there" in fault.reason) == ("kind", True)


@pytest.mark.parametrize(
    ("sheet", "column", "text", "remedy"),
    [
        ("events", "happened_at", "yesterday", "YYYY-MM-DDTHH:MM:SS"),
        ("cases", "opened_at", "yesterday", "YYYY-MM-DDTHH:MM:SS"),
        ("events", "detail", '{"colour', "JSON"),
        ("events", "detail", "[1]", "JSON"),
        ("events", "kind", "Visit", "kinds of event"),
        ("cases", "kind", "visit", "kinds of case"),
        ("ties", "role", "Child", "roles"),
        ("cases", "sealed", "perhaps", "true or false"),
        ("persons", "restricted", "perhaps", "true or false"),
    ],
)
def test_a_fault_names_the_column_and_how_it_is_mended_and_never_the_value(
    sheet: str, column: str, text: str, remedy: str
) -> None:
    good = {"event_id": "e1", "kind": "visit" if sheet == "events" else "crime", "happened_at": "2016-01-01"}
    good |= {"record_id": "p1", "role": "child", "case_ref": "m1"}
    columns = [one.name for one in POLE_SHEETS[sheet].columns if one.required or one.name == column]

    fault = reader(sheet, *columns)([text if one == column else good[one] for one in columns])

    assert isinstance(fault, Fault)
    assert fault.column == column
    assert remedy in fault.remedy
    assert text not in fault.reason + fault.remedy.replace("true or false", "")


@pytest.mark.parametrize(
    ("column", "text", "kept"),
    [
        ("date_of_birth", "14/5/2009", None),
        ("date_of_birth", "2009-05-XX", "2009-05"),
        ("due_on", "2026-05-14T10:00", None),
        ("due_on", "2026-05-14", "2026-05-14"),
        ("address_from", "long ago", None),
        ("sex", "female", None),
        ("sex", "x", "X"),
    ],
)
def test_what_a_persons_row_gets_wrong_is_unknown_with_its_reason_and_what_was_written(
    column: str, text: str, kept: str | None
) -> None:
    read = reader("persons", "record_id", column)(["p1", text])

    assert isinstance(read, RowRead)
    if kept is not None:
        assert (read.body[column], read.notes) == (kept, ())
        return
    assert column not in read.body
    assert read.body["as_written"] == {column: text}
    assert list(read.body["unknown"]) == [column]
    ((noted, reason),) = read.notes
    assert (noted, "unknown" in reason) == (column, True)


def test_several_such_values_stand_side_by_side_and_a_long_one_is_cut() -> None:
    read = reader("persons", "record_id", "date_of_birth", "sex")(["p1", "x" * 300, "?"])

    assert read.body["as_written"] == {"date_of_birth": "x" * 200, "sex": "?"}
    assert set(read.body["unknown"]) == {"date_of_birth", "sex"}


def test_only_a_persons_row_may_get_a_day_wrong() -> None:
    fault = reader("persons", "record_id", "phone", "sealed")(["p1", "", "2"])

    assert (fault.column, isinstance(fault, Fault)) == ("sealed", True)


LONGEST = 100_000


@pytest.mark.parametrize(
    ("column", "fill"),
    [("text", "x" * LONGEST), ("area", "x" * LONGEST), ("detail", '{"a":"' + "x" * (LONGEST - 8) + '"}')],
)
def test_a_text_has_at_most_100000_characters(column: str, fill: str) -> None:
    read = reader("events", "event_id", "kind", "happened_at", column)

    assert len(fill) == LONGEST
    assert isinstance(read(["e1", "visit", "2016-01-01", fill]), RowRead)
    longer = fill.replace("x", "xx", 1)
    fault = read(["e1", "visit", "2016-01-01", longer])
    assert (isinstance(fault, Fault), fault.column) == (True, column)
    assert f"{LONGEST}" in fault.reason


def test_a_list_has_at_most_100000_characters() -> None:
    read = reader("persons", "record_id", "other_ids")

    assert isinstance(read(["p1", "x" * LONGEST]), RowRead)
    assert read(["p1", "x" * LONGEST + ";"]).column == "other_ids"


def test_a_list_leaves_out_its_blanks_and_a_list_of_blanks_is_none() -> None:
    read = reader("persons", "record_id", "phone")

    assert read(["p1", " 1 ;; 2;"]).body["phone"] == ["1", "2"]
    assert "phone" not in read(["p1", " ; ;"]).body


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("true", True),
        ("T", True),
        ("Yes", True),
        ("y", True),
        ("1", True),
        ("false", False),
        ("F", False),
        ("no", False),
        ("N", False),
        ("0", False),
        ("  ", False),
    ],
)
def test_yes_and_no_are_read_in_the_words_that_systems_use(text: str, means: bool) -> None:
    assert ("sealed" in reader("persons", "record_id", "sealed")(["p1", text]).body) is means
    assert reader("persons", "record_id", "deleted")(["p1", text]).withdrawn is means


def test_a_row_that_may_be_withdrawn_or_not_is_faulted() -> None:
    assert reader("persons", "record_id", "deleted")(["p1", "perhaps"]).column == "deleted"


def test_a_time_of_which_something_was_assumed_is_noted_by_its_column() -> None:
    read = reader("events", "event_id", "kind", "happened_at", "written_at")

    found = read(["e1", "visit", "2016-03-27T01:30", "2016-10-30T01:30"])

    assert [column for column, _ in found.notes] == ["written_at", "happened_at"]
    assert found.body["happened_at"] == "2016-03-27T01:30:00+00:00"
    assert found.version == "2016-10-30T00:30:00+00:00"


def test_a_version_written_by_the_day_is_of_its_first_second() -> None:
    assert reader("persons", "record_id", "written_at")(["p1", "2016-07-01"]).version == "2016-06-30T23:00:00+00:00"


def test_a_field_that_this_kind_of_event_does_not_have_is_noted_and_kept() -> None:
    read = reader("events", "event_id", "kind", "happened_at", "detail")

    found = read(["e1", "visit", "2016-01-01", '{"colour": "red"}'])

    assert found.body["detail"] == {"colour": "red"}
    assert [column for column, _ in found.notes] == ["detail"]
    assert read(["e1", "visit", "2016-01-01", '{"entry": "refused"}']).notes == ()


@pytest.mark.parametrize(
    ("happened", "written", "noted"),
    [
        ("2020-01-01T00:00:00Z", "2020-01-02", True),
        ("2020-01-01T00:00:01Z", "2021-01-01", True),
        ("2020-01-01", "2021-01-01", False),
        ("2020-01-02", "2021-01-01", True),
    ],
)
def test_nothing_can_happen_after_it_was_received(happened: str, written: str, noted: bool) -> None:
    """It was received on 1 January 2020 as it began, whatever the row says of its own writing."""
    found = reader("events", "event_id", "kind", "happened_at", "written_at")(["e1", "visit", happened, written])

    assert bool(found.notes) is (noted and happened != "2020-01-01T00:00:00Z")


def test_what_is_no_event_is_never_noted_as_in_the_future() -> None:
    assert reader("cases", "case_ref", "kind", "opened_at")(["m1", "crime", "2030-01-01"]).notes == ()


def test_the_bytes_of_a_body_are_the_same_whatever_the_order_of_its_columns() -> None:
    one = reader("persons", "record_id", "school", "area")(["p1", "Ash", ""])
    other = reader("persons", "school", "record_id")(["Ash", "p1"])

    assert write_body(one.body) == write_body(other.body) == b'{"record_id":"p1","school":"Ash"}'


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
def test_what_cannot_be_stored_is_no_body_and_its_column_is_named(text: str) -> None:
    read = reader("persons", "record_id", "address", "school")(["p1", "12 Ash Road", text])

    assert write_body(read.body) is None
    fault = spoilt_fault(("record_id", "address", "school"), ("p1", "Łódź", text))
    assert fault is not None
    assert fault.column == "school"
    assert ("NUL" in fault.reason) is ("\x00" in text)
    assert spoilt_fault(("record_id", "address"), ("p1", "Łódź\ue000\ud7ff")) is None


def test_a_nul_written_out_in_json_is_found_too() -> None:
    assert write_body({"detail": {"a": "\x00"}}) is None
    fault = spoilt_fault(("detail",), ('{"a": "\\u0000"}',))
    assert fault is not None
    assert fault.column == "detail"


@pytest.mark.parametrize("text", ["2016-07-01T10:00:00", "2016-07-01 10:00:00", "2016-07-01T09:00:00+00:00"])
def test_one_instant_has_one_text(text: str) -> None:
    assert read_clock(text) == ("2016-07-01T09:00:00+00:00", "2016-07-01T09:00:00+00:00", "")


def test_a_day_stays_a_day_and_begins_in_london() -> None:
    assert read_clock(" 2016-07-01 ") == ("2016-07-01", "2016-06-30T23:00:00+00:00", "")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2016-03-27T00:30:00", "2016-03-27T00:30:00+00:00"),
        ("2016-03-27T03:30:00", "2016-03-27T02:30:00+00:00"),
        ("2016-10-30T00:30:00", "2016-10-29T23:30:00+00:00"),
        ("2016-10-30T23:59:59", "2016-10-30T23:59:59+00:00"),
        ("1970-07-01T10:00:00", "1970-07-01T09:00:00+00:00"),
        ("1845-07-01T10:00:00", "1845-07-01T10:01:15+00:00"),
    ],
)
def test_on_a_day_on_which_london_changes_its_offset_the_hour_decides(text: str, wanted: str) -> None:
    assert read_clock(text).text == wanted


@pytest.mark.parametrize("text", ["2016-02-30T10:00:00", "2016-07-01T25:00:00", "2016-07-01T10:60:00"])
def test_a_time_that_no_calendar_or_clock_has_is_refused_by_one_kind_of_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"calendar|time of day"):
        read_clock(text)


def test_the_first_and_the_last_second_that_a_calendar_has_are_read() -> None:
    assert read_clock("0001-01-01T00:00:00").text == "0001-01-01T00:01:15+00:00"
    assert read_clock("9999-12-31T23:59:59").text == "9999-12-31T23:59:59+00:00"
