"""Times as they are read, written and counted: UTC inside, what clocks in London show at the edges."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.vocabulary.london_clock import (
    LONDON,
    REPEATED_HOUR,
    SKIPPED_HOUR,
    end_of_day,
    from_wall_clock,
    in_london,
    london_day,
    read_time,
    start_of_day,
    when_on_day,
)
from duecare.vocabulary.moments import When, hours_between, iso_text, whole_second

MOMENTS = st.integers(63_072_000_000_000, 2_145_916_800_000_000).map(
    lambda microseconds: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2016-03-01T09:00", "2016-03-01T09:00:00+00:00"),
        ("2016-03-01 09:00", "2016-03-01T09:00:00+00:00"),
        ("2016-07-01 09:00", "2016-07-01T08:00:00+00:00"),
        ("2016-07-01 09:00:59", "2016-07-01T08:00:59+00:00"),
        ("2016-07-01T09:00Z", "2016-07-01T09:00:00+00:00"),
        ("2016-07-01T09:00z", "2016-07-01T09:00:00+00:00"),
        ("2016-07-01T09:00+01:00", "2016-07-01T08:00:00+00:00"),
        ("2016-07-01T09:00-0530", "2016-07-01T14:30:00+00:00"),
        ("2016-07-01T09:00+14", "2016-06-30T19:00:00+00:00"),
        ("2016-07-01T09:00:00.999999Z", "2016-07-01T09:00:00+00:00"),
        ("2016-07-01T09:00:00,5Z", "2016-07-01T09:00:00+00:00"),
        ("  2016-03-01T09:00 ", "2016-03-01T09:00:00+00:00"),
    ],
)
def test_a_time_is_one_instant_with_or_without_its_offset(written: str, moment: str) -> None:
    read = read_time(written)

    assert (read.when.is_exact, read.assumed) == (True, "")
    assert iso_text(read.when.earliest) == moment


@pytest.mark.parametrize(
    ("written", "meaning"),
    [
        ("", "ISO 8601"),
        ("1/3/2016", "ISO 8601"),
        ("2016-3-1", "ISO 8601"),
        ("20160301", "ISO 8601"),
        ("2016-03-01T9:00", "ISO 8601"),
        ("2016-03-01T09:00:00.1234567891", "ISO 8601"),
        ("2016-03-01T09:00 GMT", "ISO 8601"),
        ("2016-02-30", "calendar"),
        ("2016-02-30T09:00", "calendar"),
        ("0000-01-01T09:00", "calendar"),
        ("2016-03-01T24:01", "time of day"),
        ("2016-03-01T09:60", "time of day"),
        ("2016-03-01T09:00+99:99", "offset"),
    ],
)
def test_what_names_no_time_is_refused_without_a_word_of_it(written: str, meaning: str) -> None:
    with pytest.raises(ValueError, match=meaning) as refused:
        read_time(written)

    assert "2016" not in str(refused.value)


@pytest.mark.parametrize(
    ("written", "moment", "assumed"),
    [
        ("2016-03-27T00:59:59", "2016-03-27T00:59:59+00:00", ""),
        ("2016-03-27T01:00", "2016-03-27T01:00:00+00:00", SKIPPED_HOUR),
        ("2016-03-27T01:59:59", "2016-03-27T01:59:59+00:00", SKIPPED_HOUR),
        ("2016-03-27T02:00", "2016-03-27T01:00:00+00:00", ""),
        ("2016-10-30T00:59:59", "2016-10-29T23:59:59+00:00", ""),
        ("2016-10-30T01:00", "2016-10-30T00:00:00+00:00", REPEATED_HOUR),
        ("2016-10-30T01:59:59", "2016-10-30T00:59:59+00:00", REPEATED_HOUR),
        ("2016-10-30T02:00", "2016-10-30T02:00:00+00:00", ""),
        ("2016-10-30T01:30Z", "2016-10-30T01:30:00+00:00", ""),
    ],
)
def test_in_the_hour_of_a_clock_change_what_was_assumed_is_noted(written: str, moment: str, assumed: str) -> None:
    read = read_time(written)

    assert (iso_text(read.when.earliest), read.assumed) == (moment, assumed)


@given(MOMENTS)
def test_what_clocks_in_london_show_is_read_back_as_the_same_instant(moment: datetime) -> None:
    moment = whole_second(moment)
    shown = in_london(moment)

    read = from_wall_clock(shown.replace(tzinfo=None))

    if shown.fold:
        assert read.assumed == REPEATED_HOUR
        assert moment - read.when.earliest == timedelta(hours=1)
    else:
        assert read.when == When.at(moment)
        assert read.assumed != SKIPPED_HOUR


@given(MOMENTS)
def test_a_time_that_is_written_out_is_read_back_the_same(moment: datetime) -> None:
    assert read_time(iso_text(moment)).when == When.at(whole_second(moment))


@given(MOMENTS, st.integers(-12 * 60, 14 * 60))
def test_fractions_are_cut_and_the_offset_is_taken_in(moment: datetime, minutes: int) -> None:
    elsewhere = moment.astimezone(timezone(timedelta(minutes=minutes)))
    whole = whole_second(elsewhere)

    assert timedelta(0) <= moment - whole < timedelta(seconds=1)
    assert (whole.microsecond, whole.utcoffset()) == (0, timedelta(0))


def test_a_time_without_an_offset_is_no_instant() -> None:
    with pytest.raises(ValueError, match="offset"):
        whole_second(datetime.fromisoformat("2016-03-01T09:00"))


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2016, 1, 15), "2016-01-15T00:00:00+00:00", "2016-01-15T23:59:59+00:00"),
        (date(2016, 7, 1), "2016-06-30T23:00:00+00:00", "2016-07-01T22:59:59+00:00"),
        (date(2016, 3, 27), "2016-03-27T00:00:00+00:00", "2016-03-27T22:59:59+00:00"),
        (date(2016, 10, 30), "2016-10-29T23:00:00+00:00", "2016-10-30T23:59:59+00:00"),
    ],
)
def test_a_day_is_the_day_in_london_from_its_first_second_to_its_last(day: date, first: str, last: str) -> None:
    assert (iso_text(start_of_day(day)), iso_text(end_of_day(day))) == (first, last)
    assert when_on_day(day) == read_time(day.isoformat()).when
    assert (when_on_day(day).earliest, when_on_day(day).latest) == (start_of_day(day), end_of_day(day))
    assert not when_on_day(day).is_exact


@given(st.dates(date(1972, 1, 2), date(2037, 12, 30)))
def test_one_day_ends_the_second_before_the_next_begins(day: date) -> None:
    next_day = day + timedelta(days=1)

    assert start_of_day(next_day) - end_of_day(day) == timedelta(seconds=1)
    assert (london_day(start_of_day(day)), london_day(end_of_day(day))) == (day, day)
    assert london_day(start_of_day(day) - timedelta(seconds=1)) == day - timedelta(days=1)


def test_what_london_shows_is_an_hour_ahead_in_summer() -> None:
    noon = datetime(2016, 7, 1, 12, tzinfo=UTC)

    assert (in_london(noon).hour, in_london(noon).tzinfo) == (13, LONDON)
    assert in_london(noon) == noon


@pytest.mark.parametrize(
    ("seconds", "hours"), [(0, 0.0), (3600, 1.0), (90, 0.03), (17, 0.0), (19, 0.01), (-1800, -0.5), (86_400, 24.0)]
)
def test_hours_between_two_instants_have_two_decimals(seconds: int, hours: float) -> None:
    earlier = datetime(2016, 3, 26, 20, tzinfo=UTC)

    assert hours_between(earlier, earlier + timedelta(seconds=seconds)) == hours


def test_over_a_clock_change_the_hours_that_passed_are_counted() -> None:
    assert hours_between(start_of_day(date(2016, 3, 27)), start_of_day(date(2016, 3, 28))) == 23.0
    assert hours_between(start_of_day(date(2016, 10, 30)), start_of_day(date(2016, 10, 31))) == 25.0


def test_times_are_ordered_by_their_earliest_and_then_by_their_latest_instant() -> None:
    midnight = start_of_day(date(2016, 3, 1))
    day, exact = when_on_day(date(2016, 3, 1)), When.at(midnight)

    assert exact < day < When.at(midnight + timedelta(seconds=1))
