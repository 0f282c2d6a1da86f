"""A quarter's report of a whole made-up force: figures counted and kept, put together, cleared, written; a group-by beside."""

from __future__ import annotations

import os
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

QUARTER = "2026-Q3"
DRAFTED_AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def main() -> None:
    """Print the table; DUECARE_BENCH_REPORT_SCALE names another force, DUECARE_BENCH_REPORT_HOME a store to use again."""
    scale = os.environ.get("DUECARE_BENCH_REPORT_SCALE", "force")
    kept = os.environ.get("DUECARE_BENCH_REPORT_HOME", "")
    folder = Path(kept or tempfile.mkdtemp(prefix="duecare-bench-")).absolute()
    try:
        print(f"The made-up force `{scale}`, the report of {QUARTER}; seconds on the wall (of the processors)\n")
        print("| part | seconds | of what |\n|---|---|---|", flush=True)
        parts = Parts()
        make_store(folder, scale, parts)
        report(folder, parts)
        print(f"| memory | {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB at its peak | |")
    finally:
        if not kept:
            shutil.rmtree(folder, ignore_errors=True)


class Parts:
    """How long did each part take, on the wall and of the processors?"""

    def __init__(self) -> None:
        self.wall = self.processors = 0.0

    @contextmanager
    def part(self, name: str, *, counts: bool = True) -> Iterator[list[str]]:
        """Time what is done inside, and print it with what was told; `counts`: it is of the report's own time."""
        wall, processors = time.perf_counter(), _processors()
        told: list[str] = []
        yield told
        wall, processors = time.perf_counter() - wall, _processors() - processors
        if counts:
            self.wall, self.processors = self.wall + wall, self.processors + processors
        print(f"| {name} | {wall:.1f} ({processors:.1f}) | {' '.join(told)} |", flush=True)


def _processors() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def make_store(folder: Path, scale: str, parts: Parts) -> None:
    """A store with a force received and linked, as this bench finds it where one was kept; none of it is the report's time."""
    os.environ["DUECARE_HOME"] = str(folder / "home")
    made = folder / "made"
    asking, config = _open()
    if not made.exists():
        from duecare.synthetic.write import write_synthetic
        from duecare.use_cases.deliveries.receive_delivery import receive_files
        from duecare.use_cases.linkage.link_all import link_all_records

        shutil.rmtree(folder / "deliveries", ignore_errors=True)
        with parts.part("before: the force made up", counts=False) as told:
            written = write_synthetic(folder / "deliveries", scale=scale, ending=DRAFTED_AT)
            told.append(f"{written.records:,} rows in {written.deliveries} deliveries")
        with parts.part("before: received", counts=False):
            receive_files(asking, config, list(written.paths))
        with parts.part("before: linked", counts=False) as told:
            linked = link_all_records(asking, config)
            told.append(f"{linked.records:,} records are {linked.people:,} people")
        made.write_text(f"{written.records:,} rows\n", encoding="utf-8")
    from duecare.store.bulk import parquet_copy

    # An assessment gives the Parquet copy up to date, and is made before any report; nothing else of it is used here,
    # for what is owed is worked out at the end of the quarter.
    with parts.part("before: the Parquet copy brought up to date", counts=False):
        parquet_copy.update_copy()


def report(folder: Path, parts: Parts) -> None:
    """Every part of the report: its figures taken, put together, cleared and written."""
    from duecare.disclosure import read_disclosure
    from duecare.report.release.release_clearance import cleared
    from duecare.report.render.bundle import files_of
    from duecare.rulebook.force_policy import read_policy
    from duecare.use_cases.figures.take_snapshot import take_snapshot
    from duecare.use_cases.releases.quarter_inputs import Asked, drafted_quarter

    asking, config = _open()
    laps = Laps(parts)
    snapshot = take_snapshot(asking, config, QUARTER, tell_progress=laps.done)
    laps.done("read back")
    lines = sum(snapshot.members.values())
    print(
        f"| | | {len(snapshot.values):,} values of {len(snapshot.members)} figures, from {lines:,} lines |", flush=True
    )
    with parts.part("put together") as told:
        draft = drafted_quarter(config, Asked(QUARTER.lower(), QUARTER), asking.now)(("head", "of the ledger"))
        told.append(f"{sum(len(one.tables) for one in draft.sections)} tables")
    with parts.part("cleared") as told:
        found = cleared(draft, (), read_disclosure(config.policy))
        said = found.summary
        told.append(f"{said.cells:,} counts of children, {said.small + said.hidden_for_others:,} hidden")
    with parts.part("every file made and written") as told:
        files = files_of(found.released, read_policy(config.policy).force or "the force")
        out = folder / "report"
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        for name, body in files.items():
            (out / name).write_bytes(body)
        told.append(f"{len(files)} files, {sum(map(len, files.values())) / 1e6:.1f} MB")
    print(
        f"| **the report** | **{parts.wall:.1f} ({parts.processors:.1f})** | bar: 120 on the wall, alone on two cores |"
    )
    beside(snapshot)


class Laps:
    """The parts of a step that tells when each is done."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self._began = time.perf_counter(), _processors()

    def done(self, name: str) -> None:
        """This part is done, and the next begins."""
        wall, processors = time.perf_counter() - self._began[0], _processors() - self._began[1]
        self.parts.wall, self.parts.processors = self.parts.wall + wall, self.parts.processors + processors
        print(f"| figures: {name} | {wall:.1f} ({processors:.1f}) | |", flush=True)
        self._began = time.perf_counter(), _processors()


def beside(snapshot: Any) -> None:
    """From the lines kept to every value: the engine, the judge, and the counts alone by one GROUP BY a cut."""
    from duecare.figure import figure_values, valued_cuts
    from duecare.figure.catalogue.all_figures import figure_catalogue
    from duecare.figure.engine import engine_tallies
    from duecare.store.bulk.duckdb_engine import Duck
    from duecare.store.figures import figure_members

    members = {figure: figure_members.members_of(snapshot.id, figure) for figure in figure_catalogue()}
    definitions = [one.definition for one in figure_catalogue().values()]

    def by_engine() -> int:
        counted = engine_tallies(Duck(_connection()), definitions, (one for lines in members.values() for one in lines))
        return sum(len(valued_cuts(of, QUARTER, counted.get(of.id, {}))) for of in definitions)

    def by_judge() -> int:
        return sum(len(figure_values(of, QUARTER, members[of.id])) for of in definitions)

    def by_group() -> int:
        return sum(_grouped(of, members[of.id]) for of in definitions)

    print("\n| from the same lines to values | seconds | values |\n|---|---|---|")
    for name, work in (
        ("engine, with medians and intervals", by_engine),
        ("judge, the same in plain Python", by_judge),
        ("DuckDB, counts alone, one GROUP BY a cut", by_group),
    ):
        print(f"| {name} | {_timed(work)} |", flush=True)


def _grouped(of: Any, members: Any) -> int:
    from duecare.figure.figure_count import cuts_of

    if not members:
        return 1
    names = sorted(of.by)
    columns = {name.value: [one.by(name) for one in members] for name in names} | {
        "counts": [one.counts for one in members]
    }
    connection = _connection()
    connection.register("line", pa.table(columns))
    found = 0
    for cut in cuts_of(of):
        by = ", ".join(one.value for one in cut) or "()"
        counted = "count(*) FILTER (counts), count(counts), count(*) - count(counts)"
        found += len(connection.execute(f"SELECT {counted} FROM line GROUP BY {by}").fetchall())
    return found


def _timed(work: Callable[[], int]) -> str:
    wall, processors = time.perf_counter(), _processors()
    found = work()
    return f"{time.perf_counter() - wall:.1f} ({_processors() - processors:.1f}) | {found:,}"


def _connection() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(config={"threads": 2})
    connection.execute("SET enable_progress_bar = false")
    return connection


def _open() -> tuple[Any, Any]:
    from duecare.config import read_config
    from duecare.use_cases.operations.open_store import open_store

    config = read_config()
    open_store()
    from duecare.use_cases.operations.manage_accounts import at_command_line

    return at_command_line(config, "bench", DRAFTED_AT + timedelta(minutes=1)), config
