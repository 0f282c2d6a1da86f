"""The made-up force as labelled records: its deliveries written, read by the sources' own mappings, truth beside them."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
from linkage_sets import Labelled

from duecare.config import shipped
from duecare.record.contract import POLE_SHEETS
from duecare.synthetic import scale as scales
from duecare.synthetic.scale import Scale
from duecare.synthetic.write import write_synthetic

SHEETS = {
    "merlin": "nominals",
    "visor": "offenders",
    "custody": "records",
    "cris": "nominals",
    "cad": "people",
    "pole": "persons",
}


def grown(times: int) -> Scale:
    """The small force, so many times as large."""
    small = scales.SCALES["small"]
    return Scale(*(getattr(small, name) * times for name in list(small.__slots__)[:-2]), small.staff, 1)


def write(out: Path, *, times: int, seed: int) -> None:
    """Write a made-up force `times` as large as the small one."""
    scales.SCALES[f"small x {times}"] = grown(times)
    write_synthetic(out, scale=f"small x {times}", chance_seed=seed)


def _mapping(source: str) -> dict[str, str]:
    if source == "pole":
        return {name: name for name in (*POLE_SHEETS["persons"].names, "written_at")}
    said = tomllib.loads((shipped("sources") / f"{source}.toml").read_text(encoding="utf-8"))["files"][SHEETS[source]]
    named = {
        field: how["column"] if isinstance(how, dict) and "column" in how else how
        for field, how in said["person"].items()
    }
    return {field: column for field, column in named.items() if isinstance(column, str)} | {
        "written_at": said["version"]
    }


def _rows(out: Path) -> Iterator[dict[str, str]]:
    for source, sheet in SHEETS.items():
        mapping = _mapping(source)
        for path in sorted(out.glob(f"{source}-*/{sheet}.csv")):
            with path.open(encoding="utf-8-sig", newline="") as file:
                for row in csv.DictReader(file):
                    person = {field: row.get(column) or "" for field, column in mapping.items()}
                    yield person | {"source": source}


def read(out: Path) -> Labelled:
    """The persons of these deliveries, each in its newest version, and who they are in truth.

    Shape:   `truth` by `source:record_id`, of the records read: those of the census bear no name and are left out.
    """
    newest: dict[tuple[str, str], dict[str, str]] = {}
    for row in _rows(out):
        newest[row["source"], row["record_id"]] = row
    with (out / "truth" / "people.csv").open(encoding="utf-8", newline="") as file:
        told = {(row["source"], row["record_id"]): row["true_person"] for row in csv.DictReader(file)}
    truth = {f"{source}:{record}": person for (source, record), person in told.items() if (source, record) in newest}
    rows = [row for key, row in newest.items() if f"{key[0]}:{key[1]}" in truth]
    columns = sorted({column for row in rows for column in row})
    table = pa.table({c: pa.array([row.get(c) or None for row in rows], pa.string()) for c in columns})
    return Labelled("made-up force", table, truth)
