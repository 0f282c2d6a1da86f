"""Shares over time: the p-chart, with limits wider where periods differ by more than the chance of single cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from math import sqrt
from typing import Final

from duecare.figure.charts.control_limits import (
    BASELINE,
    FEWEST_POINTS,
    RANGE_TO_SPREAD,
    RULES,
    Chart,
    Limits,
    Phase,
    Rebase,
    Rule,
    around,
    charted,
    moving_ranges,
    stretches,
)
from duecare.figure.counted_share import Counted
from duecare.vocabulary.unknown import Unknown

P_CHART: Final = "p"
FEWEST_EXPECTED: Final = 5


def p_chart(
    series: Sequence[Counted],
    rebases: Sequence[Rebase] = (),
    rules: Sequence[Rule] = RULES,
    fewest: int = FEWEST_POINTS,
    baseline: int = BASELINE,
    may_widen: bool = True,
) -> Chart:
    """Which of these shares, in the order of time, are more than chance?

    Shape:   limits stand three standard errors of a share of that many cases around the share of the first `baseline`
             points of a phase; where neighbouring points differ by more than that explains, as many times wider (Laney's
             p'), never narrower. Without `may_widen` it is the plain p-chart.
    Unknown: a period without cases has no value; one in which fewer than 5 cases are expected on either side of the
             share has no limits; of fewer points than `fewest`, or where all cases are alike, none has.
    Source:  NIST/SEMATECH e-Handbook of Statistical Methods 6.3.3.2, https://www.itl.nist.gov/div898/handbook/ ;
             Laney 2002, Improved control charts for attributes, Quality Engineering 14, 531-537.
    """
    labels = [one.label for one in series]
    phases = []
    for first, end, why in stretches(labels, rebases):
        set_by = series[first : min(end, first + baseline)]
        widened, limits_of = _limits(series, set_by, fewest, may_widen)
        phases.append((first, end, Phase(labels[first], why, sum(1 for one in set_by if one.n), widened), limits_of))
    return charted(P_CHART, labels, [one.share for one in series], phases, rules)


def _limits(
    series: Sequence[Counted], set_by: Sequence[Counted], fewest: int, may_widen: bool
) -> tuple[float, Callable[[int], Limits | Unknown]]:
    seen = sum(1 for one in set_by if one.n)
    if seen < fewest:
        return 1.0, partial(_none, f"{seen} points have cases, and limits need {fewest}")
    centre = sum(one.part for one in set_by) / sum(one.n for one in set_by)
    if centre in {0, 1}:
        return 1.0, partial(_none, "all cases are alike, so there is no spread to set limits by")
    apart = moving_ranges([_standardised(one, centre) for one in set_by])
    widened = max(1.0, sum(apart) / len(apart) / RANGE_TO_SPREAD) if may_widen and apart else 1.0
    return widened, partial(_of_point, series, centre, widened)


def _of_point(series: Sequence[Counted], centre: float, widened: float, at: int) -> Limits | Unknown:
    one = series[at]
    if one.n * min(centre, 1 - centre) < FEWEST_EXPECTED:
        return Unknown("too few cases to set limits by")
    return around(centre, widened * _error(centre, one.n), 1.0)


def _none(reason: str, _: int) -> Limits | Unknown:
    return Unknown(reason)


def _standardised(one: Counted, centre: float) -> float | Unknown:
    return one.share if isinstance(one.share, Unknown) else (one.share - centre) / _error(centre, one.n)


def _error(share: float, n: int) -> float:
    return sqrt(share * (1 - share) / n)
