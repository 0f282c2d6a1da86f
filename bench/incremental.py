"""One new event in one case: how long until its findings are worked out, and until the worklist's page shows them?"""

from __future__ import annotations

import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

TIMES = 20


def main() -> None:
    """Print the table, on the store named by BENCH_HOME (it is written to: name a copy), else on a small one made here."""
    with tempfile.TemporaryDirectory(prefix="duecare-bench-") as folder:
        home = os.environ.get("BENCH_HOME") or _small(Path(folder) / "home")
        for name in [name for name in os.environ if name.startswith("DUECARE_") and name != "DUECARE_DATABASE_URL"]:
            del os.environ[name]
        os.environ["DUECARE_HOME"] = home
        from duecare.use_cases.operations.open_store import open_store

        open_store()
        _measure(Path(folder))


def _small(home: Path) -> str:
    subprocess.run(
        [str(Path(sys.executable).parent / "duecare"), "demo", "--no-serve"],
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "DUECARE_HOME": str(home)},
    )
    return str(home)


def _measure(folder: Path) -> None:
    from django.contrib.auth import get_user_model
    from django.test import Client

    from duecare.access.viewer import Viewer
    from duecare.assessment.refresh_affected import refresh_affected
    from duecare.authorisation.request import Request
    from duecare.config import read_config
    from duecare.store import accounts
    from duecare.store.findings import assessment_runs
    from duecare.use_cases.casework.view_worklist import read_worklist
    from duecare.use_cases.deliveries.receive_delivery import receive_files
    from duecare.vocabulary import clock

    officer = Viewer("bench", frozenset({"data_officer"}), channel="command")
    chief = Viewer("bench-chief", frozenset({"chief_officer"}))
    accounts.enrol_account("bench-chief", ["chief_officer"])
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(
        get_user_model().objects.get(username="bench-chief"), "django.contrib.auth.backends.ModelBackend"
    )
    read_worklist(Request(chief, "bench", clock.current_moment(), "web"))
    items = [
        item
        for item in read_worklist(Request(chief, "bench", clock.current_moment(), "web"), per_page=400).items
        if item.case
    ]
    spent: dict[str, list[float]] = {}

    def timed(what: str, deed: Callable[[], Any]) -> Any:
        began = time.monotonic()
        found = deed()
        spent.setdefault(what, []).append(1000 * (time.monotonic() - began))
        return found

    for number, item in enumerate(items[:: max(1, len(items) // TIMES)][:TIMES]):
        assert item.case is not None
        asking = Request(officer, "bench", clock.current_moment(), "command")
        delivery = _one_event(folder, number, item.case, asking.now)
        timed("received, accepted", lambda asking=asking, at=delivery: receive_files(asking, read_config(), [at]))
        brought = timed("assessed: what it touches", lambda asking=asking: refresh_affected(asking))
        timed(
            "assessed: the worklist read", lambda: read_worklist(Request(chief, "bench", clock.current_moment(), "web"))
        )
        timed("the worklist's page", lambda: client.get("/worklist/"))
        spent.setdefault("cases assessed for it", []).append(brought.cases)
        assert brought.is_whole
    run = assessment_runs.run_in_force()
    assert run is not None
    print(f"{len(items):,} lines looked at, {TIMES} events, each in a case of its own.\n")
    print("| measure | median | p95 | worst |")
    print("|---|---|---|---|")
    for what, each in spent.items():
        unit = "" if what.startswith("cases") else " ms"
        ordered = sorted(each)
        p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
        print(f"| {what} | {statistics.median(each):,.0f}{unit} | {p95:,.0f}{unit} | {ordered[-1]:,.0f}{unit} |")


def _one_event(folder: Path, number: int, case: Any, now: Any) -> Path:
    at = (now - timedelta(minutes=5)).isoformat()
    place = folder / f"bench{os.getpid()}-{number}"
    place.mkdir()
    with (place / "events.csv").open("w", newline="") as file:
        told = csv.writer(file)
        told.writerow(("event_id", "kind", "happened_at", "case_ref", "case_source", "officer", "written_at"))
        told.writerow((f"N{os.getpid()}-{number}", "supervisor_reviewed", at, case.case_ref, case.source, "B1", at))
    return place
