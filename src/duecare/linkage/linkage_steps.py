"""Records in, people out: standard form, candidate pairs, Splink's weights, guards, judgements, groups, ids."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import duckdb
import numpy as np
import pyarrow as pa

from duecare.linkage.blocking import BLOCKS, block_records
from duecare.linkage.grouping import MISSING, apply_guards, group_records, load_judgements, person_numbers, take_in
from duecare.linkage.join_thresholds import TRAINED_WITH, Thresholds, thresholds_in_force
from duecare.linkage.linkage_model import Model, shipped_model
from duecare.linkage.linkage_result import cluster_table, seen_pairs
from duecare.linkage.model_training import RANDOM_PAIRS, count_partners, learn_model
from duecare.linkage.pair_weights import score_pairs
from duecare.linkage.prepared_records import TABLE, open_engine, prepare_records, query_rows
from duecare.linkage.term_frequencies import counted_terms, no_terms
from duecare.person.cluster import RecordPair
from duecare.person.guard import Guards
from duecare.person.judgement import Judgement
from duecare.person.standing_judgements import Settled, settle_judgements
from duecare.record.pole import RecordKey

if TYPE_CHECKING:
    from duecare.linkage.spark_weights import OnSpark

Progress = Callable[[str, int, int], None]
LARGEST_BLOCK: Final = 150
_FLOOR: Final = 8.0


def silent_progress(_step_name: str, _done_steps: int, _all_steps: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Engine:
    """The engine's threads and memory, and its folder for spilling.

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
    """The people found among records, and the evidence for them.

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


def train_model(
    records: pa.Table,
    *,
    model_name: str,
    random_seed: int = 1,
    thresholds: Thresholds | None = None,
    model_card: dict[str, str] | None = None,
    random_pairs: int = RANDOM_PAIRS,
    engine: Engine | None = None,
    progress: Progress = silent_progress,
) -> Model:
    """Train a model on these records; nobody need have judged which of them are one person.

    Shape:   records as `link_records` takes them; the same records and seed give the same model.
    Raises:  LNK-002 for too few records.
    """
    with tempfile.TemporaryDirectory() as spill:
        connection = _open_connection(engine or Engine(), spill)
        prepare_records(connection, records)
        steps = len(BLOCKS) + 6
        model = learn_model(
            connection,
            model_name=model_name,
            random_seed=random_seed,
            thresholds=thresholds or TRAINED_WITH,
            model_card=model_card or {},
            random_pairs=random_pairs,
            progress=lambda step_name: progress(step_name, 1, steps),
        )
        for number, step_name in enumerate(block_records(connection, largest=(engine or Engine()).largest_block), 4):
            progress(step_name, number, steps)
        score_pairs(connection, model, least_weight=-25.0, into_table="scored")
        partners = count_partners(connection, "scored", model)
        connection.close()
    progress("trained", steps, steps)
    return replace(model, partners=round(partners, 4))


def link_records(
    records: pa.Table,
    *,
    model: Model | None = None,
    guards: Guards | None = None,
    judgements: Iterable[Judgement] = (),
    thresholds: Thresholds | None = None,
    engine: Engine | None = None,
    progress: Progress = silent_progress,
) -> Linked:
    """Link these records: find which of them are one person.

    Shape:   records: source, record_id, written_at (the earliest known time of the record: a timestamp, ISO text or
             null) and the columns of `persons` as text, lists joined by `;`, those missing taken as silent. A pure
             function of records, model, guards, thresholds and judgements: the order of rows does not matter.
    Unknown: what a record does not say weighs nothing.
    """
    linkage_model, set_up = model or shipped_model(), engine or Engine()
    stood = guards or Guards()
    bounds, standing = thresholds_in_force(thresholds or linkage_model.thresholds, stood), settle_judgements(judgements)
    if records.num_rows == 0:
        return Linked(_no_pairs(), _no_clusters(), 0, 0, linkage_model.name)
    with tempfile.TemporaryDirectory() as spill:
        connection = _open_connection(set_up, spill)
        linked = _link_within(connection, records, linkage_model, stood, standing, bounds, set_up, progress)
        connection.close()
    return linked


def _open_connection(engine: Engine, spill: str) -> duckdb.DuckDBPyConnection:
    return open_engine(engine.threads, engine.memory, engine.spill or spill)


def _link_within(
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
    count = prepare_records(connection, records)
    _weigh_pairs(connection, model, min(bounds.split, bounds.review) - _FLOOR, engine, progress)
    progress("joining", steps - 3, steps)
    judged = _judge_pairs(connection, standing)
    load_judgements(connection, judged["held"], judged["barred"])
    apply_guards(connection, "scored", guards)
    if group_records(connection, judged["glued"], bounds):
        progress("weighing what is left inside groups", steps - 2, steps)
        score_pairs(connection, model, least_weight=None, into_table="filled", pairs=MISSING)
        apply_guards(connection, "filled", guards)
        take_in(connection, "filled_guarded", bounds)
    progress("splitting groups that do not match", steps - 1, steps)
    person = person_numbers(connection, count, judged["glued"], bounds, guards.most_records)
    pairs, for_review = seen_pairs(connection, person, [*judged["glued"], *judged["barred"]], bounds.review)
    linked = Linked(
        pairs,
        cluster_table(connection, person),
        for_review,
        len(np.unique(person)),
        model.name,
        counted_terms(connection),
    )
    progress("linked", steps, steps)
    return linked


def _weigh_pairs(
    connection: duckdb.DuckDBPyConnection, model: Model, least_weight: float, engine: Engine, progress: Progress
) -> None:
    """Make the table `scored` of the candidate pairs that weigh enough to matter."""
    steps = len(BLOCKS) + 6
    if engine.spark is not None:
        from duecare.linkage.spark_weights import score_on_spark

        score_on_spark(
            connection,
            engine.spark,
            model,
            least_weight=least_weight,
            largest=engine.largest_block,
            into_table="scored",
            progress=lambda step_name: progress(f"{step_name}, on Spark", 1, steps),
        )
        return
    for number, step_name in enumerate(block_records(connection, largest=engine.largest_block), 1):
        progress(f"pairs by {step_name}", number, steps)
    progress("weighing pairs", steps - 4, steps)
    score_pairs(connection, model, least_weight=least_weight, into_table="scored")


def _judge_pairs(connection: duckdb.DuckDBPyConnection, standing: Settled) -> dict[str, list[RecordPair]]:
    pairs_by_kind = {"glued": standing.glued, "barred": standing.barred, "held": standing.held}
    wanted_keys = sorted(
        {record_key for pairs in pairs_by_kind.values() for record_pair in pairs for record_key in record_pair}
    )
    if not wanted_keys:
        return {pair_kind: [] for pair_kind in pairs_by_kind}
    connection.register(
        "wanted",
        pa.table(
            {
                "source": [record_key.source for record_key in wanted_keys],
                "record_id": [k.record_id for k in wanted_keys],
            }
        ),
    )
    numbered_rows = query_rows(
        connection, f"select source, record_id, uid from {TABLE} semi join wanted using (source, record_id)"
    )
    connection.unregister("wanted")
    number_by_key = {RecordKey(source, record_id): number for source, record_id, number in numbered_rows}
    return {
        pair_kind: [
            _ordered_pair(number_by_key[first_key], number_by_key[second_key])
            for first_key, second_key in pairs
            if first_key in number_by_key and second_key in number_by_key
        ]
        for pair_kind, pairs in pairs_by_kind.items()
    }


def _ordered_pair(first_number: int, second_number: int) -> RecordPair:
    return (first_number, second_number) if first_number < second_number else (second_number, first_number)


def _no_pairs() -> pa.Table:
    empty_text = pa.array([], pa.string())
    number = pa.array([], pa.float64())
    return pa.table(
        {
            "a": empty_text,
            "b": empty_text,
            "weight": number,
            "probability": number,
            "levels": empty_text,
            "held": empty_text,
        }
    )


def _no_clusters() -> pa.Table:
    empty_text = pa.array([], pa.string())
    return pa.table({"source": empty_text, "record_id": empty_text, "person": empty_text})
