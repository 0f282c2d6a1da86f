"""Times as texts: the canonical text of a written time, fast enough for millions of rows."""

from __future__ import annotations

import contextlib
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from duecare.vocabulary.moments import LONDON, iso_text, read_time


class ReadText(NamedTuple):
    """What does a written time mean, as text?

    Shape:   `text` is UTC ISO text of a whole second, or the day alone where only the day is known. `earliest` is
             always an instant: of a day, its first.
    """

    text: str
    earliest: str
    assumed: str


_CHANGES: Final = timedelta.max
_offsets: dict[str, timedelta] = {}


def read_clock(text: str) -> ReadText:
    """What instant or day does this ISO 8601 text name, as canonical text?

    Units:   without an offset, Europe/London wall-clock time; the answer is UTC, whole seconds.
    Raises:  ValueError, whose message holds no part of the text, when it names no time.
    Example:
        >>> read_clock("2016-07-01 10:00").text
        '2016-07-01T09:00:00+00:00'
    """
    if len(text) == 25 and text[19:] == "+00:00" and _plain(text):
        canonical = text if text[10] == "T" else f"{text[:10]}T{text[11:]}"
        with contextlib.suppress(ValueError):
            datetime.fromisoformat(canonical)
            return ReadText(canonical, canonical, "")
    if len(text) == 19 and _plain(text):
        offset = _offset_of_day(text[:10])
        if offset is not _CHANGES:
            with contextlib.suppress(ValueError, OverflowError):
                canonical = (datetime.fromisoformat(text) - offset).isoformat() + "+00:00"
                return ReadText(canonical, canonical, "")
    try:
        read = read_time(text)
    except OverflowError:
        raise ValueError("no such time") from None
    earliest = iso_text(read.when.earliest)
    return ReadText(earliest if read.when.is_exact else text.strip(), earliest, read.assumed)


def _plain(text: str) -> bool:
    return (
        text[4] == "-"
        and text[7] == "-"
        and text[10] in "T "
        and text[13] == ":"
        and text[16] == ":"
        and text.isascii()
    )


def _offset_of_day(day: str) -> timedelta:
    """London's offset on a day on which it does not change; `_CHANGES` on one on which it does, or on no day."""
    found = _offsets.get(day)
    if found is None:
        if len(_offsets) > 50_000:
            _offsets.clear()
        found = _offsets[day] = _find_offset(day)
    return found


def _find_offset(day: str) -> timedelta:
    try:
        first = date.fromisoformat(day)
        start = datetime(first.year, first.month, first.day, tzinfo=LONDON)
        begin, end = start.utcoffset(), (start + timedelta(hours=23, minutes=59)).utcoffset()
    except (ValueError, OverflowError):
        return _CHANGES
    if begin is None or begin != end or begin.total_seconds() % 60:
        return _CHANGES
    return begin
