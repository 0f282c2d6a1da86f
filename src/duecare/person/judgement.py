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
        """By what is one judgement later than another?"""
        return self.number, self.at, self.judgement_id

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

    Shape:   ordered from the latest to the earliest; empty if none stands.
    """
    standing: dict[tuple[RecordKey, RecordKey], Judgement] = {}
    for judgement in sorted(judgements, key=lambda j: j.order):
        if judgement.undone_at is None:
            standing[judgement.a, judgement.b] = judgement
    return tuple(sorted(standing.values(), key=lambda j: j.order, reverse=True))


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
    group: dict[RecordKey, set[RecordKey]] = {}
    against: dict[RecordKey, set[RecordKey]] = {}
    for judgement in in_force(judgements):
        a, b = judgement.a, judgement.b
        of_a, of_b = group.setdefault(a, {a}), group.setdefault(b, {b})
        fewer, more = (of_a, of_b) if len(of_a) < len(of_b) else (of_b, of_a)
        if judgement.verdict is Verdict.UNSURE:
            held.append((a, b))
        elif judgement.verdict is Verdict.DIFFERENT:
            if b in of_a:
                overruled.append(judgement.judgement_id)
            else:
                barred.append((a, b))
                against.setdefault(a, set()).add(b)
                against.setdefault(b, set()).add(a)
        elif any(not against[one].isdisjoint(more) for one in fewer if one in against):
            overruled.append(judgement.judgement_id)
        else:
            glued.append((a, b))
            more |= fewer
            group.update(dict.fromkeys(fewer, more))
    return Settled(tuple(glued), tuple(barred), tuple(held), tuple(overruled))


class Standing(Enum):
    """What has become of a judgement?"""

    IN_FORCE = "in force"
    SUPERSEDED = "superseded"
    OVERRULED = "overruled"
    UNDONE = "undone"


def standings(judgements: Iterable[Judgement]) -> dict[str, Standing]:
    """What has become of each of these judgements, by its id?

    Shape:   superseded by a later one on the same two records; overruled by later ones that it cannot stand beside.
    """
    known = tuple(judgements)
    standing = {judgement.judgement_id for judgement in in_force(known)}
    overruled = set(settle(known).overruled)
    found = {}
    for one in known:
        if one.undone_at is not None:
            found[one.judgement_id] = Standing.UNDONE
        elif one.judgement_id not in standing:
            found[one.judgement_id] = Standing.SUPERSEDED
        else:
            found[one.judgement_id] = Standing.OVERRULED if one.judgement_id in overruled else Standing.IN_FORCE
    return found
