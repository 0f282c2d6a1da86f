"""Rounds beside each other in the order of their time, on the one cut that all schemes share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from duecare.audit.agreement.crosstab import crosstab
from duecare.audit.agreement.optimism_gap import optimism_gap
from duecare.audit.agreement.round_comparison import Side
from duecare.audit.grading.grade_scheme import Scheme
from duecare.audit.grading.graded_file import GradedFile
from duecare.audit.published.published_totals import Totals
from duecare.stats.difference_of_shares import newcombe
from duecare.stats.interval import Interval, wilson
from duecare.vocabulary.unknown import Unknown

NOTE: Final = (
    "Schemes of grades changed over the years, so rounds are compared only on whether the standard was met. How the files"
    " of other rounds were chosen differs, and where it was not published it is not known."
)
_YEAR: Final = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?:\W?Q([1-4]))?(?![0-9])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Point:
    """Of how many files of one round did one side find that the standard was met?

    Shape:   `side` is force, inspectorate, or empty where the source does not say; `basis` as told.
    Units:   `year` is a year and its fraction.
    """

    round: str
    year: float
    side: str
    n: int
    met: int
    basis: str

    @property
    def share(self) -> float:
        """Which share met the standard?"""
        return self.met / self.n

    @property
    def interval(self) -> Interval:
        """Between which shares may the truth lie, were the files drawn at random from very many?"""
        found = wilson(self.met, self.n)
        assert isinstance(found, Interval)
        return found


@dataclass(frozen=True, slots=True)
class GapPoint:
    """By how much was the force kinder in one round, on the files that both sides graded?

    Shape:   where only totals are known, the interval holds every cross-table and reading that they allow.
    Units:   `value` is a difference of proportions, `year` a year and its fraction.
    """

    round: str
    year: float
    n: int
    value: float
    interval: Interval
    basis: str


def published_gaps(totals: Totals) -> tuple[GapPoint, ...]:
    """The gap of each published round that both sides graded files of.

    Unknown: rounds whose name has no year are left out.
    """
    return tuple(
        GapPoint(
            pair.inspectorate.round, year, pair.n, pair.optimism_gap, pair.optimism_gap_interval, "published totals"
        )
        for pair in totals.pairs
        if (year := year_of(pair.inspectorate.round)) is not None
    )


def gaps_of(
    round_name: str, files: Iterable[GradedFile], schemes: Mapping[str, Scheme], year: float | None
) -> tuple[GapPoint, ...]:
    """The gap of a round whose grades are held; none where both sides graded no file of it, or its year is not known."""
    at = year if year is not None else year_of(round_name)
    pairs = [(force.grade, other.grade) for one in files if (pair := one.pair) for force, other in [pair]]
    gap = optimism_gap(crosstab(pairs, schemes["force"], schemes["inspectorate"]))
    if at is None or isinstance(gap, Unknown):
        return ()
    return (GapPoint(round_name, at, gap.n, gap.value, gap.interval, "grades by case"),)


@dataclass(frozen=True, slots=True)
class Change:
    """By how much does the share that met the standard differ from the last round before, graded by the same side?

    Units:   `value` and its interval are differences of proportions, from -1 to 1.
    """

    since: str
    value: float
    interval: Interval


def changes(points: Iterable[Point]) -> tuple[Change | None, ...]:
    """The change of each of these points, in their order, since the one before it of the same side.

    Unknown: None for the first of a side, and for points of which nobody says who graded.
    """
    last: dict[str, Point] = {}
    found: list[Change | None] = []
    for one in points:
        before = last.get(one.side) if one.side else None
        interval = newcombe(one.met, one.n, before.met, before.n) if before else None
        if before is not None and isinstance(interval, Interval):
            found.append(Change(before.round, one.share - before.share, interval))
        else:
            found.append(None)
        last[one.side] = one
    return tuple(found)


def year_of(round_name: str) -> float | None:
    """In which year, and which quarter of it, was a round of this name? The middle of the year, or of the quarter.

    Unknown: None, where the name has no year.
    Example:
        >>> year_of("2017-Q3"), year_of("Spring 2016"), year_of("first")
        (2017.625, 2016.5, None)
    """
    match = _YEAR.search(round_name)
    if match is None:
        return None
    return int(match[1]) + ((int(match[2]) - 0.5) / 4 if match[2] else 0.5)


def published_points(totals: Totals) -> tuple[Point, ...]:
    """What was published of each round and side: its largest set whose grades are known.

    Unknown: sets without grades, and rounds whose name has no year, are left out.
    """
    found: dict[tuple[str, str], Point] = {}
    for one in totals.sets:
        year = year_of(one.round)
        if year is None or one.measure or not isinstance(one.meets, int) or not isinstance(one.n, int) or not one.n:
            continue
        point = Point(one.round, year, one.side, one.n, one.meets, f"published; {one.meets_basis}")
        held = found.setdefault((one.round, one.side), point)
        if held.n < point.n:
            found[one.round, one.side] = point
    return tuple(found.values())


def points_of(
    round_name: str, sides: Mapping[str, Side], basis: Mapping[str, str], year: float | None = None
) -> tuple[Point, ...]:
    """The points of a round whose grades are held: one of each side that graded anything.

    Unknown: none, where neither its name nor whoever asks knows its year.
    """
    at = year if year is not None else year_of(round_name)
    if at is None:
        return ()
    return tuple(
        Point(round_name, at, side, one.n, one.met, basis.get(side, "")) for side, one in sides.items() if one.n
    )


def in_time(points: Iterable[Point]) -> tuple[Point, ...]:
    """These points in order of time, then round and side."""
    return tuple(sorted(points, key=lambda one: (one.year, one.round, one.side)))
