"""Quantiles and tails of the few distributions that audits and figures need.

scipy takes a quarter of a second to load, so it is imported only where it is used.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import comb
from statistics import NormalDist


def normal_quantile(confidence: float) -> float:
    """The number of standard errors to each side that contain this share of a normal distribution.

    Example:
        >>> round(normal_quantile(0.95), 6)
        1.959964
    """
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def chi_squared_tail(statistic: float, degrees: int) -> float:
    """The probability of a chi-squared value at least this large, by chance alone."""
    from scipy import special

    return float(special.chdtrc(degrees, statistic))


def even_odds_tail(fewest: int, trial_count: int) -> float:
    """The probability of a split at least this uneven of n tosses of a fair coin, both ways together."""
    below = sum(comb(trial_count, success_count) for success_count in range(fewest + 1))
    return min(1.0, float(Fraction(below, 2 ** (trial_count - 1)))) if trial_count else 1.0


def beta_below(value: float, alpha: float, beta_shape: float) -> float:
    """The share of a beta distribution that lies below a value."""
    from scipy import special

    return float(special.betainc(alpha, beta_shape, min(1.0, max(0.0, value))))


def student_quantile(confidence: float, degrees: int) -> float:
    """The number of standard errors to each side that contain this share of Student's distribution."""
    from scipy import special

    return float(special.stdtrit(degrees, 0.5 + confidence / 2))


def find_crossing(rises: Callable[[float], float], low_limit: float, high_limit: float) -> float:
    """The point between low and high at which a rising function passes 0, by halving, to the last bit."""
    while True:
        middle = low_limit + (high_limit - low_limit) / 2
        if middle in (low_limit, high_limit):
            return middle
        if rises(middle) <= 0:
            low_limit = middle
        else:
            high_limit = middle
