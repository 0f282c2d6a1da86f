"""Dates of which only the year, or the year and month, may be known."""

from __future__ import annotations

import calendar as _calendar
import re
from dataclasses import dataclass
from datetime import date

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}|XX|xx|00|\?\?))?(?:-(\d{2}|XX|xx|00|\?\?))?")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date of which only a part may be known.

    Shape:   the earliest and the latest day it can be; equal when the whole date is known.
    """

    earliest: date
    latest: date

    @property
    def is_whole(self) -> bool:
        """Whether the day is known."""
        return self.earliest == self.latest

    def __str__(self) -> str:
        if self.is_whole:
            return self.earliest.isoformat()
        if (self.earliest.year, self.earliest.month) == (self.latest.year, self.latest.month):
            return self.earliest.isoformat()[:7]
        return str(self.earliest.year)


def read_partial_date(date_text: str) -> PartialDate:
    """Read a written date that may be partial: `2009-05-14`, `2009-05`, `2009-05-XX`, `2009`.

    Raises:  ValueError, whose message holds no part of the text, when it names no date.
    """
    match = _PARTIAL.fullmatch(date_text.strip())
    if match is None:
        raise ValueError("not a date YYYY-MM-DD, YYYY-MM or YYYY")
    year_number, month, day_number = int(match[1]), _known_number(match[2]), _known_number(match[3])
    if not 1000 <= year_number <= 2999:
        raise ValueError("no such year")
    if month is None:
        if day_number is not None:
            raise ValueError("a day without its month")
        return PartialDate(date(year_number, 1, 1), date(year_number, 12, 31))
    try:
        if day_number is None:
            return PartialDate(
                date(year_number, month, 1), date(year_number, month, _calendar.monthrange(year_number, month)[1])
            )
        return PartialDate(date(year_number, month, day_number), date(year_number, month, day_number))
    except (ValueError, _calendar.IllegalMonthError) as error:
        raise ValueError("no such day in the calendar") from error


def _known_number(number_text: str | None) -> int | None:
    return int(number_text) if number_text and number_text.isdigit() and number_text != "00" else None
