"""The codes and texts of refusals about records: REC."""

from __future__ import annotations

from duecare.vocabulary.refusals import RefusalKind

REFUSALS: tuple[RefusalKind, ...] = (
    RefusalKind(
        "REC-001",
        "This person cannot be recorded as described.",
        "Nothing was recorded. Correct what is listed, and search again.",
    ),
    RefusalKind(
        "REC-002",
        "Nobody has checked whether this person is already recorded.",
        "Nothing was recorded. Search first with exactly these details, then choose which result is the person, or"
        " that none is. Search again if you change the details, or if others have recorded matching people since.",
    ),
    RefusalKind(
        "REC-003",
        "This child's birth cannot be recorded.",
        "Nothing was changed. A child recorded here as not yet born can be recorded as born once, with their names"
        " and a birth date that is not in the future. Correct later mistakes in the child's source system.",
    ),
)
