"""The Splink room: which records are one person, by a kept model, on DuckDB in memory; nothing else imports splink."""

from duecare.linkage.linkage_model import Model, Thresholds, load_model, shipped_model
from duecare.linkage.linkage_steps import Engine, Linked, bounds_for, link_records, train_model
from duecare.linkage.pair_evidence import explain_pair

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
