"""The chain: rows received a second beside the thinnest plain-Python loader, and the made-up force end to end."""

from __future__ import annotations

import csv
import json
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

EVENTS = 100_000
RUNS = 3


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="duecare-bench-") as folder:
        work = Path(folder)
        delivery = write_delivery(work, EVENTS)
        ours, plain = [], []
        for run in range(RUNS):
            ours.append(receive(delivery, work / f"home-{run}"))
            plain.append(load_plainly(delivery, work / f"plain-{run}.sqlite3"))
        rows = 2 * EVENTS
        print("| measure | Duecare | thinnest plain-Python load | ratio |")
        print("|---|---|---|---|")
        a, b = rows / statistics.median(t for t, _ in ours), rows / statistics.median(plain)
        print(f"| receive, rows a second (median of {RUNS}, {rows:,} rows) | {a:,.0f} | {b:,.0f} | {a / b:.2f} |")
        peak = max(memory for _, memory in ours)
        print(f"| receive, peak memory of the larger process | {peak / 1024:,.0f} MiB | – | – |")
        for name, seconds in demo(work / "demo").items():
            print(f"| made-up force, {name} | {seconds:.1f} s | – | – |")


def write_delivery(work: Path, events: int) -> Path:
    """A `pole` delivery of this many events and as many ties."""
    folder = work / "pole-2026-01-01"
    folder.mkdir()
    with (folder / "events.csv").open("w", newline="") as one, (folder / "ties.csv").open("w", newline="") as two:
        told, tied = csv.writer(one), csv.writer(two)
        told.writerow(
            ("event_id", "kind", "happened_at", "case_ref", "area", "officer", "detail", "text", "written_at")
        )
        tied.writerow(("event_id", "record_id", "role"))
        for i in range(events):
            day = f"2025-{i % 12 + 1:02}-{i % 28 + 1:02}"
            told.writerow(
                (f"E{i:07}", "child_seen", f"{day}T10:00:00+00:00", f"C{i // 5:06}", "Ashmere", "W1", '{"alone": true}',
                 "Seen.", f"{day}T12:00:00+00:00")
            )  # fmt: skip
            tied.writerow((f"E{i:07}", f"P{i // 5:06}", "child"))
    return folder


def receive(delivery: Path, home: Path) -> tuple[float, int]:
    """How long does the command take, start-up included, and what is its peak memory in KiB?"""
    began = time.monotonic()
    command("receive", str(delivery), "--json", home=home)
    return time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def load_plainly(delivery: Path, out: Path) -> float:
    """How long does a loop take that parses, checks the times and the JSON, and inserts, durable at its end?"""
    began = time.monotonic()
    connection = sqlite3.connect(out)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE fact (sheet, key, version, body)")
    for sheet, key in (("events", "event_id"), ("ties", "event_id")):
        with (delivery / f"{sheet}.csv").open(newline="") as file:
            rows = []
            for row in csv.DictReader(file):
                if sheet == "events":
                    datetime.fromisoformat(row["happened_at"])
                    json.loads(row["detail"])
                rows.append((sheet, row[key], row.get("written_at"), json.dumps(row)))
                if len(rows) == 10_000:
                    connection.executemany("INSERT INTO fact VALUES (?, ?, ?, ?)", rows)
                    rows.clear()
            connection.executemany("INSERT INTO fact VALUES (?, ?, ?, ?)", rows)
    connection.execute("CREATE INDEX fact_key ON fact (sheet, key)")
    connection.commit()
    connection.close()
    return time.monotonic() - began


def demo(home: Path) -> dict[str, float]:
    """How long does each part of the chain take on the small made-up force, each a command of its own?"""
    spent = {}
    out = home.parent / "deliveries"
    began = time.monotonic()
    command("synthesise", str(out), "--json", home=home)
    spent["synthesise"] = time.monotonic() - began
    paths = sorted(str(path) for path in out.iterdir() if path.name != "truth")
    for name, arguments in (("receive", ["receive", *paths]), ("link", ["link"]), ("assess", ["assess"])):
        began = time.monotonic()
        command(*arguments, "--json", home=home)
        spent[name] = time.monotonic() - began
    spent["the whole chain"] = sum(spent.values())
    return spent


def command(*arguments: str, home: Path) -> None:
    """Run a command on the store at `home`."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("DUECARE_")}
    subprocess.run(
        [str(Path(sys.executable).parent / "duecare"), *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
        env={**environ, "DUECARE_HOME": str(home)},
    )
