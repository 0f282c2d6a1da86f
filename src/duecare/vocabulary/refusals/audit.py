"""Refusals of the family AUD: audit."""

from __future__ import annotations

from duecare.vocabulary.refusals import RefusalKind

REFUSALS: tuple[RefusalKind, ...] = (
    RefusalKind(
        "AUD-001",
        "This is not a file of published totals.",
        "Nothing of it was taken. Use UTF-8 CSV with the columns set_id, force, round, grader, n, good, adequate,"
        " requires_improvement, inadequate, meets_standard, below_standard, referred_back, status, source_url and, if"
        " need be, measure and count.",
    ),
)
