"""The clock against an oracle that counts second by second and day by day, and shares nothing with it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.made.timelines import at

from duecare.duty.allowance import (
    BeforeSchoolDay,
    CalendarDays,
    Hours,
    Months,
    MonthsFromNextDay,
    OfficeHours,
    Period,
    SchoolDays,
    WorkingDays,
)
from duecare.duty.due_moment import due_moment, read_period
from duecare.vocabulary.unknown import Unknown

ZONE = ZoneInfo("Europe/London")
CLOSED = holidays.country_holidays("GB", subdiv="ENG", years=range(2004, 2033))

starts = st.datetimes(datetime(2005, 1, 1), datetime(2030, 12, 31)).map(  # noqa: DTZ001
    lambda naive: naive.replace(microsecond=0, tzinfo=UTC)
)


def last_second(day: date) -> datetime:
    """The last second of a London day, found by walking back from the first of the next."""
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=30)
    while moment.astimezone(ZONE).date() > day:
        moment -= timedelta(seconds=1800)
    while (moment + timedelta(seconds=1)).astimezone(ZONE).date() == day:
        moment += timedelta(seconds=1)
    return moment


@given(starts, st.integers(1, 400))
@example(at("2025-03-29 10:00"), 72)
@example(at("2025-10-25 10:00"), 72)
def test_hours_are_elapsed(start, hours):
    walked = start
    for _ in range(hours):
        walked += timedelta(seconds=3600)

    assert due_moment(start, Hours(hours)) == (walked, None)


@given(starts, st.integers(1, 60))
def test_working_days_count_open_days_after_the_first(start, count):
    day, left = start.astimezone(ZONE).date(), count
    while left:
        day += timedelta(days=1)
        left -= day.weekday() not in (5, 6) and day not in CLOSED

    assert due_moment(start, WorkingDays(count)) == (last_second(day), day)


@given(starts, st.integers(1, 100), st.booleans())
def test_days_count_from_zero_unless_beginning_with(start, count, beginning_with):
    day = start.astimezone(ZONE).date()
    for _ in range(count - beginning_with):
        day += timedelta(days=1)

    assert due_moment(start, CalendarDays(count, beginning_with)) == (last_second(day), day)


@given(starts, st.integers(1, 40))
def test_months_clamp(start, count):
    day = start.astimezone(ZONE).date()
    year, month = day.year, day.month
    for _ in range(count):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    number = day.day
    while True:
        try:
            wanted = date(year, month, number)
            break
        except ValueError:
            number -= 1

    assert due_moment(start, Months(count)) == (last_second(wanted), wanted)


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("P1M", Period(1, 0)),
        ("P28D", Period(0, 28)),
        ("P2W", Period(0, 14)),
        ("P1Y6M", Period(18, 0)),
        ("p1m10d", Period(1, 10)),
        ("PT72H", Hours(72)),
        ("PT90M", Hours(1.5)),
    ],
)
def test_an_iso_period_is_read(text, allowed):
    assert read_period(text) == allowed


@pytest.mark.parametrize("text", ["", "P", "PT", "monthly", "P0D", "P1DT1H", "-P1M", "P1.5M"])
def test_what_is_no_period_is_unknown_with_a_reason(text):
    assert isinstance(read_period(text), Unknown)


@pytest.mark.parametrize(
    ("start", "allowance", "last"),
    [
        ("2019-03-28 10:00", CalendarDays(56, True), date(2019, 5, 22)),
        ("2024-02-09 10:00", CalendarDays(56, True), date(2024, 4, 4)),
        ("2025-02-26 10:00", CalendarDays(56, True), date(2025, 4, 22)),
        ("2016-11-25 10:00", CalendarDays(42), date(2017, 1, 6)),
        ("2024-02-09 10:00", CalendarDays(42), date(2024, 3, 22)),
        ("2025-04-07 10:00", WorkingDays(15), date(2025, 4, 30)),
        ("2025-04-01 10:00", WorkingDays(45), date(2025, 6, 9)),
        ("2025-04-17 10:00", WorkingDays(5), date(2025, 4, 28)),
        ("2025-04-17 10:00", WorkingDays(1), date(2025, 4, 22)),
        ("2025-01-31 10:00", Months(1), date(2025, 2, 28)),
        ("2024-01-31 10:00", Months(1), date(2024, 2, 29)),
        ("2024-05-01 10:00", Months(12, True), date(2025, 4, 30)),
        ("2024-05-02 10:00", Months(12, True), date(2025, 5, 1)),
        ("2024-02-29 10:00", Months(24, True), date(2026, 2, 28)),
        ("2024-02-29 10:00", Months(48, True), date(2028, 2, 28)),
        ("2024-08-31 10:00", Months(42, True), date(2028, 2, 29)),
        ("2025-02-28 10:00", MonthsFromNextDay(3), date(2025, 5, 31)),
        ("2025-04-30 10:00", MonthsFromNextDay(9), date(2026, 1, 31)),
        ("2022-11-29 10:00", MonthsFromNextDay(3), date(2023, 2, 28)),
        ("2025-03-03 10:00", MonthsFromNextDay(3), date(2025, 6, 3)),
    ],
)
def test_dates_that_the_sources_give(start, allowance, last):
    assert due_moment(at(start), allowance)[1] == last


@given(starts, st.integers(1, 60))
def test_months_beginning_with_a_day_end_where_those_of_the_next_period_begin(start, count):
    """Period after period without a gap: the day after the last is the day like the first, or the month's first."""
    _, last = due_moment(start, Months(count, True))
    first, after = start.astimezone(ZONE).date(), last + timedelta(days=1)

    assert after.day in {first.day, 1}
    months = (after.year - first.year) * 12 + after.month - first.month
    assert months == count + (after.day != first.day)
    next_noon = datetime.combine(first + timedelta(days=1), time(12), ZONE)
    assert (
        due_moment(start, MonthsFromNextDay(count))[1] == due_moment(next_noon.astimezone(UTC), Months(count, True))[1]
    )


def is_open(day: date) -> bool:
    return day.weekday() not in (5, 6) and day not in CLOSED


quarters = starts.map(lambda start: start.replace(minute=start.minute // 15 * 15, second=0))


@given(quarters, st.integers(1, 160), st.booleans())
@example(at("2025-11-21 17:30"), 96, False)
def test_office_hours_are_counted_while_the_office_is_open(start, count, runs_on):
    moment, left, begun = start, count, False
    while left:
        shown = moment.astimezone(ZONE)
        at_work = is_open(shown.date()) and 9 <= shown.hour < 17
        left -= at_work or (runs_on and begun)
        begun |= at_work
        moment += timedelta(minutes=15)

    assert due_moment(start, OfficeHours("made", count / 4, runs_on=runs_on)) == (moment, None)


holiday = st.tuples(st.dates(date(2025, 1, 1), date(2025, 12, 1)), st.integers(0, 40)).map(
    lambda span: (span[0], span[0] + timedelta(days=span[1]))
)
in_2025 = st.datetimes(datetime(2025, 1, 1), datetime(2025, 12, 31)).map(  # noqa: DTZ001
    lambda naive: naive.replace(microsecond=0, tzinfo=UTC)
)


@given(in_2025, st.lists(holiday, max_size=4), st.integers(1, 20), st.integers(0, 24 * 60 - 1))
@example(at("2025-03-28 20:00"), [], 1, 510)
@example(at("2025-10-24 08:30"), [], 1, 510)
def test_school_days_are_counted_outside_holidays(start, closed, count, minute):
    def is_school_day(day):
        return is_open(day) and all(not first <= day <= last for first, last in closed)

    day, left = start.astimezone(ZONE).date(), count
    while left:
        day += timedelta(days=1)
        left -= is_school_day(day)
    assert due_moment(start, SchoolDays(count, tuple(closed))) == (last_second(day), day)

    reached, _ = due_moment(start, BeforeSchoolDay(minute, tuple(closed)))
    shown = reached.astimezone(ZONE)
    assert reached > start
    assert is_school_day(shown.date())
    day = start.astimezone(ZONE).date()
    between = [day + timedelta(days=n) for n in range((shown.date() - day).days)]
    assert not any(is_school_day(one) for one in between if one > day)
    skipped_hour = shown.date() == date(2025, 3, 30)
    assert skipped_hour or (shown.hour, shown.minute, shown.second) == (*divmod(minute, 60), 0)
