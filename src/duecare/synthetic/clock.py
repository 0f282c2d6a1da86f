"""Seconds since 1970 and how each source writes them down."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta
from typing import Final

HOUR: Final = 3600
DAY: Final = 86400

_EPOCH = date(1970, 1, 1)
_days: dict[int, str] = {}
_clocks: dict[int, str] = {}


def seconds(moment: datetime) -> int:
    """Which second is this aware time?"""
    return int(moment.astimezone(UTC).timestamp())


def wall(text: str) -> int:
    """Which second is this London wall-clock time, such as `2016-03-01 09:00`? In the repeated hour, the first."""
    naive = int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())
    return naive - HOUR if is_summer(naive - HOUR) else naive


def day_number(day: date) -> int:
    """How many days after 1 January 1970 is this day?"""
    return (day - _EPOCH).days


def day_text(number: int) -> str:
    """How is the day with this number written? `2016-03-01`."""
    text = _days.get(number)
    if text is None:
        text = _days[number] = (_EPOCH + timedelta(days=number)).isoformat()
    return text


def utc_text(second: int) -> str:
    """How does a source that writes offsets write this second? `2016-03-01T09:00:00+00:00`."""
    day, rest = divmod(second, DAY)
    return f"{_days.get(day) or day_text(day)}T{_clocks.get(rest) or _clock(rest)}+00:00"


def london_text(second: int) -> str:
    """How does a source that writes the clock on the wall write this second? `2016-07-01T10:00:00`."""
    day, rest = divmod(second + HOUR if is_summer(second) else second, DAY)
    return f"{_days.get(day) or day_text(day)}T{_clocks.get(rest) or _clock(rest)}"


def london_day_text(second: int) -> str:
    """Which day was it in London at this second?"""
    return day_text((second + HOUR if is_summer(second) else second) // DAY)


def is_summer(second: int) -> bool:
    """Did clocks in London stand at British Summer Time?"""
    return bisect_right(_CHANGES, second) % 2 == 1


def _clock(rest: int) -> str:
    text = _clocks[rest] = f"{rest // HOUR:02d}:{rest % HOUR // 60:02d}:{rest % 60:02d}"
    return text


def _last_sunday(year: int, month: int) -> int:
    last = date(year, month, 31)
    return day_number(last - timedelta(days=(last.weekday() + 1) % 7)) * DAY + HOUR


_CHANGES: Final = [_last_sunday(year, month) for year in range(1996, 2041) for month in (3, 10)]
