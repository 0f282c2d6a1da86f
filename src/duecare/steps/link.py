"""Link records to people: a new run beside the one in force, then one pointer moved."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path

from duecare.access.act import Act
from duecare.access.thing import PEOPLE
from duecare.config import Config
from duecare.linkage import Linked, Model, load_model, shipped_model
from duecare.linkage import link as join_records
from duecare.linkage import train as learn
from duecare.person.guard import Guards
from duecare.rulebook.policy import read_policy
from duecare.steps.asking import Asking
from duecare.steps.shape import ask, record
from duecare.store import deliveries, people
from duecare.store.bulk import standing_persons
from duecare.store.transaction import transaction
from duecare.vocabulary.refusals import Refusal

BATCH = 5_000
Tell = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class LinkDone:
    """How many records are how many people, by which model, and how many pairs should a human look at?"""

    records: int
    people: int
    pairs: int
    for_review: int
    model: str


def link(asking: Asking, config: Config, *, train: bool = False, tell: Tell = lambda _what, _count: None) -> LinkDone:
    """Which records are one person, by the kept model, else the one shipped?

    Shape:   with `train`, a model is first trained on the records held and kept. What is in force stays so until the
             last short transaction.
    Raises:  ACC-003 when the viewer may not link; LNK-001, LNK-002 when there is no usable model.
    """
    ask(asking, Act.LINK, PEOPLE)
    guards = guards_in_force(config.policy)
    upto = deliveries.last_number()  # before the records: what comes in between is not claimed
    records = standing_persons()

    def progress(what: str, done: int, of: int) -> None:
        del of
        tell(what, done)

    if train:
        name = f"trained-{asking.now:%Y%m%dT%H%M%S}"
        card = {
            "trained_on": f"{records.num_rows} records held up to delivery {upto}",
            "trained_at": asking.now.isoformat(),
        }
        keep_model(config, learn(records, name=name, card=card, progress=progress))
    model = kept_model(config)
    linked = join_records(records, model=model, guards=guards, judgements=people.judgements(), progress=progress)
    run = people.begin_run(asking.now, linked.model, upto)
    _keep(run, linked, tell)
    run.records, run.people = records.num_rows, linked.people
    run.pairs, run.for_review = linked.pairs.num_rows, linked.for_review
    with transaction():
        run.save()
        people.put_in_force(run, people.founders_of(run))
        record(asking, Act.LINK, handles=people.linked_handles(run))
    for old in people.old_runs():
        with transaction():
            people.drop_run(old)
    return LinkDone(run.records, run.people, run.pairs, run.for_review, run.model)


def _keep(run: people.LinkRun, linked: Linked, tell: Tell) -> None:
    done = 0
    for batch in linked.clusters.to_batches(max_chunksize=BATCH):
        with transaction():
            people.keep_members(run, list(zip(*(column.to_pylist() for column in batch.columns), strict=True)))
        done += batch.num_rows
        tell("keeping people", done)
    for batch in linked.pairs.to_batches(max_chunksize=BATCH):
        rows = batch.to_pylist()
        with transaction():
            people.keep_pairs(
                run, [(r["a"], r["b"], r["weight"], r["probability"], r["levels"], r["held"]) for r in rows]
            )


def guards_in_force(policy: Path) -> Guards:
    """Which guards does the policy in force let stand? Its table `[linkage]`; all stand where it says nothing.

    Raises:  CFG-002 when the file cannot be read, or names a guard there is not.
    """
    read_policy(policy)
    said = tomllib.loads(policy.read_text(encoding="utf-8")).get("linkage", {})
    if not isinstance(said, dict):
        raise Refusal("CFG-002", where=policy.name, faults=("linkage is not a table",))
    usual = {field.name: field.default for field in fields(Guards)}
    faults = [f"linkage.{name} is no setting" for name in sorted(set(said) - set(usual))]
    for name in sorted(set(said) & set(usual)):
        is_switch = isinstance(usual[name], bool)
        if isinstance(said[name], bool) is not is_switch or not isinstance(said[name], int | float):
            faults.append(f"linkage.{name} is not {'true or false' if is_switch else 'a number'}")
    if faults:
        raise Refusal("CFG-002", where=policy.name, faults=tuple(faults))
    return Guards(**said)


def keep_model(config: Config, model: Model) -> None:
    """Keep a trained model as the one to link by; earlier ones stay beside it, by their names."""
    folder = config.home / "models"
    folder.mkdir(parents=True, exist_ok=True)
    for name in (f"{model.name}.json", "kept.json"):
        beside = folder / f".{name}.{os.getpid()}"
        beside.write_text(model.to_json(), encoding="utf-8")
        beside.replace(folder / name)


def kept_model(config: Config) -> Model:
    """The model to link by: the one kept in the store's home, else the one shipped."""
    path = config.home / "models" / "kept.json"
    return load_model(path) if path.exists() else shipped_model()
