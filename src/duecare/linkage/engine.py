"""Records in, people out: standard form, candidate pairs, Splink's weights, guards, judgements, groups, ids."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

import duckdb
import pyarrow as pa

from duecare.linkage.blocking import BLOCKS, block
from duecare.linkage.model import Model, Thresholds, shipped_model
from duecare.linkage.prepare import TABLE, ask, open_engine, prepare
from duecare.linkage.scoring import score
from duecare.linkage.terms import counted_terms, no_terms
from duecare.linkage.train import RANDOM_PAIRS, count_partners, learn
from duecare.person.cluster import Evidence, Two, components, groups, is_plain, parted
from duecare.person.guard import Force, Guards, Held, guard
from duecare.person.identity import founder, record_person_id
from duecare.person.judgement import Judgement, Settled, settle
from duecare.person.pair import read_levels
from duecare.record.pole import RecordKey
from duecare.vocabulary.moments import read_time

Progress = Callable[[str, int, int], None]
LARGEST_BLOCK: Final = 150
_LARGEST_FILLED: Final = 200
_FLOOR: Final = 8.0


def silent(_what: str, _done: int, _of: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Engine:
    """With how many threads and how much memory does the engine work, and where does it spill?"""

    threads: int = 2
    memory: str = "5GB"
    spill: str = ""
    largest_block: int = LARGEST_BLOCK


@dataclass(frozen=True, slots=True)
class Linked:
    """Which records are one person, and on what evidence?

    Shape:   `pairs`: a, b (`source:record_id`), weight, probability, levels (`given=same;…`), held (why a guard or a
             human keeps the two apart, else empty), for every pair from the review threshold on. `clusters`: source,
             record_id, person, every record once, in order of source and record_id. `for_review` counts the pairs that
             a human should look at: strong enough to show, not of one person, not yet judged. `terms` as `counted_terms`.
    """

    pairs: pa.Table
    clusters: pa.Table
    for_review: int
    people: int
    model: str
    terms: pa.Table = field(default_factory=no_terms)


def train(
    records: pa.Table,
    *,
    name: str,
    seed: int = 1,
    thresholds: Thresholds | None = None,
    card: dict[str, str] | None = None,
    random_pairs: int = RANDOM_PAIRS,
    engine: Engine | None = None,
    progress: Progress = silent,
) -> Model:
    """Which model do these records teach? Nobody need have said which of them are one person.

    Shape:   records as `link` takes them; the same records and seed give the same model.
    Raises:  LNK-002 for too few records.
    """
    with tempfile.TemporaryDirectory() as spill:
        connection = _open(engine or Engine(), spill)
        prepare(connection, records)
        steps = len(BLOCKS) + 6
        model = learn(
            connection,
            name=name,
            seed=seed,
            thresholds=thresholds or Thresholds(),
            card=card or {},
            random_pairs=random_pairs,
            progress=lambda what: progress(what, 1, steps),
        )
        for number, what in enumerate(block(connection, largest=(engine or Engine()).largest_block), 4):
            progress(what, number, steps)
        score(connection, model, least=-25.0, into="scored")
        partners = count_partners(connection, "scored", model)
        connection.close()
    progress("trained", steps, steps)
    return replace(model, partners=round(partners, 4))


def link(
    records: pa.Table,
    *,
    model: Model | None = None,
    guards: Guards | None = None,
    judgements: Iterable[Judgement] = (),
    thresholds: Thresholds | None = None,
    engine: Engine | None = None,
    progress: Progress = silent,
) -> Linked:
    """Which of these records are one person?

    Shape:   records: source, record_id, written_at (the earliest known time of the record: a timestamp, ISO text or
             null) and the columns of `persons` as text, lists joined by `;`, those missing taken as silent. A pure
             function of records, model, guards, thresholds and judgements: the order of rows does not matter.
    Unknown: what a record does not say weighs nothing.
    """
    kept, set_up = model or shipped_model(), engine or Engine()
    stood = guards or Guards()
    bounds, standing = bounds_for(thresholds or kept.thresholds, stood), settle(judgements)
    if records.num_rows == 0:
        return Linked(_no_pairs(), _clusters([], [], []), 0, 0, kept.name)
    with tempfile.TemporaryDirectory() as spill:
        connection = _open(set_up, spill)
        linked = _link(connection, records, kept, stood, standing, bounds, set_up, progress)
        connection.close()
    return linked


def bounds_for(own: Thresholds, said: Guards) -> Thresholds:
    """The thresholds in force: those that policy names, else the model's own."""
    return Thresholds(
        own.join if said.join_weight is None else said.join_weight,
        own.split if said.split_weight is None else said.split_weight,
        own.review if said.review_weight is None else said.review_weight,
    )


def _open(engine: Engine, spill: str) -> duckdb.DuckDBPyConnection:
    return open_engine(engine.threads, engine.memory, engine.spill or spill)


def _link(
    connection: duckdb.DuckDBPyConnection,
    records: pa.Table,
    model: Model,
    guards: Guards,
    standing: Settled,
    bounds: Thresholds,
    engine: Engine,
    progress: Progress,
) -> Linked:
    steps = len(BLOCKS) + 6
    progress("standard form of the records", 0, steps)
    count = prepare(connection, records)
    for number, what in enumerate(block(connection, largest=engine.largest_block), 1):
        progress(f"pairs by {what}", number, steps)
    progress("weighing pairs", steps - 4, steps)
    score(connection, model, least=min(bounds.split, bounds.review) - _FLOOR, into="scored")
    progress("joining", steps - 3, steps)
    judged = _judge(connection, standing)
    evidence = Evidence(barred=set(judged["barred"]), glued=judged["glued"])
    held = set(judged["held"])
    _take(connection, "scored", evidence, guards, held, bounds)
    strong = [two for two, weight in evidence.weights.items() if weight >= bounds.join and two not in evidence.barred]
    loose = groups(components(count, [*strong, *evidence.glued]))
    missing = _missing(loose, evidence)
    if missing:
        progress("weighing what is left inside groups", steps - 2, steps)
        _register_pairs(connection, missing)
        score(connection, model, least=None, into="filled", pairs="missing_pairs")
        _take(connection, "filled", evidence, guards, held, bounds)
    progress("parting groups that do not hold together", steps - 1, steps)
    person = list(range(count))
    for members in loose.values():
        if is_plain(members, evidence, split=bounds.split, most_records=guards.most_records):
            parts = [members]
        else:
            parts = parted(members, evidence, join=bounds.join, split=bounds.split, most_records=guards.most_records)
        for part in parts:
            for one in part:
                person[one] = part[0]
    linked = replace(
        _answer(connection, records, person, bounds, standing, model.name), terms=counted_terms(connection)
    )
    progress("linked", steps, steps)
    return linked


def _judge(connection: duckdb.DuckDBPyConnection, standing: Settled) -> dict[str, list[Two]]:
    named = {"glued": standing.glued, "barred": standing.barred, "held": standing.held}
    wanted = sorted({key for pairs in named.values() for two in pairs for key in two})
    if not wanted:
        return {name: [] for name in named}
    connection.register(
        "wanted", pa.table({"source": [k.source for k in wanted], "record_id": [k.record_id for k in wanted]})
    )
    found = ask(connection, f"select source, record_id, uid from {TABLE} semi join wanted using (source, record_id)")
    connection.unregister("wanted")
    uid = {RecordKey(source, record_id): number for source, record_id, number in found}
    return {name: [_two(uid[a], uid[b]) for a, b in pairs if a in uid and b in uid] for name, pairs in named.items()}


def _two(a: int, b: int) -> Two:
    return (a, b) if a < b else (b, a)


def _take(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    evidence: Evidence,
    guards: Guards,
    held: set[Two],
    bounds: Thresholds,
) -> None:
    """Read scored pairs as evidence, each pattern of levels put to the guards once."""
    patterns = [levels for (levels,) in ask(connection, f"select distinct levels from {table}")]
    kept_apart: list[tuple[str, Held]] = []
    for levels in patterns:
        found = guard(read_levels(levels), guards)
        if found is not None:
            kept_apart.append((levels, found))
    connection.register(
        "guarded_now",
        pa.table(
            {
                "levels": pa.array([levels for levels, _ in kept_apart], pa.string()),
                "force": pa.array([1 if h.force is Force.HOLD else 2 for _, h in kept_apart], pa.int8()),
                "reason": pa.array([h.reason for _, h in kept_apart], pa.string()),
            }
        ),
    )
    connection.execute("create or replace table guarded as select * from guarded_now")
    connection.unregister("guarded_now")
    connection.execute(f"""
        create or replace table {table}_guarded as
        select uid_l, uid_r, weight, levels, coalesce(force, 0)::tinyint as force, coalesce(reason, '') as held
        from {table} left join guarded using (levels)
    """)
    most = min(bounds.join - 1.0, 0.0)
    result = connection.sql(f"select uid_l, uid_r, weight, force from {table}_guarded").to_arrow_table()
    columns = [result.column(name).to_pylist() for name in ("uid_l", "uid_r", "weight", "force")]
    for a, b, weight, force in zip(*columns, strict=True):
        if force or (a, b) in held:
            weight = min(weight, most)
            if force == 2:
                evidence.barred.add((a, b))
        evidence.weights[a, b] = weight


def _missing(loose: dict[int, list[int]], evidence: Evidence) -> list[Two]:
    found: list[Two] = []
    for members in loose.values():
        if 2 < len(members) <= _LARGEST_FILLED:
            for place, a in enumerate(members):
                found.extend((a, b) for b in members[place + 1 :] if (a, b) not in evidence.weights)
    return found


def _register_pairs(connection: duckdb.DuckDBPyConnection, pairs: list[Two]) -> None:
    table = pa.table(
        {
            "join_key_l": pa.array([a for a, _ in pairs], pa.int32()),
            "join_key_r": pa.array([b for _, b in pairs], pa.int32()),
        }
    )
    connection.register("missing_now", table)
    connection.execute("create or replace table missing_pairs as select *, '0' as match_key from missing_now")
    connection.unregister("missing_now")


def _no_pairs() -> pa.Table:
    text = pa.array([], pa.string())
    number = pa.array([], pa.float64())
    return pa.table({"a": text, "b": text, "weight": number, "probability": number, "levels": text, "held": text})


def _clusters(sources: list[str], records: list[str], people: list[str]) -> pa.Table:
    kind = pa.string()
    return pa.table(
        {"source": pa.array(sources, kind), "record_id": pa.array(records, kind), "person": pa.array(people, kind)}
    )


def _answer(
    connection: duckdb.DuckDBPyConnection,
    records: pa.Table,
    person: list[int],
    bounds: Thresholds,
    standing: Settled,
    model: str,
) -> Linked:
    ordered = records.sort_by([("source", "ascending"), ("record_id", "ascending")])
    sources = ordered.column("source").cast(pa.string()).to_pylist()
    record_ids = ordered.column("record_id").cast(pa.string()).to_pylist()
    times = _times(ordered)
    members: dict[int, list[int]] = {}
    for one, name in enumerate(person):
        members.setdefault(name, []).append(one)
    ids = {
        name: record_person_id(founder((times[one], RecordKey(sources[one], record_ids[one])) for one in ones))
        for name, ones in members.items()
    }
    connection.register("person_now", pa.table({"uid": pa.array(range(len(person)), pa.int32()), "person": person}))
    pairs = connection.sql(f"""
        select
            l.source || ':' || l.record_id as a, r.source || ':' || r.record_id as b, weight,
            case when weight >= 0 then 1 / (1 + pow(2.0, -weight)) else pow(2.0, weight) / (1 + pow(2.0, weight)) end
                as probability,
            levels, held, pl.person = pr.person as is_joined
        from scored_guarded
        join {TABLE} l on l.uid = uid_l join {TABLE} r on r.uid = uid_r
        join person_now pl on pl.uid = uid_l join person_now pr on pr.uid = uid_r
        where weight >= {bounds.review}
        order by uid_l, uid_r
    """).to_arrow_table()
    joined = pairs.column("is_joined").to_pylist()
    told = {(str(a), str(b)) for a, b in (*standing.glued, *standing.barred)}
    ends = zip(pairs.column("a").to_pylist(), pairs.column("b").to_pylist(), joined, strict=True)
    for_review = sum(1 for a, b, is_joined in ends if not is_joined and (a, b) not in told)
    return Linked(
        pairs.drop_columns(["is_joined"]),
        _clusters(sources, record_ids, [ids[name] for name in person]),
        for_review,
        len(members),
        model,
    )


def _times(ordered: pa.Table) -> list[datetime | None]:
    if "written_at" not in ordered.column_names:
        return [None] * ordered.num_rows
    column: Any = ordered.column("written_at")
    if pa.types.is_timestamp(column.type):
        utc = column.cast(pa.timestamp("us", tz="UTC"))
        return list(utc.to_pylist())
    return [read_time(text).when.earliest if text else None for text in column.to_pylist()]
