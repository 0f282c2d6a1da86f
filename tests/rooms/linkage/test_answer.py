"""Lasting ids as the engine makes them: those that the plain rules of `person.identity` give."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from duecare.linkage.linkage_result import cluster_table
from duecare.linkage.prepared_records import open_engine, prepare_records
from duecare.person.identity import founding_record, record_person_id
from duecare.record.pole import RecordKey
from duecare.vocabulary.london_clock import read_time

TIMES = [
    "2025-02-01T10:00:00+00:00",
    "2025-02-01T11:00:00+01:00",
    "2025-02-01T09:59:59Z",
    "2025-02-01 10:00",
    "2025-07-01T10:00:00",
    "2025-07-01T09:30:00+00:00",
    "2025-02-01",
    None,
    "",
    "2025-02-01T10:00:00.9+00:00",
]
KEYS = [RecordKey(source, name) for source in ("visor", "merlin", "é") for name in ("1", "10", "ß:2", "Z")]


def told(records: pa.Table, person: list[int]) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as spill:
        connection = open_engine(1, "500MB", spill)
        prepare_records(connection, records)
        found = cluster_table(connection, np.array(person, np.int32))
        connection.close()
    return [dict(row) for row in found.to_pylist()]


def plainly(keys: list[RecordKey], times: list[datetime | None], person: list[int]) -> list[dict[str, Any]]:
    members: dict[int, list[int]] = {}
    for one, name in enumerate(person):
        members.setdefault(name, []).append(one)
    ids = {
        name: record_person_id(founding_record((times[one], keys[one]) for one in ones))
        for name, ones in members.items()
    }
    return [{"source": k.source, "record_id": k.record_id, "person": ids[p]} for k, p in zip(keys, person, strict=True)]


def table(keys: list[RecordKey], times: pa.Array) -> pa.Table:
    return pa.table({"source": [k.source for k in keys], "record_id": [k.record_id for k in keys], "written_at": times})


@pytest.mark.parametrize("turn", range(len(TIMES)))
def test_a_person_has_the_id_of_the_founder_however_times_are_written(turn: int) -> None:
    texts = [TIMES[(place + turn) % len(TIMES)] for place in range(len(KEYS))]
    ordered = sorted(zip(KEYS, texts, strict=True))
    keys = [key for key, _ in ordered]
    times = [read_time(text).when.earliest if text else None for _, text in ordered]
    person = [0, 0, 2, 0, 2, 5, 5, 5, 2, 0, 10, 2]

    found = told(table(KEYS, pa.array(texts, pa.string())), person)

    assert found == plainly(keys, times, person)
    assert found != plainly(keys, times, list(range(len(KEYS))))


def test_times_may_come_as_instants() -> None:
    keys = sorted(KEYS)
    noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    times = [noon - timedelta(hours=n * 7 % 5) if n % 4 else None for n in range(len(keys))]
    person = [0, 0, 0, 0, 4, 4, 4, 4, 8, 8, 8, 8]

    assert told(table(keys, pa.array(times, pa.timestamp("us", "Europe/London"))), person) == plainly(
        keys, times, person
    )
    assert told(table(keys, pa.array(times, pa.timestamp("s", "UTC"))), person) == plainly(keys, times, person)
