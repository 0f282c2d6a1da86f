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
from duecare.store.linkage.linked_people import LinkageRun
from duecare.vocabulary.refusals import Refusal


def guards_in_force(policy: Path) -> Guards:
    """The guards that the policy in force leaves on: its table `[linkage]`; all are on where it says nothing.

    Raises:  CFG-002 when the file cannot be read, or names a guard there is not.
    """
    read_policy(policy)
    settings_said = tomllib.loads(policy.read_text(encoding="utf-8")).get("linkage", {})
    if not isinstance(settings_said, dict):
        raise Refusal("CFG-002", where=policy.name, faults=("linkage is not a table",))
    usual = {field.name: field.default for field in fields(Guards)}
    faults = [f"linkage.{setting_name} is not a setting" for setting_name in sorted(set(settings_said) - set(usual))]
    for setting_name in sorted(set(settings_said) & set(usual)):
        is_switch = isinstance(usual[setting_name], bool)
        if isinstance(settings_said[setting_name], bool) is not is_switch or not isinstance(
            settings_said[setting_name], int | float
        ):
            faults.append(f"linkage.{setting_name} is not {'true or false' if is_switch else 'a number'}")
    if faults:
        raise Refusal("CFG-002", where=policy.name, faults=tuple(faults))
    return Guards(**settings_said)


def keep_model(config: Config, model: Model) -> None:
    """Keep a trained model as the one to link by; earlier ones stay beside it, by their names."""
    folder = config.home / "models"
    folder.mkdir(parents=True, exist_ok=True)
    for model_file in (f"{model.name}.json", "kept.json"):
        beside = folder / f".{model_file}.{os.getpid()}"
        beside.write_text(model.to_json(), encoding="utf-8")
        beside.replace(folder / model_file)


def kept_model(config: Config) -> Model:
    """The model to link by: the one kept in the store's home, else the one shipped."""
    model_path = config.home / "models" / "kept.json"
    return load_model(model_path) if model_path.exists() else shipped_model()


def guards_text(guards: Guards) -> str:
    """These guards as they are kept with a run of linkage."""
    return json.dumps(asdict(guards), sort_keys=True)


def linked_by(config: Config, link_run: LinkageRun) -> tuple[Model, Guards]:
    """The model and guards by which this run linked everybody, and by which people are regrouped within it.

    Unknown: the guards in force for a run that kept none, and the model kept for one whose own is no longer there.
    """
    model = kept_model(config)
    if model.name != link_run.model:
        model_path = config.home / "models" / f"{link_run.model}.json"
        model = (
            load_model(model_path)
            if model_path.exists()
            else shipped_model()
            if shipped_model().name == link_run.model
            else model
        )
    if not link_run.guards:
        return model, guards_in_force(config.policy)
    guard_names = {field.name for field in fields(Guards)}
    return model, Guards(
        **{guard_name: value for guard_name, value in json.loads(link_run.guards).items() if guard_name in guard_names}
    )
