"""Times as texts: the canonical text of a written time, fast enough for millions of rows."""

from __future__ import annotations

import contextlib
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from duecare.vocabulary.london_clock import LONDON, read_time
from duecare.vocabulary.moments import iso_text


class ReadText(NamedTuple):
    """The meaning of a written time, as text.

    Shape:   `text` is UTC ISO text of a whole second, or the day alone where only the day is known. `earliest` is
             always an instant: of a day, its first.
    """

    text: str
    earliest: str
    assumed: str


_CHANGES: Final = timedelta.max
_offsets: dict[str, timedelta] = {}


def read_clock(clock_text: str) -> ReadText:
    """Read the instant or day that this ISO 8601 text names, as canonical text.

    Units:   without an offset, Europe/London wall-clock time; the answer is UTC, whole seconds.
    Raises:  ValueError, whose message holds no part of the text, when it names no time.
    Example:
        >>> read_clock("2016-07-01 10:00").text
        '2016-07-01T09:00:00+00:00'
    """
    if len(clock_text) == 25 and clock_text[19:] == "+00:00" and _is_plain_clock(clock_text):
        canonical = clock_text if clock_text[10] == "T" else f"{clock_text[:10]}T{clock_text[11:]}"
        with contextlib.suppress(ValueError):
            datetime.fromisoformat(canonical)
            return ReadText(canonical, canonical, "")
    if len(clock_text) == 19 and _is_plain_clock(clock_text):
        offset = _offset_of_day(clock_text[:10])
        if offset is not _CHANGES:
            with contextlib.suppress(ValueError, OverflowError):
                canonical = (datetime.fromisoformat(clock_text) - offset).isoformat() + "+00:00"
                return ReadText(canonical, canonical, "")
    try:
        time_read = read_time(clock_text)
    except OverflowError:
        raise ValueError("no such time") from None
    earliest = iso_text(time_read.when.earliest)
    return ReadText(earliest if time_read.when.is_exact else clock_text.strip(), earliest, time_read.assumed)


def _is_plain_clock(clock_text: str) -> bool:
    return (
        clock_text[4] == "-"
        and clock_text[7] == "-"
        and clock_text[10] in "T "
        and clock_text[13] == ":"
        and clock_text[16] == ":"
        and clock_text.isascii()
    )


def _offset_of_day(day_text: str) -> timedelta:
    """London's offset on a day on which it does not change; `_CHANGES` on one on which it does, or on no day."""
    known_offset = _offsets.get(day_text)
    if known_offset is None:
        if len(_offsets) > 50_000:
            _offsets.clear()
        known_offset = _offsets[day_text] = _find_offset(day_text)
    return known_offset


def _find_offset(day_text: str) -> timedelta:
    try:
        calendar_day = date.fromisoformat(day_text)
        start = datetime(calendar_day.year, calendar_day.month, calendar_day.day, tzinfo=LONDON)
        begin, end_offset = start.utcoffset(), (start + timedelta(hours=23, minutes=59)).utcoffset()
    except (ValueError, OverflowError):
        return _CHANGES
    if begin is None or begin != end_offset or begin.total_seconds() % 60:
        return _CHANGES
    return begin
