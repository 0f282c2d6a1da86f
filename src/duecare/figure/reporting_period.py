"""The days counted: a quarter or a month of the calendar, in London time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from duecare.vocabulary.london_clock import london_day, start_of_day

_QUARTER = re.compile(r"((?:19|20)\d{2})-?Q([1-4])", re.IGNORECASE)
_MONTH = re.compile(r"((?:19|20)\d{2})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The moment from which, and up to which, is counted.

    Shape:   `name` is `2026-Q3` or `2026-09`; it `starts` with its first instant and `ends` before the first of the next.
    Units:   whole London days.
    """

    starts: datetime
    ends: datetime
    name: str

    def holds(self, moment: datetime) -> bool:
        """Whether this moment lies in it."""
        return self.starts <= moment < self.ends


def period_named(period_name: str) -> Period:
    """The period of this name.

    Raises:  ValueError when it names neither a quarter nor a month.
    Example:
        >>> period_named("2026q3").name, period_named("2026-09").starts.isoformat()
        ('2026-Q3', '2026-08-31T23:00:00+00:00')
    """
    if match := _QUARTER.fullmatch(period_name.strip()):
        year_number, first_month = int(match[1]), int(match[2]) * 3 - 2
        return _period_from(f"{year_number}-Q{match[2]}", year_number, first_month, 3)
    if match := _MONTH.fullmatch(period_name.strip()):
        return _period_from(period_name.strip(), int(match[1]), int(match[2]), 1)
    raise ValueError("neither a quarter, as 2026-Q3, nor a month, as 2026-09")


def quarter_of(moment: datetime) -> Period:
    """The quarter in which this moment lies."""
    london_date = london_day(moment)
    return period_named(f"{london_date.year}-Q{(london_date.month + 2) // 3}")


def quarter_before(period: Period) -> Period:
    """The quarter that ended when this period, or the quarter it lies in, began."""
    within = quarter_of(period.starts)
    year_number, number = int(within.name[:4]), int(within.name[-1])
    return period_named(f"{year_number}-Q{number - 1}" if number > 1 else f"{year_number - 1}-Q4")


@lru_cache(maxsize=65_536)
def month_of(moment: datetime) -> str:
    """The name of the month in which this moment lies."""
    return london_day(moment).isoformat()[:7]


def first_period_after(moment: datetime, period_unit: str) -> str:
    """The first whole month or quarter that begins after this moment.

    Shape:   `2026-09` or `2026-Q3`, by the calendar of London.
    """
    if period_unit == "month":
        return month_of(period_named(month_of(moment)).ends)
    return quarter_of(quarter_of(moment).ends).name


def _period_from(period_name: str, year_number: int, first_month: int, months: int) -> Period:
    after = first_month + months
    end_day = date(year_number + (after > 12), (after - 1) % 12 + 1, 1)
    return Period(start_of_day(date(year_number, first_month, 1)), start_of_day(end_day), period_name)
