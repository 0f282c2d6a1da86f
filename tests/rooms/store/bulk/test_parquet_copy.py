"""The Parquet copy: a file for each sheet of each accepted delivery, written whole, and again where it is another store's."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from tests.made.landed import NINE, SOURCE, after, arrive, begun, case, event, gone, person

from duecare.store.bulk import parquet_copy
from duecare.store.bulk.parquet_copy import SCHEMA, lake_folder, sheet_files, update_copy
from duecare.store.facts.delivery_landing import land_delivery
from duecare.vocabulary.kinds import SHEETS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    """A home of this test's own."""
    settings.CONFIG = dataclasses.replace(settings.CONFIG, home=tmp_path)
    return tmp_path


def names(sheet: str, upto: int = 99) -> list[str]:
    return [Path(one).name for one in sheet_files(sheet, upto)]


def rows(file: str) -> list[dict[str, Any]]:
    return pq.read_table(file).to_pylist()


def test_an_empty_store_reaches_nothing_and_has_its_folders(home: Path):
    assert update_copy() == 0

    assert lake_folder() == home / "lake"
    assert {one.name for one in lake_folder().iterdir()} == {*SHEETS, "done"}
    assert sheet_files("persons", 99) == []


def test_every_version_is_read_back_the_same():
    versions = [
        event("E1", case_ref="C1", case_source="niche", text='Zoë "said"'),
        gone("events", "E2", at=after(5)),
        event("E3", number=3),
    ]
    arrive(*versions)

    assert update_copy() == 1

    (file,) = sheet_files("events", 1)
    assert pq.read_schema(file).equals(SCHEMA)
    assert rows(file) == [
        {
            "source": SOURCE, "key": one.key, "version_at": int(one.version_at.timestamp()), "sha256": one.sha256,
            "is_withdrawn": one.withdrawn, "body": one.body.decode(), "case_source": "niche" if one.key == "E1" else None,
            "case_ref": "C1" if one.key == "E1" else None,
        }
        for one in versions
    ]  # fmt: skip


def test_a_file_is_written_for_each_sheet_that_a_delivery_has_and_for_no_other():
    arrive(person("A"), case("C1"))
    arrive(person("B"))

    assert update_copy() == 2

    assert names("persons") == ["000000001.parquet", "000000002.parquet"]
    assert (names("cases"), names("events")) == (["000000001.parquet"], [])
    assert [row["key"] for file in sheet_files("persons", 99) for row in rows(file)] == ["A", "B"]


@pytest.mark.parametrize("upto", [0, 1, 2, 3])
def test_files_up_to_a_number_are_those_of_the_deliveries_up_to_it_in_order(upto: int):
    for name in "ABC":
        arrive(person(name))
    update_copy()

    assert names("persons", upto) == [f"{number:09d}.parquet" for number in range(1, upto + 1)]


def test_only_accepted_deliveries_are_copied():
    arrive(person("A"))
    land_delivery(begun(), [person("B")])
    land_delivery(begun(state="refused"), [person("C")])

    assert update_copy() == 1
    assert names("persons") == ["000000001.parquet"]


def test_the_copy_reaches_the_highest_number_in_whatever_order_deliveries_were_begun():
    for number in (2, 3, 1):
        begun(number=number, state="accepted")
    begun(number=None, state="accepted")

    assert update_copy() == 3
    assert {one.name for one in (lake_folder() / "done").iterdir()} == {"000000001", "000000002", "000000003"}


def test_what_is_written_is_not_written_again_and_what_comes_later_is(monkeypatch: pytest.MonkeyPatch):
    arrive(person("A"))
    update_copy()
    written: list[tuple[int, str]] = []
    real = parquet_copy._write_sheet
    monkeypatch.setattr(
        parquet_copy,
        "_write_sheet",
        lambda pk, number, sheet: (written.append((number, sheet)), real(pk, number, sheet)),
    )

    assert update_copy() == 1
    assert written == []
    arrive(case("C1"))
    assert update_copy() == 2
    assert sorted(written) == sorted((2, sheet) for sheet in SHEETS)


def test_files_of_another_store_are_written_again_and_those_it_has_not_are_gone():
    arrive(person("A"), content_sha256="a" * 64)
    update_copy()
    stale = lake_folder() / "cases" / "000000001.parquet"
    stale.write_bytes(b"of another store")
    mark = lake_folder() / "done" / "000000001"
    first = mark.read_text()
    mark.write_text("9 other  2020")

    update_copy()

    assert not stale.exists()
    assert mark.read_text() == first
    assert [row["key"] for row in rows(sheet_files("persons", 1)[0])] == ["A"]


def test_the_mark_of_a_delivery_says_whose_files_they_are():
    delivery = arrive(person("A"), content_sha256="a" * 64, received_at=NINE)
    update_copy()

    mark = (lake_folder() / "done" / "000000001").read_text(encoding="utf-8")
    assert mark == f"{delivery.id} {SOURCE} {'a' * 64} 2026-03-02T09:00:00+00:00"


@pytest.mark.parametrize("change", [{"content_sha256": "b" * 64}, {"received_at": after(1)}, {"source": "other"}])
def test_a_delivery_that_is_not_the_one_marked_is_written_again(
    change: dict[str, Any], monkeypatch: pytest.MonkeyPatch
):
    from duecare.store.models import Delivery

    arrive(person("A"), content_sha256="a" * 64)
    update_copy()
    Delivery.objects.update(**change)
    written: list[str] = []
    monkeypatch.setattr(parquet_copy, "_write_sheet", lambda pk, number, sheet: written.append(sheet))

    update_copy()

    assert written == list(SHEETS)


def test_a_copy_that_fails_half_way_leaves_no_half_file_and_no_mark(monkeypatch: pytest.MonkeyPatch):
    arrive(person("A"), person("B", number=2))
    real = parquet_copy._arrow_table
    monkeypatch.setattr(
        parquet_copy, "stream_rows", lambda *_: iter([[("s", "A", 1, b"h", False, b"{}", None, None)]] * 2)
    )
    given: list[int] = []

    def fail_second(table_rows: list[Any]) -> Any:
        given.append(1)
        if len(given) == 2:
            raise OSError("disk full")
        return real(table_rows)

    monkeypatch.setattr(parquet_copy, "_arrow_table", fail_second)
    with pytest.raises(OSError, match="disk full"):
        update_copy()

    assert [one for one in lake_folder().rglob("*") if one.is_file()] == []


def test_rows_of_several_batches_are_one_file(monkeypatch: pytest.MonkeyPatch):
    arrive(*(person(f"N{number}", number=number) for number in range(5)))
    real = parquet_copy.stream_rows
    monkeypatch.setattr(parquet_copy, "stream_rows", lambda sql, values: real(sql, values, at_once=2))

    update_copy()

    (file,) = sheet_files("persons", 1)
    assert [row["key"] for row in rows(file)] == [f"N{number}" for number in range(5)]
    assert not list(lake_folder().rglob("*.part"))
