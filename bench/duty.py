"""Every duty of a force at once: the engine from Parquet to Parquet, a plain loop over the same rules, PM4Py on one."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from bench.duty_force import write_force
from bench.duty_plain import loop
from duecare.duty.engine.evaluate import evaluate_duties
from duecare.duty.engine.finding_reader import stream_findings
from duecare.duty.engine.prepare import PREPARED, prepare_tables
from duecare.duty.roster import Roster
from duecare.record.pole import OfficerRecord, PostRecord
from duecare.rulebook.all_duties import all_duties
from duecare.rulebook.force_policy import read_policy
from duecare.store.bulk.duckdb_engine import Duck
from duecare.store.bulk.duty_tables import give_tables

SIZES = (100_000, 1_000_000)
PLAIN = 5_000
AS_OF = datetime(2018, 1, 1, tzinfo=UTC)
POLICY = read_policy(Path(__file__).parents[1] / "policy" / "force.sample.toml")
POSTS = ("detective_inspector", "custody_inspector", "designated_officer", "missing_coordinator", "chief_officer_lead")
ROSTER = Roster(
    tuple(
        OfficerRecord(
            "people",
            f"W{n}",
            supervisor=f"S{n % 300}",
            absent_from=datetime(2017, 1, 1 + n % 28, tzinfo=UTC) if n % 20 == 0 else None,
            absent_from_text="2017-01" if n % 20 == 0 else "",
            absent_to=datetime(2017, 3, 1, tzinfo=UTC) if n % 20 == 0 else None,
            written_at=datetime(2017, 1, 1, tzinfo=UTC),
        )
        for n in range(3000)
    ),
    tuple(PostRecord("people", f"{kind}{n}", kind, f"E0900000{n}", f"S{n}") for kind in POSTS for n in range(1, 10)),
)


def main() -> None:
    """Print the table; DUECARE_BENCH_SIZES names other sizes, DUECARE_PM4PY a Python that has PM4Py."""
    sizes = [int(size) for size in os.environ.get("DUECARE_BENCH_SIZES", "").split()] or list(SIZES)
    with tempfile.TemporaryDirectory(prefix="duecare-bench-") as folder:
        work = Path(folder)
        print(f"{len(all_duties())} duties, as of {AS_OF:%Y-%m-%d}; seconds on the wall (of the processors)\n")
        print("| cases | events | facts prepared | judged to Parquet | findings | rows a second | peak memory |")
        print("|---|---|---|---|---|---|---|")
        costs = []
        for cases in sizes:
            write_force(cases, work / str(cases))
            prepared, judged, found = by_engine(work / str(cases), work)
            costs.append((cases, judged))
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            took = f"{prepared} | {judged} | {found:,} | {found / judged.wall:,.0f} | {peak:,.0f} MiB"
            print(f"| {cases:,} | {cases * 10:,} | {took} |", flush=True)
        print("\n| peer | of | seconds | beside the engine |\n|---|---|---|---|")
        if len(costs) > 1:
            (small, a), (large, b) = costs[0], costs[-1]
            print(
                f"| growth | {small:,} to {large:,} cases | – | {b.cpu / a.cpu:.1f} times for {large / small:g} times as many |"
            )
        plain = by_loop(work)
        for cases, judged in costs:
            scaled = plain.cpu * cases / PLAIN
            print(
                f"| plain loop | {cases:,} cases, from {PLAIN:,} | {scaled:,.0f} | {scaled / judged.cpu:.1f} times the work |"
            )
        a_duty = f"{costs[0][1].cpu / len(all_duties()):.2f} s of the processors a duty by the engine"
        print(f"| PM4Py, one rule, late cases counted | {sizes[0]:,} cases | {by_pm4py(work, sizes[0])} | {a_duty} |")


class Took:
    """How long did something take, on the wall and of the processors?"""

    def __init__(self, work: Callable[[], object]) -> None:
        wall, cpu = time.perf_counter(), time.process_time()
        self.answer: Any = work()
        self.wall, self.cpu = time.perf_counter() - wall, time.process_time() - cpu

    def __str__(self) -> str:
        return f"{self.wall:.1f} ({self.cpu:.1f})"


def by_engine(folder: Path, work: Path) -> tuple[Took, Took, int]:
    """Prepare the facts once, then judge from Parquet to Parquet."""
    kept = work / "prepared"
    kept.mkdir(exist_ok=True)
    prepared = Took(lambda: _prepare(folder, kept))
    engine = _engine(work)
    for name in PREPARED:
        engine.connection.execute(f"CREATE VIEW {name} AS FROM '{kept / name}.parquet'")
    judged = Took(lambda: _judge(engine, work))
    ((found,),) = engine.rows("SELECT count(*) FROM finding")
    engine.connection.close()
    return prepared, judged, int(found)


def _prepare(folder: Path, kept: Path) -> None:
    engine = _given(folder, kept.parent)
    prepare_tables(engine, ROSTER)
    for name in PREPARED:
        engine.connection.execute(f"COPY {name} TO '{kept / name}.parquet' (FORMAT parquet)")
    engine.connection.close()


def _given(folder: Path, work: Path) -> Duck:
    engine = _engine(work)
    for sheet in ("persons", "cases", "events", "ties"):
        engine.keep(
            sheet,
            f"SELECT source, key, version_at, body, case_source, case_ref FROM '{folder / sheet}.parquet' QUALIFY row_number()"
            " OVER (PARTITION BY source, key ORDER BY version_at DESC, sha256 DESC) = 1 AND NOT is_withdrawn",
        )
    engine.keep(
        "whose", "SELECT source AS record_source, key AS record_id, substr(md5(key), 1, 16) AS person FROM persons"
    )
    give_tables(engine)
    engine.forget("persons", "cases", "events", "ties", "whose")
    return engine


def _judge(engine: Duck, work: Path) -> None:
    left = evaluate_duties(engine, all_duties(), ROSTER, AS_OF, POLICY)
    assert not left
    for name in ("finding", "found_evidence", "found_told"):
        engine.connection.execute(f"COPY {name} TO '{work / name}.parquet' (FORMAT parquet)")


def _engine(work: Path) -> Duck:
    config = {
        "threads": 2,
        "memory_limit": "12GB",
        "preserve_insertion_order": False,
        "temp_directory": str(work / "spill"),
    }
    connection = duckdb.connect(config=config)
    connection.execute("SET enable_progress_bar = false")
    return Duck(connection)


def by_loop(work: Path) -> Took:
    """The judge over a smaller force, one timeline after another; its findings are those of the engine."""
    folder = work / "plain"
    write_force(PLAIN, folder)
    engine = _given(folder, work)
    took = Took(lambda: list(loop(engine.connection, ROSTER, AS_OF, POLICY)))
    prepare_tables(engine, ROSTER)
    evaluate_duties(engine, all_duties(), ROSTER, AS_OF, POLICY)
    assert sorted(map(str, took.answer)) == sorted(map(str, stream_findings(engine))), "the two do not agree"
    engine.connection.close()
    return took


def by_pm4py(work: Path, cases: int) -> str:
    """PM4Py's own time on one rule over the same events, where a Python that has it is named."""
    python = os.environ.get("DUECARE_PM4PY", sys.executable)
    log = work / "log.parquet"
    duckdb.connect().execute(
        f"COPY (SELECT case_ref, json_extract_string(body, '$.kind') AS kind, version_at - 600 AS s FROM"
        f" '{work / str(cases)}/events.parquet' ORDER BY case_ref, s) TO '{log}' (FORMAT parquet)"
    )
    try:
        done = subprocess.run(
            [python, str(Path(__file__).parent / "duty_pm4py.py"), str(log)],
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return "not installed here"
    return done.stdout.split()[0] if done.returncode == 0 else "not installed here"
