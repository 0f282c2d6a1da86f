"""The codes and texts of refusals of the store: STO."""

from __future__ import annotations

from duecare.vocabulary.refusals import RefusalKind

REFUSALS: tuple[RefusalKind, ...] = (
    RefusalKind(
        "STO-001",
        "The store cannot be opened.",
        "Nothing was read or changed. Check DUECARE_HOME or DUECARE_DATABASE_URL, then run: duecare doctor",
    ),
    RefusalKind(
        "STO-002",
        "The store is busy and was not free in time.",
        "Nothing was changed. Wait for the other command to finish and try again.",
    ),
)
