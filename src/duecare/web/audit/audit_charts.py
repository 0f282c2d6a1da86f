"""The charts of audits (cross-table, funnel, history) as plain numbers for a template to draw, each with its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from duecare.audit.agreement.crosstab import Crosstab
from duecare.audit.agreement.gap_breakdown import Part
from duecare.audit.agreement.gap_funnel import LIMITS, Funnel
from duecare.audit.published.round_history import GapPoint, Point
from duecare.stats.interval import Interval
from duecare.web.site.formatting.plot import (
    Label,
    Mark,
    Place,
    PlotPicture,
    count_ticks,
    funnel_lines,
    out_to_tenths,
    share_ticks,
)

CELL = 84
LEFT, TOP = 184, 56


@dataclass(frozen=True, slots=True)
class Square:
    """Where does the square of a cell stand, how large is it, and for how many files, graded the same or not?"""

    x: float
    y: float
    size: float
    count: int
    is_same: bool
    middle: tuple[float, float]


@dataclass(frozen=True, slots=True)
class CrosstabPicture:
    """The cross-table as squares whose area is the number of files; the force down, the inspectorate across.

    Shape:   `cut` is where the line between meeting the standard and not stands, down and across.
    """

    width: int
    height: int
    rows: tuple[Label, ...]
    columns: tuple[Label, ...]
    squares: tuple[Square, ...]
    cut: tuple[float, float]


def crosstab_picture(table: Crosstab) -> CrosstabPicture:
    """The picture of this cross-table."""
    size, largest_count = len(table.grades), max(max(row) for row in table.counts) or 1
    words = [grade.replace("_", " ") for grade in table.grades]
    squares = []
    for down, row in enumerate(table.counts):
        for across, count in enumerate(row):
            edge = round(CELL * 0.92 * sqrt(count / largest_count), 1)
            x, y = LEFT + CELL * (across + 0.5), TOP + CELL * (down + 0.5)
            squares.append(
                Square(round(x - edge / 2, 1), round(y - edge / 2, 1), edge, count, down == across, (x, y + 5))
            )
    return CrosstabPicture(
        width=LEFT + CELL * size + 8,
        height=TOP + CELL * size + 8,
        rows=tuple((LEFT - 10, TOP + CELL * (at + 0.5) + 5, word) for at, word in enumerate(words)),
        columns=tuple((LEFT + CELL * (at + 0.5), TOP - 12 - 18 * (at % 2), word) for at, word in enumerate(words)),
        squares=tuple(squares),
        cut=(TOP + CELL * table.meets, LEFT + CELL * table.meets),
    )


def funnel_picture(funnel: Funnel, parts: Sequence[Part]) -> PlotPicture:
    """The gap of each part by how many files it has, within the limits of 95 % and 99.8 %.

    Shape:   marks are numbered as the parts are; lines are named centre, 95 and 998.
    """
    most_files = max(part.gap.n for part in parts)
    ends = [funnel.limits(max(1, min(part.gap.n for part in parts)), LIMITS[-1]), *((p.gap.value,) * 2 for p in parts)]
    low, high = out_to_tenths(min(one for one, _ in ends), max(one for _, one in ends))
    place = Place(0, most_files * 1.05, low, high)
    lines = funnel_lines(place, funnel.centre, most_files, funnel.limits)
    plot_marks = tuple(
        Mark(*place.xy(part.gap.n, part.gap.value), str(at), stands_out=funnel.outside(part.gap) is not None)
        for at, part in enumerate(parts, 1)
    )
    return place.plot(count_ticks(most_files), share_ticks(low, high), lines, plot_marks)


def history_picture(points: Sequence[Point]) -> PlotPicture:
    """The share that met the standard, round by round in time, each with its interval.

    Shape:   marks are numbered as the points are; a circle is the inspectorate, a square the force, a diamond neither.
    """
    shapes = {"inspectorate": ("circle", 0.0), "force": ("square", 9.0)}
    return _through_time(
        [(point.year, point.share, point.interval, *shapes.get(point.side, ("diamond", -9.0))) for point in points],
        0,
        1,
    )


def gaps_picture(points: Sequence[GapPoint]) -> PlotPicture:
    """The gap, round by round in time, each with its interval; marks are numbered as the points are."""
    low, high = out_to_tenths(
        min(0.0, *(point.interval.low for point in points)), max(0.0, *(point.interval.high for point in points))
    )
    return _through_time([(point.year, point.value, point.interval, "circle", 0.0) for point in points], low, high)


def _through_time(points: Sequence[tuple[float, float, Interval, str, float]], low: float, high: float) -> PlotPicture:
    years = [year for year, *_ in points]
    first_year, last_year = int(min(years)), ceil(max(years) + 0.01)
    place = Place(first_year, last_year, low, high)
    plot_marks = []
    for at, (year, value, interval, shape, aside) in enumerate(points, 1):
        x, y = place.xy(year, value)
        bottom, top = place.xy(year, interval.low)[1], place.xy(year, interval.high)[1]
        plot_marks.append(Mark(x + aside, y, str(at), shape, bottom, top))
    step = max(1, ceil((last_year - first_year) / 8))
    across = tuple((float(year), str(year)) for year in range(first_year, last_year + 1, step))
    return place.plot(across, share_ticks(low, high), (), tuple(plot_marks))
