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
from duecare.use_cases.linkage.linkage_settings import guards_in_force, keep_model, kept_model, written
from duecare.use_cases.linkage.regroup_people import relink

BATCH = 5_000
DUCKDB: Final = "duckdb"
SPARK: Final = "spark"
Tell = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class LinkDone:
    """How many records are how many people, by which model, and how many pairs should a human look at?"""

    records: int
    people: int
    pairs: int
    for_review: int
    model: str


def link(
    request: Request,
    config: Config,
    *,
    train: bool = False,
    engine: str = DUCKDB,
    tell: Tell = lambda _what, _count: None,
) -> LinkDone:
    """Which records are one person, by the kept model, else the one shipped?

    Shape:   with `train`, a model is first trained on the records held and kept. What is in force stays so until the
             last short transaction.
    Raises:  ACC-003 when the viewer may not link; LNK-001, LNK-002 when there is no usable model; LNK-023 when Spark is
             named and cannot be run here.
    """
    authorise(request, Act.LINK, PEOPLE)
    if engine == SPARK:
        require_spark("LNK-023")
    guards = guards_in_force(config.policy)
    upto = delivery_records.last_number()  # before the records: what comes in between is not claimed
    records = standing_persons()

    def progress(what: str, done: int, of: int) -> None:
        del of
        tell(what, done)

    if train:
        name = f"trained-{request.now:%Y%m%dT%H%M%S}"
        card = {
            "trained_on": f"{records.num_rows} records held up to delivery {upto}",
            "trained_at": request.now.isoformat(),
        }
        keep_model(config, learn(records, model_name=name, model_card=card, progress=progress))
    model = kept_model(config)
    said = linked_people.judgements()
    with _engine(engine) as worker:
        linked = join_records(records, model=model, guards=guards, judgements=said, engine=worker, progress=progress)
    run = linked_people.begin_run(request.now, linked.model, upto, written(guards))
    _keep(run, linked, tell)
    run.records, run.people = records.num_rows, linked.people
    run.pairs, run.for_review = linked.pairs.num_rows, linked.for_review
    # Nobody judges meanwhile: where nothing was linked before, there is no pointer yet by which the two would wait.
    with link_judgements.one_by_one(), transaction():
        run.save()
        linked_people.put_in_force(run, linked_people.founders_of(run))
        # What humans said while the engine worked counts at once.
        relink(config, {one for new in set(linked_people.judgements()) ^ set(said) for one in (new.a, new.b)})
        log_write(request, Act.LINK, handles=linked_people.linked_handles(run))
    for old in linked_people.old_runs():
        with transaction():
            linked_people.drop_run(old)
    return LinkDone(run.records, run.people, run.pairs, run.for_review, run.model)


@contextmanager
def _engine(name: str) -> Iterator[Engine]:
    """The engine of this name, for as long as it is needed; Spark is one of this machine's own."""
    if name != SPARK:
        yield Engine()
        return
    from duecare.linkage.spark import OnSpark

    with tempfile.TemporaryDirectory(prefix="duecare-spark-") as folder, spark_here(Path(folder)) as session:
        yield Engine(spark=OnSpark(session, Path(folder)))


def _keep(run: linked_people.LinkRun, linked: Linked, tell: Tell) -> None:
    done = 0
    for batch in linked.clusters.to_batches(max_chunksize=BATCH):
        with transaction():
            linked_people.keep_members(run, list(zip(*(column.to_pylist() for column in batch.columns), strict=True)))
        done += batch.num_rows
        tell("keeping people", done)
    with transaction():
        columns = (linked.terms.column(name).to_pylist() for name in ("column", "term", "number"))
        keep_terms(run, zip(*columns, strict=True))
    for batch in linked.pairs.to_batches(max_chunksize=BATCH):
        rows = batch.to_pylist()
        with transaction():
            linked_people.keep_pairs(
                run, [(r["a"], r["b"], r["weight"], r["probability"], r["levels"], r["held"]) for r in rows]
            )
