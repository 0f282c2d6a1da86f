"""The Parquet copy of facts: one file a sheet and accepted delivery, rebuilt at will, read by the engines."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings

from duecare.store.database.sql_rows import stream
from duecare.store.models import Delivery
from duecare.vocabulary.kinds import SHEETS

DONE = "done"

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

    Shape:   a file is written whole under another name, then renamed: nobody reads half of one. Each delivery's mark
             says whose files they are: those of another store, or of one put back from a backup, are written anew.
    """
    for sheet in (*SHEETS, DONE):
        (lake() / sheet).mkdir(parents=True, exist_ok=True)
    reached = 0
    for one in Delivery.objects.filter(state="accepted", number__isnull=False).order_by("number"):
        assert one.number is not None
        mark = lake() / DONE / f"{one.number:09d}"
        whose = f"{one.pk} {one.source} {one.content_sha256} {one.received_at.isoformat()}"
        if not mark.exists() or mark.read_text(encoding="utf-8") != whose:
            for sheet in SHEETS:
                _write(one.pk, one.number, sheet)
            beside = mark.with_suffix(f".{secrets.token_hex(4)}")
            beside.write_text(whose, encoding="utf-8")
            beside.replace(mark)
        reached = one.number
    return reached


def files(sheet: str, upto: int) -> list[str]:
    """Which files hold this sheet of the deliveries up to this number?

    Shape:   up to one number for every sheet: another process may be writing the files of a later delivery.
    """
    return sorted(str(path) for path in (lake() / sheet).glob("*.parquet") if int(path.stem) <= upto)


def _write(pk: int, number: int, sheet: str) -> None:
    target = lake() / sheet / f"{number:09d}.parquet"
    beside = target.with_suffix(f".{os.getpid()}-{secrets.token_hex(4)}.part")
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
        else:
            target.unlink(missing_ok=True)  # of another store that lay here before
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
