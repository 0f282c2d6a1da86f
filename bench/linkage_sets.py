"""Public labelled data sets, each turned into the columns of `persons` with its truth: what the how-to does, in Python."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


@dataclass(frozen=True, slots=True)
class Labelled:
    """Which records, and which of them are one person?

    Shape:   `truth` by record_id (unique in a set).
    """

    name: str
    records: pa.Table
    truth: dict[str, str]


def folder() -> Path:
    return Path(os.environ.get("DUECARE_BENCH_DATA", "bench-data")) / "linkage"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {(k or "").strip(): (v or "").strip() for k, v in row.items()}
            for row in csv.DictReader(file, skipinitialspace=True)
        ]


def _labelled(name: str, rows: list[dict[str, str]], truth: dict[str, str]) -> Labelled:
    columns = sorted({column for row in rows for column in row})
    table = pa.table({c: pa.array([row.get(c) or None for row in rows], pa.string()) for c in columns})
    return Labelled(name, table.append_column("source", pa.array([name] * len(rows), pa.string())), truth)


def historical() -> Labelled:
    rows = pq.read_table(folder() / "historical_half_a.parquet").to_pylist()
    persons = [
        {
            "record_id": row["unique_id"],
            "given_names": row["first_name"],
            "family_name": row["surname"],
            "also_known_as": row["full_name"],
            "date_of_birth": row["dob"],
            "sex": {"male": "M", "female": "F"}.get(row["gender"], ""),
            "address": row["birth_place"],
            "postcode": row["postcode_fake"],
        }
        for row in rows
    ]
    return _labelled("historical", persons, {row["unique_id"]: row["cluster"] for row in rows})


def _febrl(name: str, *files: str) -> Labelled:
    persons, truth = [], {}
    for file in files:
        for row in _rows(folder() / file):
            born = row["date_of_birth"]
            persons.append(
                {
                    "record_id": row["rec_id"],
                    "given_names": row["given_name"],
                    "family_name": row["surname"],
                    "date_of_birth": f"{born[:4]}-{born[4:6]}-{born[6:]}" if len(born) == 8 else "",
                    "address": " ".join(row[c] for c in ("street_number", "address_1", "address_2", "suburb", "state")),
                    "postcode": row["postcode"],
                    "other_ids": f"soc_sec:{row['soc_sec_id']}" if row["soc_sec_id"] else "",
                }
            )
            truth[row["rec_id"]] = row["rec_id"].split("-")[1]
    return _labelled(name, persons, truth)


def febrl4() -> Labelled:
    return _febrl("febrl4", "febrl4a.csv", "febrl4b.csv")


def febrl1() -> Labelled:
    return _febrl("febrl1", "febrl1.csv")


def febrl2() -> Labelled:
    return _febrl("febrl2", "febrl2.csv")


def fake_1000() -> Labelled:
    rows = _rows(folder() / "fake_1000.csv")
    persons = [
        {
            "record_id": row["unique_id"],
            "given_names": row["first_name"],
            "family_name": row["surname"],
            "date_of_birth": row["dob"],
            "address": row["city"],
            "email": row["email"],
        }
        for row in rows
    ]
    return _labelled("fake", persons, {row["unique_id"]: row["cluster"] for row in rows})


SETS: dict[str, Callable[[], Labelled]] = {
    "historical": historical,
    "febrl4": febrl4,
    "febrl1": febrl1,
    "febrl2": febrl2,
    "fake_1000": fake_1000,
}
