"""The Splink room: which records are one person, by a kept model, on DuckDB in memory; nothing else imports splink."""

from duecare.linkage.join_thresholds import Thresholds, thresholds_in_force
from duecare.linkage.linkage_model import Model, load_model, shipped_model
from duecare.linkage.linkage_steps import Engine, Linked, link_records, train_model
from duecare.linkage.pair_evidence import explain_pair

__all__ = [
    "link_records",
    "train_model",
    "thresholds_in_force",
    "explain_pair",
    "Linked",
    "Engine",
    "Model",
    "Thresholds",
    "load_model",
    "shipped_model",
]
