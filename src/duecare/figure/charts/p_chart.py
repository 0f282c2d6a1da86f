"""Shares over time: the p-chart, with limits wider where periods differ by more than the chance of single cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from math import sqrt
from typing import Final

from duecare.figure.charts.chart_signals import RULES, Rule
from duecare.figure.charts.control_limits import (
    BASELINE,
    FEWEST_POINTS,
    RANGE_TO_SPREAD,
    Chart,
    Limits,
    Phase,
    Rebase,
    charted_points,
    limits_around,
    moving_ranges,
    rebased_stretches,
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
    """Chart these shares, in the order of time, with those that are more than chance.

    Shape:   limits stand three standard errors of a share of that many cases around the share of the first `baseline`
             points of a phase; where neighbouring points differ by more than that explains, as many times wider (Laney's
             p'), never narrower. Without `may_widen` it is the plain p-chart.
    Unknown: a period without cases has no value; one in which fewer than 5 cases are expected on either side of the
             share has no limits; of fewer points than `fewest`, or where all cases are alike, none has.
    Source:  NIST/SEMATECH e-Handbook of Statistical Methods 6.3.3.2, https://www.itl.nist.gov/div898/handbook/ ;
             Laney 2002, Improved control charts for attributes, Quality Engineering 14, 531-537.
    """
    labels = [count_point.label for count_point in series]
    phases = []
    for start_index, end_index, rebase_reason in rebased_stretches(labels, rebases):
        set_by = series[start_index : min(end_index, start_index + baseline)]
        widened, limits_of = _limits_of_phase(series, set_by, fewest, may_widen)
        phases.append(
            (
                start_index,
                end_index,
                Phase(labels[start_index], rebase_reason, sum(1 for count_point in set_by if count_point.n), widened),
                limits_of,
            )
        )
    return charted_points(P_CHART, labels, [count_point.share for count_point in series], phases, rules)


def _limits_of_phase(
    series: Sequence[Counted], set_by: Sequence[Counted], fewest: int, may_widen: bool
) -> tuple[float, Callable[[int], Limits | Unknown]]:
    points_with_cases = sum(1 for count_point in set_by if count_point.n)
    if points_with_cases < fewest:
        return 1.0, partial(_no_limits, f"{points_with_cases} points have cases, and limits need {fewest}")
    centre = sum(count_point.part for count_point in set_by) / sum(count_point.n for count_point in set_by)
    if centre in {0, 1}:
        return 1.0, partial(_no_limits, "all cases are alike, so there is no spread to set limits by")
    apart = moving_ranges([_standardised_point(count_point, centre) for count_point in set_by])
    widened = max(1.0, sum(apart) / len(apart) / RANGE_TO_SPREAD) if may_widen and apart else 1.0
    return widened, partial(_of_point, series, centre, widened)


def _of_point(series: Sequence[Counted], centre: float, widened: float, point_index: int) -> Limits | Unknown:
    count_point = series[point_index]
    if count_point.n * min(centre, 1 - centre) < FEWEST_EXPECTED:
        return Unknown("too few cases to set limits by")
    return limits_around(centre, widened * _standard_error(centre, count_point.n), 1.0)


def _no_limits(reason: str, _: int) -> Limits | Unknown:
    return Unknown(reason)


def _standardised_point(count_point: Counted, centre: float) -> float | Unknown:
    return (
        count_point.share
        if isinstance(count_point.share, Unknown)
        else (count_point.share - centre) / _standard_error(centre, count_point.n)
    )


def _standard_error(share: float, case_count: int) -> float:
    return sqrt(share * (1 - share) / case_count)
