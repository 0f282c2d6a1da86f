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


@dataclass(frozen=True, slots=True)
class Settled:
    """What do the judgements in force demand, taken together?

    Shape:   `glued` pairs are one person, `barred` pairs never, `held` pairs do not join by themselves. No chain of
             glued pairs ties two barred records: the later judgement wins, the earlier is listed in `overruled`.
    """

    glued: tuple[tuple[RecordKey, RecordKey], ...] = ()
    barred: tuple[tuple[RecordKey, RecordKey], ...] = ()
    held: tuple[tuple[RecordKey, RecordKey], ...] = ()
    overruled: tuple[str, ...] = ()


def settle(judgements: Iterable[Judgement]) -> Settled:
    """What is demanded of these judgements, the later overruling an earlier one that cannot stand beside it?"""
    glued, barred, held, overruled = [], [], [], []
    group: dict[RecordKey, frozenset[RecordKey]] = {}
    for judgement in in_force(judgements):
        a, b = judgement.a, judgement.b
        of_a, of_b = group.get(a, frozenset({a})), group.get(b, frozenset({b}))
        if judgement.verdict is Verdict.UNSURE:
            held.append((a, b))
        elif judgement.verdict is Verdict.DIFFERENT:
            if b in of_a:
                overruled.append(judgement.judgement_id)
            else:
                barred.append((a, b))
        elif any((x in of_a and y in of_b) or (x in of_b and y in of_a) for x, y in barred):
            overruled.append(judgement.judgement_id)
        else:
            glued.append((a, b))
            joined = of_a | of_b
            group.update(dict.fromkeys(joined, joined))
    return Settled(tuple(glued), tuple(barred), tuple(held), tuple(overruled))
