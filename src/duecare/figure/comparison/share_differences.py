"""Differences between shares of two groups, like compared with like."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Final

from duecare.figure.counted_share import Counted
from duecare.stats.distributions import normal_quantile
from duecare.stats.interval import CONFIDENCE, Interval, wilson
from duecare.vocabulary.unknown import Unknown

FEWEST: Final = 10
NEWCOMBE: Final = "Newcombe score"
MANTEL_HAENSZEL: Final = "Mantel-Haenszel, Sato variance at the end"


@dataclass(frozen=True, slots=True)
class Pair:
    """Cases that are alike in kind and place: how many of one group have it, and how many of the other?"""

    label: str
    one: Counted
    other: Counted


@dataclass(frozen=True, slots=True)
class Difference:
    """By how much is the share of one group larger than that of the other, and how sure is that?

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
        """Is it more than chance alone could give? Then the interval does not hold nought."""
        return not self.interval.holds(0)


def difference(one: Counted, other: Counted, fewest: int = FEWEST) -> Difference | Unknown:
    """By how much is the share of one group larger, all cases of each taken together?

    Unknown: where a group has fewer than `fewest` cases.
    Source:  Newcombe 1998, Interval estimation for the difference between independent proportions, Statistics in Medicine
             17, 873-890, method 10.
    """
    if (refused := _too_few(one, other, fewest)) is not None:
        return refused
    value, ends = one.part / one.n - other.part / other.n, []
    for up, down in ((one, other), (other, one)):
        high, low = wilson(up.part, up.n), wilson(down.part, down.n)
        assert isinstance(high, Interval)
        assert isinstance(low, Interval)
        ends.append(sqrt((high.high - up.part / up.n) ** 2 + (down.part / down.n - low.low) ** 2))
    return Difference(value, Interval(value - ends[1], value + ends[0], NEWCOMBE), one, other)


def like_with_like(pairs: Iterable[Pair], fewest: int = FEWEST) -> Difference | Unknown:
    """By how much is the share of one group larger, each case being set only against those of its kind and place?

    Shape:   the mean of the differences within each pair, weighted by how much each can tell; the interval holds every
             difference that the cases do not refuse, and holds for many pairs of few cases too.
    Unknown: where fewer than `fewest` cases of a group have any of the other like them.
    Source:  Mantel and Haenszel 1959; Sato 1989, Biometrics 45, 1323-1324; Klingenberg 2014, A new and improved
             confidence interval for the Mantel-Haenszel risk difference, Statistics in Medicine 33, 2968-2983.
    """
    held = list(pairs)
    met = [(pair.one, pair.other) for pair in held if pair.one.n and pair.other.n]
    one, other = (
        _together([pair.one for pair in held], [a for a, _ in met]),
        _together([pair.other for pair in held], [b for _, b in met]),
    )
    if (refused := _too_few(one, other, fewest)) is not None:
        return refused
    weight = sum(a.n * b.n / (a.n + b.n) for a, b in met)
    value = sum((a.part * b.n - b.part * a.n) / (a.n + b.n) for a, b in met) / weight
    by_value = sum((a.n**2 * b.part - b.n**2 * a.part + a.n * b.n * (b.n - a.n) / 2) / (a.n + b.n) ** 2 for a, b in met)
    fixed = sum((a.part * (b.n - b.part) + b.part * (a.n - a.part)) / (a.n + b.n) / 2 for a, b in met)
    squared = normal_quantile(CONFIDENCE) ** 2 / weight**2
    middle = value + squared * by_value / 2
    reach = sqrt(max(0.0, middle**2 - value**2 + squared * fixed))
    low, high = max(-1.0, middle - reach), min(1.0, middle + reach)
    left_out = sum(pair.one.n for pair in held) - one.n
    return Difference(value, Interval(low, high, MANTEL_HAENSZEL), one, other, left_out)


def _together(all_of_them: list[Counted], met: list[Counted]) -> Counted:
    label = all_of_them[0].label if all_of_them else ""
    return Counted(
        label, sum(one.part for one in met), sum(one.n for one in met), sum(one.unknown for one in all_of_them)
    )


def _too_few(one: Counted, other: Counted, fewest: int) -> Unknown | None:
    if min(one.n, other.n) >= fewest:
        return None
    few = one if one.n <= other.n else other
    return Unknown(f"{few.label} has {few.n} cases to compare, and at least {fewest} are needed")
