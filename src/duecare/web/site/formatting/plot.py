"""Positions in a plot as plain numbers for a template to draw, with ticks along both edges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from duecare.audit.agreement.gap_funnel import LIMITS

WIDTH, HEIGHT = 640, 360
EDGE = (56, 28, 24, 44)  # left, top, right, bottom
NARROW = (340, 280, (46, 28, 16, 44))

Label = tuple[float, float, str]


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
    """A plot: its ticks along both edges, its lines as points of a polyline, its marks, and where something began.

    Shape:   lines are named centre, 95, 998, limit or series, which says how they are drawn; `narrow` is the same for a
             screen as small as a telephone's, where there is one.
    """

    width: int
    height: int
    across: tuple[Label, ...]
    up: tuple[Label, ...]
    lines: tuple[tuple[str, str], ...]
    marks: tuple[Mark, ...]
    frame: tuple[float, float, float, float]
    began: tuple[Label, ...] = ()
    narrow: PlotPicture | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where on the picture do these values stand?"""

    left: float
    right: float
    low: float
    high: float
    width: int = WIDTH
    height: int = HEIGHT
    edge: tuple[int, int, int, int] = EDGE

    def xy(self, x: float, y: float) -> tuple[float, float]:
        """At which point of the picture?"""
        wide, tall = self.width - self.edge[0] - self.edge[2], self.height - self.edge[1] - self.edge[3]
        across = (x - self.left) / (self.right - self.left)
        up = (y - self.low) / (self.high - self.low)
        return round(self.edge[0] + wide * across, 1), round(self.edge[1] + tall * (1 - up), 1)

    def at(self, x: float, y: float) -> str:
        """The same, as a line's point is written."""
        return ",".join(map(str, self.xy(x, y)))

    def plot(
        self,
        across: Sequence[tuple[float, str]],
        up: Sequence[tuple[float, str]],
        lines: tuple[tuple[str, str], ...],
        marks: tuple[Mark, ...],
        began: tuple[Label, ...] = (),
    ) -> PlotPicture:
        """The plot of these, with ticks at these values."""
        bottom = self.height - self.edge[3]
        return PlotPicture(
            self.width,
            self.height,
            tuple((self.xy(x, self.low)[0], bottom + 20.0, words) for x, words in across),
            tuple((self.edge[0] - 8.0, self.xy(self.left, y)[1] + 5, words) for y, words in up),
            lines,
            marks,
            (
                float(self.edge[0]),
                float(self.edge[1]),
                self.width - self.edge[2] - self.edge[0],
                bottom - self.edge[1],
            ),
            began,
        )


def funnel_lines(
    place: Place, centre: float, largest: int, limits: Callable[[int, float], tuple[float, float]]
) -> tuple[tuple[str, str], ...]:
    """The middle and the closing limits of a funnel, as far as they are within the picture."""
    steps = sorted(n for n in {max(1, round(largest * at / 60)) for at in range(1, 61)} if n >= place.left)
    lines = [("centre", f"{place.at(place.left, centre)} {place.at(place.right, centre)}")]
    for name, confidence in zip(("95", "998"), LIMITS, strict=True):
        for side in (0, 1):
            reached = [(n, limits(n, confidence)[side]) for n in steps]
            lines.append((name, " ".join(place.at(n, y) for n, y in reached if place.low <= y <= place.high)))
    return tuple(lines)


def out_to_tenths(low: float, high: float) -> tuple[float, float]:
    """The nearest tenths around these, so that ticks are round."""
    return max(-1.0, int(low * 10 - 1) / 10), min(1.0, int(high * 10 + 1) / 10)


def share_ticks(low: float, high: float) -> tuple[tuple[float, str], ...]:
    """Round shares between these, with their words."""
    step = 0.1 if high - low <= 0.6 else 0.2
    lowest = ceil(low / step - 1e-9)
    return tuple((at * step, f"{round(at * step * 100)}%") for at in range(lowest, int(high / step + 1e-9) + 1))


def count_ticks(largest: int) -> tuple[tuple[float, str], ...]:
    """Round counts up to this, with their words."""
    step = next(
        step_size
        for step_size in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 10_000)
        if largest / step_size <= 8 or step_size == 10_000
    )
    return tuple((float(at), str(at)) for at in range(0, largest + 1, step))
