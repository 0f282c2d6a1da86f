"""When a fixed allowance ends: hours as they elapse, also when the clocks change; days at the end of the last day in London."""

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
from duecare.vocabulary.london_clock import LONDON, end_of_day, in_london, london_day
from duecare.vocabulary.moments import whole_second
from duecare.vocabulary.unknown import Unknown

Closed = tuple[tuple[date, date], ...]

_ISO_PERIOD = re.compile(
    r"P(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?)?"
)


@lru_cache(maxsize=16384)
def due_moment(start: datetime, allowance: Fixed) -> tuple[datetime, date | None]:
    """The last instant in time, and where days or months are counted, the last day.

    Units:   hours are elapsed; days end at 23:59:59 Europe/London.
    Raises:  OutsideCalendar where working days run past the years whose bank holidays are known.
    """
    match allowance:
        case Hours(hours_allowed) | LocalHours(_, hours_allowed):
            return start + timedelta(seconds=round(hours_allowed * 3600)), None
        case BeforeSchoolDay(minute, closed):
            return _before_school(start, minute, closed), None
        case OfficeHours():
            return _office_hours(start, allowance), None
    last_day = _last_day(london_day(start), allowance)
    return end_of_day(last_day), last_day


def due_or_unknown(start: datetime, allowance: Fixed) -> tuple[datetime, date | None] | Unknown:
    """The same, or why it is not known."""
    try:
        return due_moment(start, allowance)
    except (OutsideCalendar, OverflowError, ValueError):
        return Unknown("the limit falls outside the years whose calendar is known")


def read_period(period_text: str) -> Period | Hours | Unknown:
    """The allowance of this ISO 8601 period.

    Unknown: no period, an empty one, or one that mixes days and hours.
    """
    match = _ISO_PERIOD.fullmatch(period_text.strip().upper())
    if match is None or not any(match.groups()):
        return Unknown("the plan's interval is not an ISO 8601 period")
    years, months, weeks, day_count, hours, minutes = (int(number_part or 0) for number_part in match.groups())
    if hours or minutes:
        if years or months or weeks or day_count:
            return Unknown("the plan's interval mixes days and hours")
        return Hours(hours + minutes / 60)
    if not (years or months or weeks or day_count):
        return Unknown("the plan's interval is nought")
    return Period(years * 12 + months, weeks * 7 + day_count)


def is_school_day(calendar_day: date, closed: Closed) -> bool:
    """Whether schools are open on this day: a working day outside the school holidays that the policy names.

    Raises:  OutsideCalendar before 1990 or after 2040.
    """
    return is_working_day(calendar_day) and not any(
        first_day <= calendar_day <= last_day for first_day, last_day in closed
    )


def _last_day(start_day: date, allowance: Fixed) -> date:
    match allowance:
        case CalendarDays(day_count, beginning_with):
            return start_day + timedelta(days=day_count - 1 if beginning_with else day_count)
        case LocalDays(_, day_count):
            return start_day + timedelta(days=day_count)
        case WorkingDays(day_count) | LocalWorkingDays(_, day_count):
            return add_working_days(start_day, day_count)
        case SchoolDays(day_count, closed):
            return _add_days_that(lambda calendar_day: is_school_day(calendar_day, closed), start_day, day_count)
        case Months(day_count, beginning_with):
            return last_of_months(start_day, day_count) if beginning_with else add_months(start_day, day_count)
        case MonthsFromNextDay(day_count):
            return last_of_months(start_day + timedelta(days=1), day_count)
        case LocalMonths(_, day_count):
            return add_months(start_day, day_count)
        case Period(months, period_days):
            return add_months(start_day, months) + timedelta(days=period_days)
        case _:
            raise TypeError(f"{type(allowance).__name__} is not counted in days")


def _add_days_that(counts: Callable[[date], bool], start_day: date, count: int) -> date:
    days_left = count
    while days_left > 0:
        start_day += timedelta(days=1)
        days_left -= counts(start_day)
    return start_day


def _before_school(start: datetime, minute: int, closed: Closed) -> datetime:
    school_day = london_day(start)
    while True:
        clock = whole_second(datetime.combine(school_day, time(*divmod(minute, 60)), LONDON))
        if clock > start and is_school_day(school_day, closed):
            return clock
        school_day += timedelta(days=1)


def _office_hours(start: datetime, allowance: OfficeHours) -> datetime:
    time_left = timedelta(seconds=round(allowance.suggested * 3600))
    office_day = in_london(start).date()
    while True:
        if is_working_day(office_day):
            opens, closes = (_clock_time(office_day, clock_hour) for clock_hour in (allowance.opens, allowance.closes))
            begins_at = max(start, opens)
            if begins_at < closes:
                if allowance.runs_on or begins_at + time_left <= closes:
                    return begins_at + time_left
                time_left -= closes - begins_at
        office_day += timedelta(days=1)


def _clock_time(calendar_day: date, clock_hour: float) -> datetime:
    return whole_second(datetime.combine(calendar_day, time(*divmod(round(clock_hour * 60), 60)), LONDON))
