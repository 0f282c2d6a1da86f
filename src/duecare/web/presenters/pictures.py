"""Where things stand in the pictures of audits: plain numbers for a template to draw, each with its table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from duecare.audit.breakdown import Part
from duecare.audit.crosstab import Crosstab
from duecare.audit.funnel import LIMITS, Funnel
from duecare.audit.history import GapPoint, Point
from duecare.audit.interval import Interval

CELL = 84
LEFT, TOP = 184, 56
WIDTH, HEIGHT = 640, 360
_EDGE = (56, 28, 24, 44)  # left, top, right, bottom

Label = tuple[float, float, str]


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
    size, most = len(table.grades), max(max(row) for row in table.counts) or 1
    words = [grade.replace("_", " ") for grade in table.grades]
    squares = []
    for down, row in enumerate(table.counts):
        for across, count in enumerate(row):
            edge = round(CELL * 0.92 * sqrt(count / most), 1)
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


@dataclass(frozen=True, slots=True)
class Mark:
    """Where does a point stand, with which label, of which shape, between which ends, and does it stand out?"""

    x: float
    y: float
    label: str
    shape: str = "circle"
    low: float = 0.0
    high: float = 0.0
    stands_out: bool = False


@dataclass(frozen=True, slots=True)
class PlotPicture:
    """A plot: its ticks along both edges, its lines as points of a polyline, its marks."""

    width: int
    height: int
    across: tuple[Label, ...]
    up: tuple[Label, ...]
    lines: tuple[tuple[str, str], ...]
    marks: tuple[Mark, ...]
    frame: tuple[float, float, float, float]


def funnel_picture(funnel: Funnel, parts: Sequence[Part]) -> PlotPicture:
    """The gap of each part by how many files it has, within the limits of 95 % and 99.8 %.

    Shape:   marks are numbered as the parts are; lines are named centre, 95 and 998.
    """
    most = max(part.gap.n for part in parts)
    ends = [funnel.limits(max(1, min(part.gap.n for part in parts)), LIMITS[-1]), *((p.gap.value,) * 2 for p in parts)]
    low, high = _out(min(one for one, _ in ends), max(one for _, one in ends))
    place = _Place(0, most * 1.05, low, high)
    steps = [most * at / 60 for at in range(1, 64)]
    lines = [("centre", f"{place.at(0, funnel.centre)} {place.at(most * 1.05, funnel.centre)}")]
    for name, confidence in zip(("95", "998"), LIMITS, strict=True):
        for side in (0, 1):
            reached = [(n, funnel.limits(n, confidence)[side]) for n in steps if n >= 1]
            lines.append((name, " ".join(place.at(n, y) for n, y in reached if low <= y <= high)))
    marks = tuple(
        Mark(*place.xy(part.gap.n, part.gap.value), str(at), stands_out=funnel.outside(part.gap) is not None)
        for at, part in enumerate(parts, 1)
    )
    return place.plot(_counts(most), _shares(low, high), tuple(lines), marks)


def history_picture(points: Sequence[Point]) -> PlotPicture:
    """The share that met the standard, round by round in time, each with its interval.

    Shape:   marks are numbered as the points are; a circle is the inspectorate, a square the force, a diamond neither.
    """
    shapes = {"inspectorate": ("circle", 0.0), "force": ("square", 9.0)}
    return _through_time(
        [(one.year, one.share, one.interval, *shapes.get(one.side, ("diamond", -9.0))) for one in points], 0, 1
    )


def gaps_picture(points: Sequence[GapPoint]) -> PlotPicture:
    """The gap, round by round in time, each with its interval; marks are numbered as the points are."""
    low, high = _out(min(0.0, *(one.interval.low for one in points)), max(0.0, *(one.interval.high for one in points)))
    return _through_time([(one.year, one.value, one.interval, "circle", 0.0) for one in points], low, high)


def _through_time(points: Sequence[tuple[float, float, Interval, str, float]], low: float, high: float) -> PlotPicture:
    years = [year for year, *_ in points]
    first, last = int(min(years)), ceil(max(years) + 0.01)
    place = _Place(first, last, low, high)
    marks = []
    for at, (year, value, interval, shape, aside) in enumerate(points, 1):
        x, y = place.xy(year, value)
        bottom, top = place.xy(year, interval.low)[1], place.xy(year, interval.high)[1]
        marks.append(Mark(x + aside, y, str(at), shape, bottom, top))
    step = max(1, ceil((last - first) / 8))
    across = tuple((float(year), str(year)) for year in range(first, last + 1, step))
    return place.plot(across, _shares(low, high), (), tuple(marks))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where on the picture do these values stand?"""

    left: float
    right: float
    low: float
    high: float

    def xy(self, x: float, y: float) -> tuple[float, float]:
        wide, tall = WIDTH - _EDGE[0] - _EDGE[2], HEIGHT - _EDGE[1] - _EDGE[3]
        across = (x - self.left) / (self.right - self.left)
        up = (y - self.low) / (self.high - self.low)
        return round(_EDGE[0] + wide * across, 1), round(_EDGE[1] + tall * (1 - up), 1)

    def at(self, x: float, y: float) -> str:
        return ",".join(map(str, self.xy(x, y)))

    def plot(
        self,
        across: Sequence[tuple[float, str]],
        up: Sequence[tuple[float, str]],
        lines: tuple[tuple[str, str], ...],
        marks: tuple[Mark, ...],
    ) -> PlotPicture:
        bottom = HEIGHT - _EDGE[3]
        return PlotPicture(
            WIDTH,
            HEIGHT,
            tuple((self.xy(x, self.low)[0], bottom + 20.0, words) for x, words in across),
            tuple((_EDGE[0] - 8.0, self.xy(self.left, y)[1] + 5, words) for y, words in up),
            lines,
            marks,
            (float(_EDGE[0]), float(_EDGE[1]), WIDTH - _EDGE[2] - _EDGE[0], bottom - _EDGE[1]),
        )


def _out(low: float, high: float) -> tuple[float, float]:
    """The nearest tenths around these, so that ticks are round."""
    return max(-1.0, int(low * 10 - 1) / 10), min(1.0, int(high * 10 + 1) / 10)


def _shares(low: float, high: float) -> tuple[tuple[float, str], ...]:
    step = 0.1 if high - low <= 0.6 else 0.2
    first = ceil(low / step - 1e-9)
    return tuple((at * step, f"{round(at * step * 100)}%") for at in range(first, int(high / step + 1e-9) + 1))


def _counts(most: int) -> tuple[tuple[float, str], ...]:
    step = next(one for one in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 10_000) if most / one <= 8 or one == 10_000)
    return tuple((float(at), str(at)) for at in range(0, most + 1, step))
