"""The limits of a series over time: between which values a point lies by chance alone, and where limits begin again.

A phase is a stretch with one middle and one pair of limits. Its first points set them; then they stay, so that a change
cannot hide itself by moving them. They are set again only where someone says so, with a reason that is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import Final

from duecare.figure.charts.chart_signals import RULES, SIGMAS, Rule, broken_rules
from duecare.vocabulary.unknown import Unknown

FEWEST_POINTS: Final = 12
BASELINE: Final = 24
RANGE_TO_SPREAD: Final = 1.128
RANGE_LIMIT: Final = 3.267


@dataclass(frozen=True, slots=True)
class Rebase:
    """The point from which limits restart, and why."""

    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Limits:
    """The values between which a point lies if nothing has changed.

    Shape:   `spread` is one standard deviation; the limits are three of them away, cut to what can be.
    """

    centre: float
    spread: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Point:
    """A point, its limits, and the rules by which it is more than chance."""

    label: str
    value: float | Unknown
    limits: Limits | Unknown
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Phase:
    """The first point of one pair of limits, why it was set, and by how many points.

    Shape:   `why` is empty for the first phase; `widened` is by how much limits are wider than chance in shares alone
             would set them, 1 where they are not.
    """

    first: str
    why: str
    set_by: int
    widened: float = 1.0


@dataclass(frozen=True, slots=True)
class Chart:
    """A series with its limits.

    Source:  Shewhart 1931; rules of the Western Electric Handbook 1956; Wheeler 2003, Making Sense of Data.
    """

    kind: str
    points: tuple[Point, ...]
    phases: tuple[Phase, ...]

    @property
    def signals(self) -> tuple[Point, ...]:
        """The points that are more than chance."""
        return tuple(point for point in self.points if point.rules)


def rebased_stretches(labels: Sequence[str], rebases: Iterable[Rebase]) -> list[tuple[int, int, str]]:
    """Where each phase begins and ends, and why it was begun; a rebase at no point of the series begins none."""
    reason_by_label = {rebase.label: rebase.why for rebase in rebases}
    starts = [start_index for start_index, label in enumerate(labels) if not start_index or label in reason_by_label]
    end_indexes = [*starts[1:], len(labels)]
    return [
        (start_index, end_index, reason_by_label.get(labels[start_index], ""))
        for start_index, end_index in zip(starts, end_indexes, strict=False)
    ]


def moving_ranges(values: Sequence[float | Unknown]) -> list[float]:
    """The distance of each value from the one before it; none across one that is not known."""
    return [
        abs(after - before)
        for before, after in pairwise(values)
        if not isinstance(before, Unknown) and not isinstance(after, Unknown)
    ]


def limits_around(centre: float, spread: float, most_value: float = inf) -> Limits:
    """The limits three standard deviations to each side of the middle, cut to what can be: nothing is below 0."""
    return Limits(centre, spread, max(0.0, centre - SIGMAS * spread), min(most_value, centre + SIGMAS * spread))


def charted_points(
    chart_kind: str,
    labels: Sequence[str],
    values: Sequence[float | Unknown],
    phases: Sequence[tuple[int, int, Phase, Callable[[int], Limits | Unknown]]],
    rules: Sequence[Rule] = RULES,
) -> Chart:
    """The chart of these values, each phase with the limits of its own points; no rule reaches across a phase's edge."""
    points: list[Point] = []
    for start_index, end_index, _, limits_of in phases:
        limits = [limits_of(point_index) for point_index in range(start_index, end_index)]
        broken = broken_rules(list(zip(values[start_index:end_index], limits, strict=True)), rules)
        points += [
            Point(
                labels[start_index + point_index],
                values[start_index + point_index],
                limits[point_index],
                tuple(broken_rule for broken_rule in rules if broken_rule in broken[point_index]),
            )
            for point_index in range(end_index - start_index)
        ]
    return Chart(chart_kind, tuple(points), tuple(phase for _, _, phase, _ in phases))
