"""Dates of which only a part may be known: how they are read and written again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.vocabulary.partial_date import PartialDate, read_partial_date


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
