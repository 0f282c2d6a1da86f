"""Consistency between areas as one figure: by how much they truly differ, beyond what chance would set apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Final

from duecare.figure.counted_share import Counted
from duecare.stats.distributions import chi_squared_tail, find_crossing
from duecare.stats.interval import CONFIDENCE, Interval
from duecare.vocabulary.unknown import Unknown

FEWEST_AREAS: Final = 8
FEWEST_EXPECTED: Final = 3
ROUGH_FROM: Final = 0.4
Q_PROFILE: Final = "Q-profile"


@dataclass(frozen=True, slots=True)
class Consistency:
    """By how much areas truly differ, either way, and around which middle.

    Shape:   about two areas of three lie within `true_spread` of `middle`, and 19 of 20 within twice as much. `is_rough` where
             shares differ by so much beside their middle that the interval holds less often than it says.
    Units:   `true_spread` is the standard deviation of their true values, in the units of the values; of shares 0..1.
    """

    middle: float
    apart: float
    interval: Interval | Unknown
    areas: int
    is_rough: bool = False


def area_consistency(areas: Iterable[Counted]) -> Consistency | Unknown:
    """By how much the true shares of these areas differ.

    Shape:   the variance of an area's share is m(1 - m)/n by chance and t(1 - 1/n) by what sets areas apart, which is
             exact whatever shape the true shares have.
    Unknown: of fewer than eight areas with cases, or where too few cases are expected on either side of the share,
             for then the interval does not hold what it says.
    Source:  Kleinman 1973, Journal of the American Statistical Association 68, 46-54, for the variance.
    """
    areas_with_cases = [area_count for area_count in areas if area_count.n]
    if len(areas_with_cases) < FEWEST_AREAS:
        return Unknown(f"{len(areas_with_cases)} areas have cases, and at least {FEWEST_AREAS} are needed")
    cases = sum(area_count.n for area_count in areas_with_cases)
    middle = sum(area_count.part for area_count in areas_with_cases) / cases
    if cases * min(middle, 1 - middle) / len(areas_with_cases) < FEWEST_EXPECTED:
        return Unknown(f"fewer than {FEWEST_EXPECTED} cases an area are on one side of the share")
    spread_found = true_spread(
        [area_count.part / area_count.n for area_count in areas_with_cases],
        [middle * (1 - middle) / area_count.n for area_count in areas_with_cases],
        [1 - 1 / area_count.n for area_count in areas_with_cases],
    )
    return replace(spread_found, is_rough=spread_found.apart > ROUGH_FROM * min(middle, 1 - middle))


def true_spread(
    values: Sequence[float],
    by_chance: Sequence[float],
    of_truth: Sequence[float] | None = None,
) -> Consistency:
    """By how much the true values differ, where each was found with this variance by chance.

    Shape:   `of_truth` is how much of the variance of true values each value shows, 1 unless said.
    Unknown: where values are more alike than chance alone would have them, the interval.
    Source:  Paule and Mandel 1982, Journal of Research of the National Bureau of Standards 87, 377-385; Viechtbauer
             2007, Confidence intervals for the amount of heterogeneity in meta-analysis, Statistics in Medicine 26,
             37-52.
    """
    truth_shares = [1.0] * len(values) if of_truth is None else of_truth
    degrees, tail_share = len(values) - 1, (1 - CONFIDENCE) / 2

    def weighted_spread(truth: float) -> tuple[float, float]:
        weights = [
            1 / (chance + truth_part * truth) for chance, truth_part in zip(by_chance, truth_shares, strict=True)
        ]
        middle = sum(weight_value * value for weight_value, value in zip(weights, values, strict=True)) / sum(weights)
        return middle, sum(
            weight_value * (value - middle) ** 2 for weight_value, value in zip(weights, values, strict=True)
        )

    def spread_at(target: float) -> float:
        return _falls_to(lambda truth: weighted_spread(truth)[1], target)

    central_spread = spread_at(degrees)
    lower_quantile, upper_quantile = _chi_squared(tail_share, degrees), _chi_squared(1 - tail_share, degrees)
    interval_ends = (
        Unknown("they are more alike than chance alone would have them")
        if weighted_spread(0)[1] < lower_quantile
        else Interval(sqrt(spread_at(upper_quantile)), sqrt(spread_at(lower_quantile)), Q_PROFILE)
    )
    return Consistency(weighted_spread(central_spread)[0], sqrt(central_spread), interval_ends, len(values))


def _falls_to(falling: Callable[[float], float], target: float) -> float:
    """Where a falling function reaches the target; 0 where it lies below from the start."""
    if falling(0) <= target:
        return 0.0
    high_end = 1.0
    while falling(high_end) > target:
        high_end *= 2
    return find_crossing(lambda point_at: target - falling(point_at), 0.0, high_end)


def _chi_squared(share: float, degrees: int) -> float:
    high_end = 1.0
    while chi_squared_tail(high_end, degrees) > 1 - share:
        high_end *= 2
    return find_crossing(lambda point_at: 1 - share - chi_squared_tail(point_at, degrees), 0.0, high_end)
