"""Linkage measured on public labelled sets and the made-up force, ours beside a plain Splink model: a table on standard output.

`DUECARE_BENCH_DATA` names the folder of the sets; `python bench/linkage.py [SET …]`.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
import tomllib
from pathlib import Path

import linkage_force
from linkage_peer import peer_people
from linkage_score import measure
from linkage_sets import SETS, Labelled

from duecare.linkage import Linked, link, train
from duecare.person.guard import Guards

POLICY = Path(__file__).parents[1] / "policy" / "bench.toml"
HEAD = f"{'set':14} {'by':24} {'pair P':>7} {'pair R':>7} {'pair F1':>8} {'B3 F1':>7} {'largest':>8} {'true':>5} {'seconds':>8}"


def by_record(linked: Linked, *, with_source: bool) -> dict[str, str]:
    rows = linked.clusters.to_pylist()
    return {f"{r['source']}:{r['record_id']}" if with_source else r["record_id"]: r["person"] for r in rows}


def show(name: str, who: str, found: dict[str, str], truth: dict[str, str], seconds: float) -> None:
    m = measure(found, truth)
    print(
        f"{name:14} {who:24} {m['precision']:7.4f} {m['recall']:7.4f} {m['f1']:8.4f} {m['b_f1']:7.4f} "
        f"{m['largest']:8.0f} {m['largest_true']:5.0f} {seconds:8.1f}",
        flush=True,
    )


def measured(labelled: Labelled) -> None:
    guards = Guards(**tomllib.loads(POLICY.read_text(encoding="utf-8"))["linkage"])
    start = time.perf_counter()
    model = train(labelled.records, name=labelled.name)
    trained = time.perf_counter() - start
    start = time.perf_counter()
    linked = link(labelled.records, model=model, guards=guards)
    show(
        labelled.name,
        "duecare, trained on it",
        by_record(linked, with_source=False),
        labelled.truth,
        time.perf_counter() - start,
    )
    print(f"{'':14} (training took {trained:.1f} s)")
    for threshold in (0.5, 0.95):
        start = time.perf_counter()
        found, _ = peer_people(labelled.records, threshold)
        show(labelled.name, f"plain Splink at {threshold}", found, labelled.truth, time.perf_counter() - start)


def measured_force() -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "force"
        linkage_force.write(out, times=8, seed=987)
        force = linkage_force.read(out)
    start = time.perf_counter()
    linked = link(force.records)
    show(
        "made-up force",
        "duecare, shipped model",
        by_record(linked, with_source=True),
        force.truth,
        time.perf_counter() - start,
    )


def main() -> None:
    wanted = sys.argv[1:] or [*SETS, "force"]
    print(HEAD)
    for name in wanted:
        if name == "force":
            measured_force()
        else:
            measured(SETS[name]())
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


if __name__ == "__main__":
    main()
