"""Whatever bytes come, reading ends in rows accounted for or in a refusal: never in anything else."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import random
import struct
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.hostile.naughty import NAUGHTY, SHAPES

from duecare.extract import Limits, read_delivery
from duecare.extract import delivery as delivery_module
from duecare.extract.csv_rows import Delimited
from duecare.extract.read_files import FileReading
from duecare.extract.reader_frames import LENGTHS
from duecare.extract.table_reader import Broken, Cells
from duecare.extract.zip_archive import unpack_archive
from duecare.record.contract import POLE_SHEETS
from duecare.record.version import RowVersion, SetAside
from duecare.vocabulary.guard import spreadsheet_unguarded
from duecare.vocabulary.refusals import Refusal

SOURCES = Path(__file__).parents[2] / "sources"
RECEIVED = datetime(2020, 1, 1, tzinfo=UTC)
LIMITS = Limits(broken_quotes=50, record_chars=100_000)


class Near:
    """Stands for the reading process, in this one: the same job, frames and words, without the limits."""

    def __init__(self, job: dict[str, Any], limits: Limits) -> None:
        self._out = io.BytesIO()
        self._refusal: Refusal | None = None
        if job["do"] == "unpack":
            unpack_archive(Path(job["path"]), Path(job["into"]), limits)
            return
        self._reading = FileReading(json.loads(json.dumps(job)), limits, self._out)
        self._reading.open()

    def __enter__(self) -> Near:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        pass

    def go_on(self) -> None:
        self._out.seek(0)
        self._out.truncate()
        self._reading.read()

    def frames(self) -> Iterator[tuple[Any, bytes]]:
        data, at = self._out.getvalue(), 0
        while at < len(data):
            head, tail = LENGTHS.unpack_from(data, at)
            at += LENGTHS.size
            yield json.loads(data[at : at + head]), data[at + head : at + head + tail]
            at += head + tail


def account(files: dict[str, bytes], source: str = "pole") -> tuple[int, int] | str:
    """Rows delivered as the reader counts them, and as the outcomes add up; or the code of the refusal."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / f"{source}-1"
        place.mkdir()
        for name, data in files.items():
            (place / name).write_bytes(data)
        try:
            with read_delivery(place, sources_dirs=[SOURCES], received_at=RECEIVED, limits=LIMITS) as opened:
                rows: list[RowVersion | SetAside] = list(opened.rows())
                return sum(opened.rows_of.values()), sum(getattr(row, "rows", 1) for row in rows)
        except Refusal as refusal:
            return refusal.code


def well(outcome: tuple[int, int] | str) -> None:
    assert isinstance(outcome, str) or outcome[0] == outcome[1]


@pytest.fixture(scope="module", autouse=True)
def in_this_process() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delivery_module, "Child", Near)
        yield


HEADERS = {name: ",".join(sheet.names).encode() for name, sheet in POLE_SHEETS.items()}


@given(st.sampled_from(sorted(POLE_SHEETS)), st.binary(max_size=2_000), st.booleans())
@example("persons", b"", True)
@example("persons", b"\xff\xfe\x00", False)
def test_any_bytes_as_a_csv_file(sheet: str, data: bytes, headed: bool) -> None:
    well(account({f"{sheet}.csv": (HEADERS[sheet] + b"\n" if headed else b"") + data}))


WORDS = (b",", b'"', b"\n", b"\r", b"\r\n", b"e1", b"visit", b"2016-03-01", b"\xe9", b"\xc3\xa9", b"\x00", b";", b"{}")
TOKENS = st.sampled_from((*WORDS, b"true", b" ", b"'"))


@given(st.sampled_from(sorted(POLE_SHEETS)), st.lists(TOKENS, max_size=200).map(b"".join))
def test_any_tokens_as_a_csv_file(sheet: str, data: bytes) -> None:
    well(account({f"{sheet}.csv": HEADERS[sheet] + b"\n" + data}))


@given(st.sampled_from(["parquet", "xlsx"]), st.binary(max_size=1_000))
def test_any_bytes_as_a_parquet_file_or_workbook(ending: str, data: bytes) -> None:
    assert account({f"persons.{ending}": data}) in {"EXT-013", "EXT-004"}


def _parquet() -> bytes:
    held = io.BytesIO()
    pq.write_table(pa.table({"record_id": [f"p{i}" for i in range(50)], "phone": ["07700 900001"] * 50}), held)
    return held.getvalue()


PARQUET = _parquet()


@given(st.lists(st.tuples(st.integers(0, len(PARQUET) - 1), st.integers(0, 255)), min_size=1, max_size=6))
@settings(max_examples=settings.default.max_examples)
def test_a_parquet_file_with_bytes_changed(changes: list[tuple[int, int]]) -> None:
    data = bytearray(PARQUET)
    for at, byte in changes:
        data[at] = byte
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delivery_module, "Child", REAL_CHILD)  # a native parser may crash: in a process of its own
        well(account({"persons.parquet": bytes(data)}))


REAL_CHILD = delivery_module.Child


def _zip() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as zip_archive:
        zip_archive.writestr("persons.csv", "record_id\n" + "p1\n" * 40)
        zip_archive.writestr("cases.csv", "case_ref,kind\nc1,crime\n")
    return held.getvalue()


ZIP = _zip()


@given(
    st.lists(st.tuples(st.integers(0, len(ZIP) - 1), st.integers(0, 255)), min_size=1, max_size=8), st.integers(0, 60)
)
def test_a_zip_with_bytes_changed_or_cut_off(changes: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(ZIP)
    for at, byte in changes:
        data[at] = byte
    with tempfile.TemporaryDirectory() as folder:
        place, into = Path(folder) / "pole-1.zip", Path(folder) / "into"
        place.write_bytes(data[: len(data) - cut])
        into.mkdir()
        with contextlib.suppress(Refusal):
            unpack_archive(place, into, LIMITS)
        assert {path.name for path in Path(folder).iterdir()} == {"pole-1.zip", "into"}


@given(st.binary(max_size=300) | st.text('{}[]":,0 sourcefilename', max_size=60).map(str.encode))
def test_any_bytes_as_a_manifest(data: bytes) -> None:
    well(account({"persons.csv": b"record_id\np1\n", "manifest.json": data}))


# --- written well, nothing is lost -------------------------------------------------------------------

CELL = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=20)


@given(
    st.lists(st.tuples(st.uuids().map(str), CELL, CELL), max_size=40),
    st.sampled_from([",", ";", "\t", "|"]),
    st.booleans(),
)
def test_every_row_written_by_the_rules_is_read_and_says_what_was_written(
    rows: list[tuple[str, str, str]], delimiter: str, bom: bool
) -> None:
    held = io.StringIO(newline="")
    writer = csv.writer(held, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(["record_id", "family_name", "address"])
    writer.writerows(rows)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "persons.csv"
        place.write_bytes(held.getvalue().encode("utf-8-sig" if bom else "utf-8"))
        table = Delimited(place, POLE_SHEETS["persons"].names, Limits())
        found = list(table.rows())

    assert all(isinstance(one, Cells) for one in found)
    assert [list(one.texts) for one in found] == [list(map(spreadsheet_unguarded, row)) for row in rows]


LINE = st.sampled_from(
    [b"p1,A\n", b"p2,B\r\n", b"p3\n", b"p4,C,D\n", b'p5,"open\n', b'p6,"a"b\n', b"\n", b"p7,\xe9\n", b'p8,"q, ""r"""\n']
)


@given(st.lists(LINE, max_size=60))
def test_a_bad_line_takes_no_good_line_with_it(lines: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "persons.csv"
        place.write_bytes(b"record_id,family_name\n" + b"".join(lines))
        found = list(Delimited(place, POLE_SHEETS["persons"].names, Limits()).rows())

    assert len(found) == sum(line != b"\n" for line in lines)
    good = [one.texts[0] for one in found if isinstance(one, Cells)]
    wanted = [line[:2].decode() for line in lines if line[:2] in {b"p1", b"p2", b"p7", b"p8", b"p9"}]
    assert [key for key in good if key] == wanted
    assert sum(isinstance(one, Broken) for one in found) == sum(
        line[:2] in {b"p3", b"p4", b"p5", b"p6"} for line in lines
    )


@pytest.mark.parametrize(("data", "rows"), SHAPES)
def test_each_way_of_writing_csv_gives_its_rows(data: bytes, rows: int) -> None:
    assert account({"persons.csv": data}) == (rows, rows)


def test_naughty_strings_are_read_as_they_are_or_set_aside() -> None:
    held = io.StringIO(newline="")
    writer = csv.writer(held, quoting=csv.QUOTE_ALL)
    writer.writerow(["event_id", "kind", "happened_at", "text"])
    writer.writerows([f"e{i}", "visit", "2016-03-01", text] for i, text in enumerate(NAUGHTY))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "pole-1"
        place.mkdir()
        (place / "events.csv").write_text(held.getvalue(), "utf-8", newline="")
        with read_delivery(place, sources_dirs=[SOURCES], received_at=RECEIVED) as opened:
            rows = list(opened.rows())

    texts = {row.key: json.loads(row.body).get("text", "") for row in rows if isinstance(row, RowVersion)}
    aside = [row for row in rows if isinstance(row, SetAside)]
    assert [NAUGHTY[row.row - 2] for row in aside] == ["\x00"]
    assert aside[0].column == "text"
    for i, naughty in enumerate(NAUGHTY):
        if naughty != "\x00":
            unguarded = naughty[1:] if naughty in {"'=1", "''=1"} else naughty
            assert texts[f"e{i}"] == unguarded.strip()


def test_the_child_accounts_as_the_parent_does() -> None:
    with pytest.MonkeyPatch.context() as patch:
        for data, rows in SHAPES[::3]:
            patch.setattr(delivery_module, "Child", REAL_CHILD)
            assert account({"persons.csv": data}) == (rows, rows)


def test_damage_to_good_deliveries_never_ends_in_anything_but_rows_accounted_for_or_a_refusal(
    assured: Any, is_whole_run: bool, is_long_run: bool
) -> None:
    seed, n = 8, 20_000 if is_long_run else 400 if is_whole_run else 100
    chance = random.Random(seed)
    good = {
        "persons.csv": b"record_id,family_name,date_of_birth\n" + b'p1,"O""Brien, A",2009-05-14\n' * 5,
        "events.csv": b"event_id,kind,happened_at,detail\n" + b'e1,visit,2016-03-01T09:00:00Z,"{""a"": 1}"\n' * 5,
        "ties.csv": b"event_id,record_id,role\n" + b"e1,p1,child\n" * 5,
        "manifest.json": b'{"source": "pole", "scope": "changes", "files": [{"name": "persons.csv"}, '
        b'{"name": "events.csv"}, {"name": "ties.csv", "rows": 5}]}',
    }
    refused = 0
    for _ in range(n):
        name = chance.choice(list(good))
        data = bytearray(good[name])
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(data))
            match chance.randrange(4):
                case 0:
                    data[at] = chance.randrange(256)
                case 1:
                    del data[at : at + chance.randint(1, 30)]
                case 2:
                    data[at:at] = chance.choice(WORDS)
                case _:
                    data[at:at] = data[: chance.randrange(60)]
        outcome = account({**good, name: bytes(data)})
        well(outcome)
        refused += isinstance(outcome, str)

    assert 0 < refused < n
    assured(
        "G8",
        method="seeded damage to CSV deliveries and manifests",
        n=n,
        figure=f"crashes 0, unaccounted 0, refused {refused}",
        pass_mark="crashes 0, unaccounted 0",
        seed=seed,
    )


# --- counters: the tests above must be able to fail --------------------------------------------------


def test_counter_a_reader_that_drops_broken_rows_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FileReading, "_set_broken_aside", lambda *_: None)

    with pytest.raises(AssertionError):
        well(account({"persons.csv": b"record_id,address\n1,a\n2\n"}))


def test_counter_a_tie_counted_once_a_set_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    from duecare.extract import tie_sets

    real = tie_sets.TieSets.event_sets
    monkeypatch.setattr(tie_sets.TieSets, "event_sets", lambda self: (one._replace(rows=1) for one in real(self)))

    with pytest.raises(AssertionError):
        well(account({"ties.csv": b"event_id,record_id,role\ne1,a,child\ne1,b,child\n"}))


def test_counter_without_the_look_at_places_overlapping_entries_pass(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from duecare.extract import zip_archive

    data = bytearray(ZIP)
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = struct.pack("<I", 0)
    place = tmp_path / "pole-1.zip"
    place.write_bytes(data)
    with pytest.raises(Refusal, match="overlap"):
        zip_archive.look_inside(place, LIMITS)

    monkeypatch.setattr(zip_archive, "_check_places", lambda *_: None)
    assert len(zip_archive.look_inside(place, LIMITS)) == 2
