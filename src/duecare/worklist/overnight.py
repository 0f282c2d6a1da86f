"""Was a child kept in custody overnight, by the force's own definition of a night?"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from duecare.rulebook.overnight import Overnight
from duecare.vocabulary.moments import LONDON, When, instant, london_day

NONE = timedelta(0)


def is_overnight(by: Overnight, arrived: When, left: When | None, as_of: datetime) -> bool | None:
    """Was this stay overnight by this definition, as far as it had come at `as_of`?

    Shape:   `left` None: still there.
    Unknown: None, where the time of arriving or leaving is not known well enough to tell.
    """
    ends = (as_of, as_of) if left is None else (min(left.earliest, as_of), min(left.latest, as_of))
    if longest_night(by, arrived.latest, ends[0]) >= timedelta(hours=by.hours):
        return True
    return None if longest_night(by, arrived.earliest, ends[1]) >= timedelta(hours=by.hours) else False


def longest_night(by: Overnight, arrived_at: datetime, left_at: datetime) -> timedelta:
    """How much of one night, of the night of which most was spent there, fell between arriving and leaving?

    Units:   elapsed time, so that the night on which the clocks change is an hour shorter or longer.
    """
    longest, day = NONE, london_day(arrived_at)
    while day <= london_day(left_at):
        opens, closes = _clock(day, by.opens), _clock(day, by.closes)
        longest = max(longest, min(left_at, closes) - max(arrived_at, opens))
        day += timedelta(days=1)
    return longest


def _clock(day: date, hour: float) -> datetime:
    return instant(datetime.combine(day, time(*divmod(round(hour * 60), 60)), LONDON))
