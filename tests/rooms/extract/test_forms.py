"""Parquet and XLSX say what the CSV of the same says."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from typing import Any
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.parquet as pq

from duecare.extract import Limits


def parquet(columns: dict[str, Any]) -> bytes:
    held = io.BytesIO()
    pq.write_table(pa.table(columns), held)
    return held.getvalue()


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    """The least that is an XLSX: inline strings, numbers, and formulas with their kept values."""
    held = io.BytesIO()
    names = list(sheets)
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _rels([("officeDocument", "xl/workbook.xml")]))
        listed = "".join(f'<sheet name="{n}" sheetId="{i}" r:id="rId{i}"/>' for i, n in enumerate(names, 1))
        archive.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_R}"><sheets>{listed}</sheets></workbook>'
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            _rels([("worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(names) + 1)]),
        )
        for i, rows in enumerate(sheets.values(), 1):
            body = "".join("<row>" + "".join(map(_cell, row)) + "</row>" for row in rows)
            archive.writestr(
                f"xl/worksheets/sheet{i}.xml", f'<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData></worksheet>'
            )
    return held.getvalue()


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def _rels(pairs: list[tuple[str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{i}" Type="{_R}/{kind}" Target="{to}"/>' for i, (kind, to) in enumerate(pairs, 1)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def _cell(cell: object) -> str:
    if isinstance(cell, int | float):
        return f"<c><v>{cell}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(str(cell))}</t></is></c>'


def test_parquet_says_what_csv_says(desk: Any) -> None:
    table = parquet(
        {
            "event_id": ["e1", "e2"],
            "kind": ["visit", "bogus"],
            "happened_at": [datetime(2016, 7, 1, 9, tzinfo=UTC), None],
            "detail": pa.array([{"announced": True}, None], pa.struct([("announced", pa.bool_())])),
            "risk": [1.0, 2.5],
            "written_at": pa.array([date(2016, 7, 2)] * 2),
        }
    )
    text = 'event_id,kind,happened_at,detail,risk,written_at\ne1,visit,2016-07-01T09:00:00Z,"{""announced"":true}",1,2016-07-02\n'

    one, other = desk.hear("pole-1", events_parquet=table), desk.hear("pole-2", events=text)

    assert [v.body for v in one.versions] == [v.body for v in other.versions]
    assert [v.version_at for v in one.versions] == [v.version_at for v in other.versions]
    assert [(aside.row, aside.column) for aside in one.asides] == [(3, "kind")]


def test_parquet_lists_bytes_and_nanoseconds_are_read(desk: Any) -> None:
    heard = desk.hear(
        persons_parquet=parquet(
            {
                "record_id": ["p1"],
                "phone": [["07700 900001", "07700 900002"]],
                "family_name": [b"Made-Up"],
                "sealed": [True],
                "written_at": pa.array([1_456_790_400_000_000_001], pa.timestamp("ns", "UTC")),
            }
        )
    )

    assert heard.body("persons", "p1") == {
        "record_id": "p1",
        "phone": ["07700 900001", "07700 900002"],
        "family_name": "Made-Up",
        "sealed": True,
    }
    assert heard.of("persons")["p1"].version_at.isoformat() == "2016-03-01T00:00:00+00:00"


def test_a_workbook_says_what_csv_says_and_formula_like_text_stays_text(desk: Any) -> None:
    rows: list[list[object]] = [
        ["record_id", "family_name", "phone"],
        [7, "=1+1", "+447700900001"],
        ["", "", ""],
        ["p2", "B", ""],
    ]

    heard = desk.hear(persons_xlsx=workbook({"persons": rows, "Notes": [["of no account"]]}))

    assert heard.body("persons", "7") == {"record_id": "7", "family_name": "=1+1", "phone": ["+447700900001"]}
    assert [(v.key, v.row) for v in heard.versions] == [("7", 2), ("p2", 4)]


def test_a_workbook_of_one_filled_sheet_is_read_and_said_and_of_several_is_refused(desk: Any) -> None:
    rows: list[list[object]] = [["record_id"], ["p1"]]
    heard = desk.hear(persons_xlsx=workbook({"Sheet1": rows, "Sheet2": []}))

    assert set(heard.of("persons")) == {"p1"}
    assert any("Sheet1" in note for note in heard.delivery.notes)
    path = desk.write("pole-2", persons_xlsx=workbook({"Sheet1": rows, "Sheet2": rows}))
    assert desk.refused(path).code == "EXT-013"


def test_a_workbook_of_too_many_cells_is_refused(desk: Any) -> None:
    path = desk.write("pole-1", persons_xlsx=workbook({"persons": [["record_id"], ["p1"]]}))

    assert desk.refused(path, limits=Limits(workbook_cells=1)).code == "EXT-012"


def test_one_sheet_in_two_forms_is_refused(desk: Any) -> None:
    path = desk.write("pole-1", persons="record_id\np1\n", persons_parquet=parquet({"record_id": ["p1"]}))

    assert desk.refused(path).code == "EXT-011"


def test_a_parquet_file_cut_short_is_refused(desk: Any) -> None:
    whole = parquet({"record_id": [f"p{i}" for i in range(1000)]})

    for share in (0.1, 0.5, 0.99):
        path = desk.write("pole-1", persons_parquet=whole[: int(len(whole) * share)])
        assert desk.refused(path).code == "EXT-013"
