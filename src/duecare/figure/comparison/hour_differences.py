"""Differences between the hours of two groups, like compared with like: how much longer one waits."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from duecare.rulebook.comparison_settings import FEWEST_COMPARED
from duecare.stats.distributions import normal_quantile
from duecare.stats.interval import CONFIDENCE, Interval
from duecare.vocabulary.unknown import Unknown

RANKS: Final = "Hodges-Lehmann, ranks"
_CLOSE: Final = 1e-9
_A_MOMENT: Final = 1e-7


@dataclass(frozen=True, slots=True)
class HoursPair:
    """Hours of cases that are alike in kind and place, of one group and of the other."""

    label: str
    one: Sequence[float]
    other: Sequence[float]


@dataclass(frozen=True, slots=True)
class HoursApart:
    """By how many hours a case of one group lasts longer than one like it of the other, with its interval.

    Shape:   the middle of the differences between any case of one and any of the other that are alike, which is not the
             difference of the medians; `left_out` cases of the one group had none of the other like them.
    Units:   hours.
    """

    value: float
    interval: Interval
    one: int
    other: int
    left_out: int = 0

    @property
    def is_told(self) -> bool:
        """Whether it is more than chance alone could give: the interval then does not contain 0."""
        return not self.interval.holds(0)


def hours_apart(pairs: Iterable[HoursPair], fewest: int = FEWEST_COMPARED) -> HoursApart | Unknown:
    """By how many hours one group waits longer, each case being set only against those of its kind and place.

    Shape:   what the rank sum test within pairs does not refuse; of one pair, the Hodges-Lehmann estimate with Moses'
             interval. It supposes that the whole spread of hours moves, and not its shape.
    Unknown: where fewer than `fewest` cases of a group have any of the other like them.
    Source:  Hodges and Lehmann 1963, Annals of Mathematical Statistics 34, 598-611; van Elteren 1960, on the combination
             of independent two sample tests of Wilcoxon.
    """
    all_pairs = list(pairs)
    matched_pairs = [
        (sorted(hours_pair.one), sorted(hours_pair.other))
        for hours_pair in all_pairs
        if hours_pair.one and hours_pair.other
    ]
    group_count, other_count = (
        sum(len(group_hours) for group_hours, _ in matched_pairs),
        sum(len(other_hours) for _, other_hours in matched_pairs),
    )
    if min(group_count, other_count) < fewest:
        return Unknown(
            f"one of the groups has {min(group_count, other_count)} cases to compare, and at least {fewest} are needed"
        )
    weights = [1 / (len(group_hours) + len(other_hours) + 1) for group_hours, other_hours in matched_pairs]
    expected = sum(
        pair_weight * len(group_hours) * len(other_hours) / 2
        for pair_weight, (group_hours, other_hours) in zip(weights, matched_pairs, strict=True)
    )
    spread = sqrt(
        sum(
            pair_weight
            * pair_weight
            * len(group_hours)
            * len(other_hours)
            * (len(group_hours) + len(other_hours) + 1)
            / 12
            for pair_weight, (group_hours, other_hours) in zip(weights, matched_pairs, strict=True)
        )
    )
    low_end, high_end = (
        min(group_hours[0] - other_hours[-1] for group_hours, other_hours in matched_pairs),
        max(group_hours[-1] - other_hours[0] for group_hours, other_hours in matched_pairs),
    )
    reach = normal_quantile(CONFIDENCE) * spread + max(weights) / 2

    def share_passed(hours: float) -> float:
        return sum(
            pair_weight * _no_more(group_hours, other_hours, hours)
            for pair_weight, (group_hours, other_hours) in zip(weights, matched_pairs, strict=True)
        )

    def ends_around(share: float) -> tuple[float, float]:
        below, above = low_end - 1, high_end
        while above - below > _A_MOMENT:
            middle = (below + above) / 2
            below, above = (middle, above) if share_passed(middle) < share else (below, middle)
        return below, above

    return HoursApart(
        (ends_around(expected - _CLOSE)[1] + ends_around(expected + _CLOSE)[0]) / 2,
        Interval(ends_around(expected - reach)[0], ends_around(expected + reach)[1], RANKS),
        group_count,
        other_count,
        sum(len(hours_pair.one) for hours_pair in all_pairs) - group_count,
    )


def _no_more(group_hours: Sequence[float], other_hours: Sequence[float], hours: float) -> int:
    """The number of pairs of one case and another with a difference of no more than so many hours."""
    return sum(len(other_hours) - bisect_left(other_hours, group_value - hours) for group_value in group_hours)
