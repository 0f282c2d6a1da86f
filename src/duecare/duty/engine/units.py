"""Instants and days as the numbers in which the engines hold them, and how SQL writes a constant."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
DAY_ONE = date(1970, 1, 1).toordinal()
A_DAY = 86_400_000_000
_BEFORE_ALL = 10_000_000


def micros(moment: datetime) -> int:
    """Which number of microseconds since 1970 is this instant?"""
    return (moment - EPOCH) // MICROSECOND


def moment_of(number: int) -> datetime:
    """Which instant is so many microseconds after 1970?"""
    return EPOCH + timedelta(microseconds=number)


def day_number(day: date) -> int:
    """How many days after 1 January 1970 is this day?"""
    return day.toordinal() - DAY_ONE


def day_of(number: int) -> date:
    """Which day is so many days after 1 January 1970?"""
    return date.fromordinal(number + DAY_ONE)


def utc_day(column: str) -> str:
    """The expression for the number of the day, in UTC, of an instant of any age."""
    return f"({column} + {_BEFORE_ALL * A_DAY}) // {A_DAY} - {_BEFORE_ALL}"


def text(said: str) -> str:
    """How is this text written in SQL?"""
    return "'" + said.replace("'", "''") + "'"


def among(said: list[int]) -> str:
    """These numbers as SQL lists them; one that is never met where there is none."""
    return ", ".join(map(str, said)) or "-1"
