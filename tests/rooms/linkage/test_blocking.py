"""Blocks: a key that too many share is left out, and the pairs do not explode."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from duecare.linkage import blocking
from duecare.linkage import prepared_records as prepare_module
from duecare.linkage.blocking import PAIRS, block_records
from duecare.linkage.prepared_records import TABLE, WRITTEN, open_engine, prepare_records, query_rows
from duecare.linkage.standard_columns import standard_columns


def pairs_of(rows: list[dict[str, str]], tmp_path: Path, largest: int) -> set[tuple[int, int]]:
    connection = open_engine(1, "500MB", str(tmp_path))
    prepare_records(connection, pa.Table.from_pylist(rows))
    list(block_records(connection, largest=largest))
    found = query_rows(connection, f"select join_key_l, join_key_r from {PAIRS}")
    connection.close()
    assert len(found) == len(set(found))
    assert all(a < b for a, b in found)
    return set(found)


def test_a_key_that_too_many_share_makes_no_pairs(tmp_path: Path) -> None:
    crowd = [
        {"source": "pole", "record_id": f"{n:03}", "given_names": f"Name{n}", "date_of_birth": "2000-01-01"}
        for n in range(60)
    ]

    assert len(pairs_of(crowd, tmp_path, largest=60)) == 60 * 59 / 2
    assert pairs_of(crowd, tmp_path, largest=59) == set()


def test_swapped_names_and_shared_numbers_meet(tmp_path: Path) -> None:
    rows = [
        {
            "source": "a",
            "record_id": "1",
            "given_names": "Jacob",
            "family_name": "Bryan",
            "date_of_birth": "2010-08-18",
        },
        {"source": "a", "record_id": "2", "given_names": "Bryan", "family_name": "Jacob", "date_of_birth": ""},
        {"source": "a", "record_id": "3", "given_names": "Else", "family_name": "Where", "email": "x@example.org"},
        {"source": "a", "record_id": "4", "given_names": "Other", "family_name": "Name", "email": "X@example.org"},
    ]
    for row in rows:
        row.setdefault("email", "")
        row.setdefault("date_of_birth", "")

    assert pairs_of(rows, tmp_path, largest=10) == {(0, 1), (2, 3)}


def test_standard_columns_are_in_order_and_silent_where_nothing_can_be_used() -> None:
    rows = [
        {
            "source": "b",
            "record_id": "1",
            "given_names": "Unknown",
            "date_of_birth": "2009-02-31",
            "phone": "none;07700 900123",
        },
        {"source": "a", "record_id": "2", "given_names": "Ana", "date_of_birth": "2009-02", "phone": ""},
    ]

    standard = standard_columns(pa.Table.from_pylist(rows)).to_pylist()

    assert [row["source"] for row in standard] == ["a", "b"]
    assert (standard[1]["given"], standard[1]["born"], standard[1]["phones"]) == (None, None, ["+447700900123"])
    assert (standard[0]["born"], standard[0]["given_known"], standard[0]["phones"]) == ("2009-02", True, None)


def test_a_broad_block_gives_few_pairs_of_a_large_set_and_a_narrow_one_still_gives_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd = [
        {"source": "pole", "record_id": f"{n:03}", "given_names": f"Name{n}", "date_of_birth": "2000-01-01"}
        for n in range(30)
    ]
    same = [
        {"source": "visor", "record_id": f"{n}", "given_names": "Ruth", "date_of_birth": "2000-01-01"} for n in range(2)
    ]
    assert len(pairs_of([*crowd, *same], tmp_path, largest=60)) == 32 * 31 / 2

    monkeypatch.setattr(blocking, "block_budget", lambda records, *, is_broad: 10 if is_broad else 1_000)

    assert pairs_of([*crowd, *same], tmp_path, largest=60) == {(30, 31)}


def test_every_share_of_the_records_standardised_at_once_gives_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        {"source": source, "record_id": str(n), "given_names": f"Name{n % 3}", "written_at": f"2025-01-0{n + 1}"}
        for n in range(5)
        for source in ("b", "a")
    ]

    def made() -> list[tuple[object, ...]]:
        connection = open_engine(1, "500MB", str(tmp_path))
        assert prepare_records(connection, pa.Table.from_pylist(rows)) == 10
        found = query_rows(connection, f"select * from {TABLE} join {WRITTEN} using (uid) order by uid")
        connection.close()
        return found

    whole = made()
    monkeypatch.setattr(prepare_module, "_AT_ONCE", 3)

    assert made() == whole
    assert [row[0] for row in whole] == list(range(10))
