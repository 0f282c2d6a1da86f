"""London time: which instant a written time is, which of the two when clocks go back, and when a day begins and ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from duecare.vocabulary.moments import When, whole_second

LONDON = ZoneInfo("Europe/London")

_DAY_PATTERN = re.compile(r"\d{4}-\d{2}-\d{2}")
_ISO_PATTERN = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d{1,9})?(Z|z|[+-]\d{2}(?::?\d{2})?)?"
)

REPEATED_HOUR = "time falls in the hour that the autumn clock change repeats; read as the first of the two"
SKIPPED_HOUR = "time falls in the hour that the spring clock change skips; read with the offset before the change"


@dataclass(frozen=True, slots=True)
class ReadTime:
    """What a written time means: the instant or day, and what had to be assumed (empty when nothing)."""

    when: When
    assumed: str = ""


def read_time(time_text: str) -> ReadTime:
    """Read the instant or day that this ISO 8601 text names.

    Shape:   `2016-03-01`, `2016-03-01T09:00`, `2016-03-01 09:00:00+00:00`, `…Z`.
    Units:   without an offset, Europe/London wall-clock time.
    Raises:  ValueError, whose message holds no part of the text, when it names no time.
    """
    time_text = time_text.strip()
    if _DAY_PATTERN.fullmatch(time_text):
        return ReadTime(when_on_day(_read_day(time_text)))
    match = _ISO_PATTERN.fullmatch(time_text)
    if match is None:
        raise ValueError("not an ISO 8601 date or time")
    day_text, clock, offset = match.groups()
    _read_day(day_text)
    try:
        naive = datetime.fromisoformat(f"{day_text}T{clock}")
        if offset:
            return ReadTime(When.at(whole_second(datetime.fromisoformat(f"{day_text}T{clock}{_read_offset(offset)}"))))
    except (ValueError, OverflowError) as error:
        raise ValueError("not a time of day or not an offset") from error
    return from_wall_clock(naive)


def from_wall_clock(naive: datetime) -> ReadTime:
    """The instant of this Europe/London wall-clock time.

    Unknown: in the repeated hour the first of the two; in the skipped hour the offset before the change. Both are
             said in `assumed`.
    """
    first_instant = naive.replace(tzinfo=LONDON, fold=0)
    second = naive.replace(tzinfo=LONDON, fold=1)
    if first_instant.utcoffset() == second.utcoffset():
        return ReadTime(When.at(whole_second(first_instant)))
    before, after = first_instant.utcoffset(), second.utcoffset()
    assert before is not None and after is not None
    skipped = after > before
    return ReadTime(When.at(whole_second(first_instant)), SKIPPED_HOUR if skipped else REPEATED_HOUR)


def in_london(moment: datetime) -> datetime:
    """The wall-clock time in London at this instant."""
    return moment.astimezone(LONDON)


def london_day(moment: datetime) -> date:
    """The day in London at this instant."""
    return moment.astimezone(LONDON).date()


def start_of_day(calendar_day: date) -> datetime:
    """The first instant of a London day."""
    return whole_second(datetime.combine(calendar_day, time(0, 0, 0), LONDON))


def end_of_day(calendar_day: date) -> datetime:
    """The last whole second of a London day, 23:59:59."""
    return whole_second(datetime.combine(calendar_day, time(23, 59, 59), LONDON))


def when_on_day(calendar_day: date) -> When:
    """Some time on this London day."""
    return When(start_of_day(calendar_day), end_of_day(calendar_day))


def _read_day(day_text: str) -> date:
    try:
        return date.fromisoformat(day_text)
    except ValueError as error:
        raise ValueError("no such day in the calendar") from error


def _read_offset(offset_text: str) -> str:
    if offset_text in {"Z", "z"}:
        return "+00:00"
    digits = offset_text[1:].replace(":", "")
    return f"{offset_text[0]}{digits[:2]}:{digits[2:] or '00'}"
