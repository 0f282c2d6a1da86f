"""Refusals of the family REC: record."""

from __future__ import annotations

from duecare.vocabulary.refusals import RefusalKind

REFUSALS: tuple[RefusalKind, ...] = (
    RefusalKind(
        "REC-001",
        "This person cannot be recorded as they are described.",
        "Nothing was recorded. Mend what is named, and look again.",
    ),
    RefusalKind(
        "REC-002",
        "Nobody has looked whether this person is held already.",
        "Nothing was recorded. Look first, by exactly these words; then say which of those found it is, or that it is none"
        " of them. Whoever changes the words, or waits while others record people who fit, looks again.",
    ),
    RefusalKind(
        "REC-003",
        "This child's birth cannot be recorded so.",
        "Nothing was changed. A child recorded here as not yet born becomes the born child once, by their names and a birth"
        " date that is not in the future; what is wrong after that is mended in the system that holds them.",
    ),
)
