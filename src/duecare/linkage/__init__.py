"""The Splink room: which records are one person, by a kept model, on DuckDB in memory; nothing else imports splink."""

from duecare.linkage.engine import Engine, Linked, bounds_for, link_records, train_model
from duecare.linkage.explain import explain_pair
from duecare.linkage.model import Model, Thresholds, load_model, shipped_model

__all__ = [
    "link_records",
    "train_model",
    "bounds_for",
    "explain_pair",
    "Linked",
    "Engine",
    "Model",
    "Thresholds",
    "load_model",
    "shipped_model",
]
