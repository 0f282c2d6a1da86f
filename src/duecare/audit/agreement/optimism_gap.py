"""The optimism gap: by how much the share that the force passes exceeds the share that the inspectors pass."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from typing import Final

from duecare.audit.agreement.crosstab import Crosstab
from duecare.stats.distributions import crossing, normal_quantile
from duecare.stats.interval import CONFIDENCE, Interval
from duecare.vocabulary.unknown import Unknown

TANGO: Final = "Tango score, paired"
TANGO_WIDEST: Final = "Tango score, paired, widest over every cross-table that the totals allow"


@dataclass(frozen=True, slots=True)
class Gap:
    """How much more of the same files does the force pass than the inspectors, and how sure is that?

    Shape:   `force_only` files were passed by the force alone, `inspectors_only` by the inspectors alone.
    Units:   `value` and its interval are differences of proportions, from -1 to 1; above nought the force is kinder.
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
    (both, force_only), (inspectors_only, _) = table.on_the_cut.counts
    return Gap(
        n=table.n,
        force_passed=both + force_only,
        inspectors_passed=both + inspectors_only,
        force_only=force_only,
        inspectors_only=inspectors_only,
        value=(force_only - inspectors_only) / table.n,
        interval=tango(force_only, inspectors_only, table.n, confidence),
        note=table.note,
    )


def tango(one_only: int, other_only: int, n: int, confidence: float = CONFIDENCE) -> Interval:
    """Between which values may the difference of two shares of the same n files lie?

    Shape:   it holds nought exactly when McNemar's test without correction does not reach the same confidence.
    Source:  Tango 1998, Statistics in Medicine 17, 891-908.
    Example:
        >>> found = tango(1, 7, 21)
        >>> round(found.low, 3), round(found.high, 3)
        (-0.517, -0.026)
    """
    seen, z = (one_only - other_only) / n, normal_quantile(confidence)

    def beyond(difference: float) -> float:
        b = (2 * n - one_only + other_only) * difference - one_only - other_only
        c = -other_only * difference * (1 - difference)
        likeliest = (sqrt(max(0.0, b * b - 8 * n * c)) - b) / (4 * n)
        spread = max(0.0, 2 * likeliest + difference * (1 - difference)) / n
        return float((difference - seen) ** 2 - z * z * spread)

    low = -1.0 if other_only == n else -_edge(lambda away: beyond(-away), -seen)
    high = 1.0 if one_only == n else _edge(beyond, seen)
    return Interval(low, high, TANGO, confidence)


def tango_of_totals(force_passed: int, inspectors_passed: int, n: int, confidence: float = CONFIDENCE) -> Interval:
    """Between which values may the gap lie, where only each side's total is known and not the cross-table?

    Shape:   the widest reach over every cross-table that has these totals.
    """
    apart = force_passed - inspectors_passed
    fewest, most = max(0, apart), min(force_passed, n - inspectors_passed)
    found = [tango(alone, alone - apart, n, confidence) for alone in range(fewest, most + 1)]
    return Interval(min(one.low for one in found), max(one.high for one in found), TANGO_WIDEST, confidence)


def _edge(beyond: Callable[[float], float], seen: float) -> float:
    return crossing(beyond, seen, 1.0)
