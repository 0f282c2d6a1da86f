"""The model and the guards by which this store links."""

from __future__ import annotations

import json
import os
import tomllib
from dataclasses import asdict, fields
from pathlib import Path

from duecare.config import Config
from duecare.linkage import Model, load_model, shipped_model
from duecare.person.guard import Guards
from duecare.rulebook.force_policy import read_policy
from duecare.store.models import LinkRun
from duecare.vocabulary.refusals import Refusal


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


def written(guards: Guards) -> str:
    """These guards as they are kept with a run of linkage."""
    return json.dumps(asdict(guards), sort_keys=True)


def linked_by(config: Config, run: LinkRun) -> tuple[Model, Guards]:
    """By which model and guards did this run link everybody? Whoever is regrouped within it is grouped by the same.

    Unknown: the guards in force for a run that kept none, and the model kept for one whose own is no longer there.
    """
    model = kept_model(config)
    if model.name != run.model:
        own = config.home / "models" / f"{run.model}.json"
        model = load_model(own) if own.exists() else shipped_model() if shipped_model().name == run.model else model
    if not run.guards:
        return model, guards_in_force(config.policy)
    known = {field.name for field in fields(Guards)}
    return model, Guards(**{name: value for name, value in json.loads(run.guards).items() if name in known})
