"""Moments, days and spans in the words of a page: London time, how late or how soon, in days, hours or minutes."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from duecare.vocabulary.london_clock import LONDON, in_london
from duecare.vocabulary.moments import When, whole_second

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def day_words(day: date) -> str:
    """A day as pages write it.

    Example:
        >>> day_words(date(2016, 3, 1))
        '1 March 2016'
    """
    return f"{day.day} {day:%B %Y}"


def partial_words(text: str) -> str:
    """A date whose day or month may not be known; anything else is returned as it is.

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
    """A moment as clocks in London showed it, to the minute; in the hour that autumn repeats, with BST or GMT.

    Units:   Europe/London.
    Example:
        >>> from datetime import UTC
        >>> moment_words(datetime(2016, 7, 1, 8, 30, tzinfo=UTC))
        '1 July 2016 at 9:30am'
        >>> moment_words(datetime(2016, 10, 30, 0, 30, tzinfo=UTC))
        '30 October 2016 at 1:30am BST'
    """
    shown = in_london(moment)
    return f"{day_words(shown.date())} at {clock_words(shown)}{_which_of_two(shown)}"


def clock_words(shown: datetime) -> str:
    """The time of day in the 12-hour form of GOV.UK, without seconds.

    Example:
        >>> clock_words(datetime(2016, 7, 1, 9, 0)), clock_words(datetime(2016, 7, 1, 23, 33))
        ('9am', '11:33pm')
        >>> clock_words(datetime(2016, 7, 1, 12, 0)), clock_words(datetime(2016, 7, 1, 0, 5))
        ('12pm (midday)', '12:05am')
    """
    if (shown.hour, shown.minute) == (12, 0):
        return "12pm (midday)"
    if (shown.hour, shown.minute) == (0, 0):
        return "12am (midnight)"
    minutes = f":{shown.minute:02}" if shown.minute else ""
    return f"{shown.hour % 12 or 12}{minutes}{'am' if shown.hour < 12 else 'pm'}"


def updated_words(moment: datetime, now: datetime) -> str:
    """When something was last updated, seen from now: today, yesterday or on a day, with the time.

    Example:
        >>> from datetime import UTC
        >>> updated_words(datetime(2016, 3, 2, 23, 33, tzinfo=UTC), datetime(2016, 3, 2, 23, 50, tzinfo=UTC))
        'today at 11:33pm'
        >>> updated_words(datetime(2016, 3, 1, 9, 0, tzinfo=UTC), datetime(2016, 3, 2, 9, 0, tzinfo=UTC))
        'yesterday at 9am'
        >>> updated_words(datetime(2016, 2, 1, 9, 0, tzinfo=UTC), datetime(2016, 3, 2, 9, 0, tzinfo=UTC))
        '1 February 2016 at 9am'
    """
    shown = in_london(moment)
    days = (in_london(now).date() - shown.date()).days
    if days not in {0, 1}:
        return moment_words(moment)
    return f"{'today' if days == 0 else 'yesterday'} at {clock_words(shown)}{_which_of_two(shown)}"


def when_words(when: When | datetime) -> str:
    """When it happened; where only the day is known, the words say so.

    Unknown: a time known only to the day is never shown as midnight.
    """
    if isinstance(when, datetime):
        return moment_words(when)
    if when.is_exact:
        return moment_words(when.earliest)
    first, last = in_london(when.earliest).date(), in_london(when.latest).date()
    if first == last:
        return f"{day_words(first)}, time not known"
    return f"between {day_words(first)} and {day_words(last)}"


def machine_time(when: When | datetime) -> str:
    """The value of a `datetime` attribute: the moment to the whole second, or the day where only the day is known."""
    if isinstance(when, datetime):
        return whole_second(when).isoformat()
    return whole_second(when.earliest).isoformat() if when.is_exact else in_london(when.earliest).date().isoformat()


def span_words(span: timedelta) -> str:
    """A length of time in words, rounded down and never up.

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
        return _counted(span // DAY, "day")
    if span >= 6 * HOUR:
        return _counted(span // HOUR, "hour")
    if span >= HOUR:
        minutes = (span % HOUR) // MINUTE
        hours = _counted(span // HOUR, "hour")
        return f"{hours} {_counted(minutes, 'minute')}" if minutes else hours
    if span >= MINUTE:
        return _counted(span // MINUTE, "minute")
    return "less than a minute"


def late_words(due_at: datetime, until: datetime) -> str:
    """How late it is at `until`, such as `16 days late`."""
    return f"{span_words(until - due_at)} late"


def due_words(due_at: datetime, as_of: datetime) -> str:
    """How soon it is due, seen from `as_of`, or how late it is.

    Example:
        >>> from datetime import UTC
        >>> due_words(datetime(2016, 3, 2, 9, 40, tzinfo=UTC), datetime(2016, 3, 2, 9, 0, tzinfo=UTC))
        'due in 40 minutes'
    """
    if as_of > due_at:
        return late_words(due_at, as_of)
    return f"due in {span_words(due_at - as_of)}"


def ago_words(moment: datetime, now: datetime) -> str:
    """How long ago it was, seen from `now`."""
    return f"{span_words(now - moment)} ago" if moment <= now else f"in {span_words(moment - now)}"


def _counted(number: int, unit: str) -> str:
    return f"{number:,} {unit}" if number == 1 else f"{number:,} {unit}s"


def _which_of_two(shown: datetime) -> str:
    naive = shown.replace(tzinfo=None)
    first, second = naive.replace(tzinfo=LONDON, fold=0), naive.replace(tzinfo=LONDON, fold=1)
    return f" {shown:%Z}" if first.utcoffset() != second.utcoffset() else ""
