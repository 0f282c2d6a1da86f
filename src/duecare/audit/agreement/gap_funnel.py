"""Where the gap of a part of the files may lie if that part is like all the others, by how many files it has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from typing import Final

from duecare.audit.agreement.optimism_gap import Gap
from duecare.stats.distributions import normal_quantile
from duecare.vocabulary.unknown import Unknown

LIMITS: Final = (0.95, 0.998)


@dataclass(frozen=True, slots=True)
class Funnel:
    """The limits around the overall gap, which close as the number of files grows.

    Shape:   limits are of 95 % and 99.8 %: by chance alone one part in 20, and one in 500, lies outside.
    Source:  Spiegelhalter 2005, Funnel plots for comparing institutional performance, Statistics in Medicine 24,
             1185-1202.
    """

    centre: float
    spread: float

    def limits(self, file_count: float, confidence: float) -> tuple[float, float]:
        """The gaps between which a part of n files lies by chance alone, in this share of cases."""
        reach = normal_quantile(confidence) * self.spread / sqrt(file_count)
        return max(-1.0, self.centre - reach), min(1.0, self.centre + reach)

    def outside(self, compared_gap: Gap) -> float | None:
        """The widest of the limits that this part lies outside of; None where it lies within all."""
        return widest_outside(compared_gap.value, lambda confidence: self.limits(compared_gap.n, confidence))


def gap_funnel(all_files: Gap | Unknown) -> Funnel | Unknown:
    """The funnel around the gap of all files together.

    Unknown: where there are no files, or where all of them differ alike, for then one file tells nothing of another.
    """
    if isinstance(all_files, Unknown):
        return all_files
    variance = (all_files.force_only + all_files.inspectors_only) / all_files.n - all_files.value**2
    if variance <= 0:
        return Unknown("every file differs alike between the two sides, so there is no spread to set limits by")
    return Funnel(all_files.value, sqrt(variance))


def widest_outside(value: float, limits: Callable[[float], tuple[float, float]]) -> float | None:
    """The widest of the limits that this value lies outside of; None where it lies within all."""
    return max(
        (
            confidence_limit
            for confidence_limit in LIMITS
            if not limits(confidence_limit)[0] <= value <= limits(confidence_limit)[1]
        ),
        default=None,
    )
