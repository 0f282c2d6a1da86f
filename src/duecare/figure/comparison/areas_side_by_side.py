"""One figure of every area side by side: who lies outside of chance, how far areas differ, what changed over time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from duecare.figure.charts.area_consistency import Consistency, consistency
from duecare.figure.charts.control_limits import Chart, Rebase
from duecare.figure.charts.funnel_chart import Allowance, Funnel, funnel
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
        """Which areas lie further out than chance sets one like them in one case of 500?"""
        found = self.funnel
        return () if isinstance(found, Unknown) else tuple(one for one in self.areas if found.is_flagged(one))


def may_stand_side_by_side(definition: Definition) -> bool:
    """Is this figure a share that is counted for every area? Not one of files drawn: those are compared with their round."""
    return definition.unit is Unit.SHARE and definition.basis is Basis.PROCESS and Dimension.AREA in definition.by


def side_by_side(
    definition: Definition,
    period: str,
    kept: Mapping[str, Sequence[FigureValue]],
    allowance: Allowance = Allowance.ADDED,
    rebases: Sequence[Rebase] = (),
) -> SideBySide:
    """This figure of every area, from what was kept of each period.

    Shape:   `kept` by the name of the period, each with the figure's values at every cut.
    """
    of_period = _by(kept.get(period, ()), Dimension.AREA)
    no_area = of_period.pop(NOT_KNOWN, Counted(NOT_KNOWN, 0, 0))
    areas = tuple(of_period[name] for name in sorted(of_period))
    by_time = Dimension.MONTH if Dimension.MONTH in definition.by else None
    return SideBySide(
        definition,
        period,
        areas,
        no_area,
        funnel(areas, allowance),
        consistency(areas),
        p_chart([one for name in sorted(kept) for one in _over_time(name, kept[name], by_time)], rebases),
        tuple((one.label, p_chart([_at(name, kept[name], one.label) for name in sorted(kept)])) for one in areas),
    )


def months_of(period: str, seen: Iterable[str]) -> list[str]:
    """Which months has this period, up to the last of which anything was seen?"""
    first, last = period_named(period).starts, max((one for one in seen if one != NOT_KNOWN), default="")
    within = {month_of(first + timedelta(days=day)) for day in (1, 32, 63)} if "Q" in period else {period}
    return sorted(one for one in within if one <= last)


def counted(value: FigureValue, label: str) -> Counted:
    """A value of a share as what it was counted of."""
    return Counted(label, value.part, value.whole or 0, value.unknown)


def _by(values: Iterable[FigureValue], dimension: Dimension) -> dict[str, Counted]:
    return {
        one.cut[0][1]: counted(one, one.cut[0][1]) for one in values if len(one.cut) == 1 and one.cut[0][0] is dimension
    }


def _over_time(period: str, values: Sequence[FigureValue], by_time: Dimension | None) -> list[Counted]:
    if by_time is None:
        return [counted(one, period) for one in values if not one.cut]
    months = _by(values, by_time)
    return [months.get(name, Counted(name, 0, 0)) for name in months_of(period, months)]


def _at(period: str, values: Sequence[FigureValue], area: str) -> Counted:
    found = _by(values, Dimension.AREA).get(area, Counted(area, 0, 0))
    return Counted(period, found.part, found.n, found.unknown)
