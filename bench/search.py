"""Search: recall and time on a made-up force some of whose records are left out and asked for; peers in the same run."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

TIMES = int(os.environ.get("DUECARE_BENCH_SEARCH_TIMES", "32"))
RECORDS = int(os.environ.get("DUECARE_BENCH_SEARCH_RECORDS", "0"))
ALONE = "DUECARE_BENCH_SEARCH_ALONE"
EACH = int(os.environ.get("DUECARE_BENCH_SEARCH_ASKED", "1000"))


def main() -> None:
    """Print the table. DUECARE_BENCH_SEARCH_TIMES: so many small forces; DUECARE_TANTIVY a Python that has it.

    Shape:   DUECARE_BENCH_SEARCH_RECORDS: so many records as `bench-linkage` makes them, instead of whole forces, for which a
             large one takes too long; DUECARE_BENCH_SEARCH_ALONE=sqlite or postgres: that engine, and nothing beside it.
    """
    from bench.search_set import deliver, drawn, key_of

    with tempfile.TemporaryDirectory(prefix="duecare-bench-") as folder:
        place = Path(folder)
        records, whose = _many(place) if RECORDS else _force(place)
        questions, rows = drawn(records, whose, seed=3, each=EACH)
        truth = {key_of(row): whose[f"{row['source']}:{row['record_id']}"] for row in rows}
        deliver(rows, place / "made-2026")
        (place / "questions").write_bytes(pickle.dumps((questions, truth)))
        _write_for_others(place)
        print(
            f"{len(rows):,} records of {len(set(truth.values())):,} people; asked by name, birth date and home alone;"
        )
        print("recall: the true person among the first ten. Times in ms, on a machine that others may use too.\n")
        print(
            "| by | kind | asked | recall at 10 | p50 | p95 where keys suffice | p95 with the second chance | its share | own"
            " processor p50 / p95 |"
        )
        print("|---|---|---|---|---|---|---|---|---|")
        for line in _lines(place):
            print(f"| {' | '.join(map(str, line))} |", flush=True)


def _force(place: Path) -> tuple[list[dict[str, str]], dict[str, str]]:
    import linkage_force

    linkage_force.write(place / "force", times=TIMES, seed=41)
    held = linkage_force.read(place / "force")
    return held.records.to_pylist(), held.truth


def _many(place: Path) -> tuple[list[dict[str, str]], dict[str, str]]:
    import linkage_people
    import pyarrow.parquet as pq

    linkage_people.write(place / "many.parquet", records=RECORDS)
    table = pq.read_table(place / "many.parquet")
    rows = table.drop_columns(["true_person", "household"]).to_pylist()
    names = (f"{row['source']}:{row['record_id']}" for row in rows)
    return rows, dict(zip(names, table.column("true_person").to_pylist(), strict=True))


def _write_for_others(place: Path) -> None:
    """The same questions for a peer that knows nothing of ours."""
    from bench.search_ask import questions

    asked, truth = questions(place)
    said = {
        kind: [
            (
                one.words,
                one.born,
                [w.lower() for w in (*one.about.address_words, one.about.postcode.replace(" ", "")) if w],
                who,
            )
            for one, who in of
        ]
        for kind, of in asked.items()
    }
    (place / "questions.json").write_text(json.dumps({"asked": said, "truth": truth}), encoding="utf-8")


def _lines(place: Path) -> Iterator[list[Any]]:
    alone = os.environ.get(ALONE)
    for engine in [alone] if alone else ["sqlite", "postgres"]:
        with _store(engine, place) as environment:
            yield from _asked([sys.executable, "-m", "bench.search_ask", engine, str(place)], environment)
    peer = os.environ.get("DUECARE_TANTIVY")
    if peer and not alone:
        yield from _asked([peer, str(Path(__file__).parent / "search_tantivy.py"), str(place)], dict(os.environ))


def _asked(command: list[str], environment: dict[str, str]) -> list[list[Any]]:
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True)
    found: list[list[Any]] = json.loads(done.stdout)
    return found


@contextmanager
def _store(engine: str, place: Path) -> Iterator[dict[str, str]]:
    plain = {name: value for name, value in os.environ.items() if name == ALONE or not name.startswith("DUECARE_")}
    mine = plain | {"DUECARE_HOME": str(place / engine), "DUECARE_USER": "bench"}
    if engine == "sqlite":
        yield mine
        return
    from tests.services import postgres

    with postgres.server() as server:
        yield mine | {"DUECARE_DATABASE_URL": server.url, "BENCH_ADMIN_URL": server.admin_url}
