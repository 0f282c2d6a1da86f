"""A human's judgement of two records: same, different or unsure; superseded, never overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from duecare.record.pole import RecordKey


class Verdict(Enum):
    """Whether the two records are of one person."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A judgement of two records: who, what, when and why, and when it was undone.

    Shape:   `a` before `b`. A judgement is never changed: it is superseded by a later one on the same two records, or
             undone at `undone_at`, and stays to be read. `number` is the place in which it was kept, by which later
             and earlier are told, for two can be of one second and a clock can be set back; 0 where it is not kept.
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
    undone_by: str = ""
    undone_reason: str = ""
    number: int = 0

    @property
    def order(self) -> tuple[int, datetime, str]:
        """The order in which one judgement is later than another."""
        return self.number, self.at, self.judgement_id

    def __post_init__(self) -> None:
        """Keep the two records in order.

        Raises:  ValueError for a record judged against itself.
        """
        if self.a == self.b:
            raise ValueError("a record cannot be judged against itself")
        if self.b < self.a:
            first_record, second = self.b, self.a
            object.__setattr__(self, "a", first_record)
            object.__setattr__(self, "b", second)
