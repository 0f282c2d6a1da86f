"""When a fixed allowance ends: the last instant in time, and the last day where days are counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from duecare.duty.allowance import (
    BeforeSchoolDay,
    CalendarDays,
    Fixed,
    Hours,
    LocalDays,
    LocalHours,
    LocalMonths,
    LocalWorkingDays,
    Months,
    MonthsFromNextDay,
    OfficeHours,
    Period,
    SchoolDays,
    WorkingDays,
)
from duecare.vocabulary.calendar import OutsideCalendar, add_months, add_working_days, is_working_day, last_of_months
from duecare.vocabulary.moments import LONDON, end_of_day, in_london, london_day, whole_second
from duecare.vocabulary.unknown import Unknown

Closed = tuple[tuple[date, date], ...]

_ISO_PERIOD = re.compile(
    r"P(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?)?"
)


@lru_cache(maxsize=16384)
def due(start: datetime, allowance: Fixed) -> tuple[datetime, date | None]:
    """What is the last instant in time, and where days or months are counted, the last day?

    Units:   hours are elapsed; days end at 23:59:59 Europe/London.
    Raises:  OutsideCalendar where working days run past the years whose bank holidays are known.
    """
    match allowance:
        case Hours(n) | LocalHours(_, n):
            return start + timedelta(seconds=round(n * 3600)), None
        case BeforeSchoolDay(minute, closed):
            return _before_school(start, minute, closed), None
        case OfficeHours():
            return _office_hours(start, allowance), None
    last = _last_day(london_day(start), allowance)
    return end_of_day(last), last


def due_or_unknown(start: datetime, allowance: Fixed) -> tuple[datetime, date | None] | Unknown:
    """The same, or why it cannot be told."""
    try:
        return due(start, allowance)
    except (OutsideCalendar, OverflowError, ValueError):
        return Unknown("the limit falls outside the years whose calendar is known")


def read_period(text: str) -> Period | Hours | Unknown:
    """What does this ISO 8601 period allow?

    Unknown: no period, an empty one, or one that mixes days and hours.
    """
    match = _ISO_PERIOD.fullmatch(text.strip().upper())
    if match is None or not any(match.groups()):
        return Unknown("the plan's interval is not an ISO 8601 period")
    years, months, weeks, days, hours, minutes = (int(part or 0) for part in match.groups())
    if hours or minutes:
        if years or months or weeks or days:
            return Unknown("the plan's interval mixes days and hours")
        return Hours(hours + minutes / 60)
    if not (years or months or weeks or days):
        return Unknown("the plan's interval is nought")
    return Period(years * 12 + months, weeks * 7 + days)


def is_school_day(day: date, closed: Closed) -> bool:
    """Are schools open on this day? A working day outside the school holidays that the policy names.

    Raises:  OutsideCalendar before 1990 or after 2040.
    """
    return is_working_day(day) and not any(first <= day <= last for first, last in closed)


def _last_day(day: date, allowance: Fixed) -> date:
    match allowance:
        case CalendarDays(n, beginning_with):
            return day + timedelta(days=n - 1 if beginning_with else n)
        case LocalDays(_, n):
            return day + timedelta(days=n)
        case WorkingDays(n) | LocalWorkingDays(_, n):
            return add_working_days(day, n)
        case SchoolDays(n, closed):
            return _add_days_that(lambda one: is_school_day(one, closed), day, n)
        case Months(n, beginning_with):
            return last_of_months(day, n) if beginning_with else add_months(day, n)
        case MonthsFromNextDay(n):
            return last_of_months(day + timedelta(days=1), n)
        case LocalMonths(_, n):
            return add_months(day, n)
        case Period(months, days):
            return add_months(day, months) + timedelta(days=days)
        case _:
            raise TypeError(f"{type(allowance).__name__} is not counted in days")


def _add_days_that(counts: Callable[[date], bool], day: date, count: int) -> date:
    left = count
    while left > 0:
        day += timedelta(days=1)
        left -= counts(day)
    return day


def _before_school(start: datetime, minute: int, closed: Closed) -> datetime:
    day = london_day(start)
    while True:
        clock = whole_second(datetime.combine(day, time(*divmod(minute, 60)), LONDON))
        if clock > start and is_school_day(day, closed):
            return clock
        day += timedelta(days=1)


def _office_hours(start: datetime, allowance: OfficeHours) -> datetime:
    left = timedelta(seconds=round(allowance.suggested * 3600))
    day = in_london(start).date()
    while True:
        if is_working_day(day):
            opens, closes = (_clock(day, hour) for hour in (allowance.opens, allowance.closes))
            begins = max(start, opens)
            if begins < closes:
                if allowance.runs_on or begins + left <= closes:
                    return begins + left
                left -= closes - begins
        day += timedelta(days=1)


def _clock(day: date, hour: float) -> datetime:
    return whole_second(datetime.combine(day, time(*divmod(round(hour * 60), 60)), LONDON))
