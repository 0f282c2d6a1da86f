"""Which pair of records a person judges first: by what depends on it (danger, an offender, what is owed), then the hardest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Final

from duecare.record.pole import EventRecord, RecordKey
from duecare.worklist.danger import danger_now
from duecare.worklist.item import DangerKind

_HARMS: Final = frozenset({"suspect", "offender"})
_HARMED: Final = frozenset({"child", "victim"})


class Consequence(IntEnum):
    """What would change if two people were joined, or parted.

    Shape:   `words` say it to whoever judges.
    """

    DANGER = 1
    OFFENDER_AND_SUSPECT = 2
    HARMS_AND_CHILD = 3
    OWED = 4
    NOTHING = 5

    @property
    def words(self) -> str:
        """What hangs on it, in plain words; of nothing, none."""
        return _WORDS[self]


_WORDS: Final[Mapping[Consequence, str]] = {
    Consequence.DANGER: "a danger reported as happening now stands or falls with it",
    Consequence.OFFENDER_AND_SUSPECT: "one is managed as an offender, the other is a suspect in a case",
    Consequence.HARMS_AND_CHILD: "one is a suspect or offender, the other a child or victim",
    Consequence.OWED: "something is still owed about one of them, which the other may show to be done, or more",
    Consequence.NOTHING: "",
}


@dataclass(frozen=True, slots=True)
class Side:
    """The records, roles, dangerous events and owed duties of one of the two.

    Shape:   `events` are those of `danger.KINDS` to which one of the records is tied; `owed`: is a finding about them, or
             in a case they are tied into, open or overdue?
    """

    records: frozenset[RecordKey]
    roles: frozenset[str] = frozenset()
    events: tuple[EventRecord, ...] = ()
    owed: bool = False


def consequences_of_joining(first_side: Side, second_side: Side, as_of: datetime) -> tuple[Consequence, ...]:
    """What depends on whether these two are one person, the gravest first; nothing where nothing does.

    Shape:   the same for (a, b) and (b, a). A danger counts where the two taken together have another than both have
             apart, whether it would be raised so or hidden.
    Unknown: where nobody is tied to anything, nothing hangs on it that is known.
    """
    consequences = []
    if _danger_kinds((first_side, second_side), as_of) != _danger_kinds(
        (_joined_side(first_side, second_side),), as_of
    ):
        consequences.append(Consequence.DANGER)
    role_pairs = ((first_side.roles, second_side.roles), (second_side.roles, first_side.roles))
    if any(
        "offender" in roles and "offender" not in other_roles and "suspect" in other_roles
        for roles, other_roles in role_pairs
    ):
        consequences.append(Consequence.OFFENDER_AND_SUSPECT)
    if any(roles & _HARMS and other_roles & _HARMED for roles, other_roles in role_pairs):
        consequences.append(Consequence.HARMS_AND_CHILD)
    if first_side.owed or second_side.owed:
        consequences.append(Consequence.OWED)
    return tuple(consequences) or (Consequence.NOTHING,)


def _joined_side(first_side: Side, second_side: Side) -> Side:
    events = {(event.source, event.event_id): event for event in (*first_side.events, *second_side.events)}
    return Side(
        first_side.records | second_side.records,
        first_side.roles | second_side.roles,
        tuple(events.values()),
        first_side.owed or second_side.owed,
    )


def _danger_kinds(sides: Iterable[Side], as_of: datetime) -> frozenset[DangerKind]:
    """The dangers reported of any of these, each by what is tied to them alone."""
    kinds = set()
    for side in sides:
        danger = danger_now(side.events, dict.fromkeys(side.records, "one"), as_of, dict.fromkeys(side.records, "one"))
        if danger is not None:
            kinds.add(danger.kind)
    return frozenset(kinds)


def pair_order(
    consequences: Iterable[Consequence], weight: float, join_threshold: float, pair: tuple[RecordKey, RecordKey]
) -> tuple[Consequence, float, RecordKey, RecordKey]:
    """The place of a pair among those to judge, the least first: the gravest consequence, then the hardest, then by key.

    Units:   bits.
    Example:
        >>> grave, slight = (Consequence.DANGER,), (Consequence.OWED, Consequence.NOTHING)
        >>> keys = RecordKey("merlin", "N1"), RecordKey("cad", "7")
        >>> pair_order(grave, 9.0, 6.0, keys) < pair_order(slight, 6.1, 6.0, keys)
        True
    """
    return min(consequences), joining_hardness(weight, join_threshold), *pair


def joining_hardness(weight: float, join_threshold: float) -> float:
    """How far the evidence is from deciding: the less, the harder; 0 where it just joins.

    Units:   bits.
    Example:
        >>> joining_hardness(4.5, 6.0) < joining_hardness(9.0, 6.0)
        True
    """
    return abs(weight - join_threshold)
