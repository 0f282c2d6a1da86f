"""Bad input: each kind gets a refusal or a defect that names row and column, and nothing else is lost."""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest

from duecare.extract import Limits

EVENTS = "event_id,kind,happened_at,case_ref,detail,text,written_at\n"
GOOD = "e1,child_seen,2016-03-01T09:00:00+00:00,c1,,,2016-03-01T10:00:00+00:00\n"
LAST = "e9,visit,2016-03-02T09:00:00+00:00,c1,,,2016-03-02T10:00:00+00:00\n"


def events(*lines: str) -> str:
    """One good row first, the rows given from row 3 on, one good row last."""
    return EVENTS + GOOD + "".join(line + "\n" for line in lines) + LAST


def row(event: str = "e2", kind: str = "visit", at: str = "2016-03-01T09:00:00", **more: str) -> str:
    cells = [event, kind, at, "c1", more.get("detail", ""), more.get("text", ""), more.get("written", "")]
    return ",".join(cells)


# --- what sets one row aside -------------------------------------------------------------------------

SET_ASIDE = [
    pytest.param(row(kind="no_such_kind"), "kind", "kinds of event", id="a kind outside the list"),
    pytest.param(row(at="2016-02-31T09:00:00"), "happened_at", "no such day in the calendar", id="31 February"),
    pytest.param(row(at="2015-02-29"), "happened_at", "no such day", id="29 February in a common year"),
    pytest.param(row(at="01/03/2016"), "happened_at", "not an ISO 8601", id="a date in another form"),
    pytest.param(row(at="2016-03-01T25:00:00"), "happened_at", "", id="hour 25"),
    pytest.param(row(at=""), "happened_at", "required", id="a required column left empty"),
    pytest.param(row(event=""), "event_id", "required", id="no key"),
    pytest.param(row(event="e\x002"), "event_id", "cannot be printed", id="a NUL in a key"),
    pytest.param(row(event="e" * 201), "event_id", "longer than", id="a key without end"),
    pytest.param(row(text="a\x00b"), "text", "NUL", id="a NUL in text"),
    pytest.param(row(detail='"{""s47"": "'), "detail", "not JSON", id="broken JSON"),
    pytest.param(row(detail="[1]"), "detail", "not an object", id="JSON that is not an object"),
    pytest.param(row(detail='"{""a"":""\\u0000""}"'), "detail", "NUL", id="a NUL within JSON"),
    pytest.param(row(detail='"' + "[" * 9000 + '"'), "detail", "not JSON", id="JSON nested without end"),
    pytest.param(row(written="yesterday"), "written_at", "not an ISO 8601", id="a version time that is none"),
    pytest.param("e2,visit", "happened_at", "too few cells", id="a row cut short"),
    pytest.param(row() + ",one,more", "written_at", "too many cells", id="a row with too many cells"),
    pytest.param('e2,visit,2016-03-01,c1,,"never closed,', "text", "quote", id="a quote never closed"),
    pytest.param('e2,visit,2016-03-01,c1,,"a"b,', "text", "quote", id="a quote in the wrong place"),
    pytest.param("e2,visit,2016-03-01,c1,,a\rb,", "text", "carriage return", id="a bare carriage return"),
    pytest.param(row(text="x" * 100_001), "text", "longer than", id="a cell without end"),
]


@pytest.mark.parametrize(("bad", "column", "reason"), SET_ASIDE)
def test_a_bad_row_is_set_aside_with_row_column_reason_and_remedy(
    desk: Any, bad: str, column: str, reason: str
) -> None:
    heard = desk.hear(events=events(bad))

    (aside,) = heard.asides
    assert (aside.file, aside.row) == ("events.csv", 3)
    assert aside.column == column
    assert reason in aside.reason
    assert aside.remedy
    assert set(heard.of("events")) == {"e1", "e9"}
    assert heard.rows_in == 3


def test_a_row_longer_than_the_limit_is_set_aside_and_the_next_is_read(desk: Any) -> None:
    heard = desk.hear(events=events(row(text="x" * 3_000_000)))

    assert [(aside.row, aside.reason) for aside in heard.asides] == [(3, "row is longer than the limit")]
    assert set(heard.of("events")) == {"e1", "e9"}


def test_a_quote_never_closed_takes_no_other_row_with_it(desk: Any) -> None:
    text = events(*[row(f"f{i}", text='"quoted, well"' if i == 500 else '"open') for i in range(1, 501)])

    heard = desk.hear(events=text)

    assert heard.rows_in == 502
    assert set(heard.of("events")) == {"e1", "f500", "e9"}
    assert [aside.row for aside in heard.asides] == list(range(3, 502))


def test_a_quoted_line_break_is_part_of_its_cell_and_counts_no_row(desk: Any) -> None:
    heard = desk.hear(events=events(row(text='"one\ntwo, three\n"'), row("e3", kind="bogus")))

    assert heard.body("events", "e2")["text"] == "one\ntwo, three"
    assert [aside.row for aside in heard.asides] == [4]


def test_blank_lines_are_no_rows_but_are_counted_where_they_stand(desk: Any) -> None:
    heard = desk.hear(events=events("", row(kind="bogus"), ""))

    assert heard.rows_in == 3
    assert [aside.row for aside in heard.asides] == [4]


# --- what is kept, with the defect noted -------------------------------------------------------------

NOTED = [
    pytest.param("2016-10-30T01:30:00", "2016-10-30T00:30:00+00:00", "autumn", id="the hour autumn repeats"),
    pytest.param("2016-03-27T01:30:00", "2016-03-27T01:30:00+00:00", "spring", id="the hour spring skips"),
    pytest.param("2031-01-01", "2031-01-01", "after it was written", id="an event in the future"),
]


@pytest.mark.parametrize(("at", "read", "why"), NOTED)
def test_a_doubtful_time_is_kept_with_its_defect(desk: Any, at: str, read: str, why: str) -> None:
    heard = desk.hear(events=events(row(at=at, written="2016-12-01T00:00:00+00:00")))

    assert heard.body("events", "e2")["happened_at"] == read
    assert [(column, n) for column, reason, n in heard.notes() if why in reason] == [("happened_at", 3)]


def test_a_birthday_on_29_february_is_a_day_and_on_31_february_is_unknown_with_the_reason(desk: Any) -> None:
    heard = desk.hear(persons="record_id,date_of_birth,sex\np1,2008-02-29,F\np2,2008-02-31,Z\np3,2008-02-XX,m\n")

    assert heard.body("persons", "p1")["date_of_birth"] == "2008-02-29"
    assert heard.body("persons", "p2")["unknown"] == {
        "date_of_birth": "no such day in the calendar",
        "sex": "is not M, F or X",
    }
    assert heard.body("persons", "p2")["as_written"] == {"date_of_birth": "2008-02-31", "sex": "Z"}
    assert [(column, n) for column, why, n in heard.notes() if "unknown" in why] == [("date_of_birth", 3), ("sex", 3)]
    assert heard.body("persons", "p3") == {"record_id": "p3", "date_of_birth": "2008-02", "sex": "M"}


def test_a_flag_that_cannot_be_read_sets_its_row_aside_rather_than_open_a_record(desk: Any) -> None:
    heard = desk.hear(persons="record_id,sealed\np1,perhaps\np2,true\n")

    assert [(aside.row, aside.column) for aside in heard.asides] == [(2, "sealed")]
    assert heard.body("persons", "p2")["sealed"] is True


def test_an_event_before_birth_is_kept_and_noted_with_its_row(desk: Any) -> None:
    heard = desk.hear(
        persons="record_id,date_of_birth\np1,2017-01-01\n",
        events=events(),
        ties="event_id,record_id,role\ne1,p1,child\n",
    )

    assert ("record_id", "row 2: the event happened before this person was born", 2) in heard.notes()
    assert heard.body("ties", "e1") == {"ties": [["pole", "p1", "child"]]}


def test_formula_like_cells_stay_text(desk: Any) -> None:
    cells = ["=1+1", "+44 7700 900123", "-2", "@SUM(A1)", "=cmd|' /C calc'!A0"]
    heard = desk.hear(events=events(*[row(f"f{i}", text=cell) for i, cell in enumerate(cells)]))

    assert [heard.body("events", f"f{i}")["text"] for i in range(len(cells))] == cells


def test_two_rows_of_one_key_are_two_versions_and_both_are_given(desk: Any) -> None:
    heard = desk.hear(events=events(row("e1", text="again", written="2016-04-01"), row("e1", text="again")))

    assert [version.row for version in heard.versions if version.key == "e1"] == [2, 3, 4]


def test_a_tie_to_a_record_that_has_not_arrived_is_kept(desk: Any) -> None:
    heard = desk.hear(ties="event_id,record_id,role,source\nx1,r1,child,merlin\nx1,r2,suspect,\n")

    assert heard.body("ties", "x1") == {"ties": [["merlin", "r1", "child"], ["pole", "r2", "suspect"]]}
    assert heard.of("ties")["x1"].rows == 2


# --- encodings and delimiters ------------------------------------------------------------------------


def test_utf_8_with_and_without_its_mark_and_windows_1252_say_the_same(desk: Any) -> None:
    text = "record_id,family_name\np1,Siân O’Brien\n"
    heard = [
        desk.hear(f"pole-{i}", persons=data)
        for i, data in enumerate((text.encode(), text.encode("utf-8-sig"), text.encode("cp1252")))
    ]

    assert {one.of("persons")["p1"].body for one in heard} == {heard[0].of("persons")["p1"].body}
    assert [note for note in heard[2].delivery.notes if "Windows-1252" in note]
    assert [note for note in heard[1].delivery.notes if "BOM" in note]


def test_mixed_encodings_are_read_row_by_row_and_noted_by_row_and_column(desk: Any) -> None:
    data = "record_id,family_name\np1,Siân\n".encode() + "p2,Zoë\n".encode("cp1252") + b"p3,Plain\np4,\x81\n"
    heard = desk.hear(persons=data)

    assert heard.body("persons", "p1")["family_name"] == "Siân"
    assert heard.body("persons", "p2")["family_name"] == "Zoë"
    assert [(column, n) for column, why, n in heard.notes() if "Windows-1252" in why] == [("family_name", 3)]
    assert [(aside.row, aside.column) for aside in heard.asides] == [(5, "family_name")]


@pytest.mark.parametrize(("sign", "name"), [(";", "semicolon"), ("\t", "tab"), ("|", "bar")])
def test_another_delimiter_is_found_and_named(desk: Any, sign: str, name: str) -> None:
    heard = desk.hear(persons=f"record_id{sign}family_name\np1{sign}Smith, Jones\n")

    assert heard.body("persons", "p1")["family_name"] == "Smith, Jones"
    assert f"persons.csv: delimiter found to be the {name}" in heard.delivery.notes


def test_lines_that_end_in_carriage_returns_alone_are_read(desk: Any) -> None:
    assert set(desk.hear(persons="record_id,family_name\rp1,A\rp2,B\r").of("persons")) == {"p1", "p2"}


# --- what refuses the delivery whole -----------------------------------------------------------------


def test_nothing_at_the_path_is_refused(desk: Any) -> None:
    assert desk.refused(desk.folder / "not-there").code == "EXT-001"


def test_an_empty_folder_and_an_empty_file_are_refused(desk: Any) -> None:
    assert desk.refused(desk.write("pole-1")).code == "EXT-002"
    assert desk.refused(desk.write("pole-2", events="")).code == "EXT-013"


def test_a_header_alone_is_a_delivery_of_no_rows(desk: Any) -> None:
    assert desk.hear(events=EVENTS).rows_in == 0


def test_an_unknown_file_is_refused_by_name(desk: Any) -> None:
    refusal = desk.refused(desk.write("pole-1", events=EVENTS, extra="a\n1\n"))

    assert refusal.code == "EXT-006"
    assert "extra.csv" in str(refusal)


def test_every_fault_of_the_headers_is_said_at_once(desk: Any) -> None:
    path = desk.write("pole-1", events="event_id,kind,kind,colour\n", persons="record_id,shoe_size\n")
    said = str(desk.refused(path))

    for fault in ("events.csv: unknown column colour", "column kind is there twice", "missing column happened_at"):
        assert fault in said
    assert "persons.csv: unknown column shoe_size" in said


def test_a_file_without_a_header_is_refused_without_repeating_its_first_row(desk: Any) -> None:
    refusal = desk.refused(desk.write("pole-1", persons="p1,Canary,2009-05-14\n"))

    assert refusal.code == "EXT-007"
    assert "Canary" not in str(refusal)


def test_a_wrong_hash_a_wrong_count_and_names_that_differ_are_refused(desk: Any) -> None:
    path = desk.write("pole-1", events=events())
    said = desk.listed(path)
    name = said["files"][0]

    for changed, code in (
        ({**name, "sha256": "0" * 64}, "EXT-008"),
        ({**name, "rows": 7}, "EXT-009"),
        ({**name, "name": "ties.csv"}, "EXT-011"),
        ({**name, "rows": "two"}, "EXT-010"),
    ):
        desk.write("pole-1", {**said, "files": [changed]})
        assert desk.refused(path).code == code
    desk.write("pole-1", {**said, "files": [{**name, "rows": 2}]})
    assert desk.read(path).rows_in == 2


def test_a_file_cut_short_is_refused_by_its_hash_and_without_a_manifest_loses_no_whole_row(desk: Any) -> None:
    path = desk.write("pole-1", events=events(row()))
    whole = desk.listed(path)
    cut = (path / "events.csv").read_bytes()[:-40]
    (path / "events.csv").write_bytes(cut)

    heard = desk.read(path)
    assert heard.rows_in == 3
    assert [aside.row for aside in heard.asides] == [4]
    desk.write("pole-1", whole)
    assert desk.refused(path).code == "EXT-008"


@pytest.mark.parametrize("said", ["", "{", "[]", '{"files": 3}', '{"files": [{}]}', '{"scope": "all", "files": []}'])
def test_a_manifest_that_cannot_be_read_is_refused(desk: Any, said: str) -> None:
    path = desk.write("pole-1", events=events())
    (path / "manifest.json").write_text(said)

    assert desk.refused(path).code == "EXT-010"


def test_links_folders_and_pipes_are_refused(desk: Any) -> None:
    outside = desk.write("pole-9", events=events()) / "events.csv"
    for i, make in enumerate(
        (
            lambda to: to.symlink_to(outside),
            lambda to: to.mkdir(),
            lambda to: os.mkfifo(to),
            lambda to: to.symlink_to("/"),
        )
    ):
        path = desk.write(f"pole-{i}", persons="record_id\np1\n")
        make(path / "events.csv")
        assert desk.refused(path).code == "EXT-003"
    link = desk.folder / "pole-link"
    link.symlink_to(outside.parent)
    assert desk.refused(link).code == "EXT-003"


def test_what_is_larger_than_the_limit_is_refused(desk: Any) -> None:
    path = desk.write("pole-1", events=events())

    for limits in (Limits(file_bytes=10), Limits(delivery_bytes=10), Limits(files=0), Limits(columns=2)):
        assert desk.refused(path, limits=limits).code == "EXT-012"


def test_utf_16_is_refused(desk: Any) -> None:
    assert desk.refused(desk.write("pole-1", persons="record_id\np1\n".encode("utf-16"))).code == "EXT-014"


@pytest.mark.parametrize("ending", ["parquet", "xlsx"])
def test_a_file_that_is_not_what_its_name_says_is_refused(desk: Any, ending: str) -> None:
    path = desk.write("pole-1", **{f"events_{ending}": EVENTS + GOOD})

    assert desk.refused(path).code in {"EXT-013", "EXT-004"}


def test_a_single_file_needs_its_source(desk: Any) -> None:
    path = desk.write("pole-1", events=events()) / "events.csv"

    assert desk.refused(path).code == "EXT-015"
    assert desk.read(path, source="anything").delivery.source == "anything"
    assert desk.refused(path, source="a:b").code == "EXT-015"


# --- archives ----------------------------------------------------------------------------------------


def pack(to: Path, entries: dict[str, str], mode: int = 0) -> Path:
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in entries.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = mode << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text)
    return to


@pytest.mark.parametrize("inside", ["", "merlin-2/"])
def test_a_zip_of_a_folder_is_the_same_delivery_as_the_folder(desk: Any, inside: str) -> None:
    folder = desk.write("pole-1", events=events())
    packed = pack(desk.folder / "pole-renamed.zip", {f"{inside}events.csv": events()})

    one, other = desk.read(folder), desk.read(packed, source="pole")

    assert one.versions == other.versions
    assert one.delivery.content_sha256 == other.delivery.content_sha256


@pytest.mark.parametrize(
    "name", ["../events.csv", "/etc/events.csv", "a/../../events.csv", "C:events.csv", "..\\events.csv"]
)
def test_an_entry_that_leads_out_of_the_delivery_is_refused(desk: Any, name: str) -> None:
    assert desk.refused(pack(desk.folder / "pole-1.zip", {name: events()})).code == "EXT-003"
    assert not (desk.folder / "events.csv").exists()


def test_an_entry_that_is_a_link_is_refused(desk: Any) -> None:
    packed = pack(desk.folder / "pole-1.zip", {"events.csv": "/etc/passwd"}, stat.S_IFLNK | 0o777)

    assert desk.refused(packed).code == "EXT-003"


def test_an_encrypted_archive_is_refused(desk: Any) -> None:
    packed = pack(desk.folder / "pole-1.zip", {"events.csv": events()})
    data = bytearray(packed.read_bytes())
    data[6] |= 1
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    packed.write_bytes(data)

    assert desk.refused(packed).code == "EXT-005"


def test_entries_that_overlap_are_refused(desk: Any) -> None:
    packed = pack(desk.folder / "pole-1.zip", {"events.csv": EVENTS * 2_000, "ties.csv": EVENTS * 2_000})
    data = bytearray(packed.read_bytes())
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = struct.pack("<I", 0)
    packed.write_bytes(data)

    assert desk.refused(packed).code == "EXT-004"


@pytest.mark.own_process
def test_a_bomb_is_refused_before_it_is_unpacked(desk: Any) -> None:
    packed = pack(desk.folder / "pole-1.zip", {"events.csv": EVENTS + "\n" * 50_000_000})

    assert desk.refused(packed).code == "EXT-004"


def test_an_entry_larger_than_it_says_is_refused(desk: Any) -> None:
    packed = pack(desk.folder / "pole-1.zip", {"events.csv": EVENTS + GOOD * 100})
    data = bytearray(packed.read_bytes())
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(mark) + place
        data[at : at + 4] = struct.pack("<I", 100)
    packed.write_bytes(data)

    assert desk.refused(packed).code in {"EXT-004", "EXT-013"}


@pytest.mark.parametrize("cut", [0.3, 0.7, 0.99])
def test_an_archive_cut_short_is_refused(desk: Any, cut: float) -> None:
    packed = pack(desk.folder / "pole-1.zip", {"events.csv": events()})
    data = packed.read_bytes()
    packed.write_bytes(data[: int(len(data) * cut)])

    assert desk.refused(packed).code == "EXT-004"


@pytest.mark.own_process
def test_a_workbook_that_is_a_bomb_is_refused(desk: Any) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "<a/>" * 20_000_000)

    assert desk.refused(desk.write("pole-1", events_xlsx=held.getvalue())).code == "EXT-004"
