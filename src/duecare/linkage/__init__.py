"""The Splink room: which records are one person, by a kept model, on DuckDB in memory; nothing else imports splink."""

from duecare.linkage.engine import Engine, Linked, bounds_for, link, train
from duecare.linkage.explain import explain
from duecare.linkage.model import Model, Thresholds, load_model, shipped_model

__all__ = [
    "link",
    "train",
    "bounds_for",
    "explain",
    "Linked",
    "Engine",
    "Model",
    "Thresholds",
    "load_model",
    "shipped_model",
]
