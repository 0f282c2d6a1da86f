"""Refusals of the family REP: report."""

from __future__ import annotations

from duecare.vocabulary.refusals import RefusalKind

REFUSALS: tuple[RefusalKind, ...] = (
    RefusalKind(
        "REP-001",
        "A PDF cannot be made on this machine.",
        "Nothing was written. Its system lacks Pango, which lays out text: install it (Debian and Ubuntu: libpango-1.0-0"
        " and libpangoft2-1.0-0), or take the report as HTML or ODS, which hold the same.",
    ),
    RefusalKind(
        "REP-002",
        "There is no report of a round of which only totals are known.",
        "Nothing was written. duecare audit totals says what totals support.",
    ),
    RefusalKind(
        "REP-011",
        "From what would be printed, with all that was released before, a reader could work out counts of children.",
        "Nothing was released. Leave out a table or a cut that names them, or join its rows; what is public already cannot"
        " be taken back.",
    ),
    RefusalKind(
        "REP-012",
        "These tables cannot be cleared: their counts do not fit each other, or what was released before.",
        "Nothing was released. Count them anew from one snapshot, and give every category of each dimension.",
    ),
)
