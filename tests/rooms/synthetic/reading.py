"""Reads a made-up force back from its files, as an outsider would."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duecare.synthetic.write import Synthesised

PERSONS = {
    "merlin": ("nominals", "nominal_ref"),
    "pole": ("persons", "record_id"),
    "custody": ("records", "custody_ref"),
    "visor": ("offenders", "visor_ref"),
}


@dataclass(frozen=True)
class Small:
    out: Path
    made: Synthesised

    def rows(self, source: str, sheet: str) -> Iterator[dict[str, str]]:
        for folder in self.made.paths:
            path = folder / f"{sheet}.csv"
            if folder.name.startswith(f"{source}-") and path.exists():
                with path.open(encoding="utf-8", newline="") as file:
                    yield from csv.DictReader(file)

    def truth(self) -> dict[tuple[str, str], dict[str, str]]:
        with (self.out / "truth" / "people.csv").open(encoding="utf-8", newline="") as file:
            return {(row["source"], row["record_id"]): row for row in csv.DictReader(file)}

    def cases(self) -> list[dict[str, Any]]:
        return json.loads((self.out / "truth" / "cases.json").read_text(encoding="utf-8"))


def digest(folder: Path) -> dict[str, str]:
    """The content of every file under a folder, by its name."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
