"""One figure of every area side by side: who lies outside the limits of chance, how far areas differ, what changed over time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from duecare.figure.charts.area_consistency import Consistency, area_consistency
from duecare.figure.charts.control_limits import Chart, Rebase
from duecare.figure.charts.funnel_chart import Allowance, Funnel, funnel_of
from duecare.figure.charts.p_chart import p_chart
from duecare.figure.counted_share import Counted
from duecare.figure.figure_definition import Basis, Definition, Dimension, Unit
from duecare.figure.figure_line import NOT_KNOWN
from duecare.figure.figure_value import FigureValue
from duecare.figure.reporting_period import month_of, period_named
from duecare.vocabulary.unknown import Unknown


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One share of every area in one period, within the limits of chance, and of all together over time.

    Shape:   `areas` in order of their names; `no_area` are the cases of which nobody says where they lie, which take no
             place beside the others. `over_time` by month where the figure is cut by month, else by period; `each_over_time`
             by period, of the same areas in the same order.
    """

    definition: Definition
    period: str
    areas: tuple[Counted, ...]
    no_area: Counted
    funnel: Funnel | Unknown
    consistency: Consistency | Unknown
    over_time: Chart
    each_over_time: tuple[tuple[str, Chart], ...]

    @property
    def outside(self) -> tuple[Counted, ...]:
        """The areas that lie further out than chance sets one like them in one case of 500."""
        funnel = self.funnel
        return (
            ()
            if isinstance(funnel, Unknown)
            else tuple(area_count for area_count in self.areas if funnel.is_flagged(area_count))
        )


def may_stand_side_by_side(definition: Definition) -> bool:
    """Whether this figure is a share counted for every area, and not one of files drawn: those are compared with their round."""
    return definition.unit is Unit.SHARE and definition.basis is Basis.PROCESS and Dimension.AREA in definition.by


def side_by_side(
    definition: Definition,
    period: str,
    stored_values: Mapping[str, Sequence[FigureValue]],
    allowance: Allowance = Allowance.ADDED,
    rebases: Sequence[Rebase] = (),
) -> SideBySide:
    """This figure of every area, from what was kept of each period.

    Shape:   `stored_values` by the name of the period, each with the figure's values at every cut.
    """
    of_period = _values_by(stored_values.get(period, ()), Dimension.AREA)
    no_area = of_period.pop(NOT_KNOWN, Counted(NOT_KNOWN, 0, 0))
    areas = tuple(of_period[area_label] for area_label in sorted(of_period))
    by_time = Dimension.MONTH if Dimension.MONTH in definition.by else None
    return SideBySide(
        definition,
        period,
        areas,
        no_area,
        funnel_of(areas, allowance),
        area_consistency(areas),
        p_chart(
            [
                count_point
                for period_name in sorted(stored_values)
                for count_point in _over_time(period_name, stored_values[period_name], by_time)
            ],
            rebases,
        ),
        tuple(
            (
                area_count.label,
                p_chart(
                    [
                        _value_at(period_name, stored_values[period_name], area_count.label)
                        for period_name in sorted(stored_values)
                    ]
                ),
            )
            for area_count in areas
        ),
    )


def months_of(period: str, month_names: Iterable[str]) -> list[str]:
    """The months of this period, up to the last in which anything was seen."""
    first_day, last_month = (
        period_named(period).starts,
        max((month_name for month_name in month_names if month_name != NOT_KNOWN), default=""),
    )
    within = (
        {month_of(first_day + timedelta(days=day_offset)) for day_offset in (1, 32, 63)} if "Q" in period else {period}
    )
    return sorted(month_name for month_name in within if month_name <= last_month)


def counted_value(value: FigureValue, label: str) -> Counted:
    """A value of a share as what it was counted of."""
    return Counted(label, value.part, value.whole or 0, value.unknown)


def _values_by(values: Iterable[FigureValue], dimension: Dimension) -> dict[str, Counted]:
    return {
        figure_value.cut[0][1]: counted_value(figure_value, figure_value.cut[0][1])
        for figure_value in values
        if len(figure_value.cut) == 1 and figure_value.cut[0][0] is dimension
    }


def _over_time(period: str, values: Sequence[FigureValue], by_time: Dimension | None) -> list[Counted]:
    if by_time is None:
        return [counted_value(figure_value, period) for figure_value in values if not figure_value.cut]
    months = _values_by(values, by_time)
    return [months.get(month_name, Counted(month_name, 0, 0)) for month_name in months_of(period, months)]


def _value_at(period: str, values: Sequence[FigureValue], area_label: str) -> Counted:
    area_count = _values_by(values, Dimension.AREA).get(area_label, Counted(area_label, 0, 0))
    return Counted(period, area_count.part, area_count.n, area_count.unknown)
