"""The charts of figures (funnel, series over time, differences) as plain numbers for a template to draw."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from math import ceil, floor, log10

from duecare.audit.agreement.gap_funnel import LIMITS
from duecare.figure.charts.chart_signals import OUTSIDE
from duecare.figure.charts.control_limits import Chart, Limits, Point
from duecare.figure.charts.funnel_chart import Funnel
from duecare.figure.comparison.hour_differences import HoursApart
from duecare.figure.comparison.share_differences import Difference
from duecare.figure.counted_share import Counted
from duecare.report import figure_words as words
from duecare.report.agreement_words import in_percent
from duecare.stats.interval import Interval
from duecare.vocabulary.unknown import Unknown
from duecare.web.site.formatting.plot import NARROW, Label, Mark, Place, PlotPicture, count_ticks, funnel_lines
from duecare.web.site.formatting.report_words import in_page_words, page_words

SMALL = (330, 150, (48, 12, 30, 26))
FOREST_WIDTH = 340
ROW, FOOT, SIDE = 46, 34, 14

Apart = Difference | HoursApart | Unknown


def share_tick(value: float) -> str:
    """A share as a tick says it."""
    return f"{round(value * 100, 1):g}%"


def points_tick(value: float) -> str:
    """A difference of shares as a tick says it, in points."""
    return f"{round(value * 100, 1) + 0.0:+g}".replace("+0", "0").replace("-", "−")


def hours_tick(value: float) -> str:
    """Hours, or any plain number, as a tick says it."""
    return f"{round(value, 3) + 0.0:,g}".replace("-", "−")


def ticks(low: float, high: float, at_most: int, write: Callable[[float], str]) -> tuple[tuple[float, str], ...]:
    """At most so many round values that reach from no more than `low` to no less than `high`, with their words."""
    rough = max(high - low, 1e-9) / max(1, at_most - 2)
    scale = 10.0 ** floor(log10(rough))
    step = next(scale * multiple for multiple in (1, 2, 5, 10) if scale * multiple >= rough - 1e-12)
    lowest, highest = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return tuple((at * step, write(at * step)) for at in range(lowest, max(highest, lowest + 1) + 1))


def shares_funnel(funnel: Funnel, areas: Sequence[Counted]) -> PlotPicture:
    """The share of each area by how many cases it has, within the limits of 95 % and 99.8 %.

    Shape:   a circle within, a diamond outside the first limits, a square outside the second; those outside are numbered
             as the areas are; an area without cases has no mark.
    """
    with_share = [(at, area, area.share) for at, area in enumerate(areas, 1) if not isinstance(area.share, Unknown)]
    fewest, largest = min(area.n for _, area, _ in with_share), max(area.n for _, area, _ in with_share)
    ends = [*funnel.limits(fewest, LIMITS[-1]), *(share for _, _, share in with_share)]
    up = ticks(min(ends), max(ends), 8, share_tick)
    left = 0 if fewest * 3 < largest else fewest * 0.6
    points = [(area.n, share, at, funnel.outside(area)) for at, area, share in with_share]

    def drawn(place: Place) -> PlotPicture:
        plot_marks = []
        for n, share, at, beyond in points:
            shape = "circle" if beyond is None else "square" if beyond == LIMITS[-1] else "diamond"
            label = "" if beyond is None else str(at)
            plot_marks.append(Mark(*place.xy(n, share), label, shape, stands_out=beyond == LIMITS[-1]))
        across = [area for area in count_ticks(largest) if area[0] >= left]
        return place.plot(across, up, funnel_lines(place, funnel.centre, largest, funnel.limits), tuple(plot_marks))

    where = (left, largest * 1.05, up[0][0], up[-1][0])
    return replace(drawn(Place(*where)), narrow=drawn(Place(*where, *NARROW)))


def series(chart: Chart, write: Callable[[float], str] = share_tick) -> PlotPicture:
    """A series over time within its limits.

    Shape:   a circle is within chance, a square lies outside the limits, a diamond breaks another rule; squares are
             numbered as the points are. A line stands where limits were set again.
    """
    up = _vertical_ticks(chart.points, 8, write)
    where = (-0.5, max(1, len(chart.points)) - 0.5, up[0][0], up[-1][0])
    narrow = _series_picture(chart, Place(*where, *NARROW), up, max(1, ceil(len(chart.points) / 4)))
    return replace(_series_picture(chart, Place(*where), up, max(1, ceil(len(chart.points) / 7))), narrow=narrow)


def small_series(charts: Sequence[Chart], write: Callable[[float], str] = share_tick) -> tuple[PlotPicture, ...]:
    """The same of several areas or groups, small and on one scale, so that they may be compared by eye."""
    width, height, edge = SMALL
    up = _vertical_ticks([point for chart in charts for point in chart.points], 5, write)
    return tuple(
        _series_picture(
            chart,
            Place(-0.5, max(1, len(chart.points)) - 0.5, up[0][0], up[-1][0], width, height, edge),
            up,
            max(1, len(chart.points) - 1),
        )
        for chart in charts
    )


def _vertical_ticks(
    points: Sequence[Point], at_most: int, write: Callable[[float], str]
) -> tuple[tuple[float, str], ...]:
    reached = [point.value for point in points if not isinstance(point.value, Unknown)]
    for point in points:
        if not isinstance(point.limits, Unknown):
            reached += [point.limits.low, point.limits.high]
    return ticks(min(reached, default=0.0), max(reached, default=1.0), at_most, write)


def _series_picture(chart: Chart, place: Place, up: tuple[tuple[float, str], ...], label_step: int) -> PlotPicture:
    lines, plot_marks = [], []
    for is_known, run in groupby(enumerate(chart.points), lambda one: not isinstance(one[1].value, Unknown)):
        if is_known:
            values = [(at, one.value) for at, one in run if not isinstance(one.value, Unknown)]
            lines.append(("series", " ".join(place.at(at, value) for at, value in values)))
    phase_starts = {one.first for one in chart.phases}
    phase_of = list(accumulate(one.label in phase_starts for one in chart.points))
    for (_, has_limits), run in groupby(
        enumerate(chart.points), lambda one: (phase_of[one[0]], not isinstance(one[1].limits, Unknown))
    ):
        if has_limits:
            limits_at = [(at, one.limits) for at, one in run if isinstance(one.limits, Limits)]
            for name, end in (("centre", "centre"), ("limit", "low"), ("limit", "high")):
                steps = [(x, getattr(limits, end)) for at, limits in limits_at for x in (at - 0.5, at + 0.5)]
                lines.append((name, " ".join(place.at(x, y) for x, y in steps)))
    for at, one in enumerate(chart.points):
        if not isinstance(one.value, Unknown):
            is_out = OUTSIDE in one.rules
            shape = "square" if is_out else "diamond" if one.rules else "circle"
            plot_marks.append(Mark(*place.xy(at, one.value), str(at + 1) if is_out else "", shape, stands_out=is_out))
    index_of = {one.label: at for at, one in enumerate(chart.points)}
    began = tuple(
        (place.xy(index_of[one.first] - 0.5, place.low)[0], place.edge[1] + 14.0, "reset") for one in chart.phases[1:]
    )
    across = tuple((float(at), one.label) for at, one in enumerate(chart.points) if at % label_step == 0)
    return place.plot(across, up, tuple(lines), tuple(plot_marks), began)


@dataclass(frozen=True, slots=True)
class ForestRow:
    """One difference: its label, what is said of it, and where it and its ends stand; none where it is not known."""

    y: float
    label: str
    said: str
    middle: float | None
    low: float
    high: float
    is_told: bool


@dataclass(frozen=True, slots=True)
class ForestPicture:
    """Differences below each other around zero, each with its interval."""

    width: int
    height: int
    zero: float
    across: tuple[Label, ...]
    rows: tuple[ForestRow, ...]


def forest(rows: Sequence[tuple[str, Apart]], write: Callable[[float], str] = points_tick) -> ForestPicture:
    """The picture of these differences; narrow, so that it is read on a telephone without moving it."""
    intervals = [(one.interval.low, one.interval.high) for _, one in rows if not isinstance(one, Unknown)]
    across = ticks(min([0.0, *(low for low, _ in intervals)]), max([0.0, *(high for _, high in intervals)]), 6, write)
    lowest, highest = across[0][0], across[-1][0]

    def x(value: float) -> float:
        return round(SIDE * 2 + (FOREST_WIDTH - SIDE * 4) * (value - lowest) / (highest - lowest), 1)

    drawn = []
    for at, (label, one) in enumerate(rows):
        y = ROW * at + 34.0
        if isinstance(one, Unknown):
            drawn.append(ForestRow(y, label, "not known", None, 0, 0, False))
        else:
            drawn.append(
                ForestRow(
                    y, label, write(one.value), x(one.value), x(one.interval.low), x(one.interval.high), one.is_told
                )
            )
    foot = float(ROW * len(rows) + 20)
    return ForestPicture(
        FOREST_WIDTH,
        ROW * len(rows) + FOOT,
        x(0),
        tuple((x(value), foot, said) for value, said in across),
        tuple(drawn),
    )


def value_words(value: float | Unknown, unit: str = "share") -> str:
    """What was it then, in per cent or as a plain number?"""
    if unit == "share" or isinstance(value, Unknown):
        return page_words(in_percent(value))
    return hours_tick(round(value, 1))


def limits_words(limits: Limits | Interval | Unknown, unit: str = "share") -> str:
    """Between what would it lie by chance, or does it lie for all one knows?"""
    if isinstance(limits, Unknown):
        return "not known"
    return f"{value_words(limits.low, unit)} to {value_words(limits.high, unit)}"


FILTERS: dict[str, Callable[..., object]] = {
    "chart_value": value_words,
    "chart_limits": limits_words,
    "share_words": in_page_words(words.share_words),
    "funnel_sentences": in_page_words(words.funnel_sentences),
    "place_words": in_page_words(words.place_words),
    "share_limit_words": in_page_words(words.share_limit_words),
    "consistency_sentence": in_page_words(words.consistency_sentence),
    "chart_sentences": in_page_words(words.chart_sentences),
    "point_words": in_page_words(words.point_words),
    "difference_words": in_page_words(words.difference_words),
    "hours_words": in_page_words(words.hours_words),
    "fairness_sentences": in_page_words(words.fairness_sentences),
}
