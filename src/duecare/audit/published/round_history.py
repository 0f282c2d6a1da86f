"""Rounds beside each other in the order of their time, on the one cut that all schemes share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from duecare.audit.agreement.crosstab import cross_tabulate
from duecare.audit.agreement.optimism_gap import optimism_gap
from duecare.audit.agreement.round_comparison import Side
from duecare.audit.grading.grade_scheme import Scheme
from duecare.audit.grading.graded_file import GradedFile
from duecare.audit.published.published_totals import Totals
from duecare.stats.difference_of_shares import newcombe_interval
from duecare.stats.interval import Interval, wilson_interval
from duecare.vocabulary.unknown import Unknown

HISTORY_NOTE: Final = (
    "Schemes of grades changed over the years, so rounds are compared only on whether the standard was met. How the files"
    " of other rounds were chosen differs, and where it was not published it is not known."
)
_YEAR_PATTERN: Final = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?:\W?Q([1-4]))?(?![0-9])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Point:
    """One side of one round: the number of files, and how many met the standard.

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
        """The share that met the standard."""
        return self.met / self.n

    @property
    def interval(self) -> Interval:
        """The interval of the share, were the files drawn at random from very many."""
        met_interval = wilson_interval(self.met, self.n)
        assert isinstance(met_interval, Interval)
        return met_interval


@dataclass(frozen=True, slots=True)
class GapPoint:
    """The optimism gap of one round, on the files that both sides graded.

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
            paired_total.inspectorate.round,
            round_year,
            paired_total.n,
            paired_total.optimism_gap,
            paired_total.optimism_gap_interval,
            "published totals",
        )
        for paired_total in totals.pairs
        if (round_year := year_of(paired_total.inspectorate.round)) is not None
    )


def gaps_of(
    round_name: str, files: Iterable[GradedFile], schemes: Mapping[str, Scheme], round_year: float | None
) -> tuple[GapPoint, ...]:
    """The gap of a round from its stored grades; none where both sides graded no file, or its year is not known."""
    point_year = round_year if round_year is not None else year_of(round_name)
    pairs = [
        (force.grade, inspector_grade.grade)
        for graded_file in files
        if (given_pair := graded_file.pair)
        for force, inspector_grade in [given_pair]
    ]
    optimism_gap_value = optimism_gap(cross_tabulate(pairs, schemes["force"], schemes["inspectorate"]))
    if point_year is None or isinstance(optimism_gap_value, Unknown):
        return ()
    return (
        GapPoint(
            round_name,
            point_year,
            optimism_gap_value.n,
            optimism_gap_value.value,
            optimism_gap_value.interval,
            "grades by case",
        ),
    )


@dataclass(frozen=True, slots=True)
class Change:
    """The change of the share that met the standard since the last round graded by the same side.

    Units:   `value` and its interval are differences of proportions, from -1 to 1.
    """

    since: str
    value: float
    interval: Interval


def point_changes(points: Iterable[Point]) -> tuple[Change | None, ...]:
    """The change of each of these points, in their order, since the one before it of the same side.

    Unknown: None for the first of a side, and for points of which nobody says who graded.
    """
    last_points: dict[str, Point] = {}
    change_list: list[Change | None] = []
    for history_point in points:
        before = last_points.get(history_point.side) if history_point.side else None
        interval = newcombe_interval(history_point.met, history_point.n, before.met, before.n) if before else None
        if before is not None and isinstance(interval, Interval):
            change_list.append(Change(before.round, history_point.share - before.share, interval))
        else:
            change_list.append(None)
        last_points[history_point.side] = history_point
    return tuple(change_list)


def year_of(round_name: str) -> float | None:
    """The year and quarter in this round's name, as the middle of that year or quarter.

    Unknown: None, where the name has no year.
    Example:
        >>> year_of("2017-Q3"), year_of("Spring 2016"), year_of("first")
        (2017.625, 2016.5, None)
    """
    match = _YEAR_PATTERN.search(round_name)
    if match is None:
        return None
    return int(match[1]) + ((int(match[2]) - 0.5) / 4 if match[2] else 0.5)


def published_points(totals: Totals) -> tuple[Point, ...]:
    """The published result of each round and side: its largest set with known grades.

    Unknown: sets without grades, and rounds whose name has no year, are left out.
    """
    points_by_round: dict[tuple[str, str], Point] = {}
    for published_total in totals.sets:
        round_year = year_of(published_total.round)
        if (
            round_year is None
            or published_total.measure
            or not isinstance(published_total.meets, int)
            or not isinstance(published_total.n, int)
            or not published_total.n
        ):
            continue
        point = Point(
            published_total.round,
            round_year,
            published_total.side,
            published_total.n,
            published_total.meets,
            f"published; {published_total.meets_basis}",
        )
        kept_point = points_by_round.setdefault((published_total.round, published_total.side), point)
        if kept_point.n < point.n:
            points_by_round[published_total.round, published_total.side] = point
    return tuple(points_by_round.values())


def points_of(
    round_name: str, sides: Mapping[str, Side], basis: Mapping[str, str], round_year: float | None = None
) -> tuple[Point, ...]:
    """The points of a round from its stored grades: one for each side that graded anything.

    Unknown: none, where neither its name nor whoever asks knows its year.
    """
    point_year = round_year if round_year is not None else year_of(round_name)
    if point_year is None:
        return ()
    return tuple(
        Point(round_name, point_year, side_name, side_summary.n, side_summary.met, basis.get(side_name, ""))
        for side_name, side_summary in sides.items()
        if side_summary.n
    )


def in_time(points: Iterable[Point]) -> tuple[Point, ...]:
    """These points in order of time, then round and side."""
    return tuple(
        sorted(points, key=lambda history_point: (history_point.year, history_point.round, history_point.side))
    )
