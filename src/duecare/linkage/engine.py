"""Records in, people out: standard form, candidate pairs, Splink's weights, guards, judgements, groups, ids."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import duckdb
import numpy as np
import pyarrow as pa

from duecare.linkage.answer import clusters, seen_pairs
from duecare.linkage.blocking import BLOCKS, block
from duecare.linkage.grouping import MISSING, group, persons, put_to_guards, take_in, tell_judged
from duecare.linkage.model import Model, Thresholds, shipped_model
from duecare.linkage.prepare import TABLE, ask, open_engine, prepare
from duecare.linkage.scoring import score
from duecare.linkage.terms import counted_terms, no_terms
from duecare.linkage.train import RANDOM_PAIRS, count_partners, learn
from duecare.person.cluster import RecordPair
from duecare.person.guard import Guards
from duecare.person.judgement import Judgement, Settled, settle_judgements
from duecare.record.pole import RecordKey

if TYPE_CHECKING:
    from duecare.linkage.spark import OnSpark

Progress = Callable[[str, int, int], None]
LARGEST_BLOCK: Final = 150
_FLOOR: Final = 8.0


def silent(_what: str, _done: int, _of: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Engine:
    """With how many threads and how much memory does the engine work, and where does it spill?

    Shape:   with `spark`, candidate pairs are found and weighed there. The process takes 2.5 GB beside `memory` for five
             million records, those records among them; what does not fit is spilt, some 9 GB.
    """

    threads: int = 2
    memory: str = "4GB"
    spill: str = ""
    largest_block: int = LARGEST_BLOCK
    spark: OnSpark | None = None


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
    bounds, standing = bounds_for(thresholds or kept.thresholds, stood), settle_judgements(judgements)
    if records.num_rows == 0:
        return Linked(_no_pairs(), _no_clusters(), 0, 0, kept.name)
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
    _weigh(connection, model, min(bounds.split, bounds.review) - _FLOOR, engine, progress)
    progress("joining", steps - 3, steps)
    judged = _judge(connection, standing)
    tell_judged(connection, judged["held"], judged["barred"])
    put_to_guards(connection, "scored", guards)
    if group(connection, judged["glued"], bounds):
        progress("weighing what is left inside groups", steps - 2, steps)
        score(connection, model, least=None, into="filled", pairs=MISSING)
        put_to_guards(connection, "filled", guards)
        take_in(connection, "filled_guarded", bounds)
    progress("parting groups that do not hold together", steps - 1, steps)
    person = persons(connection, count, judged["glued"], bounds, guards.most_records)
    pairs, for_review = seen_pairs(connection, person, [*judged["glued"], *judged["barred"]], bounds.review)
    linked = Linked(
        pairs,
        clusters(connection, person),
        for_review,
        len(np.unique(person)),
        model.name,
        counted_terms(connection),
    )
    progress("linked", steps, steps)
    return linked


def _weigh(
    connection: duckdb.DuckDBPyConnection, model: Model, least: float, engine: Engine, progress: Progress
) -> None:
    """Make the table `scored` of the candidate pairs that weigh enough to matter."""
    steps = len(BLOCKS) + 6
    if engine.spark is not None:
        from duecare.linkage.spark import score_on_spark

        score_on_spark(
            connection,
            engine.spark,
            model,
            least=least,
            largest=engine.largest_block,
            into="scored",
            progress=lambda what: progress(f"{what}, on Spark", 1, steps),
        )
        return
    for number, what in enumerate(block(connection, largest=engine.largest_block), 1):
        progress(f"pairs by {what}", number, steps)
    progress("weighing pairs", steps - 4, steps)
    score(connection, model, least=least, into="scored")


def _judge(connection: duckdb.DuckDBPyConnection, standing: Settled) -> dict[str, list[RecordPair]]:
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


def _two(a: int, b: int) -> RecordPair:
    return (a, b) if a < b else (b, a)


def _no_pairs() -> pa.Table:
    text = pa.array([], pa.string())
    number = pa.array([], pa.float64())
    return pa.table({"a": text, "b": text, "weight": number, "probability": number, "levels": text, "held": text})


def _no_clusters() -> pa.Table:
    text = pa.array([], pa.string())
    return pa.table({"source": text, "record_id": text, "person": text})
