"""When a fixed allowance ends: hours as they pass, days to their last second in London, working, school and office time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.duty.allowance import (
    BeforeSchoolDay,
    CalendarDays,
    Fixed,
    FromDetail,
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
from duecare.duty.due_moment import due_moment, due_or_unknown, is_school_day, read_period
from duecare.vocabulary.calendar import OutsideCalendar, is_working_day
from duecare.vocabulary.london_clock import end_of_day, in_london, london_day, read_time
from duecare.vocabulary.unknown import Unknown

HALF_TERM = ((date(2026, 2, 16), date(2026, 2, 20)),)


def at(text: str) -> datetime:
    return read_time(text).when.latest


@pytest.mark.parametrize(
    ("allowance", "due"),
    [
        (Hours(24), "2026-03-04 10:00"),
        (Hours(1.5), "2026-03-03 11:30"),
        (Hours(0), "2026-03-03 10:00"),
        (Hours(1 / 3), "2026-03-03 10:20"),
        (LocalHours("n", 4), "2026-03-03 14:00"),
    ],
)
def test_hours_are_counted_as_they_pass(allowance: Fixed, due: str) -> None:
    assert due_moment(at("2026-03-03 10:00"), allowance) == (at(due), None)


def test_over_a_clock_change_a_day_of_24_hours_ends_at_another_hour_of_the_clock() -> None:
    assert due_moment(at("2026-03-28 10:00"), Hours(24))[0] == at("2026-03-29 11:00")
    assert due_moment(at("2026-10-24 10:00"), Hours(24))[0] == at("2026-10-25 09:00")


@pytest.mark.parametrize(
    ("allowance", "last_day"),
    [
        (CalendarDays(3), date(2026, 3, 6)),
        (CalendarDays(3, beginning_with=True), date(2026, 3, 5)),
        (CalendarDays(0), date(2026, 3, 3)),
        (LocalDays("n", 3), date(2026, 3, 6)),
        (WorkingDays(3), date(2026, 3, 6)),
        (WorkingDays(4), date(2026, 3, 9)),
        (LocalWorkingDays("n", 4), date(2026, 3, 9)),
        (Months(1), date(2026, 4, 3)),
        (Months(1, beginning_with=True), date(2026, 4, 2)),
        (MonthsFromNextDay(1), date(2026, 4, 3)),
        (LocalMonths("n", 2), date(2026, 5, 3)),
        (Period(1, 10), date(2026, 4, 13)),
        (Period(0, 14), date(2026, 3, 17)),
        (Period(12, 0), date(2027, 3, 3)),
        (SchoolDays(4), date(2026, 3, 9)),
    ],
)
def test_days_end_with_the_last_second_of_the_last_of_them(allowance: Fixed, last_day: date) -> None:
    assert due_moment(at("2026-03-03 10:00"), allowance) == (end_of_day(last_day), last_day)


def test_a_day_is_that_of_london_and_not_that_of_the_clock_inside() -> None:
    assert due_moment(datetime(2026, 6, 30, 23, 30, tzinfo=UTC), CalendarDays(1))[1] == date(2026, 7, 2)


@pytest.mark.parametrize(
    ("begin", "month_end"), [(date(2026, 1, 31), date(2026, 2, 28)), (date(2026, 1, 30), date(2026, 2, 28))]
)
def test_a_month_from_the_day_after_the_end_of_a_month(begin: date, month_end: date) -> None:
    assert due_moment(end_of_day(begin), MonthsFromNextDay(1))[1] == month_end


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(1, 12))
def test_school_days_are_working_days_outside_the_holidays_that_policy_names(start: date, count: int) -> None:
    """Against counting them one by one."""
    day, left = start, count
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day) and not date(2026, 2, 16) <= day <= date(2026, 2, 20)

    assert due_moment(end_of_day(start), SchoolDays(count, HALF_TERM))[1] == day


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (date(2026, 2, 13), True),
        (date(2026, 2, 14), False),
        (date(2026, 2, 16), False),
        (date(2026, 2, 20), False),
        (date(2026, 2, 23), True),
        (date(2026, 4, 3), False),
    ],
)
def test_a_school_is_closed_from_the_first_to_the_last_day_of_its_holiday(day: date, is_open: bool) -> None:
    assert is_school_day(day, HALF_TERM) is is_open


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-03-03 08:29:59", "2026-03-03 08:30"),
        ("2026-03-03 08:30", "2026-03-04 08:30"),
        ("2026-03-06 09:00", "2026-03-09 08:30"),
        ("2026-03-07 07:00", "2026-03-09 08:30"),
        ("2026-02-13 09:00", "2026-02-23 08:30"),
        ("2026-03-27 09:00", "2026-03-30 08:30"),
    ],
)
def test_before_school_is_the_next_such_minute_that_is_still_to_come(start: str, due: str) -> None:
    assert due_moment(at(start), BeforeSchoolDay(8 * 60 + 30, HALF_TERM)) == (at(due), None)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-03-03 10:00", 4, "2026-03-03 14:00"),
        ("2026-03-03 13:00", 4, "2026-03-03 17:00"),
        ("2026-03-03 13:00:01", 4, "2026-03-04 09:00:01"),
        ("2026-03-03 16:00", 4, "2026-03-04 12:00"),
        ("2026-03-03 17:00", 4, "2026-03-04 13:00"),
        ("2026-03-03 18:00", 4, "2026-03-04 13:00"),
        ("2026-03-03 06:00", 4, "2026-03-03 13:00"),
        ("2026-03-06 16:00", 4, "2026-03-09 12:00"),
        ("2026-04-02 16:00", 4, "2026-04-07 12:00"),
        ("2026-03-03 10:00", 20, "2026-03-05 14:00"),
    ],
)
def test_office_hours_run_while_the_office_is_open(start: str, hours: float, due: str) -> None:
    assert due_moment(at(start), OfficeHours("n", hours)) == (at(due), None)


def test_once_begun_hours_that_run_on_do_not_stop_at_closing() -> None:
    allowance = OfficeHours("n", 4, runs_on=True)

    assert due_moment(at("2026-03-03 16:00"), allowance)[0] == at("2026-03-03 20:00")
    assert due_moment(at("2026-03-03 17:00"), allowance)[0] == at("2026-03-04 13:00")
    assert due_moment(at("2026-03-07 12:00"), allowance)[0] == at("2026-03-09 13:00")


def test_an_office_may_open_at_another_hour() -> None:
    allowance = OfficeHours("n", 2, opens=7.5, closes=20.25)

    assert due_moment(at("2026-03-03 05:00"), allowance)[0] == at("2026-03-03 09:30")
    assert due_moment(at("2026-03-03 19:15"), allowance)[0] == at("2026-03-04 08:30")


@given(st.integers(0, 14 * 24 * 4), st.integers(1, 60))
def test_office_hours_are_the_quarters_of_an_hour_in_which_the_office_is_open(start: int, quarters: int) -> None:
    """Against walking a quarter of an hour at a time."""
    quarter = timedelta(minutes=15)
    moment = at("2026-03-23 00:00") + start * quarter
    left, walked = quarters, moment
    while left:
        shown = in_london(walked)
        left -= is_working_day(shown.date()) and 9 <= shown.hour < 17
        walked += quarter

    assert due_moment(moment, OfficeHours("n", quarters / 4)) == (walked, None)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("P3M", Period(3, 0)),
        ("P1Y", Period(12, 0)),
        ("P1Y2M", Period(14, 0)),
        ("P2W", Period(0, 14)),
        ("P10D", Period(0, 10)),
        ("P1Y2M3W4D", Period(14, 25)),
        (" p3m ", Period(3, 0)),
        ("PT12H", Hours(12)),
        ("PT90M", Hours(1.5)),
        ("PT1H30M", Hours(1.5)),
        ("P0DT12H", Hours(12)),
    ],
)
def test_a_written_period_is_months_and_days_or_hours(written: str, read: object) -> None:
    assert read_period(written) == read


@pytest.mark.parametrize(
    "written", ["", "P", "PT", "3M", "P0D", "PT0H", "P1DT1H", "P1YT1M", "P1WT1H", "P1MT1H", "P-1D", "P1.5D"]
)
def test_a_period_that_is_none_or_mixes_days_and_hours_is_unknown(written: str) -> None:
    assert isinstance(read_period(written), Unknown)


def test_past_the_years_that_are_known_the_limit_is_unknown() -> None:
    start = at("2040-12-28 10:00")

    with pytest.raises(OutsideCalendar):
        due_moment(start, WorkingDays(20))
    assert isinstance(due_or_unknown(start, WorkingDays(20)), Unknown)
    assert isinstance(due_or_unknown(start, CalendarDays(9_999_999)), Unknown)
    assert isinstance(due_or_unknown(start, Months(12 * 9_000)), Unknown)
    assert due_or_unknown(start, Hours(1)) == due_moment(start, Hours(1))


def test_what_is_not_fixed_has_no_end_by_itself() -> None:
    with pytest.raises(TypeError, match="FromDetail"):
        due_moment(at("2026-03-03 10:00"), FromDetail("until", Hours(1)))


def test_the_day_of_a_start_is_the_day_on_which_it_falls_in_london() -> None:
    assert london_day(due_moment(at("2026-07-01 00:30"), Hours(0))[0]) == date(2026, 7, 1)
