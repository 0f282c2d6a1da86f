"""The Parquet copy of facts: one file a sheet and accepted delivery, rebuilt at will, read by the engines."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings

from duecare.store.database.sql_rows import stream_rows
from duecare.store.models import Delivery
from duecare.vocabulary.kinds import SHEETS

DONE_FOLDER = "done"

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


def lake_folder() -> Path:
    """The folder of the Parquet copy."""
    return Path(settings.CONFIG.home) / "lake"


def update_copy() -> int:
    """Write the files of every accepted delivery that has none; the number up to which the copy reaches.

    Shape:   a file is written whole under another name, then renamed: nobody reads half of one. Each delivery's mark
             says whose files they are: those of another store, or of one put back from a backup, are written again.
    """
    for sheet in (*SHEETS, DONE_FOLDER):
        (lake_folder() / sheet).mkdir(parents=True, exist_ok=True)
    reached = 0
    for delivery in Delivery.objects.filter(state="accepted", number__isnull=False).order_by("number"):
        assert delivery.number is not None
        done_mark = lake_folder() / DONE_FOLDER / f"{delivery.number:09d}"
        delivery_mark = f"{delivery.pk} {delivery.source} {delivery.content_sha256} {delivery.received_at.isoformat()}"
        if not done_mark.exists() or done_mark.read_text(encoding="utf-8") != delivery_mark:
            for sheet in SHEETS:
                _write_sheet(delivery.pk, delivery.number, sheet)
            beside = done_mark.with_suffix(f".{secrets.token_hex(4)}")
            beside.write_text(delivery_mark, encoding="utf-8")
            beside.replace(done_mark)
        reached = delivery.number
    return reached


def sheet_files(sheet: str, upto_delivery: int) -> list[str]:
    """Files of this sheet for the deliveries up to this number.

    Shape:   up to one number for every sheet: another process may be writing the files of a later delivery.
    """
    return sorted(
        str(file_path)
        for file_path in (lake_folder() / sheet).glob("*.parquet")
        if int(file_path.stem) <= upto_delivery
    )


def _write_sheet(delivery_pk: int, number: int, sheet: str) -> None:
    target = lake_folder() / sheet / f"{number:09d}.parquet"
    beside = target.with_suffix(f".{os.getpid()}-{secrets.token_hex(4)}.part")
    writer: pq.ParquetWriter | None = None
    try:
        for table_rows in stream_rows(
            'SELECT "source", "key", "version_at", "sha256", "is_withdrawn", "body", "case_source", "case_ref"'
            ' FROM "fact" WHERE "delivery_id" = %s AND "sheet" = %s',
            [delivery_pk, sheet],
        ):
            writer = writer or pq.ParquetWriter(beside, SCHEMA, compression="zstd")
            writer.write_table(_arrow_table(table_rows))
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


def _arrow_table(table_rows: list[tuple[Any, ...]]) -> pa.Table:
    columns = list(zip(*table_rows, strict=True))
    content_hashes = [bytes(content_hash) for content_hash in columns[3]]
    bodies = [bytes(body_bytes).decode() for body_bytes in columns[5]]
    arrays: list[object] = [
        columns[0],
        columns[1],
        columns[2],
        content_hashes,
        [bool(value) for value in columns[4]],
        bodies,
        columns[6],
        columns[7],
    ]
    return pa.table([pa.array(array, field.type) for array, field in zip(arrays, SCHEMA, strict=True)], schema=SCHEMA)
