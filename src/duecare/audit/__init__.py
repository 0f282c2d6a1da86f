"""Audits of case files: schemes of grades, draws, agreement and the gap, and what was published of audits elsewhere.

Each module is a face of its own; what is named here is what was published of audits run elsewhere.
"""

from __future__ import annotations

from duecare.audit.published.published_totals import NEEDS_CASES, Paired, Totals, overlap_bounds, own_rows, total_pairs
from duecare.audit.published.total_row import Read, Total, is_published_totals, read_totals, rows_of

__all__ = [
    "NEEDS_CASES",
    "Paired",
    "Read",
    "Total",
    "Totals",
    "overlap_bounds",
    "is_published_totals",
    "own_rows",
    "read_totals",
    "rows_of",
    "total_pairs",
]
