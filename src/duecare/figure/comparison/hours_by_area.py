"""One figure in hours for every area, and for all together over time: the median of each, with what is more than chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from duecare.figure.charts.control_limits import Rebase
from duecare.figure.charts.xmr_chart import Measured, Xmr, xmr_chart
from duecare.figure.comparison.areas_side_by_side import months_of
from duecare.figure.figure_definition import Definition, Dimension, Unit
from duecare.figure.figure_line import NOT_KNOWN
from duecare.figure.figure_value import FigureValue
from duecare.vocabulary.unknown import Unknown


@dataclass(frozen=True, slots=True)
class HoursByArea:
    """The median hours of every area in one period, and of the whole force month by month.

    Shape:   `areas` in order of their names; no limits are set between them, for hours of one area say nothing of how those
             of another vary.
    """

    definition: Definition
    period: str
    areas: tuple[tuple[str, FigureValue], ...]
    over_time: Xmr


def may_be_hours_by_area(definition: Definition) -> bool:
    """Whether this figure is in hours, counted for every area and month."""
    return definition.unit is Unit.HOURS and {Dimension.AREA, Dimension.MONTH} <= definition.by


def hours_by_area(
    definition: Definition,
    period: str,
    stored_values: Mapping[str, Sequence[FigureValue]],
    rebases: Sequence[Rebase] = (),
) -> HoursByArea:
    """This figure of every area, from what was kept of each period."""
    series = []
    for period_name in sorted(stored_values):
        months = _values_by(stored_values[period_name], Dimension.MONTH)
        series += [
            Measured(month, months[month].value if month in months else Unknown("no cases"))
            for month in months_of(period_name, months)
        ]
    return HoursByArea(
        definition,
        period,
        tuple(sorted(_values_by(stored_values.get(period, ()), Dimension.AREA).items())),
        xmr_chart(series, rebases),
    )


def _values_by(values: Sequence[FigureValue], dimension: Dimension) -> dict[str, FigureValue]:
    return {
        figure_value.cut[0][1]: figure_value
        for figure_value in values
        if len(figure_value.cut) == 1 and figure_value.cut[0][0] is dimension and figure_value.cut[0][1] != NOT_KNOWN
    }
