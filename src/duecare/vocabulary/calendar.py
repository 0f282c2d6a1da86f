"""How days, working days and months are counted in England and Wales."""

from __future__ import annotations

import calendar as _calendar
from datetime import date, timedelta
from functools import lru_cache

FIRST_YEAR = 1990
LAST_YEAR = 2040


class OutsideCalendar(Exception):
    """An answer in a year for which bank holidays are not known here."""


@lru_cache(maxsize=128)
def _bank_holidays(calendar_year: int) -> frozenset[date]:
    if not FIRST_YEAR <= calendar_year <= LAST_YEAR:
        raise OutsideCalendar(str(calendar_year))
    import holidays  # loaded with the first question about a working day: it takes longer than most commands

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=calendar_year))


def is_working_day(calendar_day: date) -> bool:
    """Whether this is a day on which offices in England and Wales are open.

    Raises:  OutsideCalendar before 1990 or after 2040.
    Source:  Banking and Financial Dealings Act 1971, s.1 and sch.1, and days appointed by proclamation, as carried by
             the `holidays` library for GB/ENG.
    """
    return calendar_day.weekday() < 5 and calendar_day not in _bank_holidays(calendar_day.year)


def add_working_days(start_day: date, count: int) -> date:
    """The `count`-th working day after `start_day`; the day of the event is day 0.

    Raises:  OutsideCalendar before 1990 or after 2040.
    Example:
        >>> add_working_days(date(2025, 4, 7), 15)
        datetime.date(2025, 4, 30)
        >>> add_working_days(date(2026, 3, 27), 15)
        datetime.date(2026, 4, 21)
    """
    days_left = count
    while days_left > 0:
        start_day += timedelta(days=1)
        if is_working_day(start_day):
            days_left -= 1
    return start_day


def add_months(start_day: date, count: int) -> date:
    """The day `count` months after `start_day`; a day that the month lacks becomes its last day.

    Source:  house rule (clamp, do not roll over), docs/decisions/0009.
    Example:
        >>> add_months(date(2025, 1, 31), 1)
        datetime.date(2025, 2, 28)
    """
    months = start_day.year * 12 + start_day.month - 1 + count
    end_year, month = divmod(months, 12)
    last_day = _calendar.monthrange(end_year, month + 1)[1]
    return date(end_year, month + 1, min(start_day.day, last_day))


def last_of_months(first_day: date, count: int) -> date:
    """The last day of `count` months of which `first_day` is the first day.

    Shape:   the day before the one like it; in a month that has no such day, the last of that month.
    Source:  the corresponding date rule, with the day itself counted; docs/decisions/0022.
    Example:
        >>> last_of_months(date(2024, 5, 1), 12)
        datetime.date(2025, 4, 30)
        >>> last_of_months(date(2024, 2, 29), 24)
        datetime.date(2026, 2, 28)
    """
    same_day = add_months(first_day, count)
    return same_day if same_day.day < first_day.day else same_day - timedelta(days=1)
