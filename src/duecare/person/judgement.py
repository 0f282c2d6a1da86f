"""What a human has said of two records: same, different or unsure; superseded, never overwritten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from duecare.record.pole import RecordKey


class Verdict(Enum):
    """Are the two records of one person?"""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Who said what of two records, when and why; and when was it taken back?

    Shape:   `a` before `b`. A judgement is never changed: it is superseded by a later one on the same two records, or
             undone at `undone_at`, and stays to be read.
    Units:   UTC.
    """

    judgement_id: str
    a: RecordKey
    b: RecordKey
    verdict: Verdict
    by: str
    at: datetime
    reason: str
    undone_at: datetime | None = None

    def __post_init__(self) -> None:
        """Keep the two records in order.

        Raises:  ValueError for a record judged against itself.
        """
        if self.a == self.b:
            raise ValueError("a record cannot be judged against itself")
        if self.b < self.a:
            first, second = self.b, self.a
            object.__setattr__(self, "a", first)
            object.__setattr__(self, "b", second)


def in_force(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Which judgements stand? Of those not undone, the latest on each two records.

    Shape:   ordered from the latest to the earliest, ties by id; empty if none stands.
    """
    standing: dict[tuple[RecordKey, RecordKey], Judgement] = {}
    for judgement in sorted(judgements, key=lambda j: (j.at, j.judgement_id)):
        if judgement.undone_at is None:
            standing[judgement.a, judgement.b] = judgement
    return tuple(sorted(standing.values(), key=lambda j: (j.at, j.judgement_id), reverse=True))
