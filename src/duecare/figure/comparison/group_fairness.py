"""Fairness between groups: each group against others like it, those of which the group is not known beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final, TypeVar

from duecare.figure.comparison.hour_differences import HoursApart, HoursPair, hours_apart
from duecare.figure.comparison.share_differences import FEWEST, Difference, Pair, difference, like_with_like
from duecare.figure.counted_share import Counted
from duecare.vocabulary.unknown import Unknown

MOST_UNKNOWN: Final = 0.25
OTHERS: Final = "all other groups"


@dataclass(frozen=True, slots=True)
class Cell:
    """Of the cases of one kind and place, in one group, how many have it?

    Shape:   `like` names kind and place; a group of None is not known.
    """

    like: str
    group: str | None
    part: int
    n: int


@dataclass(frozen=True, slots=True)
class HoursCell:
    """The hours of cases of one kind and place, in one group; a group of None is not known."""

    like: str
    group: str | None
    hours: Sequence[float]


_Cell = TypeVar("_Cell", Cell, HoursCell)


@dataclass(frozen=True, slots=True)
class Group:
    """How does one group fare beside the others: all cases together, and each beside those like it?"""

    counted: Counted
    all_together: Difference | Unknown
    like_with_like: Difference | Unknown


@dataclass(frozen=True, slots=True)
class Fairness:
    """How do all groups fare, against whom, and what of those of whom the group is not known?

    Shape:   groups by name.
    """

    against: str
    groups: tuple[Group, ...]
    not_known: Counted

    @property
    def told(self) -> tuple[Group, ...]:
        """Which groups differ, like with like, by more than chance alone could give?"""
        return tuple(
            one for one in self.groups if isinstance(one.like_with_like, Difference) and one.like_with_like.is_told
        )


@dataclass(frozen=True, slots=True)
class GroupHours:
    """How long do the cases of one group last, and how much longer than those like them?"""

    label: str
    n: int
    median: float
    like_with_like: HoursApart | Unknown


@dataclass(frozen=True, slots=True)
class HoursFairness:
    """How long do the cases of each group last, against whom, beside those of whom the group is not known?"""

    against: str
    groups: tuple[GroupHours, ...]
    not_known: int

    @property
    def told(self) -> tuple[GroupHours, ...]:
        """Which groups last longer or less long, like with like, by more than chance alone could give?"""
        return tuple(
            one for one in self.groups if isinstance(one.like_with_like, HoursApart) and one.like_with_like.is_told
        )


def fairness(cells: Iterable[Cell], fewest: int = FEWEST, most_unknown: float = MOST_UNKNOWN) -> Fairness:
    """By how much does the share of each group differ from that of all other known groups together, like with like?

    Unknown: a group with fewer than `fewest` cases to compare is not compared; none is, where for more than
             `most_unknown` of the cases the group is not known. Those are shown beside, and belong to no group.
    """
    held = list(cells)
    not_known = _counted("not known", [one for one in held if one.group is None])
    too_little = _too_little_known(not_known.n, sum(one.n for one in held), most_unknown)
    groups = []
    for name in sorted({one.group for one in held if one.group is not None and one.n}):
        mine, others = _sides(held, name)
        one, other = _counted(name, mine), _counted(OTHERS, others)
        if too_little is not None:
            groups.append(Group(one, too_little, too_little))
            continue
        ours, theirs = _by_like(name, mine), _by_like(other.label, others)
        pairs = [
            Pair(like, ours.get(like, Counted(name, 0, 0)), theirs.get(like, Counted(other.label, 0, 0)))
            for like in sorted({*ours, *theirs})
        ]
        groups.append(Group(one, difference(one, other, fewest), like_with_like(pairs, fewest)))
    return Fairness(OTHERS, tuple(groups), not_known)


def fairness_of_hours(
    cells: Iterable[HoursCell], fewest: int = FEWEST, most_unknown: float = MOST_UNKNOWN
) -> HoursFairness:
    """By how many hours do the cases of each group last longer than others like them?

    Unknown: as for shares.
    """
    held = [one for one in cells if one.hours]
    not_known = sum(len(one.hours) for one in held if one.group is None)
    too_little = _too_little_known(not_known, sum(len(one.hours) for one in held), most_unknown)
    groups = []
    for name in sorted({one.group for one in held if one.group is not None}):
        mine, others = _sides(held, name)
        ours, theirs = _hours_by_like(mine), _hours_by_like(others)
        pairs = [HoursPair(like, ours.get(like, []), theirs.get(like, [])) for like in sorted({*ours, *theirs})]
        hours = [hour for one in mine for hour in one.hours]
        apart = hours_apart(pairs, fewest) if too_little is None else too_little
        groups.append(GroupHours(name, len(hours), median(hours), apart))
    return HoursFairness(OTHERS, tuple(groups), not_known)


def _sides(held: Sequence[_Cell], name: str) -> tuple[list[_Cell], list[_Cell]]:
    known = [one for one in held if one.group is not None]
    return [one for one in known if one.group == name], [one for one in known if one.group != name]


def _too_little_known(not_known: int, n: int, most: float) -> Unknown | None:
    if not n or not_known / n <= most:
        return None
    return Unknown(f"of {not_known:,} of {n:,} cases the group is not known, and more than {most:.0%} is too much")


def _counted(label: str, cells: Sequence[Cell]) -> Counted:
    return Counted(label, sum(one.part for one in cells), sum(one.n for one in cells))


def _by_like(label: str, cells: Iterable[Cell]) -> dict[str, Counted]:
    held: dict[str, list[Cell]] = {}
    for one in cells:
        held.setdefault(one.like, []).append(one)
    return {like: _counted(label, some) for like, some in held.items()}


def _hours_by_like(cells: Iterable[HoursCell]) -> dict[str, list[float]]:
    held: dict[str, list[float]] = {}
    for one in cells:
        held.setdefault(one.like, []).extend(one.hours)
    return held
