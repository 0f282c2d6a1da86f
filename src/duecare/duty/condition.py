"""What must be so of an event for it to start, meet, excuse or end a duty: true, false, or cannot be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duecare.record.pole import EventRecord
from duecare.timeline.timelines import Born
from duecare.vocabulary.partial import PartialDate

Holds = bool | None
Answer = tuple[Holds, str]

YES: Answer = (True, "")
NO: Answer = (False, "")

_SAID = {"true": True, "yes": True, "y": True, "1": True, "false": False, "no": False, "n": False, "0": False}


@dataclass(frozen=True, slots=True)
class DetailIs:
    """Is this yes-or-no field of the event's detail as wanted? Absent or unreadable: it cannot be told."""

    field: str
    wanted: bool

    def ask(self, event: EventRecord, _born: Born | None, _on: date) -> Answer:
        """Does it hold of this event, and if that cannot be told, why?"""
        said = event.detail.get(self.field)
        known = said if isinstance(said, bool) else _SAID.get(str(said).strip().casefold())
        if known is None:
            return None, f"{event.kind} does not say {self.field}"
        return known is self.wanted, ""


@dataclass(frozen=True, slots=True)
class DetailAmong:
    """Is this word of the event's detail one of these? Absent: it cannot be told."""

    field: str
    words: tuple[str, ...]

    def ask(self, event: EventRecord, _born: Born | None, _on: date) -> Answer:
        """Does it hold of this event, and if that cannot be told, why?"""
        said = event.detail.get(self.field)
        if said is None or not str(said).strip():
            return None, f"{event.kind} does not say {self.field}"
        return _plain(str(said)) in self.words, ""


@dataclass(frozen=True, slots=True)
class OutcomeAmong:
    """Is the event's outcome one of these? Blank: it cannot be told."""

    words: tuple[str, ...]

    def ask(self, event: EventRecord, _born: Born | None, _on: date) -> Answer:
        """Does it hold of this event, and if that cannot be told, why?"""
        if not event.outcome.strip():
            return None, f"{event.kind} does not say its outcome"
        return _plain(event.outcome) in self.words, ""


@dataclass(frozen=True, slots=True)
class AgedAtLeast:
    """Had the subject attained this age on the day of the event? Age unknown: it cannot be told."""

    age: int

    def ask(self, event: EventRecord, born: Born | None, on: date) -> Answer:
        """Does it hold on the day of this event, and if that cannot be told, why?"""
        under = under_age(born, self.age, on)
        if under is None:
            return None, f"the age on the day of {event.kind} is not known"
        return not under, ""


@dataclass(frozen=True, slots=True)
class Every:
    """Do all of these hold?"""

    of: tuple[Condition, ...]

    def ask(self, event: EventRecord, born: Born | None, on: date) -> Answer:
        """No if one does not; cannot be told if one cannot and none does not; else yes."""
        return _joined([condition.ask(event, born, on) for condition in self.of], False)


@dataclass(frozen=True, slots=True)
class Either:
    """Does one of these hold?"""

    of: tuple[Condition, ...]

    def ask(self, event: EventRecord, born: Born | None, on: date) -> Answer:
        """Yes if one does; cannot be told if one cannot and none does; else no."""
        return _joined([condition.ask(event, born, on) for condition in self.of], True)


Condition = DetailIs | DetailAmong | OutcomeAmong | AgedAtLeast | Every | Either


def under_age(born: Born | None, age: int, on: date) -> bool | None:
    """Is someone so born under this age on that day? None: it cannot be told."""
    return born.is_under(age, on) if isinstance(born, PartialDate) else None


def _joined(answers: list[Answer], deciding: bool) -> Answer:
    unknown: Answer | None = None
    for answer in answers:
        if answer[0] is deciding:
            return deciding, ""
        if answer[0] is None and unknown is None:
            unknown = answer
    return unknown or (not deciding, "")


def _plain(text: str) -> str:
    return text.strip().casefold().replace(" ", "_").replace("-", "_")
