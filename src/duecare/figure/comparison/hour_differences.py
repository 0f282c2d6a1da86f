"""Differences between the hours of two groups, like compared with like: how much longer does one wait?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from duecare.figure.comparison.share_differences import FEWEST
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
    """By how many hours does a case of one group last longer than one like it of the other, and how sure is that?

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
        """Is it more than chance alone could give? Then the interval does not hold nought."""
        return not self.interval.holds(0)


def hours_apart(pairs: Iterable[HoursPair], fewest: int = FEWEST) -> HoursApart | Unknown:
    """By how many hours does one group wait longer, each case being set only against those of its kind and place?

    Shape:   what the rank sum test within pairs does not refuse; of one pair, the Hodges-Lehmann estimate with Moses'
             interval. It supposes that the whole spread of hours moves, and not its shape.
    Unknown: where fewer than `fewest` cases of a group have any of the other like them.
    Source:  Hodges and Lehmann 1963, Annals of Mathematical Statistics 34, 598-611; van Elteren 1960, on the combination
             of independent two sample tests of Wilcoxon.
    """
    held = list(pairs)
    met = [(sorted(pair.one), sorted(pair.other)) for pair in held if pair.one and pair.other]
    one, other = sum(len(a) for a, _ in met), sum(len(b) for _, b in met)
    if min(one, other) < fewest:
        return Unknown(f"one of the groups has {min(one, other)} cases to compare, and at least {fewest} are needed")
    weights = [1 / (len(a) + len(b) + 1) for a, b in met]
    expected = sum(w * len(a) * len(b) / 2 for w, (a, b) in zip(weights, met, strict=True))
    spread = sqrt(
        sum(w * w * len(a) * len(b) * (len(a) + len(b) + 1) / 12 for w, (a, b) in zip(weights, met, strict=True))
    )
    low, high = min(a[0] - b[-1] for a, b in met), max(a[-1] - b[0] for a, b in met)
    reach = normal_quantile(CONFIDENCE) * spread + max(weights) / 2

    def passed(hours: float) -> float:
        return sum(w * _no_more(a, b, hours) for w, (a, b) in zip(weights, met, strict=True))

    def around(share: float) -> tuple[float, float]:
        below, above = low - 1, high
        while above - below > _A_MOMENT:
            middle = (below + above) / 2
            below, above = (middle, above) if passed(middle) < share else (below, middle)
        return below, above

    return HoursApart(
        (around(expected - _CLOSE)[1] + around(expected + _CLOSE)[0]) / 2,
        Interval(around(expected - reach)[0], around(expected + reach)[1], RANKS),
        one,
        other,
        sum(len(pair.one) for pair in held) - one,
    )


def _no_more(one: Sequence[float], other: Sequence[float], hours: float) -> int:
    """Of how many pairs of one case and another is the difference no more than so many hours?"""
    return sum(len(other) - bisect_left(other, each - hours) for each in one)
