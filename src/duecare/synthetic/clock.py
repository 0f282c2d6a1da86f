"""Seconds since 1970 and how each source writes them down."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta
from typing import Final

HOUR_SECONDS: Final = 3600
DAY_SECONDS: Final = 86400

_EPOCH = date(1970, 1, 1)
_day_texts: dict[int, str] = {}
_clocks: dict[int, str] = {}


def to_seconds(moment: datetime) -> int:
    """The second of this aware time."""
    return int(moment.astimezone(UTC).timestamp())


def wall_seconds(wall_text: str) -> int:
    """The second of this London wall-clock time, such as `2016-03-01 09:00`; in the repeated hour, the first."""
    naive = int(datetime.fromisoformat(wall_text).replace(tzinfo=UTC).timestamp())
    return naive - HOUR_SECONDS if is_summer(naive - HOUR_SECONDS) else naive


def day_number(calendar_day: date) -> int:
    """The days from 1 January 1970 to this day."""
    return (calendar_day - _EPOCH).days


def day_text(number: int) -> str:
    """The text of the day with this number: `2016-03-01`."""
    day_written = _day_texts.get(number)
    if day_written is None:
        day_written = _day_texts[number] = (_EPOCH + timedelta(days=number)).isoformat()
    return day_written


def utc_text(second: int) -> str:
    """This second as a source with offsets writes it: `2016-03-01T09:00:00+00:00`."""
    day_count, rest_seconds = divmod(second, DAY_SECONDS)
    return f"{_day_texts.get(day_count) or day_text(day_count)}T{_clocks.get(rest_seconds) or _clock_text(rest_seconds)}+00:00"


def london_text(second: int) -> str:
    """This second as a source with the clock on the wall writes it: `2016-07-01T10:00:00`."""
    day_count, rest_seconds = divmod(second + HOUR_SECONDS if is_summer(second) else second, DAY_SECONDS)
    return (
        f"{_day_texts.get(day_count) or day_text(day_count)}T{_clocks.get(rest_seconds) or _clock_text(rest_seconds)}"
    )


def london_day_text(second: int) -> str:
    """The day in London at this second."""
    return day_text((second + HOUR_SECONDS if is_summer(second) else second) // DAY_SECONDS)


def is_summer(second: int) -> bool:
    """Whether clocks in London stood at British Summer Time."""
    return bisect_right(_CHANGES, second) % 2 == 1


def _clock_text(rest_seconds: int) -> str:
    clock_written = _clocks[rest_seconds] = (
        f"{rest_seconds // HOUR_SECONDS:02d}:{rest_seconds % HOUR_SECONDS // 60:02d}:{rest_seconds % 60:02d}"
    )
    return clock_written


def _last_sunday(calendar_year: int, month: int) -> int:
    last_date = date(calendar_year, month, 31)
    return day_number(last_date - timedelta(days=(last_date.weekday() + 1) % 7)) * DAY_SECONDS + HOUR_SECONDS


_CHANGES: Final = [_last_sunday(change_year, month) for change_year in range(1996, 2041) for month in (3, 10)]
