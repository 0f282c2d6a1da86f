"""A made-up figure of every borough of Northmoor, quarter by quarter, and the page made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from random import Random

from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.comparison.areas_side_by_side import SideBySide, may_stand_side_by_side, side_by_side
from duecare.figure.comparison.hours_by_area import hours_by_area
from duecare.figure.figure_count import figure_values
from duecare.figure.figure_definition import Dimension
from duecare.figure.figure_line import CountedLine
from duecare.figure.figure_value import FigureValue, cut_of
from duecare.rulebook.map_rows import AreaRows
from duecare.stats.interval import Interval
from duecare.synthetic.places import BOROUGH_NAMES
from duecare.use_cases.figures.compare_boroughs import Boroughs
from duecare.vocabulary.unknown import Unknown

FIGURE = "late-local-allocate-investigator"
QUARTERS = ("2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1")
ROWS: AreaRows = tuple(BOROUGH_NAMES[at : at + 8] for at in range(0, 32, 8))


def lines(period: str, chance: Random, late: Mapping[str, float], cases: int = 90) -> Iterator[CountedLine]:
    """So many cases of each borough in this quarter, each late with its borough's own chance, 10 % unless said."""
    first = 3 * int(period[-1]) - 2
    for area in BOROUGH_NAMES:
        for number in range(cases):
            month = first + number % 3
            said = {Dimension.AREA: area, Dimension.MONTH: f"{period[:4]}-{month:02d}"}
            cuts = cut_of({one: said.get(one, "not known") for one in figure_catalogue()[FIGURE].definition.by})
            counts = None if chance.random() < 0.02 else chance.random() < late.get(area, 0.1)
            at = datetime(int(period[:4]), month, 1 + number % 28, tzinfo=UTC)
            yield CountedLine(FIGURE, f"{area}-{number}", at, counts, "made up", cuts=cuts)


@lru_cache(maxsize=8)
def kept(worse: str = "Millrace") -> Mapping[str, tuple[FigureValue, ...]]:
    """Four quarters, in the last of which one borough is truly worse."""
    chance = Random(1)
    late = {quarter: {worse: 0.3} if quarter == QUARTERS[-1] else {} for quarter in QUARTERS}
    definition = figure_catalogue()[FIGURE].definition
    return {one: figure_values(definition, one, lines(one, chance, late[one])) for one in QUARTERS}


def found() -> SideBySide:
    """That figure side by side in its last quarter."""
    return side_by_side(figure_catalogue()[FIGURE].definition, QUARTERS[-1], kept())


def boroughs(left_out: int = 8) -> Boroughs:
    """The page as a step hands it over."""
    shown = tuple(one.definition for one in figure_catalogue().values() if may_stand_side_by_side(one.definition))
    return Boroughs(found(), shown, tuple(reversed(QUARTERS)), ROWS, left_out, is_running=True)


def nothing_kept() -> Boroughs:
    """The page before the first snapshot."""
    return Boroughs(None, (), (), (), 0)


def hours_of(period: str, slower: float = 0.0) -> tuple[FigureValue, ...]:
    """Hours until a child was seen, of three boroughs and three months, the last of them with nobody seen yet."""
    chance, first = Random(period), 3 * int(period[-1]) - 2
    months = [f"{period[:4]}-{first + at:02d}" for at in range(3)]
    told = [((Dimension.MONTH, month), 20 + 4 * chance.random() + slower) for month in months]
    told += [((Dimension.AREA, area), 18 + 9 * chance.random()) for area in ("Ashmere", "Millrace")]
    found = [
        FigureValue("seen-after", period, (at,), 30, 31, 2, hours, Interval(hours - 3, hours + 4, "order"))
        for at, hours in told
    ]
    not_yet = Unknown("more than half had not happened by the end of the period")
    return (*found, FigureValue("seen-after", period, ((Dimension.AREA, "<Westering>"),), 1, 4, 0, not_yet, not_yet))


def hours(left_out: int = 8) -> Boroughs:
    """The page of a figure in hours: four quarters, slower in the last month."""
    definition = figure_catalogue()["seen-after"].definition
    held = {one: hours_of(one, 30.0 if one == QUARTERS[-1] else 0.0) for one in ("2024-Q4", "2025-Q1", *QUARTERS)}
    return Boroughs(hours_by_area(definition, QUARTERS[-1], held), (definition,), QUARTERS[::-1], ROWS, left_out)


def chosen(figure: str) -> Boroughs:
    """The page of the figure asked for."""
    return hours() if figure == "seen-after" else boroughs()
