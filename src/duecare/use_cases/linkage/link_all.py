"""Link records to people: a new run beside the one in force, then one pointer moved."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from duecare.access.act import Act
from duecare.access.thing import PEOPLE
from duecare.authorisation.authorise import authorise, log_write
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.linkage import Engine, Linked
from duecare.linkage import link_records as join_records
from duecare.linkage import train_model as learn
from duecare.store.bulk.all_facts import standing_persons
from duecare.store.bulk.local_spark import require_spark, spark_here
from duecare.store.database.transaction import transaction
from duecare.store.facts import delivery_records
from duecare.store.link_review import link_judgements
from duecare.store.linkage import linked_people
from duecare.store.linkage.linkage_runs import keep_terms
from duecare.use_cases.linkage.linkage_settings import guards_in_force, guards_text, keep_model, kept_model
from duecare.use_cases.linkage.regroup_people import regroup_records

BATCH = 5_000
DUCKDB: Final = "duckdb"
SPARK: Final = "spark"
TellProgress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class LinkDone:
    """The number of records, people and pairs for a person to review, and the model."""

    records: int
    people: int
    pairs: int
    for_review: int
    model: str


def link_all_records(
    request: Request,
    config: Config,
    *,
    train: bool = False,
    engine: str = DUCKDB,
    tell_progress: TellProgress = lambda _step_name, _count: None,
) -> LinkDone:
    """Link all records into people, by the kept model, else the one shipped.

    Shape:   with `train`, a model is first trained on the records held and kept. What is in force stays so until the
             last short transaction.
    Raises:  ACC-003 when the viewer may not link; LNK-001, LNK-002 when there is no usable model; LNK-023 when Spark is
             named and cannot be run here.
    """
    authorise(request, Act.LINK, PEOPLE)
    if engine == SPARK:
        require_spark("LNK-023")
    guards = guards_in_force(config.policy)
    upto_delivery = delivery_records.last_number()  # before the records: what comes in between is not claimed
    records = standing_persons()

    def show_progress(step_name: str, steps_done: int, steps_total: int) -> None:
        del steps_total
        tell_progress(step_name, steps_done)

    if train:
        model_name = f"trained-{request.now:%Y%m%dT%H%M%S}"
        model_card = {
            "trained_on": f"{records.num_rows} records held up to delivery {upto_delivery}",
            "trained_at": request.now.isoformat(),
        }
        keep_model(config, learn(records, model_name=model_name, model_card=model_card, progress=show_progress))
    model = kept_model(config)
    judgements_before = linked_people.standing_judgements()
    with _engine_named(engine) as worker:
        linked = join_records(
            records, model=model, guards=guards, judgements=judgements_before, engine=worker, progress=show_progress
        )
    link_run = linked_people.begin_run(request.now, linked.model, upto_delivery, guards_text(guards))
    _keep_linked(link_run, linked, tell_progress)
    # Nobody judges meanwhile: where nothing was linked before, there is no pointer yet by which the two would wait.
    with link_judgements.one_by_one(), transaction():
        link_run = linked_people.keep_totals(
            link_run,
            records=records.num_rows,
            people=linked.people,
            pairs=linked.pairs.num_rows,
            for_review=linked.for_review,
        )
        linked_people.put_in_force(link_run, linked_people.founders_of(link_run))
        # What humans said while the engine worked counts at once.
        regroup_records(
            config,
            {
                record_key
                for new_judgement in set(linked_people.standing_judgements()) ^ set(judgements_before)
                for record_key in (new_judgement.a, new_judgement.b)
            },
        )
        log_write(request, Act.LINK, handles=linked_people.linked_handles(link_run))
    for old_run in linked_people.old_runs():
        with transaction():
            linked_people.drop_run(old_run)
    return LinkDone(link_run.records, link_run.people, link_run.pairs, link_run.for_review, link_run.model)


@contextmanager
def _engine_named(engine_name: str) -> Iterator[Engine]:
    """The engine of this name, for as long as it is needed; Spark is one of this machine's own."""
    if engine_name != SPARK:
        yield Engine()
        return
    from duecare.linkage.spark_weights import OnSpark

    with tempfile.TemporaryDirectory(prefix="duecare-spark-") as folder, spark_here(Path(folder)) as session:
        yield Engine(spark=OnSpark(session, Path(folder)))


def _keep_linked(link_run: linked_people.LinkageRun, linked: Linked, tell_progress: TellProgress) -> None:
    rows_done = 0
    for batch in linked.clusters.to_batches(max_chunksize=BATCH):
        with transaction():
            linked_people.keep_members(
                link_run, list(zip(*(column.to_pylist() for column in batch.columns), strict=True))
            )
        rows_done += batch.num_rows
        tell_progress("keeping people", rows_done)
    with transaction():
        columns = (linked.terms.column(column_name).to_pylist() for column_name in ("column", "term", "number"))
        keep_terms(link_run, zip(*columns, strict=True))
    for batch in linked.pairs.to_batches(max_chunksize=BATCH):
        pair_rows = batch.to_pylist()
        with transaction():
            linked_people.keep_pairs(
                link_run,
                [
                    (
                        pair_row["a"],
                        pair_row["b"],
                        pair_row["weight"],
                        pair_row["probability"],
                        pair_row["levels"],
                        pair_row["held"],
                    )
                    for pair_row in pair_rows
                ],
            )
