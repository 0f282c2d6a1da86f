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
    """How limits allow for areas that differ by more than chance, for reasons that are nobody's fault or praise.

    Source:  Spiegelhalter 2005, Handling over-dispersion of performance indicators, Quality and Safety in Health Care
             14, 347-351.
    """

    NONE = "none"
    MULTIPLIED = "multiplied"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Funnel:
    """The share around which limits close, and their width for so many cases.

    Shape:   `areas` with cases; `dispersion_of` is how many times as much they vary as chance alone would have it;
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

    def limits(self, case_count: int, confidence: float) -> tuple[float, float]:
        """The shares between which an area of n cases lies, in at least this share of draws, if it is like the others.

        Shape:   binomial and exact, so that as many as or fewer than promised lie outside; then as much wider as
                 `allowance` says.
        """
        tail_share = (1 - confidence) / 2
        low_limit, high_limit = (
            _lowest_share(case_count, self.centre, tail_share),
            1 - _lowest_share(case_count, 1 - self.centre, tail_share),
        )
        wider = self._wider(case_count)
        return max(0.0, self.centre - wider * (self.centre - low_limit)), min(
            1.0, self.centre + wider * (high_limit - self.centre)
        )

    def outside(self, area_count: Counted) -> float | None:
        """The widest of the limits that this area lies outside of; None where within all, or without cases."""
        share = area_count.share
        if isinstance(share, Unknown):
            return None
        return widest_outside(share, lambda confidence: self.limits(area_count.n, confidence))

    def is_flagged(self, area_count: Counted) -> bool:
        """Whether this area lies further out than chance sets one like it in one case of 500."""
        return self.outside(area_count) == FLAGGED_AT

    def by_chance(self, confidence: float) -> float:
        """How many of the areas lie outside these limits by chance alone, at most, if all are alike."""
        return self.areas * (1 - confidence)

    def _wider(self, case_count: int) -> float:
        if self.allowance is Allowance.MULTIPLIED:
            return sqrt(self.dispersion)
        return sqrt(1 + self.between * case_count / (self.centre * (1 - self.centre)))


def funnel_of(areas: Iterable[Counted], allowance: Allowance = Allowance.ADDED) -> Funnel | Unknown:
    """The funnel around the share of all these areas together.

    Shape:   limits allow for more than chance only where areas vary by more than chance would in about one case of 20,
             the outermost tenth of them on each side being drawn in first, so that one area far out does not hide itself.
    Unknown: of fewer than two areas with cases, or where all cases are alike. Of fewer than ten areas, how much they
             vary is not told from chance, and limits are those of chance alone.
    """
    areas_with_cases = [area_count for area_count in areas if area_count.n]
    if len(areas_with_cases) < 2:
        return Unknown("fewer than two areas have cases")
    centre = sum(area_count.part for area_count in areas_with_cases) / sum(
        area_count.n for area_count in areas_with_cases
    )
    if centre in {0, 1}:
        return Unknown("all cases are alike, so there is no spread to set limits by")
    dispersion_found = dispersion_of([_standardised_share(area_count, centre) for area_count in areas_with_cases])
    plain = Funnel(centre, len(areas_with_cases), dispersion_found)
    if (
        allowance is Allowance.NONE
        or len(areas_with_cases) < FEWEST_AREAS
        or dispersion_found <= 1 + 2 * sqrt(2 / len(areas_with_cases))
    ):
        return plain
    return Funnel(
        centre,
        len(areas_with_cases),
        dispersion_found,
        allowance,
        _between_areas(areas_with_cases, centre, dispersion_found),
    )


def dispersion_of(standardised: Sequence[float]) -> float:
    """How many times as much these vary as chance alone would have it, the outermost tenth on each side drawn in.

    Shape:   drawn in, even chance varies by less; what is found is set against that.
    """
    ordered = sorted(standardised)
    cut_count = int(WINSORISED * len(ordered))
    low_value, high_value = ordered[cut_count], ordered[-1 - cut_count]
    return (
        sum(min(max(value, low_value), high_value) ** 2 for value in ordered)
        / len(ordered)
        / _left_of_chance(cut_count / len(ordered))
    )


def _left_of_chance(share: float) -> float:
    if not share:
        return 1.0
    normal = NormalDist()
    normal_edge = normal.inv_cdf(1 - share)
    return 1 - 2 * share - 2 * normal_edge * normal.pdf(normal_edge) + 2 * share * normal_edge**2


def _between_areas(areas_with_cases: Sequence[Counted], centre: float, dispersion: float) -> float:
    weights = [area_count.n / (centre * (1 - centre)) for area_count in areas_with_cases]
    total = sum(weights)
    return max(
        0.0,
        (len(areas_with_cases) * dispersion - (len(areas_with_cases) - 1))
        / (total - sum(weight**2 for weight in weights) / total),
    )


def _standardised_share(area_count: Counted, centre: float) -> float:
    return (area_count.part / area_count.n - centre) / sqrt(centre * (1 - centre) / area_count.n)


def _lowest_share(case_count: int, share: float, tail_share: float) -> float:
    """The share below which a draw of n lies with no more than this probability; between whole counts by proportion."""
    below, above = -1, case_count
    while above - below > 1:
        middle = (above + below) // 2
        if _at_most(middle, case_count, share) <= tail_share:
            below = middle
        else:
            above = middle
    least_share, most_share = _at_most(above - 1, case_count, share), _at_most(above, case_count, share)
    return max(0.0, above - (most_share - tail_share) / (most_share - least_share)) / case_count


def _at_most(count: int, case_count: int, share: float) -> float:
    if count < 0:
        return 0.0
    return 1 - beta_below(share, count + 1, case_count - count) if count < case_count else 1.0
