"""Linkage measured on public labelled sets and on the made-up force at size, ours beside its peers: a table on standard output.

Seconds are on the wall, then those used of the processors, which other work on the machine disturbs less.
`SCALE` is small, 200k, 1m or 5m; without it the public sets and 200k are taken. `DUECARE_BENCH_DATA` names the folder of
the sets, `DUECARE_RECORDLINKAGE` a Python that has recordlinkage. `python bench/linkage.py [SET …]` takes some of the sets.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

HERE = Path(__file__).parent
SIZES: Final = {"small": 20_000, "200k": 200_000, "1m": 1_000_000, "5m": 5_000_000}
PLAIN: Final = ("plain Splink at 0.5", "plain Splink at 0.95")
CAREFUL, ALONE, OURS = "Splink, careful settings", "Splink alone", "duecare"
PRECISE: Final = 0.999
HEAD: Final = (
    f"{'set':13} {'by':34} {'pair P':>7} {'pair R':>7} {'pair F1':>8} {'B3 F1':>7} {'largest':>8} {'true':>5} "
    f"{'household':>10} {'seconds':>8} {'of alone':>8} {'used':>8} {'of alone':>8} {'GB':>6} {'of alone':>8}"
)


@dataclass(slots=True)
class Row:
    """What came of one contender on one set?

    Units:   seconds on the wall, and `used` of the processors, training included where there is any; gigabytes at the peak
             of its process, the records read included.
    """

    by: str
    good: dict[str, float]
    seconds: float
    used: float
    peak: float
    more: dict[str, Any] = field(default_factory=dict)


def main() -> None:
    """Print the table."""
    sys.path.insert(0, str(HERE))
    scale = os.environ.get("SCALE", "")
    if scale not in {"", *SIZES}:
        sys.exit(f"There is no SCALE {scale}; there are {', '.join(SIZES)}.")
    with tempfile.TemporaryDirectory(prefix="duecare-bench-") as folder:
        place = Path(folder)
        print(HEAD)
        if not scale:
            _public(place, sys.argv[1:])
        if scale or not sys.argv[1:]:
            _made_up(place, scale or "200k")


def _public(place: Path, wanted: list[str]) -> None:
    from linkage_sets import SETS, folder

    if not folder().is_dir():
        print(f"(the public sets are left out: there is no folder {folder()}; DUECARE_BENCH_DATA names it)")
        return
    for name in wanted or SETS:
        labelled = SETS[name]()
        records = labelled.records
        truth = [labelled.truth[record] for record in records.column("record_id").to_pylist()]
        records = records.append_column("true_person", pa.array(truth)).append_column(
            "household", pa.nulls(len(truth), pa.string())
        )
        pq.write_table(records, place / f"{name}.parquet")
        contenders = ["duecare, trained on it", *PLAIN, CAREFUL]
        if name.startswith("febrl"):
            contenders.append("recordlinkage")
        for row in _rows(contenders, place / f"{name}.parquet", place):
            _show(name, row, None)


def _made_up(place: Path, scale: str) -> None:
    from linkage_people import write

    path = place / f"{scale}.parquet"
    count = write(path, records=SIZES[scale])
    # The tutorial's blocks lay side by side everybody of one name: at five million they fill a disk.
    plain = () if scale == "5m" else PLAIN
    alone = None
    for row in _rows([ALONE, OURS, CAREFUL, *plain], path, place):
        alone = row if row.by == ALONE else alone
        _show(f"made-up {scale}", row, alone)
        if row.by == ALONE:
            print(f"{'':13} ({count:,} records, {row.more['pairs']:,} pairs by the blocks of Duecare)")
    _show_blocks(path)


def _show_blocks(path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(HERE / "linkage_blocks.py"), str(path)], stdout=subprocess.PIPE, check=True, text=True
    )
    print(done.stdout, end="", flush=True)


def _rows(contenders: list[str], source: Path, place: Path) -> Iterator[Row]:
    for who in contenders:
        try:
            row = _recordlinkage(source, place) if who == "recordlinkage" else _child(who, source, place)
        except subprocess.CalledProcessError as failed:
            print(f"{'':13} ({who}: did not finish, {failed})", flush=True)
            continue
        if row is not None:
            yield row


def _child(who: str, source: Path, place: Path) -> Row:
    from linkage_score import measure

    with tempfile.TemporaryDirectory(dir=place) as out:
        command = [sys.executable, str(HERE / "linkage_child.py"), who, str(source), out]
        told = json.loads(
            subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout.splitlines()[-1]
        )
        found = {at: measure(Path(out) / f"{at}.parquet", source) for at in told["at"]}
    # Of several thresholds: with which most is right, at size only where it is precise enough to be used unseen.
    has_households = source.stem in SIZES
    precise = {at for at, good in found.items() if good["precision"] >= PRECISE} if has_households else set()
    best = max(precise or found, key=lambda at: found[at]["f1"])
    by = f"{who} at {best}" if len(found) > 1 else who
    return Row(by, found[best], told["seconds"], told["used"], told["peak"], told)


def _recordlinkage(source: Path, place: Path) -> Row | None:
    from linkage_score import measure

    python = os.environ.get("DUECARE_RECORDLINKAGE")
    if not python:
        print(f"{'':13} (recordlinkage is left out: DUECARE_RECORDLINKAGE names no Python that has it)")
        return None
    records, found, people = place / "given.csv", place / "found.csv", place / "found.parquet"
    table = pq.read_table(source)
    pa.csv.write_csv(table.drop_columns(["true_person", "household"]), records)
    command = [python, str(HERE / "linkage_recordlinkage.py"), str(records), str(found)]
    told = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout.splitlines()[-1])
    texts = pa.csv.ConvertOptions(column_types={"record_id": pa.string(), "cluster": pa.string()})
    pq.write_table(pa.csv.read_csv(found, convert_options=texts), people)
    return Row("recordlinkage", measure(people, source), told["seconds"], told["used"], told["peak"], told)


def _show(name: str, row: Row, alone: Row | None) -> None:
    m = row.good

    def of(own: float, its: float | None) -> str:
        return f"{own / its:8.2f}" if its else " " * 8

    print(
        f"{name:13} {row.by:34} {m['precision']:7.4f} {m['recall']:7.4f} {m['f1']:8.4f} {m['b_f1']:7.4f} "
        f"{m['largest']:8,.0f} {m['largest_true']:5,.0f} {m['household']:10,.0f} "
        f"{row.seconds:8.1f} {of(row.seconds, alone and alone.seconds)} "
        f"{row.used:8.1f} {of(row.used, alone and alone.used)} {row.peak:6.2f} {of(row.peak, alone and alone.peak)}",
        flush=True,
    )


if __name__ == "__main__":
    main()
