"""All cuts of all figures in one pass: SQL for an engine handed over, equal to the judge of `figure/count`."""

from __future__ import annotations

from duecare.figure.engine.tallies import engine_tallies

__all__ = ["engine_tallies"]
