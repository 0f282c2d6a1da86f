"""Whether a child was kept in custody overnight, by the force's own definition of a night."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from duecare.rulebook.overnight import Overnight
from duecare.vocabulary.london_clock import LONDON, london_day
from duecare.vocabulary.moments import When, whole_second

NO_TIME = timedelta(0)


def is_overnight(definition: Overnight, arrived: When, left_at: When | None, as_of: datetime) -> bool | None:
    """Whether this stay was overnight by this definition, as far as it had come at `as_of`.

    Shape:   `left_at` None: still there.
    Unknown: None, where the time of arriving or leaving is not known well enough to tell.
    """
    possible_ends = (as_of, as_of) if left_at is None else (min(left_at.earliest, as_of), min(left_at.latest, as_of))
    if longest_night(definition, arrived.latest, possible_ends[0]) >= timedelta(hours=definition.hours):
        return True
    return (
        None
        if longest_night(definition, arrived.earliest, possible_ends[1]) >= timedelta(hours=definition.hours)
        else False
    )


def longest_night(definition: Overnight, arrived_at: datetime, left_at: datetime) -> timedelta:
    """The longest part of any one night between arriving and leaving.

    Units:   elapsed time, so that the night on which the clocks change is an hour shorter or longer.
    """
    longest, night_day = NO_TIME, london_day(arrived_at)
    while night_day <= london_day(left_at):
        opens, closes = _clock_time(night_day, definition.opens), _clock_time(night_day, definition.closes)
        longest = max(longest, min(left_at, closes) - max(arrived_at, opens))
        night_day += timedelta(days=1)
    return longest


def _clock_time(night_day: date, clock_hour: float) -> datetime:
    return whole_second(datetime.combine(night_day, time(*divmod(round(clock_hour * 60), 60)), LONDON))
