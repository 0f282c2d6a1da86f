"""One store for `bench.search`: the force received, every question asked of Duecare and of what could be in its place."""

from __future__ import annotations

import json
import os
import pickle
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from duecare.person.comparable_record import Compared
from duecare.person.search_text import Asked

KINDS = ("dirty", "hard", "spoilt")
OF_A_PEER = 300
MOST_SPOILT = 1_000
Second = Callable[[Asked], Iterable[int]]


def main() -> None:
    """Receive, index, ask; the lines of the table as JSON on standard output."""
    engine, place = sys.argv[1], Path(sys.argv[2])
    from duecare.use_cases.operations.open_store import open_store

    open_store()
    from duecare.access.viewer import Viewer
    from duecare.authorisation.request import Request
    from duecare.config import read_config
    from duecare.store.search import search_index
    from duecare.use_cases.deliveries.receive_delivery import receive_files
    from duecare.vocabulary import clock

    officer = Viewer("bench", frozenset({"data_officer"}), channel="command")
    asking = Request(officer, "bench", clock.current_moment(), channel="command")
    (took,) = receive_files(asking, read_config(), [place / "made-2026"])
    began = time.perf_counter()
    search_index.update_index()
    seconds = time.perf_counter() - began
    print(f"{engine}: {took.accepted:,} records received, index made in {seconds:.0f} s", file=sys.stderr)
    _settle()
    asked, truth = questions(place)
    lines = [[f"Duecare, {engine}", *_line(kind, asked[kind], truth)] for kind in KINDS]
    alone = bool(os.environ.get("DUECARE_BENCH_SEARCH_ALONE"))
    for name, second in ({} if alone else _others(engine)).items():
        lines.append([name, *_line("spoilt", asked["spoilt"], truth, second)])
    if engine == "postgres" and not alone:
        lines += [["pg_trgm on names, PostgreSQL", *_peer(kind, asked[kind][:OF_A_PEER], truth)] for kind in KINDS]
    print(json.dumps(lines))


def questions(place: Path) -> tuple[dict[str, list[tuple[Asked, str]]], dict[str, str]]:
    """What is asked of each kind, with whose it is; and whose each record is.

    Shape:   dirty: one of name, birth date and home is borne out by no other record; hard: two; spoilt: records of any kind, two
             of the three spoilt on purpose.
    """
    from bench.search_set import asked_of, spoilt

    drawn, truth = pickle.loads((place / "questions").read_bytes())
    chance = random.Random(9)
    found: dict[str, list[tuple[Asked, str]]] = {kind: [] for kind in KINDS}
    for one in drawn:
        record = Compared(
            **{
                name: getattr(one.record, name)
                for name in ("given", "middle", "family", "born", "postcode", "home_number", "address_words")
            }
        )
        if one.wrong:
            found["dirty"].append((asked_of(record), one.person))
        if one.wrong >= 2:
            found["hard"].append((asked_of(record), one.person))
        if record.given and record.family and len(found["spoilt"]) < MOST_SPOILT:
            found["spoilt"].append((asked_of(spoilt(one.record, chance)), one.person))
    return found, truth


def _line(kind: str, asked: list[tuple[Asked, str]], truth: dict[str, str], second: Second | None = None) -> list[Any]:
    from duecare.linkage import shipped_model
    from duecare.store.search import candidate_search

    model = shipped_model()
    before = candidate_search._spelt_otherwise
    best = _Through(candidate_search._best_records, second) if second is not None else None
    if best is not None:
        candidate_search._best_records, candidate_search._spelt_otherwise = best, lambda *_args, **_named: set()
    right, keys, again, own = 0, [], [], []
    for question, person in asked:
        if best is not None:
            best.question, best.times = question, 0
        began, worked = time.perf_counter(), time.process_time()
        found = candidate_search.search_candidates(question, model.weights, sure_weight=model.thresholds.join)
        took = (time.perf_counter() - began) * 1_000
        own.append((time.process_time() - worked) * 1_000)
        (again if found.spelt_otherwise else keys).append(took)
        right += person in first_ten((match.record.record_id for match in found.matches), truth)
    if best is not None:
        candidate_search._best_records, candidate_search._spelt_otherwise = best.before, before
    return [*table_line(kind, right, keys, again), f"{statistics.median(own):.1f} / {_p95(own)}"]


class _Through:
    """In the place of the best by keys, the second time it is asked: what the other second chance finds."""

    def __init__(self, before: Any, second: Second) -> None:
        self.before, self.second = before, second
        self.question: Any = None
        self.times = 0

    def __call__(self, hits: dict[int, float]) -> list[int]:
        self.times += 1
        return list(self.second(self.question)) if self.times == 2 else self.before(hits)


def first_ten(records: Iterable[str], truth: dict[str, str]) -> list[str]:
    """Of whom are these records, the first ten people in order?"""
    people = dict.fromkeys(truth[record] for record in records)
    return list(people)[:10]


def table_line(kind: str, right: int, keys: list[float], again: list[float]) -> list[Any]:
    """The columns of one line."""
    every = [*keys, *again]
    share = f"{len(again) / len(every):.0%}" if keys and again else "–"
    return [
        kind,
        len(every),
        f"{right / len(every):.3f}",
        f"{statistics.median(every):.1f}",
        _p95(keys),
        _p95(again),
        share,
    ]


def _p95(times: list[float]) -> str:
    return f"{sorted(times)[int(0.95 * (len(times) - 1))]:.1f}" if times else "–"


def names() -> Iterable[tuple[int, str]]:
    """Every record's number and names, as the peers are given them."""
    from duecare.record.pole import RecordKey
    from duecare.store.database.sql_rows import stream_rows
    from duecare.store.linkage.record_terms import read_body

    for rows in stream_rows('SELECT "id", "source", "record_id", "body" FROM "search_record"'):
        for number, source, record_id, body in rows:
            said = read_body(RecordKey(source, record_id), bytes(body)).compared
            yield number, " ".join([said.given, said.middle, said.family, *said.other_givens, *said.other_families])


def _settle() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _others(engine: str) -> dict[str, Second]:
    """What else the second chance could be here."""
    none: dict[str, Second] = {f"keys alone, {engine}": lambda _asked: ()}
    if engine == "sqlite":
        return none | {"FTS5 trigram as second chance": _fts5()}
    return none | {"pg_trgm as second chance": _pg_trgm()}


def _fts5() -> Second:
    import sqlite3

    held = sqlite3.connect(Path(os.environ["DUECARE_HOME"]) / "peer.sqlite3")
    held.execute("CREATE VIRTUAL TABLE names USING fts5(name, tokenize='trigram', content='')")
    held.executemany("INSERT INTO names (rowid, name) VALUES (?, ?)", sorted(names()))
    held.commit()

    def second(asked: Asked) -> list[int]:
        grams = {word[at : at + 3] for word in asked.words for at in range(len(word) - 2)}
        wanted = " OR ".join(f'"{gram}"' for gram in sorted(grams))
        rows = held.execute("SELECT rowid FROM names WHERE names MATCH ? ORDER BY rank LIMIT 100", [wanted or '""'])
        return [number for (number,) in rows]

    return second


def _pg_trgm() -> Second:
    import psycopg
    from django.db import connection

    admin = os.environ["BENCH_ADMIN_URL"].rpartition("/")[0] + "/" + str(connection.settings_dict["NAME"])
    with psycopg.connect(admin, autocommit=True) as other:
        other.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    held = list(names())
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE peer_name (id bigint, name text)")
        with cursor.copy("COPY peer_name FROM STDIN") as copy:
            for row in held:
                copy.write_row(row)
        cursor.execute("CREATE INDEX ON peer_name USING gin (name gin_trgm_ops)")
        cursor.execute("ANALYZE peer_name")
    return _alike


def _alike(asked: Asked) -> list[int]:
    from duecare.store.database.sql_rows import select_rows

    name = " ".join(asked.words)
    rows = select_rows(
        "SELECT id FROM peer_name WHERE name %% %s ORDER BY similarity(name, %s) DESC LIMIT 100", [name, name]
    )
    return [int(number) for (number,) in rows]


def _peer(kind: str, asked: list[tuple[Asked, str]], truth: dict[str, str]) -> list[Any]:
    from duecare.store.database.sql_rows import select_rows

    record_of = dict(select_rows('SELECT "id", "record_id" FROM "search_record"'))
    right, times = 0, []
    for question, person in asked:
        began = time.perf_counter()
        found = _alike(question)
        times.append((time.perf_counter() - began) * 1_000)
        right += person in first_ten((record_of[number] for number in found), truth)
    return [*table_line(kind, right, times, []), "–"]


if __name__ == "__main__":
    main()
