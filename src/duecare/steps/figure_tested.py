"""A figure as a registered test asks for it: is there such a figure, in which period, and what did it come to in that?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from duecare.audit.interval import Interval
from duecare.figure.catalogue import catalogue
from duecare.figure.definition import About, Dimension, Unit
from duecare.figure.period import Period, month_of, period_named, quarter_of
from duecare.figure.value import Cut, cut_of
from duecare.recommendation.registered import FigureTest, Registered
from duecare.store import figures
from duecare.vocabulary.unknown import Unknown


@dataclass(frozen=True, slots=True)
class Came:
    """What did the figure come to, and when did its period begin?"""

    value: float | Unknown
    interval: Interval | Unknown
    began_at: datetime


def fault_of(test: FigureTest) -> str:
    """Why can no test be of this figure, cut so, to this level? Empty where it can."""
    known = catalogue().get(test.figure)
    if known is None:
        return "the catalogue has no figure of this name"
    of, level = known.definition, test.level
    names = {one.value: one for one in Dimension}
    wrong = [name for name, _ in test.cut if names.get(name) not in of.by]
    if wrong:
        return f"the figure is not cut by {', '.join(wrong)}"
    if of.less_is_better is level.at_least:
        return f"of this figure {'less' if level.at_least else 'more'} is better, so the level goes the wrong way"
    is_any = level.level <= 0 if level.at_least else of.unit is Unit.SHARE and level.level >= 1
    return "every value reaches this level" if is_any else ""


def tells_of_children(test: Registered | None) -> bool:
    """Would what this test comes to tell how many children something happened to?"""
    known = catalogue().get(test.figure) if isinstance(test, FigureTest) else None
    return isinstance(test, FigureTest) and (known is None or known.definition.about_in_public is About.CHILDREN)


def title_of(figure: str) -> str:
    """What is this figure called? Empty where the catalogue has none of this name."""
    known = catalogue().get(figure)
    return known.definition.title if known else ""


def first_period_after(moment: datetime, unit: str) -> str:
    """Which is the first whole month or quarter that begins after this moment?

    Shape:   `2026-09` or `2026-Q3`, by the calendar of London.
    """
    if unit == "month":
        return month_of(period_named(month_of(moment)).ends)
    return quarter_of(quarter_of(moment).ends).name


def value_in(figure: str, cut: tuple[tuple[str, str], ...], period: str) -> Came | Unknown:
    """What did this figure come to in this period, by the latest snapshot, if it was taken, and known, after its end?

    Shape:   of a month, by a snapshot of its own, else by that of its quarter.
    Unknown: while no such snapshot was taken, or none holds the figure at this cut.
    """
    wanted, at = period_named(period), cut_of({Dimension(name): value for name, value in cut})
    found = _kept(wanted, figure, at)
    quarter = quarter_of(wanted.starts)
    if found is None and quarter.name != wanted.name:
        found = _kept(quarter, figure, cut_of({**dict(at), Dimension.MONTH: wanted.name}))
    if found is None:
        return Unknown(f"no snapshot taken after the end of {wanted.name} holds {figure} so")
    return Came(found.value.value, found.value.interval, wanted.starts)


def _kept(period: Period, figure: str, cut: Cut) -> figures.Kept | None:
    snapshot = figures.snapshot(period.name)
    if snapshot is None or min(snapshot.taken_at, snapshot.known_at) < period.ends:
        return None
    return snapshot.of(figure, cut)
