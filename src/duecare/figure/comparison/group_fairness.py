"""Fairness between groups: each group against others like it, those of which the group is not known beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final, TypeVar

from duecare.figure.comparison.hour_differences import HoursApart, HoursPair, hours_apart
from duecare.figure.comparison.share_differences import Difference, Pair, like_with_like, share_difference
from duecare.figure.counted_share import Counted
from duecare.rulebook.comparison_settings import FEWEST_COMPARED, MOST_NOT_KNOWN
from duecare.vocabulary.unknown import Unknown

OTHERS: Final = "all other groups"


@dataclass(frozen=True, slots=True)
class Cell:
    """The cases of one kind and place, in one group, and how many have it.

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


_CellType = TypeVar("_CellType", Cell, HoursCell)


@dataclass(frozen=True, slots=True)
class Group:
    """One group beside the others: all cases together, and each beside those like it."""

    counted: Counted
    all_together: Difference | Unknown
    like_with_like: Difference | Unknown


@dataclass(frozen=True, slots=True)
class Fairness:
    """All groups, whom each is compared with, and the cases for which the group is not known.

    Shape:   groups by name.
    """

    against: str
    groups: tuple[Group, ...]
    not_known: Counted

    @property
    def told(self) -> tuple[Group, ...]:
        """The groups that differ, like with like, by more than chance alone could give."""
        return tuple(
            group
            for group in self.groups
            if isinstance(group.like_with_like, Difference) and group.like_with_like.is_told
        )


@dataclass(frozen=True, slots=True)
class GroupHours:
    """How long the cases of one group last, and how much longer than those like them."""

    label: str
    n: int
    median: float
    like_with_like: HoursApart | Unknown


@dataclass(frozen=True, slots=True)
class HoursFairness:
    """How long the cases of each group last, whom each is compared with, and the cases of unknown group."""

    against: str
    groups: tuple[GroupHours, ...]
    not_known: int

    @property
    def told(self) -> tuple[GroupHours, ...]:
        """The groups that last longer or less long, like with like, by more than chance alone could give."""
        return tuple(
            group
            for group in self.groups
            if isinstance(group.like_with_like, HoursApart) and group.like_with_like.is_told
        )


def group_fairness(
    cells: Iterable[Cell], fewest: int = FEWEST_COMPARED, most_unknown: float = MOST_NOT_KNOWN
) -> Fairness:
    """By how much the share of each group differs from that of all other known groups together, like with like.

    Unknown: a group with fewer than `fewest` cases to compare is not compared; none is, where for more than
             `most_unknown` of the cases the group is not known. Those are shown beside, and belong to no group.
    """
    all_cells = list(cells)
    not_known = _counted_cells("not known", [cell for cell in all_cells if cell.group is None])
    too_little = _too_little_known(not_known.n, sum(cell.n for cell in all_cells), most_unknown)
    groups = []
    for group_name in sorted({cell.group for cell in all_cells if cell.group is not None and cell.n}):
        group_cells, others = _cells_by_side(all_cells, group_name)
        group_count, other_count = _counted_cells(group_name, group_cells), _counted_cells(OTHERS, others)
        if too_little is not None:
            groups.append(Group(group_count, too_little, too_little))
            continue
        group_by_like, theirs = _by_like(group_name, group_cells), _by_like(other_count.label, others)
        pairs = [
            Pair(
                like_key,
                group_by_like.get(like_key, Counted(group_name, 0, 0)),
                theirs.get(like_key, Counted(other_count.label, 0, 0)),
            )
            for like_key in sorted({*group_by_like, *theirs})
        ]
        groups.append(
            Group(group_count, share_difference(group_count, other_count, fewest), like_with_like(pairs, fewest))
        )
    return Fairness(OTHERS, tuple(groups), not_known)


def fairness_of_hours(
    cells: Iterable[HoursCell], fewest: int = FEWEST_COMPARED, most_unknown: float = MOST_NOT_KNOWN
) -> HoursFairness:
    """By how many hours the cases of each group last longer than others like them.

    Unknown: as for shares.
    """
    cells_with_hours = [cell for cell in cells if cell.hours]
    not_known = sum(len(cell.hours) for cell in cells_with_hours if cell.group is None)
    too_little = _too_little_known(not_known, sum(len(cell.hours) for cell in cells_with_hours), most_unknown)
    groups = []
    for group_name in sorted({cell.group for cell in cells_with_hours if cell.group is not None}):
        group_cells, others = _cells_by_side(cells_with_hours, group_name)
        group_by_like, theirs = _hours_by_like(group_cells), _hours_by_like(others)
        pairs = [
            HoursPair(like_key, group_by_like.get(like_key, []), theirs.get(like_key, []))
            for like_key in sorted({*group_by_like, *theirs})
        ]
        hours = [hours_value for cell in group_cells for hours_value in cell.hours]
        apart = hours_apart(pairs, fewest) if too_little is None else too_little
        groups.append(GroupHours(group_name, len(hours), median(hours), apart))
    return HoursFairness(OTHERS, tuple(groups), not_known)


def _cells_by_side(all_cells: Sequence[_CellType], group_name: str) -> tuple[list[_CellType], list[_CellType]]:
    known_cells = [cell for cell in all_cells if cell.group is not None]
    return [cell for cell in known_cells if cell.group == group_name], [
        cell for cell in known_cells if cell.group != group_name
    ]


def _too_little_known(not_known: int, case_count: int, most_unknown: float) -> Unknown | None:
    if not case_count or not_known / case_count <= most_unknown:
        return None
    return Unknown(
        f"of {not_known:,} of {case_count:,} cases the group is not known, and more than {most_unknown:.0%} is too much"
    )


def _counted_cells(label: str, cells: Sequence[Cell]) -> Counted:
    return Counted(label, sum(cell.part for cell in cells), sum(cell.n for cell in cells))


def _by_like(label: str, cells: Iterable[Cell]) -> dict[str, Counted]:
    cells_by_like: dict[str, list[Cell]] = {}
    for cell in cells:
        cells_by_like.setdefault(cell.like, []).append(cell)
    return {like_key: _counted_cells(label, like_cells) for like_key, like_cells in cells_by_like.items()}


def _hours_by_like(cells: Iterable[HoursCell]) -> dict[str, list[float]]:
    hours_by_like: dict[str, list[float]] = {}
    for cell in cells:
        hours_by_like.setdefault(cell.like, []).extend(cell.hours)
    return hours_by_like
