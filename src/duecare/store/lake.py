"""The Parquet copy of facts: one file a sheet and accepted delivery, rebuilt at will, read by the engines."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings
from django.db.models import Max

from duecare.store.models import Delivery
from duecare.store.rows import stream
from duecare.vocabulary.kinds import SHEETS

SCHEMA = pa.schema(
    [
        ("source", pa.string()),
        ("key", pa.string()),
        ("version_at", pa.int64()),
        ("sha256", pa.binary()),
        ("is_withdrawn", pa.bool_()),
        ("body", pa.string()),
        ("case_source", pa.string()),
        ("case_ref", pa.string()),
    ]
)


def lake() -> Path:
    """Where does the copy lie?"""
    return Path(settings.CONFIG.home) / "lake"


def bring_up_to_date() -> int:
    """Write the files of every accepted delivery that has none; up to which number does the copy reach?

    Shape:   a file is written whole under another name, then renamed: nobody reads half of one.
    """
    for sheet in SHEETS:
        (lake() / sheet).mkdir(parents=True, exist_ok=True)
    done = {int(path.stem) for path in (lake() / "done").glob("*")} if (lake() / "done").is_dir() else set()
    (lake() / "done").mkdir(exist_ok=True)
    for number, pk in Delivery.objects.filter(state="accepted").order_by("number").values_list("number", "pk"):
        if number is not None and number not in done:
            for sheet in SHEETS:
                _write(pk, number, sheet)
            (lake() / "done" / f"{number:09d}").touch()
    return Delivery.objects.aggregate(highest=Max("number"))["highest"] or 0


def files(sheet: str) -> list[str]:
    """Which files hold this sheet?"""
    return sorted(str(path) for path in (lake() / sheet).glob("*.parquet"))


def _write(pk: int, number: int, sheet: str) -> None:
    target = lake() / sheet / f"{number:09d}.parquet"
    beside = target.with_suffix(f".{os.getpid()}.part")
    writer: pq.ParquetWriter | None = None
    try:
        for rows in stream(
            'SELECT "source", "key", "version_at", "sha256", "is_withdrawn", "body", "case_source", "case_ref"'
            ' FROM "fact" WHERE "delivery_id" = %s AND "sheet" = %s',
            [pk, sheet],
        ):
            writer = writer or pq.ParquetWriter(beside, SCHEMA, compression="zstd")
            writer.write_table(_table(rows))
        if writer is not None:
            writer.close()
            writer = None
            beside.replace(target)
    finally:
        if writer is not None:
            writer.close()
        beside.unlink(missing_ok=True)


def _table(rows: list[tuple[Any, ...]]) -> pa.Table:
    columns = list(zip(*rows, strict=True))
    shas = [bytes(sha) for sha in columns[3]]
    bodies = [bytes(body).decode() for body in columns[5]]
    arrays: list[object] = [
        columns[0],
        columns[1],
        columns[2],
        shas,
        [bool(value) for value in columns[4]],
        bodies,
        columns[6],
        columns[7],
    ]
    return pa.table([pa.array(array, field.type) for array, field in zip(arrays, SCHEMA, strict=True)], schema=SCHEMA)
