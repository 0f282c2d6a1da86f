"""Consistency between areas as one figure: by how much do they truly differ, beyond what chance would set apart?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Final

from duecare.figure.counted_share import Counted
from duecare.stats.distributions import chi_squared_tail, crossing
from duecare.stats.interval import CONFIDENCE, Interval
from duecare.vocabulary.unknown import Unknown

FEWEST_AREAS: Final = 8
FEWEST_EXPECTED: Final = 3
ROUGH_FROM: Final = 0.4
Q_PROFILE: Final = "Q-profile"


@dataclass(frozen=True, slots=True)
class Consistency:
    """By how much do areas truly differ, either way, around which middle?

    Shape:   about two areas of three lie within `apart` of `middle`, and 19 of 20 within twice as much. `is_rough` where
             shares differ by so much beside their middle that the interval holds less often than it says.
    Units:   `apart` is the standard deviation of their true values, in the units of the values; of shares 0..1.
    """

    middle: float
    apart: float
    interval: Interval | Unknown
    areas: int
    is_rough: bool = False


def consistency(areas: Iterable[Counted]) -> Consistency | Unknown:
    """By how much do the true shares of these areas differ?

    Shape:   the variance of an area's share is m(1 - m)/n by chance and t(1 - 1/n) by what sets areas apart, which is
             exact whatever shape the true shares have.
    Unknown: of fewer than eight areas with cases, or where too few cases are expected on either side of the share,
             for then the interval does not hold what it says.
    Source:  Kleinman 1973, Journal of the American Statistical Association 68, 46-54, for the variance.
    """
    seen = [one for one in areas if one.n]
    if len(seen) < FEWEST_AREAS:
        return Unknown(f"{len(seen)} areas have cases, and at least {FEWEST_AREAS} are needed")
    cases = sum(one.n for one in seen)
    middle = sum(one.part for one in seen) / cases
    if cases * min(middle, 1 - middle) / len(seen) < FEWEST_EXPECTED:
        return Unknown(f"fewer than {FEWEST_EXPECTED} cases an area are on one side of the share")
    found = apart(
        [one.part / one.n for one in seen],
        [middle * (1 - middle) / one.n for one in seen],
        [1 - 1 / one.n for one in seen],
    )
    return replace(found, is_rough=found.apart > ROUGH_FROM * min(middle, 1 - middle))


def apart(
    values: Sequence[float],
    by_chance: Sequence[float],
    of_truth: Sequence[float] | None = None,
) -> Consistency:
    """By how much do the true values differ, where each was found with this variance by chance?

    Shape:   `of_truth` is how much of the variance of true values each value shows, 1 unless said.
    Unknown: where values are more alike than chance alone would have them, the interval.
    Source:  Paule and Mandel 1982, Journal of Research of the National Bureau of Standards 87, 377-385; Viechtbauer
             2007, Confidence intervals for the amount of heterogeneity in meta-analysis, Statistics in Medicine 26,
             37-52.
    """
    shown = [1.0] * len(values) if of_truth is None else of_truth
    degrees, tail = len(values) - 1, (1 - CONFIDENCE) / 2

    def weighted(truth: float) -> tuple[float, float]:
        weights = [1 / (chance + part * truth) for chance, part in zip(by_chance, shown, strict=True)]
        middle = sum(w * value for w, value in zip(weights, values, strict=True)) / sum(weights)
        return middle, sum(w * (value - middle) ** 2 for w, value in zip(weights, values, strict=True))

    def spread(target: float) -> float:
        return _falls_to(lambda truth: weighted(truth)[1], target)

    found = spread(degrees)
    least, most = _chi_squared(tail, degrees), _chi_squared(1 - tail, degrees)
    ends = (
        Unknown("they are more alike than chance alone would have them")
        if weighted(0)[1] < least
        else Interval(sqrt(spread(most)), sqrt(spread(least)), Q_PROFILE)
    )
    return Consistency(weighted(found)[0], sqrt(found), ends, len(values))


def _falls_to(falling: Callable[[float], float], target: float) -> float:
    """Where does a falling function reach the target? Nought where it lies below from the start."""
    if falling(0) <= target:
        return 0.0
    high = 1.0
    while falling(high) > target:
        high *= 2
    return crossing(lambda at: target - falling(at), 0.0, high)


def _chi_squared(share: float, degrees: int) -> float:
    high = 1.0
    while chi_squared_tail(high, degrees) > 1 - share:
        high *= 2
    return crossing(lambda at: 1 - share - chi_squared_tail(at, degrees), 0.0, high)
