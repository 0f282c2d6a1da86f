"""How likely is it by chance: quantiles and tails of the few distributions that the audit's statistics need."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from math import comb, erfc, exp, isclose, lgamma, log, log1p, pi, sqrt
from statistics import NormalDist
from typing import Final

_TINY: Final = 1e-300


def normal_quantile(confidence: float) -> float:
    """How many standard errors to each side hold this share of a normal distribution?

    Example:
        >>> round(normal_quantile(0.95), 6)
        1.959964
    """
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def chi_squared_tail(statistic: float, degrees: int) -> float:
    """How likely is a chi-squared value at least this large, by chance alone?

    Source:  closed forms for whole degrees of freedom; Abramowitz and Stegun 26.4.4 and 26.4.5.
    """
    half = statistic / 2
    if degrees % 2:
        term, tail = sqrt(2 * statistic / pi) * exp(-half), erfc(sqrt(half))
        for k in range(3, degrees + 1, 2):
            tail += term
            term *= statistic / k
        return tail
    term = tail = exp(-half)
    for k in range(2, degrees, 2):
        term *= statistic / k
        tail += term
    return tail


def even_odds_tail(fewest: int, n: int) -> float:
    """How likely is a split at least this uneven of n tosses of a fair coin, both ways together?"""
    below = sum(comb(n, k) for k in range(fewest + 1))
    return min(1.0, float(Fraction(below, 2 ** (n - 1)))) if n else 1.0


def beta_below(x: float, a: float, b: float) -> float:
    """What share of a beta distribution lies below x?

    Source:  the continued fraction of the incomplete beta function, DLMF 8.17.22, https://dlmf.nist.gov/8.17
    """
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_below(1 - x, b, a)
    front = exp(a * log(x) + b * log1p(-x) + lgamma(a + b) - lgamma(a) - lgamma(b)) / a
    c, d = 1.0, 1 / (_kept(1 - (a + b) * x / (a + 1)))
    fraction, m = d, 0
    while not isclose(c * d, 1, rel_tol=1e-14):
        m += 1
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d, c = 1 / _kept(1 + step * d), _kept(1 + step / c)
            fraction *= c * d
    return front * fraction


def beta_quantile(share: float, a: float, b: float) -> float:
    """Below which x does this share of a beta distribution lie?"""
    return crossing(lambda x: beta_below(x, a, b) - share, 0, 1)


@lru_cache(maxsize=256)
def student_quantile(confidence: float, degrees: int) -> float:
    """How many standard errors to each side hold this share of Student's distribution?"""
    x = beta_quantile(1 - confidence, degrees / 2, 0.5)
    return sqrt(degrees * (1 - x) / x)


def crossing(rises: Callable[[float], float], low: float, high: float) -> float:
    """Where between low and high does a rising function leave nought upwards? By halving, to the last bit."""
    while True:
        middle = low + (high - low) / 2
        if middle in (low, high):
            return middle
        if rises(middle) <= 0:
            low = middle
        else:
            high = middle


def _kept(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
