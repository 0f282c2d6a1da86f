"""Instants: a time and how exactly it is known, in UTC whole seconds, as it is written in what we send out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True, order=True)
class When:
    """A time, and how exactly it is known.

    Shape:   the earliest and the latest instant it can have been; equal when the time is exact.
    Units:   UTC, whole seconds.
    """

    earliest: datetime
    latest: datetime

    @property
    def is_exact(self) -> bool:
        """Whether the time is known to the second."""
        return self.earliest == self.latest

    @classmethod
    def at(cls, moment: datetime) -> When:
        """The exact time `moment`."""
        return cls(moment, moment)


def whole_second(moment: datetime) -> datetime:
    """This aware time as a UTC whole second; fractions are cut, never rounded.

    Raises:  ValueError if the time carries no offset.
    """
    if moment.tzinfo is None:
        raise ValueError("a time without an offset is not an instant")
    return moment.astimezone(UTC).replace(microsecond=0)


def iso_text(moment: datetime) -> str:
    """The text of this instant in what we send out: `2016-03-02T09:00:00+00:00`."""
    return whole_second(moment).isoformat()


def hours_between(earlier: datetime, later: datetime) -> float:
    """The elapsed hours between two instants, to two decimals."""
    return round((later - earlier) / timedelta(hours=1), 2)
