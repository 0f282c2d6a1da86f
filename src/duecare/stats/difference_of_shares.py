"""By how much does the share that met the standard differ between two rounds, and how sure is that?"""

from __future__ import annotations

from math import sqrt
from typing import Final

from duecare.stats.interval import CONFIDENCE, Interval, wilson
from duecare.vocabulary.unknown import Unknown

NEWCOMBE: Final = "Newcombe score, independent"


def newcombe(met: int, n: int, met_before: int, n_before: int, confidence: float = CONFIDENCE) -> Interval | Unknown:
    """Between which values may the difference of the shares of two rounds of different files lie?

    Unknown: where either round has no files.
    Source:  Newcombe 1998, Statistics in Medicine 17, 873-890, method 10: square and add of Wilson's reaches.
    Example:
        >>> found = newcombe(56, 70, 48, 80)
        >>> round(found.low, 4), round(found.high, 4)
        (0.0524, 0.3339)
    """
    now, before = wilson(met, n, confidence=confidence), wilson(met_before, n_before, confidence=confidence)
    if isinstance(now, Unknown) or isinstance(before, Unknown):
        return Unknown("a round has no files")
    share, share_before = met / n, met_before / n_before
    apart = share - share_before
    down = sqrt((share - now.low) ** 2 + (before.high - share_before) ** 2)
    up = sqrt((now.high - share) ** 2 + (share_before - before.low) ** 2)
    return Interval(apart - down, apart + up, NEWCOMBE, confidence)
