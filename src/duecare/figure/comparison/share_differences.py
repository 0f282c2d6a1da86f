"""Differences between shares of two groups, like compared with like."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Final

from duecare.figure.counted_share import Counted
from duecare.rulebook.comparison_settings import FEWEST_COMPARED
from duecare.stats.distributions import normal_quantile
from duecare.stats.interval import CONFIDENCE, Interval, wilson_interval
from duecare.vocabulary.unknown import Unknown

NEWCOMBE: Final = "Newcombe score"
MANTEL_HAENSZEL: Final = "Mantel-Haenszel, Sato variance at the end"


@dataclass(frozen=True, slots=True)
class Pair:
    """Cases that are alike in kind and place: how many of one group have it, and how many of the other."""

    label: str
    one: Counted
    other: Counted


@dataclass(frozen=True, slots=True)
class Difference:
    """By how much the share of one group is larger than that of the other, with its interval.

    Shape:   `one` and `other` are what was compared; `left_out` cases of the one group had none of the other like them.
    Units:   a difference of proportions, -1..1.
    """

    value: float
    interval: Interval
    one: Counted
    other: Counted
    left_out: int = 0

    @property
    def is_told(self) -> bool:
        """Whether it is more than chance alone could give: the interval then does not contain 0."""
        return not self.interval.holds(0)


def share_difference(group_count: Counted, other_count: Counted, fewest: int = FEWEST_COMPARED) -> Difference | Unknown:
    """By how much the share of one group is larger, all cases of each taken together.

    Unknown: where a group has fewer than `fewest` cases.
    Source:  Newcombe 1998, Interval estimation for the difference between independent proportions, Statistics in Medicine
             17, 873-890, method 10.
    """
    if (refused := _too_few(group_count, other_count, fewest)) is not None:
        return refused
    value, interval_ends = group_count.part / group_count.n - other_count.part / other_count.n, []
    for upper_count, lower_count in ((group_count, other_count), (other_count, group_count)):
        upper_interval, lower_interval = (
            wilson_interval(upper_count.part, upper_count.n),
            wilson_interval(lower_count.part, lower_count.n),
        )
        assert isinstance(upper_interval, Interval)
        assert isinstance(lower_interval, Interval)
        interval_ends.append(
            sqrt(
                (upper_interval.high - upper_count.part / upper_count.n) ** 2
                + (lower_count.part / lower_count.n - lower_interval.low) ** 2
            )
        )
    return Difference(
        value, Interval(value - interval_ends[1], value + interval_ends[0], NEWCOMBE), group_count, other_count
    )


def like_with_like(pairs: Iterable[Pair], fewest: int = FEWEST_COMPARED) -> Difference | Unknown:
    """By how much the share of one group is larger, each case being set only against those of its kind and place.

    Shape:   the mean of the differences within each pair, weighted by how much each can tell; the interval holds every
             difference that the cases do not refuse, and holds for many pairs of few cases too.
    Unknown: where fewer than `fewest` cases of a group have any of the other like them.
    Source:  Mantel and Haenszel 1959; Sato 1989, Biometrics 45, 1323-1324; Klingenberg 2014, A new and improved
             confidence interval for the Mantel-Haenszel risk difference, Statistics in Medicine 33, 2968-2983.
    """
    all_pairs = list(pairs)
    matched_pairs = [
        (counted_pair.one, counted_pair.other)
        for counted_pair in all_pairs
        if counted_pair.one.n and counted_pair.other.n
    ]
    group_count, other_count = (
        _together_counted([counted_pair.one for counted_pair in all_pairs], [group for group, _ in matched_pairs]),
        _together_counted([counted_pair.other for counted_pair in all_pairs], [others for _, others in matched_pairs]),
    )
    if (refused := _too_few(group_count, other_count, fewest)) is not None:
        return refused
    weight = sum(group.n * others.n / (group.n + others.n) for group, others in matched_pairs)
    value = (
        sum((group.part * others.n - others.part * group.n) / (group.n + others.n) for group, others in matched_pairs)
        / weight
    )
    by_value = sum(
        (group.n**2 * others.part - others.n**2 * group.part + group.n * others.n * (others.n - group.n) / 2)
        / (group.n + others.n) ** 2
        for group, others in matched_pairs
    )
    fixed = sum(
        (group.part * (others.n - others.part) + others.part * (group.n - group.part)) / (group.n + others.n) / 2
        for group, others in matched_pairs
    )
    squared = normal_quantile(CONFIDENCE) ** 2 / weight**2
    middle = value + squared * by_value / 2
    reach = sqrt(max(0.0, middle**2 - value**2 + squared * fixed))
    low_end, high_end = max(-1.0, middle - reach), min(1.0, middle + reach)
    left_out = sum(counted_pair.one.n for counted_pair in all_pairs) - group_count.n
    return Difference(value, Interval(low_end, high_end, MANTEL_HAENSZEL), group_count, other_count, left_out)


def _together_counted(all_of_them: list[Counted], matched_counts: list[Counted]) -> Counted:
    label = all_of_them[0].label if all_of_them else ""
    return Counted(
        label,
        sum(counted.part for counted in matched_counts),
        sum(counted.n for counted in matched_counts),
        sum(counted.unknown for counted in all_of_them),
    )


def _too_few(group_count: Counted, other_count: Counted, fewest: int) -> Unknown | None:
    if min(group_count.n, other_count.n) >= fewest:
        return None
    smaller_count = group_count if group_count.n <= other_count.n else other_count
    return Unknown(f"{smaller_count.label} has {smaller_count.n} cases to compare, and at least {fewest} are needed")
