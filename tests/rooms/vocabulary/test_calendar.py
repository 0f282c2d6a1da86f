"""How days, working days and months are counted in England and Wales."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.vocabulary.calendar import (
    OutsideCalendar,
    add_months,
    add_working_days,
    is_working_day,
    last_of_months,
)

# From the list of bank holidays in England and Wales that GOV.UK publishes, and the days appointed by proclamation.
HOLIDAYS_OF_2022 = {
    date(2022, 1, 3),
    date(2022, 4, 15),
    date(2022, 4, 18),
    date(2022, 5, 2),
    date(2022, 6, 2),
    date(2022, 6, 3),
    date(2022, 8, 29),
    date(2022, 9, 19),
    date(2022, 12, 26),
    date(2022, 12, 27),
}
DAYS = st.dates(date(1992, 1, 1), date(2036, 12, 31))


def test_every_day_of_2022_is_a_working_day_or_not_as_it_was_published() -> None:
    year = [date(2022, 1, 1) + timedelta(days=day) for day in range(365)]

    closed = {day for day in year if not is_working_day(day) and day.weekday() < 5}

    assert closed == HOLIDAYS_OF_2022
    assert not any(is_working_day(day) for day in year if day.weekday() >= 5)


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (date(2020, 5, 4), True),
        (date(2020, 5, 8), False),
        (date(2023, 5, 8), False),
        (date(2021, 12, 27), False),
        (date(2021, 12, 28), False),
        (date(2021, 12, 29), True),
        (date(1990, 1, 1), False),
        (date(1990, 1, 2), True),
        (date(2040, 12, 31), True),
    ],
)
def test_a_bank_holiday_that_was_moved_is_kept_on_its_new_day(day: date, is_open: bool) -> None:
    assert is_working_day(day) is is_open


@pytest.mark.parametrize("day", [date(1989, 12, 29), date(2041, 1, 2)])
def test_in_a_year_for_which_holidays_are_not_known_nothing_is_guessed(day: date) -> None:
    with pytest.raises(OutsideCalendar):
        is_working_day(day)


@pytest.mark.parametrize("day", [date(1989, 12, 30), date(2041, 1, 5)])
def test_a_weekend_is_none_in_any_year(day: date) -> None:
    assert not is_working_day(day)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 4, 2), 0, date(2026, 4, 2)),
        (date(2026, 4, 2), 1, date(2026, 4, 7)),
        (date(2026, 4, 3), 1, date(2026, 4, 7)),
        (date(2026, 4, 4), 1, date(2026, 4, 7)),
        (date(2026, 4, 7), 1, date(2026, 4, 8)),
        (date(2026, 12, 24), 2, date(2026, 12, 30)),
        (date(2026, 3, 6), 5, date(2026, 3, 13)),
    ],
)
def test_working_days_are_counted_from_the_day_after(start: date, count: int, end: date) -> None:
    assert add_working_days(start, count) == end


@given(DAYS, st.integers(1, 30))
def test_between_start_and_end_there_are_so_many_working_days(start: date, count: int) -> None:
    end = add_working_days(start, count)

    days = [start + timedelta(days=day) for day in range(1, (end - start).days + 1)]
    assert sum(map(is_working_day, days)) == count
    assert is_working_day(end)


@given(DAYS, st.integers(-40, 40))
def test_months_later_it_is_the_same_day_or_the_last_of_a_shorter_month(start: date, count: int) -> None:
    """Against stepping month by month and, where the day is not there, back to the last that is."""
    year, month = start.year, start.month
    for _ in range(abs(count)):
        month += 1 if count > 0 else -1
        year, month = (year + 1, 1) if month == 13 else (year - 1, 12) if month == 0 else (year, month)
    day = start.day
    while True:
        try:
            wanted = date(year, month, day)
            break
        except ValueError:
            day -= 1

    assert add_months(start, count) == wanted


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 12, 15), 1, date(2025, 1, 15)),
        (date(2024, 1, 15), -1, date(2023, 12, 15)),
        (date(2024, 11, 30), 1, date(2024, 12, 30)),
        (date(2024, 11, 30), 13, date(2025, 12, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 0, date(2024, 2, 29)),
    ],
)
def test_a_month_on_from_the_end_of_a_month(start: date, count: int, end: date) -> None:
    assert add_months(start, count) == end


@pytest.mark.parametrize(
    ("first", "count", "last"),
    [
        (date(2024, 5, 1), 12, date(2025, 4, 30)),
        (date(2024, 5, 2), 12, date(2025, 5, 1)),
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 1, 30), 1, date(2024, 2, 29)),
        (date(2024, 1, 29), 1, date(2024, 2, 28)),
        (date(2025, 1, 29), 1, date(2025, 2, 28)),
        (date(2025, 1, 28), 1, date(2025, 2, 27)),
        (date(2025, 1, 31), 3, date(2025, 4, 30)),
    ],
)
def test_months_that_begin_with_a_day_end_before_the_one_like_it(first: date, count: int, last: date) -> None:
    assert last_of_months(first, count) == last
