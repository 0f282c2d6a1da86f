"""Values one at a time, such as hours or how many wait: the XmR chart of individual values and moving ranges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from duecare.figure.charts.chart_signals import OUTSIDE, RULES, SIGMAS, Rule
from duecare.figure.charts.control_limits import (
    BASELINE,
    FEWEST_POINTS,
    RANGE_LIMIT,
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
from duecare.vocabulary.unknown import Unknown

XMR_KIND: Final = "XmR"
RANGES: Final = "moving range"


@dataclass(frozen=True, slots=True)
class Measured:
    """A measured value and its label."""

    label: str
    value: float | Unknown


@dataclass(frozen=True, slots=True)
class Xmr:
    """The values within their limits, and how far each is from the one before, within its limit."""

    values: Chart
    ranges: Chart


def xmr_chart(
    series: Sequence[Measured],
    rebases: Sequence[Rebase] = (),
    rules: Sequence[Rule] = RULES,
    fewest: int = FEWEST_POINTS,
    baseline: int = BASELINE,
) -> Xmr:
    """Chart these values, in the order of time, with those that are more than chance.

    Shape:   limits stand 2.66 mean moving ranges around the mean, those of the ranges at 3.267 of them; both are set by
             the first `baseline` points of a phase.
    Unknown: a value that is not known breaks a run and gives no range; of fewer known points than `fewest`, or of points
             that are all alike, no limits are set.
    Source:  NIST/SEMATECH e-Handbook of Statistical Methods 6.3.2.2, https://www.itl.nist.gov/div898/handbook/
    """
    labels, values = [value_point.label for value_point in series], [value_point.value for value_point in series]
    ranges: list[float | Unknown] = [
        _moving_range(before, after)
        for before, after in zip([Unknown("the first point"), *values], values, strict=False)
    ]
    of_values, of_ranges = [], []
    for start_index, end_index, rebase_reason in rebased_stretches(labels, rebases):
        ranges[start_index] = Unknown("the first point")
        set_by = values[start_index : min(end_index, start_index + baseline)]
        known_values = [value for value in set_by if not isinstance(value, Unknown)]
        apart = moving_ranges(set_by)
        phase = Phase(labels[start_index], rebase_reason, len(known_values))
        limits: Limits | Unknown
        range_limits: Limits | Unknown
        if len(known_values) < fewest or not apart:
            limits = range_limits = Unknown(f"{len(known_values)} points are known, and limits need {fewest}")
        elif not any(apart):
            limits = range_limits = Unknown("every point is the same, so there is no spread to set limits by")
        else:
            mean_range = sum(apart) / len(apart)
            limits = limits_around(sum(known_values) / len(known_values), mean_range / RANGE_TO_SPREAD)
            range_limits = limits_around(mean_range, mean_range * (RANGE_LIMIT - 1) / SIGMAS)
        of_values.append((start_index, end_index, phase, partial(_same_limits, limits)))
        of_ranges.append((start_index, end_index, phase, partial(_same_limits, range_limits)))
    return Xmr(
        charted_points(XMR_KIND, labels, values, of_values, rules),
        charted_points(RANGES, labels, ranges, of_ranges, (OUTSIDE,)),
    )


def _moving_range(before: float | Unknown, after: float | Unknown) -> float | Unknown:
    if isinstance(before, Unknown):
        return before
    return after if isinstance(after, Unknown) else abs(after - before)


def _same_limits(limits: Limits | Unknown, _: int) -> Limits | Unknown:
    return limits
