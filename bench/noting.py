"""Search before create: a look, then the insert with a durable commit, each part's share, on both databases."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

TIMES = int(os.environ.get("DUECARE_BENCH_NOTING_TIMES", "4"))
EACH = int(os.environ.get("DUECARE_BENCH_NOTING_EACH", "300"))
PARTS = ("look", "decide", "insert", "durable commit", "judge", "link", "assess")


def main() -> None:
    """Print the table. DUECARE_BENCH_NOTING_TIMES: so many small forces."""
    import linkage_force

    from bench.search import _store
    from bench.search_set import deliver, drawn

    with tempfile.TemporaryDirectory(prefix="duecare-bench-") as folder:
        place = Path(folder)
        linkage_force.write(place / "force", times=TIMES, seed=41)
        held = linkage_force.read(place / "force")
        questions, rows = drawn(held.records.to_pylist(), held.truth, seed=3, each=EACH)
        deliver(rows, place / "made-2026")
        (place / "questions").write_bytes(pickle.dumps([one.record for one in questions[:EACH]]))
        print(
            f"{len(rows):,} records; {EACH} people looked for by name, birth date and home, then recorded, none of these."
        )
        print(
            "ms, median / p95, on a machine that others may use too. Search and create: look, decide, insert, commit.\n"
        )
        print(f"| database | linked | search and create | of that, own processor | {' | '.join(PARTS)} | all |")
        print(f"|{'---|' * (len(PARTS) + 5)}")
        for engine in ("sqlite", "postgres"):
            for linked in ("no", "yes"):
                with _store(engine, place) as environment:
                    own = environment | {"DUECARE_HOME": str(place / f"{engine}-{linked}")}
                    command = [sys.executable, "-m", "bench.noting", engine, linked, str(place)]
                    done = subprocess.run(command, env=own, stdout=subprocess.PIPE, check=True, text=True)
                    print(f"| {engine} | {linked} | {' | '.join(json.loads(done.stdout))} |", flush=True)


def child(linked: str, place: Path) -> None:
    """Receive, link, note; the columns of one line as JSON on standard output."""
    from duecare.use_cases.operations.open_store import open_store

    open_store()
    from django.db import connection
    from django.db.backends.base.base import BaseDatabaseWrapper

    from duecare.access.viewer import Viewer
    from duecare.authorisation.request import Request
    from duecare.config import read_config
    from duecare.person.person_description import Described
    from duecare.store.database.health_check import durability_text
    from duecare.store.search import search_index
    from duecare.use_cases.deliveries.receive_delivery import receive_files
    from duecare.use_cases.linkage.link_all import link_all_records
    from duecare.use_cases.people import record_person as step
    from duecare.use_cases.people.coming_to_notice import Coming
    from duecare.vocabulary import clock

    viewer = Viewer("bench", frozenset({"data_officer"}), channel="command")
    asking, config = Request(viewer, "bench", clock.current_moment(), channel="command"), read_config()
    receive_files(asking, config, [place / "made-2026"])
    if linked == "yes":
        link_all_records(asking, config)
    search_index.update_index()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(durability_text(), file=sys.stderr)
    spent = dict.fromkeys(PARTS, 0.0)
    for name, part in (
        ("keep_own", "insert"),
        ("_judge", "judge"),
        ("link_affected", "link"),
        ("refresh_affected", "assess"),
    ):
        setattr(step, name, _timed(getattr(step, name), part, spent))
    own = {"insert": 0.0}
    step.keep_own = _timed(step.keep_own, "insert", own, time.process_time)
    with _commits(BaseDatabaseWrapper, spent):
        kept: dict[str, list[float]] = {name: [] for name in ("both", "own processor", *PARTS, "all")}
        for number, one in enumerate(pickle.loads((place / "questions").read_bytes())):
            said = Described(one.given, one.family, born=one.born, postcode=one.postcode)
            if number == 3:  # the first few warm what is read once
                kept = {name: [] for name in kept}
            spent.update(dict.fromkeys(PARTS, 0.0))
            began, worked = time.perf_counter(), time.process_time()
            asking = Request(viewer, "bench", clock.current_moment(), channel="command")
            try:
                look = step.look_for_person(asking, config, said)
            except step.Refusal:
                continue
            spent["look"] = time.perf_counter() - began
            spent["durable commit"] = 0.0
            own["insert"] = 0.0
            by_the_look = time.process_time() - worked
            step.note_person(asking, config, said, look.mark, "none", coming=Coming("x", area="A"), reason="x")
            whole = time.perf_counter() - began
            spent["decide"] = whole - sum(spent[name] for name in ("look", "insert", "judge", "link", "assess"))
            kept["both"].append(spent["look"] + spent["decide"] + spent["insert"])
            kept["own processor"].append(by_the_look + own["insert"])
            kept["all"].append(whole)
            for name in PARTS:
                kept[name].append(spent[name])
    print(json.dumps([_said(times) for times in kept.values()]))


def _timed(
    real: Callable[..., Any], part: str, spent: dict[str, float], clock: Callable[[], float] = time.perf_counter
) -> Callable[..., Any]:
    def timed(*args: Any, **named: Any) -> Any:
        began = clock()
        try:
            return real(*args, **named)
        finally:
            spent[part] += clock() - began

    return timed


@contextmanager
def _commits(wrapper: Any, spent: dict[str, float]) -> Iterator[None]:
    """How long commits take, of what is inserted and judged alike; a part of those parts, not beside them."""
    real = wrapper._commit
    wrapper._commit = _timed(real, "durable commit", spent)
    try:
        yield
    finally:
        wrapper._commit = real


def _said(times: list[float]) -> str:
    in_order = sorted(time * 1_000 for time in times)
    return f"{in_order[len(in_order) // 2]:.1f} / {in_order[int(0.95 * (len(in_order) - 1))]:.1f}"


if __name__ == "__main__":
    if len(sys.argv) > 2:
        child(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
