"""A moment that notes when a result worked out with it would next be different."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from typing import overload

SECOND = timedelta(seconds=1)


class WatchedMoment(datetime):
    """A moment that notes every comparison made with it, and so when the first of them would give another answer.

    Shape:   equal to, and ordered as, the moment it was made of. As long as a later moment stays before `turns_at`, the same
             work done with it gives the same result.
    Units:   whole seconds.
    """

    turns_at: datetime | None
    _of: WatchedMoment | None
    _later_by: timedelta

    @classmethod
    def watch(cls, moment: datetime) -> WatchedMoment:
        """This moment, watched."""
        return cls._made(moment)

    @property
    def plain(self) -> datetime:
        """The moment itself, which notes nothing."""
        return datetime.combine(self.date(), self.time(), self.tzinfo)

    def note(self, at: datetime) -> None:
        """Note that the result may be different from this moment on."""
        if self._of is not None:
            self._of.note(at - self._later_by)
        elif datetime.__gt__(at, self) is True and (self.turns_at is None or at < self.turns_at):
            self.turns_at = at

    def note_every_second(self) -> None:
        """Note that the result changes with the moment itself."""
        self.note(self.plain + SECOND)

    def __lt__(self, other: datetime, /) -> bool:  # type: ignore[override]
        """As of moments."""
        self._note_reaching(other)
        return datetime.__lt__(self, other)

    def __ge__(self, other: datetime, /) -> bool:  # type: ignore[override]
        """As of moments."""
        self._note_reaching(other)
        return datetime.__ge__(self, other)

    def __le__(self, other: datetime, /) -> bool:  # type: ignore[override]
        """As of moments."""
        self._note_passing(other)
        return datetime.__le__(self, other)

    def __gt__(self, other: datetime, /) -> bool:  # type: ignore[override]
        """As of moments."""
        self._note_passing(other)
        return datetime.__gt__(self, other)

    def __eq__(self, other: object, /) -> bool:
        """As of moments."""
        if isinstance(other, datetime):
            self._note_reaching(other)
            self._note_passing(other)
        return datetime.__eq__(self, other)

    __hash__ = datetime.__hash__

    @overload  # type: ignore[override]
    def __sub__(self, other: datetime, /) -> timedelta: ...
    @overload
    def __sub__(self, other: timedelta, /) -> WatchedMoment: ...
    def __sub__(self, other: datetime | timedelta, /) -> timedelta | WatchedMoment:
        """How long since, which changes every second; or so much earlier, watched too."""
        if isinstance(other, timedelta):
            return self + -other
        self.note_every_second()
        return self.plain - (other.plain if isinstance(other, WatchedMoment) else other)

    def __rsub__(self, other: datetime, /) -> timedelta:
        """How long until, which changes every second."""
        self.note_every_second()
        return other - self.plain

    def __add__(self, other: timedelta, /) -> WatchedMoment:
        """So much later, watched too."""
        return self._made(self.plain + other, self, other)

    __radd__ = __add__

    def astimezone(self, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        """What clocks show there, which is known to be the same day until the next midnight there."""
        there = self.plain.astimezone(tz)
        midnight = datetime.combine(there.date() + timedelta(days=1), datetime.min.time(), there.tzinfo)
        self.note(midnight.astimezone(self.tzinfo))
        return there

    def timestamp(self) -> float:
        """Seconds since 1970, which change every second."""
        self.note_every_second()
        return self.plain.timestamp()

    @classmethod
    def _made(
        cls, moment: datetime, of: WatchedMoment | None = None, later_by: timedelta = timedelta(0)
    ) -> WatchedMoment:
        made = cls.combine(moment.date(), moment.time(), moment.tzinfo)
        made.turns_at, made._of, made._later_by = None, of, later_by
        return made

    def _note_reaching(self, other: datetime) -> None:
        self.note(other)

    def _note_passing(self, other: datetime) -> None:
        self.note(other + SECOND)


def unwatched(moment: datetime) -> datetime:
    """The same moment, whose comparisons are not noted."""
    return moment.plain if isinstance(moment, WatchedMoment) else moment


def earliest_turn(*turns: datetime | None) -> datetime | None:
    """The first of these, leaving out what never comes."""
    return min((turn for turn in turns if turn is not None), default=None)
