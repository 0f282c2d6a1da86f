"""Intervals: between which values may the truth lie, for a share, a coefficient, or anything that can be drawn again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from random import Random
from typing import Final

from duecare.stats.distributions import normal_quantile, student_quantile
from duecare.vocabulary.unknown import Unknown

CONFIDENCE: Final = 0.95
TIMES: Final = 2_000
ROUNDING: Final = 1e-12
WILSON: Final = "Wilson score"
WILSON_FINITE: Final = "Wilson score, finite population"
NORMAL: Final = "analytic, normal"
STUDENT: Final = "analytic, Student"
BOOTSTRAP: Final = "bootstrap, percentile"
_MOST_UNDEFINED: Final = 0.05


@dataclass(frozen=True, slots=True)
class Interval:
    """Two values between which the truth may lie, and the method that found them.

    Shape:   both ends belong to it.
    Units:   those of what it is an interval for; `confidence` is a proportion.
    """

    low: float
    high: float
    method: str
    confidence: float = CONFIDENCE

    def holds(self, value: float) -> bool:
        """Whether the interval contains this value."""
        return self.low <= value <= self.high

    def as_json(self) -> dict[str, object]:
        """What a command prints of it."""
        return {"low": self.low, "high": self.high, "method": self.method, "confidence": self.confidence}


def wilson_interval(
    part_count: int, file_count: int, population: int | None = None, confidence: float = CONFIDENCE
) -> Interval | Unknown:
    """Wilson's interval of a share, where `part_count` of `file_count` files drawn at random have it.

    Shape:   with a population, n counts for n (N - 1) / (N - n) files, so that a whole count leaves no doubt, and the
             ends stay within what the files already seen allow.
    Unknown: of no files.
    Source:  Wilson 1927, Journal of the American Statistical Association 22, 209-212.
    Example:
        >>> found = wilson_interval(81, 263)
        >>> round(found.low, 4), round(found.high, 4)
        (0.2553, 0.3662)
    """
    if not file_count:
        return Unknown("no files")
    share, counted, method = part_count / file_count, float(file_count), WILSON
    if population is not None:
        method = WILSON_FINITE
        if file_count >= population:
            return Interval(share, share, method, confidence)
        counted = file_count * (population - 1) / (population - file_count)
    low_limit, high_limit = score_ends(share, counted, confidence)
    if population is not None:
        low_limit, high_limit = (
            max(low_limit, part_count / population),
            min(high_limit, 1 - (file_count - part_count) / population),
        )
    return Interval(low_limit, high_limit, method, confidence)


def score_ends(share: float, counted: float, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Wilson's two ends about a share that was found on as many as that; not whole where each counted for more or less.

    Units:   proportions 0..1; a share of 0 or one keeps that end.
    Example:
        >>> low, high = score_ends(81 / 263, 263)
        >>> round(low, 4), round(high, 4)
        (0.2553, 0.3662)
    """
    normal_score = normal_quantile(confidence)
    centre = (share + normal_score * normal_score / (2 * counted)) / (1 + normal_score * normal_score / counted)
    reach = (
        normal_score
        * sqrt(share * (1 - share) / counted + (normal_score / (2 * counted)) ** 2)
        / (1 + normal_score * normal_score / counted)
    )
    return (0.0 if share == 0 else centre - reach), (1.0 if share == 1 else centre + reach)


def interval_around(
    value: float, standard_error: float, degrees: int | None = None, confidence: float = CONFIDENCE
) -> Interval | Unknown:
    """The interval of a coefficient by its standard error, never past 1 or -1.

    Shape:   by Student's distribution where its degrees of freedom are given, else by the normal.
    Unknown: a standard error of 0, which says that the method cannot tell, not that there is no doubt.
    """
    if not standard_error > 0:
        return Unknown("the files give no spread, so the analytic method cannot tell how sure the value is")
    reach = standard_error * (normal_quantile(confidence) if degrees is None else student_quantile(confidence, degrees))
    method = NORMAL if degrees is None else STUDENT
    return Interval(max(-1.0, value - reach), min(1.0, value + reach), method, confidence)


def resampled_interval(
    drawn_again: Callable[[Random], float | Unknown],
    random_seed: int,
    times: int = TIMES,
    confidence: float = CONFIDENCE,
) -> Interval | Unknown:
    """The interval of a statistic when its files are drawn again and again from themselves.

    Shape:   `drawn_again` draws once with the chance it is handed, and works out; the same seed gives the same interval.
    Unknown: where more than one draw in twenty has no value, or where every draw has the same one.
    Source:  Efron and Tibshirani 1993, An Introduction to the Bootstrap, chapter 13 (percentiles).
    """
    random_source = Random(random_seed)  # noqa: S311  # chance that is to be repeated, not a secret
    drawn_values = [drawn_again(random_source) for _ in range(times)]
    values = sorted(drawn_value for drawn_value in drawn_values if not isinstance(drawn_value, Unknown))
    if len(values) < times * (1 - _MOST_UNDEFINED):
        return Unknown("too many of the samples drawn again have no value")
    if values[-1] - values[0] <= ROUNDING:
        return Unknown("every sample drawn again gives the same value, which tells nothing of how sure it is")
    tail_share = (1 - confidence) / 2
    return Interval(_percentile_of(values, tail_share), _percentile_of(values, 1 - tail_share), BOOTSTRAP, confidence)


def _percentile_of(ordered: list[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    before = int(place)
    after = min(before + 1, len(ordered) - 1)
    return ordered[before] + (place - before) * (ordered[after] - ordered[before])
