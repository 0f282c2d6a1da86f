"""Instants and days as the integers that engines store, and Python values as SQL constants."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
DAY_ONE = date(1970, 1, 1).toordinal()
A_DAY = 86_400_000_000
_BEFORE_ALL = 10_000_000


def to_micros(moment: datetime) -> int:
    """The microseconds from 1970 to this instant."""
    return (moment - EPOCH) // MICROSECOND


def moment_of(number: int) -> datetime:
    """The instant so many microseconds after 1970."""
    return EPOCH + timedelta(microseconds=number)


def day_number(calendar_day: date) -> int:
    """The days from 1 January 1970 to this day."""
    return calendar_day.toordinal() - DAY_ONE


def day_of(number: int) -> date:
    """The day so many days after 1 January 1970."""
    return date.fromordinal(number + DAY_ONE)


def utc_day(column: str) -> str:
    """The expression for the number of the day, in UTC, of an instant of any age."""
    return f"({column} + {_BEFORE_ALL * A_DAY}) // {A_DAY} - {_BEFORE_ALL}"


def sql_text(text_value: str) -> str:
    """This text as an SQL literal."""
    return "'" + text_value.replace("'", "''") + "'"


def sql_among(number_list: list[int]) -> str:
    """These numbers as SQL lists them; one that is never met where there is none."""
    return ", ".join(map(str, number_list)) or "-1"
