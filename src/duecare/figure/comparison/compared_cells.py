"""The lines of a figure as cells that statistics compare: by area, and by who someone is, like with like."""

from __future__ import annotations

from collections.abc import Iterable
from math import isinf

from duecare.figure.comparison.areas_side_by_side import counted
from duecare.figure.comparison.group_fairness import (
    MOST_UNKNOWN,
    Cell,
    Fairness,
    HoursCell,
    HoursFairness,
    fairness,
    fairness_of_hours,
)
from duecare.figure.comparison.share_differences import FEWEST
from duecare.figure.counted_share import Counted
from duecare.figure.figure_definition import Definition, Dimension, Unit
from duecare.figure.figure_line import NOT_KNOWN, Member
from duecare.figure.figure_value import FigureValue

LIKE = (Dimension.AREA, Dimension.CASE_KIND, Dimension.RISK)


def compared(
    definition: Definition,
    members: Iterable[Member],
    dimension: Dimension,
    fewest: int = FEWEST,
    most_unknown: float = MOST_UNKNOWN,
) -> Fairness | HoursFairness | None:
    """How do the groups of this dimension fare by this figure, each case set only against those of its kind and place?

    Shape:   None for what is a count: nobody knows of how many it is.
    Unknown: lines of which it cannot be told are left out. What has not happened yet is twice as long as the longest that
             has: only its rank is looked at.
    """
    if definition.unit in {Unit.COUNT, Unit.DIFFERENCE}:
        return None
    held: dict[tuple[str, str | None], list[Member]] = {}
    for one in members:
        if one.counts is not None:
            group = one.by(dimension)
            like = " / ".join(one.by(by) for by in LIKE if by in definition.by)
            held.setdefault((like, None if group == NOT_KNOWN else group), []).append(one)
    if definition.unit is Unit.SHARE:
        cells = [
            Cell(like, group, sum(1 for one in some if one.counts), len(some)) for (like, group), some in held.items()
        ]
        return fairness(cells, fewest=fewest, most_unknown=most_unknown)
    finite = [one.amount for some in held.values() for one in some if one.amount is not None and not isinf(one.amount)]
    longest = 2 * max(finite, default=1.0) or 1.0
    hours = [
        HoursCell(like, group, [min(one.amount, longest) for one in some if one.amount is not None])
        for (like, group), some in held.items()
    ]
    return fairness_of_hours(hours, fewest=fewest, most_unknown=most_unknown)


def differing(found: Fairness | HoursFairness) -> tuple[str, ...]:
    """Which groups differ from those like them by more than chance alone could give?"""
    if isinstance(found, Fairness):
        return tuple(one.counted.label for one in found.told)
    return tuple(one.label for one in found.told)


def areas_of(values: Iterable[FigureValue]) -> tuple[Counted, ...]:
    """The values of a share, area by area, as the funnel takes them; cases in no area have no place in it."""
    named = [(" / ".join(said for _, said in one.cut), one) for one in values]
    return tuple(counted(one, name) for name, one in named if name != NOT_KNOWN)
