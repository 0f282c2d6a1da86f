"""The optimism gap: by how much the share that the force passes exceeds the share that the inspectors pass."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from typing import Final

from duecare.audit.agreement.crosstab import Crosstab
from duecare.stats.distributions import find_crossing, normal_quantile
from duecare.stats.interval import CONFIDENCE, Interval
from duecare.vocabulary.unknown import Unknown

TANGO: Final = "Tango score, paired"
TANGO_WIDEST: Final = "Tango score, paired, widest over every cross-table that the totals allow"


@dataclass(frozen=True, slots=True)
class Gap:
    """By how much the force passes more of the same files than the inspectors, with its interval.

    Shape:   `force_only` files were passed by the force alone, `inspectors_only` by the inspectors alone.
    Units:   `value` and its interval are differences of proportions, from -1 to 1; above 0 the force is more generous.
    """

    n: int
    force_passed: int
    inspectors_passed: int
    force_only: int
    inspectors_only: int
    value: float
    interval: Interval
    note: str = ""

    def as_json(self) -> dict[str, object]:
        """What a command prints of it."""
        return {
            "n": self.n,
            "force_passed": self.force_passed,
            "inspectors_passed": self.inspectors_passed,
            "passed_by_force_not_inspectors": self.force_only,
            "passed_by_inspectors_not_force": self.inspectors_only,
            "optimism_gap": self.value,
            "optimism_gap_interval": self.interval.as_json(),
            "note": self.note,
        }


def optimism_gap(table: Crosstab, confidence: float = CONFIDENCE) -> Gap | Unknown:
    """The optimism gap of these files, with Tango's score interval for paired shares.

    Shape:   grades count only by the cut that all schemes share.
    Unknown: of no files.
    """
    if not table.n:
        return Unknown("no file was graded by both sides")
    (both_met, force_only), (inspectors_only, _) = table.on_the_cut.counts
    return Gap(
        n=table.n,
        force_passed=both_met + force_only,
        inspectors_passed=both_met + inspectors_only,
        force_only=force_only,
        inspectors_only=inspectors_only,
        value=(force_only - inspectors_only) / table.n,
        interval=tango_interval(force_only, inspectors_only, table.n, confidence),
        note=table.note,
    )


def tango_interval(one_only: int, other_only: int, file_count: int, confidence: float = CONFIDENCE) -> Interval:
    """Tango's interval for the difference of two shares of the same n files.

    Shape:   it holds 0 exactly when McNemar's test without correction does not reach the same confidence.
    Source:  Tango 1998, Statistics in Medicine 17, 891-908.
    Example:
        >>> found = tango_interval(1, 7, 21)
        >>> round(found.low, 3), round(found.high, 3)
        (-0.517, -0.026)
    """
    observed_difference, normal_score = (one_only - other_only) / file_count, normal_quantile(confidence)

    def score_beyond(difference: float) -> float:
        linear_term = (2 * file_count - one_only + other_only) * difference - one_only - other_only
        constant_term = -other_only * difference * (1 - difference)
        likeliest = (sqrt(max(0.0, linear_term * linear_term - 8 * file_count * constant_term)) - linear_term) / (
            4 * file_count
        )
        spread = max(0.0, 2 * likeliest + difference * (1 - difference)) / file_count
        return float((difference - observed_difference) ** 2 - normal_score * normal_score * spread)

    low_limit = (
        -1.0
        if other_only == file_count
        else -_find_edge(lambda distance_away: score_beyond(-distance_away), -observed_difference)
    )
    high_limit = 1.0 if one_only == file_count else _find_edge(score_beyond, observed_difference)
    return Interval(low_limit, high_limit, TANGO, confidence)


def tango_of_totals(
    force_passed: int, inspectors_passed: int, file_count: int, confidence: float = CONFIDENCE
) -> Interval:
    """The interval of the gap where only each side's total is known and not the cross-table.

    Shape:   the widest reach over every cross-table that has these totals.
    """
    apart = force_passed - inspectors_passed
    fewest, most_alone = max(0, apart), min(force_passed, file_count - inspectors_passed)
    tango_intervals = [
        tango_interval(alone, alone - apart, file_count, confidence) for alone in range(fewest, most_alone + 1)
    ]
    return Interval(
        min(tango_result.low for tango_result in tango_intervals),
        max(tango_result.high for tango_result in tango_intervals),
        TANGO_WIDEST,
        confidence,
    )


def _find_edge(score_beyond: Callable[[float], float], observed_difference: float) -> float:
    return find_crossing(score_beyond, observed_difference, 1.0)
