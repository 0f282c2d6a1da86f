"""Small `pole` deliveries written as folders, zips and shuffles of the same rows."""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from duecare.record.contract import POLE_SHEETS
from duecare.vocabulary.moments import iso_text

Row = Mapping[str, str]


@dataclass(frozen=True)
class Made:
    """One delivery before it is written: rows by sheet; no `extracted_at` means no manifest."""

    rows: Mapping[str, Sequence[Row]]
    source: str = "pole"
    extracted_at: datetime | None = None
    scope: str = "changes"
    sequence: int = 0
    header: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def count(self) -> int:
        """How many rows does it hold?"""
        return sum(len(rows) for rows in self.rows.values())


def sheet(name: str, rows: Iterable[Row], header: Sequence[str] = ()) -> bytes:
    """The bytes of one CSV file: the columns used, in the contract's order."""
    rows = list(rows)
    required = [column.name for column in POLE_SHEETS[name].columns if column.required]
    used = {column for row in rows for column in row} | set(required) | set(header)
    out = io.StringIO()
    writer = csv.DictWriter(
        out, [column for column in POLE_SHEETS[name].names if column in used], lineterminator="\r\n"
    )
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def contents(made: Made, *, shuffled: int | None = None) -> dict[str, bytes]:
    """The files of a delivery, their rows shuffled by this seed."""
    found: dict[str, bytes] = {}
    for name, rows in made.rows.items():
        rows = list(rows)
        if shuffled is not None:
            random.Random(shuffled).shuffle(rows)
        found[f"{name}.csv"] = sheet(name, rows, made.header.get(name, ()))
    if made.extracted_at is not None:
        manifest: dict[str, object] = {
            "source": made.source,
            "extracted_at": iso_text(made.extracted_at),
            "scope": made.scope,
            "sequence": made.sequence,
            "files": [{"name": f"{name}.csv", "rows": len(rows)} for name, rows in made.rows.items()],
        }
        found["manifest.json"] = json.dumps(manifest).encode()
    return found


def write(made: Made, folder: Path, *, shuffled: int | None = None) -> Path:
    """Write a delivery as this folder."""
    folder.mkdir(parents=True)
    for name, said in contents(made, shuffled=shuffled).items():
        (folder / name).write_bytes(said)
    return folder


def write_zip(made: Made, path: Path, *, shuffled: int | None = None) -> Path:
    """Write a delivery as this zip."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, said in contents(made, shuffled=shuffled).items():
            out.writestr(name, said)
    return path
