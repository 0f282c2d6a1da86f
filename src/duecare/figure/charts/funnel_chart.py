"""Shares of many areas around the share of all: which of them lie further out than chance sets one of their size.

It ranks nobody. An area inside the limits is like the others as far as anyone can tell; one outside is a question.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from math import sqrt
from statistics import NormalDist
from typing import Final

from duecare.audit.agreement.gap_funnel import LIMITS, widest_outside
from duecare.figure.counted_share import Counted
from duecare.stats.distributions import beta_below
from duecare.vocabulary.unknown import Unknown

FLAGGED_AT: Final = LIMITS[-1]
FEWEST_AREAS: Final = 10
WINSORISED: Final = 0.1


class Allowance(Enum):
    """How do limits allow for areas that differ by more than chance, for reasons that are nobody's fault or praise?

    Source:  Spiegelhalter 2005, Handling over-dispersion of performance indicators, Quality and Safety in Health Care
             14, 347-351.
    """

    NONE = "none"
    MULTIPLIED = "multiplied"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Funnel:
    """Around which share, and how wide for so many cases, do the limits close?

    Shape:   `areas` with cases; `dispersion` is how many times as much they vary as chance alone would have it;
             `allowance` is NONE where limits are those of chance alone; `between` is the variance added for what sets
             areas apart.
    Source:  Spiegelhalter 2005, Funnel plots for comparing institutional performance, Statistics in Medicine 24,
             1185-1202.
    """

    centre: float
    areas: int
    dispersion: float
    allowance: Allowance = Allowance.NONE
    between: float = 0.0

    def limits(self, n: int, confidence: float) -> tuple[float, float]:
        """Between which shares does an area of n cases lie, in at least this share of draws, if it is like the others?

        Shape:   binomial and exact, so that as many as or fewer than promised lie outside; then as much wider as
                 `allowance` says.
        """
        tail = (1 - confidence) / 2
        low, high = _lowest(n, self.centre, tail), 1 - _lowest(n, 1 - self.centre, tail)
        wider = self._wider(n)
        return max(0.0, self.centre - wider * (self.centre - low)), min(1.0, self.centre + wider * (high - self.centre))

    def outside(self, one: Counted) -> float | None:
        """Which is the widest of the limits that this area lies outside of? None where within all, or without cases."""
        share = one.share
        if isinstance(share, Unknown):
            return None
        return widest_outside(share, lambda confidence: self.limits(one.n, confidence))

    def is_flagged(self, one: Counted) -> bool:
        """Does this area lie further out than chance sets one like it in one case of 500?"""
        return self.outside(one) == FLAGGED_AT

    def by_chance(self, confidence: float) -> float:
        """How many of the areas lie outside these limits by chance alone, at most, if all are alike?"""
        return self.areas * (1 - confidence)

    def _wider(self, n: int) -> float:
        if self.allowance is Allowance.MULTIPLIED:
            return sqrt(self.dispersion)
        return sqrt(1 + self.between * n / (self.centre * (1 - self.centre)))


def funnel(areas: Iterable[Counted], allowance: Allowance = Allowance.ADDED) -> Funnel | Unknown:
    """The funnel around the share of all these areas together.

    Shape:   limits allow for more than chance only where areas vary by more than chance would in about one case of 20,
             the outermost tenth of them on each side being drawn in first, so that one area far out does not hide itself.
    Unknown: of fewer than two areas with cases, or where all cases are alike. Of fewer than ten areas, how much they
             vary is not told from chance, and limits are those of chance alone.
    """
    seen = [one for one in areas if one.n]
    if len(seen) < 2:
        return Unknown("fewer than two areas have cases")
    centre = sum(one.part for one in seen) / sum(one.n for one in seen)
    if centre in {0, 1}:
        return Unknown("all cases are alike, so there is no spread to set limits by")
    found = dispersion([_standardised(one, centre) for one in seen])
    plain = Funnel(centre, len(seen), found)
    if allowance is Allowance.NONE or len(seen) < FEWEST_AREAS or found <= 1 + 2 * sqrt(2 / len(seen)):
        return plain
    return Funnel(centre, len(seen), found, allowance, _between(seen, centre, found))


def dispersion(standardised: Sequence[float]) -> float:
    """How many times as much do these vary as chance alone would have it, the outermost tenth on each side drawn in?

    Shape:   drawn in, even chance varies by less; what is found is set against that.
    """
    ordered = sorted(standardised)
    cut = int(WINSORISED * len(ordered))
    low, high = ordered[cut], ordered[-1 - cut]
    return sum(min(max(one, low), high) ** 2 for one in ordered) / len(ordered) / _left_of_chance(cut / len(ordered))


def _left_of_chance(share: float) -> float:
    if not share:
        return 1.0
    normal = NormalDist()
    edge = normal.inv_cdf(1 - share)
    return 1 - 2 * share - 2 * edge * normal.pdf(edge) + 2 * share * edge**2


def _between(seen: Sequence[Counted], centre: float, found: float) -> float:
    weights = [one.n / (centre * (1 - centre)) for one in seen]
    total = sum(weights)
    return max(0.0, (len(seen) * found - (len(seen) - 1)) / (total - sum(one**2 for one in weights) / total))


def _standardised(one: Counted, centre: float) -> float:
    return (one.part / one.n - centre) / sqrt(centre * (1 - centre) / one.n)


def _lowest(n: int, share: float, tail: float) -> float:
    """Below which share does a draw of n lie with no more than this probability? Between whole counts by proportion."""
    below, above = -1, n
    while above - below > 1:
        middle = (above + below) // 2
        if _at_most(middle, n, share) <= tail:
            below = middle
        else:
            above = middle
    least, most = _at_most(above - 1, n, share), _at_most(above, n, share)
    return max(0.0, above - (most - tail) / (most - least)) / n


def _at_most(count: int, n: int, share: float) -> float:
    if count < 0:
        return 0.0
    return 1 - beta_below(share, count + 1, n - count) if count < n else 1.0
