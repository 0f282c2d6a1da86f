"""Reads a made-up force back from its files, as an outsider would."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from duecare.synthetic.write import Synthesised

PERSONS = {
    "merlin": ("nominals", "nominal_ref"),
    "pole": ("persons", "record_id"),
    "custody": ("records", "custody_ref"),
    "visor": ("offenders", "visor_ref"),
    "cris": ("nominals", "nominal_ref"),
    "cad": ("people", "person_ref"),
    "cin": ("child", "record_id"),
}


@dataclass(frozen=True)
class Small:
    out: Path
    made: Synthesised

    def rows(self, source: str, sheet: str) -> Iterator[dict[str, str]]:
        if source == "cin":
            yield from self.children()
        for folder in self.made.paths:
            path = folder / f"{sheet}.csv"
            if folder.name.startswith(f"{source}-") and path.exists():
                with path.open(encoding="utf-8", newline="") as file:
                    yield from csv.DictReader(file)

    def children(self) -> Iterator[dict[str, str]]:
        """The children of the census, each under its authority and own number."""
        for path in sorted(self.out.glob("cin-*/*.xml")):
            message = ET.parse(path).getroot()
            authority = message.findtext("Header/Source/LEA")
            for child in message.iter("Child"):
                said = {one.tag: one.text or "" for one in child.iter() if not len(one)}
                yield {**said, "record_id": f"{authority}/{said['LAchildID']}"}

    def truth(self) -> dict[tuple[str, str], dict[str, str]]:
        with (self.out / "truth" / "people.csv").open(encoding="utf-8", newline="") as file:
            return {(row["source"], row["record_id"]): row for row in csv.DictReader(file)}

    def cases(self) -> list[dict[str, Any]]:
        return json.loads((self.out / "truth" / "cases.json").read_text(encoding="utf-8"))


def digest(folder: Path) -> dict[str, str]:
    """The content of every file under a folder, by its name."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
