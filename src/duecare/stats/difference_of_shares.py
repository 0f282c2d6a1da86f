"""The difference between two rounds of the share that met the standard, with its interval."""

from __future__ import annotations

from math import sqrt
from typing import Final

from duecare.stats.interval import CONFIDENCE, Interval, wilson_interval
from duecare.vocabulary.unknown import Unknown

NEWCOMBE: Final = "Newcombe score, independent"


def newcombe_interval(
    met_count: int, file_count: int, met_before: int, n_before: int, confidence: float = CONFIDENCE
) -> Interval | Unknown:
    """Newcombe's interval for the difference of the shares of two rounds of different files.

    Unknown: where either round has no files.
    Source:  Newcombe 1998, Statistics in Medicine 17, 873-890, method 10: square and add of Wilson's reaches.
    Example:
        >>> found = newcombe_interval(56, 70, 48, 80)
        >>> round(found.low, 4), round(found.high, 4)
        (0.0524, 0.3339)
    """
    now_interval, before = (
        wilson_interval(met_count, file_count, confidence=confidence),
        wilson_interval(met_before, n_before, confidence=confidence),
    )
    if isinstance(now_interval, Unknown) or isinstance(before, Unknown):
        return Unknown("a round has no files")
    share, share_before = met_count / file_count, met_before / n_before
    apart = share - share_before
    distance_down = sqrt((share - now_interval.low) ** 2 + (before.high - share_before) ** 2)
    distance_up = sqrt((now_interval.high - share) ** 2 + (share_before - before.low) ** 2)
    return Interval(apart - distance_down, apart + distance_up, NEWCOMBE, confidence)
