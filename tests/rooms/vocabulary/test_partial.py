"""Dates of which only a part may be known: how they are read, written again and compared with an age."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.vocabulary.calendar import attains_age_on
from duecare.vocabulary.partial import PartialDate, read_partial_date


def days_of(partial: PartialDate) -> list[date]:
    return [partial.earliest + timedelta(days=day) for day in range((partial.latest - partial.earliest).days + 1)]


@pytest.mark.parametrize(
    ("written", "earliest", "latest"),
    [
        ("2009-05-14", date(2009, 5, 14), date(2009, 5, 14)),
        ("2009-05", date(2009, 5, 1), date(2009, 5, 31)),
        ("2009", date(2009, 1, 1), date(2009, 12, 31)),
        ("2009-02", date(2009, 2, 1), date(2009, 2, 28)),
        ("2008-02", date(2008, 2, 1), date(2008, 2, 29)),
        ("2009-05-XX", date(2009, 5, 1), date(2009, 5, 31)),
        ("2009-05-xx", date(2009, 5, 1), date(2009, 5, 31)),
        ("2009-05-00", date(2009, 5, 1), date(2009, 5, 31)),
        ("2009-05-??", date(2009, 5, 1), date(2009, 5, 31)),
        ("2009-XX-XX", date(2009, 1, 1), date(2009, 12, 31)),
        ("2009-00-00", date(2009, 1, 1), date(2009, 12, 31)),
        ("2009-??", date(2009, 1, 1), date(2009, 12, 31)),
        ("  2009-05-14\n", date(2009, 5, 14), date(2009, 5, 14)),
        ("1000", date(1000, 1, 1), date(1000, 12, 31)),
        ("2999-12-31", date(2999, 12, 31), date(2999, 12, 31)),
    ],
)
def test_a_date_is_every_day_that_it_can_be(written: str, earliest: date, latest: date) -> None:
    assert read_partial_date(written) == PartialDate(earliest, latest)


@pytest.mark.parametrize(
    ("written", "meaning"),
    [
        ("2009-XX-14", "without its month"),
        ("2009-00-14", "without its month"),
        ("0999", "year"),
        ("3000", "year"),
        ("0000-01-01", "year"),
        ("2009-13", "calendar"),
        ("2009-02-29", "calendar"),
        ("2009-02-30", "calendar"),
        ("2009-05-32", "calendar"),
        ("14/5/2009", "not a date"),
        ("2009-5", "not a date"),
        ("2009-05-1", "not a date"),
        ("2009-05-14T10:00", "not a date"),
        ("09", "not a date"),
        ("", "not a date"),
        ("soon", "not a date"),
    ],
)
def test_what_names_no_date_is_refused_without_a_word_of_it(written: str, meaning: str) -> None:
    with pytest.raises(ValueError, match=meaning) as refused:
        read_partial_date(written)

    assert not any(digit in str(refused.value) for digit in "0123456789")


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_a_whole_date_is_written_as_it_is_read(day: date) -> None:
    partial = read_partial_date(day.isoformat())

    assert (partial.is_whole, str(partial)) == (True, day.isoformat())


@given(st.integers(1000, 2999), st.integers(1, 12))
def test_a_part_of_a_date_is_written_as_it_is_read(year: int, month: int) -> None:
    only_month, only_year = read_partial_date(f"{year}-{month:02}"), read_partial_date(str(year))

    assert (only_month.is_whole, str(only_month)) == (False, f"{year}-{month:02}")
    assert (only_year.is_whole, str(only_year)) == (False, str(year))
    assert only_year.earliest <= only_month.earliest <= only_month.latest <= only_year.latest
    assert (only_month.latest + timedelta(days=1)).day == 1 if (year, month) != (9999, 12) else True


def test_one_month_of_two_years_is_written_as_the_first_year() -> None:
    """Where two records conflict, the days run from one year to another."""
    assert str(PartialDate(date(2009, 5, 1), date(2010, 5, 31))) == "2009"
    assert str(PartialDate(date(2009, 5, 1), date(2009, 6, 30))) == "2009"


@given(
    st.sampled_from(["2008", "2009", "2008-02", "2008-02-29", "2008-03-01", "2009-12", "2009-12-31"]),
    st.integers(0, 30),
    st.integers(-2, 400),
)
def test_whoever_may_have_been_born_on_several_days_is_under_an_age_only_if_all_of_them_agree(
    written: str, age: int, days: int
) -> None:
    """Against asking the same of every day on which they may have been born."""
    partial = read_partial_date(written)
    on_day = attains_age_on(partial.earliest, age) + timedelta(days=days - 200)

    answers = {on_day < attains_age_on(day, age) for day in days_of(partial)}

    assert partial.is_under(age, on_day) == (answers.pop() if len(answers) == 1 else None)


@pytest.mark.parametrize(
    ("written", "on_day", "is_under"),
    [
        ("2010-05-14", date(2028, 5, 13), True),
        ("2010-05-14", date(2028, 5, 14), False),
        ("2010", date(2027, 12, 31), True),
        ("2010", date(2028, 1, 1), None),
        ("2010", date(2028, 12, 30), None),
        ("2010", date(2028, 12, 31), False),
    ],
)
def test_on_the_birthday_itself_a_person_is_of_that_age(written: str, on_day: date, is_under: bool | None) -> None:
    assert read_partial_date(written).is_under(18, on_day) is is_under


def test_dates_are_ordered_by_their_first_day_and_then_by_their_last() -> None:
    written = ["2009", "2009-01", "2009-01-01", "2009-01-02", "2008-12-31", "2009-12"]

    assert [str(one) for one in sorted(map(read_partial_date, written))] == [
        "2008-12-31",
        "2009-01-01",
        "2009-01",
        "2009",
        "2009-01-02",
        "2009-12",
    ]
