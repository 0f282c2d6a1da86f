"""Moments, days and spans in the words of a page: London time, and how late or how soon."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from duecare.vocabulary.moments import LONDON, When, instant, london

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def day_words(day: date) -> str:
    """How is this day written on a page?

    Example:
        >>> day_words(date(2016, 3, 1))
        '1 March 2016'
    """
    return f"{day.day} {day:%B %Y}"


def partial_words(text: str) -> str:
    """How is this date written, of which the day or the month may not be known? Anything else is left as it is.

    Example:
        >>> partial_words("2004-05-01"), partial_words("2004-05"), partial_words("2004")
        ('1 May 2004', 'May 2004', '2004')
    """
    try:
        if len(text) == 7:
            return f"{date.fromisoformat(f'{text}-01'):%B %Y}"
        return day_words(date.fromisoformat(text)) if len(text) == 10 else text
    except ValueError:
        return text


def moment_words(moment: datetime) -> str:
    """What did clocks in London show? In the hour that autumn repeats, which of the two is said.

    Units:   Europe/London.
    Example:
        >>> from datetime import UTC
        >>> moment_words(datetime(2016, 7, 1, 8, 30, tzinfo=UTC))
        '1 July 2016, 09:30'
        >>> moment_words(datetime(2016, 10, 30, 0, 30, tzinfo=UTC))
        '30 October 2016, 01:30 BST'
    """
    shown = london(moment)
    seconds = f":{shown:%S}" if shown.second and (shown.minute, shown.second) != (59, 59) else ""
    return f"{day_words(shown.date())}, {shown:%H:%M}{seconds}{_which_of_two(shown)}"


def minute_words(when: When | datetime) -> str:
    """When was it, to the minute? For what was said, counted or sent, where seconds tell a reader nothing.

    Example:
        >>> from datetime import UTC
        >>> minute_words(datetime(2016, 7, 1, 8, 30, 9, tzinfo=UTC))
        '1 July 2016, 09:30'
    """
    if isinstance(when, When):
        return minute_words(when.earliest) if when.is_exact else when_words(when)
    return moment_words(when.replace(second=0))


def when_words(when: When | datetime) -> str:
    """When did it happen, and if only the day is known, is that said?

    Unknown: a time known only to the day is never shown as midnight.
    """
    if isinstance(when, datetime):
        return moment_words(when)
    if when.is_exact:
        return moment_words(when.earliest)
    first, last = london(when.earliest).date(), london(when.latest).date()
    if first == last:
        return f"{day_words(first)}, time not given"
    return f"between {day_words(first)} and {day_words(last)}"


def machine_time(when: When | datetime) -> str:
    """What stands in the `datetime` attribute: an instant, or the day where only the day is known?"""
    if isinstance(when, datetime):
        return instant(when).isoformat()
    return instant(when.earliest).isoformat() if when.is_exact else london(when.earliest).date().isoformat()


def span_words(span: timedelta) -> str:
    """How long is this, as a colleague would say it? Rounded down, never up.

    Example:
        >>> span_words(timedelta(days=16))
        '16 days'
        >>> span_words(timedelta(hours=1, minutes=20))
        '1 hour 20 minutes'
        >>> span_words(timedelta(seconds=20))
        'less than a minute'
    """
    span = abs(span)
    if span >= 2 * DAY:
        return _count(span // DAY, "day")
    if span >= 6 * HOUR:
        return _count(span // HOUR, "hour")
    if span >= HOUR:
        minutes = (span % HOUR) // MINUTE
        hours = _count(span // HOUR, "hour")
        return f"{hours} {_count(minutes, 'minute')}" if minutes else hours
    if span >= MINUTE:
        return _count(span // MINUTE, "minute")
    return "less than a minute"


def late_words(due_at: datetime, until: datetime) -> str:
    """How late is it at `until`? `16 days late`."""
    return f"{span_words(until - due_at)} late"


def due_words(due_at: datetime, as_of: datetime) -> str:
    """How soon is it due, seen from `as_of`; or how late is it?

    Example:
        >>> from datetime import UTC
        >>> due_words(datetime(2016, 3, 2, 9, 40, tzinfo=UTC), datetime(2016, 3, 2, 9, 0, tzinfo=UTC))
        'due in 40 minutes'
    """
    if as_of > due_at:
        return late_words(due_at, as_of)
    return f"due in {span_words(due_at - as_of)}"


def ago_words(moment: datetime, now: datetime) -> str:
    """How long ago was this, seen from `now`?"""
    return f"{span_words(now - moment)} ago" if moment <= now else f"in {span_words(moment - now)}"


def _count(number: int, unit: str) -> str:
    return f"{number:,} {unit}" if number == 1 else f"{number:,} {unit}s"


def _which_of_two(shown: datetime) -> str:
    naive = shown.replace(tzinfo=None)
    first, second = naive.replace(tzinfo=LONDON, fold=0), naive.replace(tzinfo=LONDON, fold=1)
    return f" {shown:%Z}" if first.utcoffset() != second.utcoffset() else ""
