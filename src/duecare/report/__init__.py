"""Reports: documents for people to read and store, as paper that any renderer can write."""

from __future__ import annotations

from duecare.report.report_paper import Paper, Section, Table

__all__ = ["Paper", "Section", "Table"]
