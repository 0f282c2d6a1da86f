"""What must be so of an event for it to start, meet, excuse or end a duty: true, false, or not known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from duecare.duty.roster import Roster
from duecare.record.pole import EventRecord
from duecare.timeline.timelines import Born
from duecare.vocabulary.ages import is_under_age
from duecare.vocabulary.partial_date import PartialDate

Holds = bool | None
Answer = tuple[Holds, str]

ANSWER_YES: Answer = (True, "")
ANSWER_NO: Answer = (False, "")


@dataclass(frozen=True, slots=True)
class About:
    """What is known besides the event itself: the day, the subject, the kind of its case, and the officers.

    Unknown: `born` None and `sex` empty where there is no subject, or nothing is known of it.
    """

    on: date
    born: Born | None = None
    sex: str = ""
    case_kind: str = ""
    roster: Roster | None = None


_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", re.ASCII)

_TRUTH_WORDS = {"true": True, "yes": True, "y": True, "1": True, "false": False, "no": False, "n": False, "0": False}


@dataclass(frozen=True, slots=True)
class DetailIs:
    """Whether this yes-or-no field of the event's detail is as wanted; absent or unreadable: not known."""

    field: str
    wanted: bool

    def ask(self, event: EventRecord, _about: About) -> Answer:
        """Whether it is true of this event, and if that is not known, why."""
        detail_value = event.detail.get(self.field)
        known_value = (
            detail_value if isinstance(detail_value, bool) else _TRUTH_WORDS.get(str(detail_value).strip().casefold())
        )
        if known_value is None:
            return None, f"{event.kind} does not say {self.field}"
        return known_value is self.wanted, ""


@dataclass(frozen=True, slots=True)
class DetailAmong:
    """Whether this word of the event's detail is one of these; absent: not known."""

    field: str
    words: tuple[str, ...]

    def ask(self, event: EventRecord, _about: About) -> Answer:
        """Whether it is true of this event, and if that is not known, why."""
        detail_value = event.detail.get(self.field)
        if detail_value is None or not str(detail_value).strip():
            return None, f"{event.kind} does not say {self.field}"
        return _plain_text(str(detail_value)) in self.words, ""


@dataclass(frozen=True, slots=True)
class OutcomeAmong:
    """Whether the event's outcome is one of these; blank: not known."""

    words: tuple[str, ...]

    def ask(self, event: EventRecord, _about: About) -> Answer:
        """Whether it is true of this event, and if that is not known, why."""
        if not event.outcome.strip():
            return None, f"{event.kind} does not say its outcome"
        return _plain_text(event.outcome) in self.words, ""


@dataclass(frozen=True, slots=True)
class AgedAtLeast:
    """Whether the subject had attained this age on the day of the event; age unknown: not known."""

    age: int

    def ask(self, event: EventRecord, about: About) -> Answer:
        """Whether it is true on the day of this event, and if that is not known, why."""
        under = under_age(about.born, self.age, about.on)
        if under is None:
            return None, f"the age on the day of {event.kind} is not known"
        return not under, ""


@dataclass(frozen=True, slots=True)
class AgedUnder:
    """Whether the subject had not yet attained this age on the day of the event; age unknown: not known."""

    age: int

    def ask(self, event: EventRecord, about: About) -> Answer:
        """Whether it is true on the day of this event, and if that is not known, why."""
        under = under_age(about.born, self.age, about.on)
        if under is None:
            return None, f"the age on the day of {event.kind} is not known"
        return under, ""


@dataclass(frozen=True, slots=True)
class SubjectSex:
    """Whether the subject is recorded as being of this sex; not recorded, or recorded in two ways: not known."""

    sex: str

    def ask(self, event: EventRecord, about: About) -> Answer:
        """Whether it is true, and if that is not known, why."""
        if not about.sex:
            return None, f"the sex of whom {event.kind} concerns is not known"
        return about.sex == self.sex, ""


@dataclass(frozen=True, slots=True)
class RiskAmong:
    """Whether the event's risk grade is one of these; blank is no grade, true only where the empty word is among them."""

    words: tuple[str, ...]

    def ask(self, event: EventRecord, _about: About) -> Answer:
        """Whether it is true of this event."""
        return _plain_text(event.risk) in self.words, ""


@dataclass(frozen=True, slots=True)
class KindAmong:
    """Whether the event is of one of these kinds."""

    kinds: tuple[str, ...]

    def ask(self, event: EventRecord, _about: About) -> Answer:
        """Whether it is true of this event."""
        return event.kind in self.kinds, ""


@dataclass(frozen=True, slots=True)
class CaseKindAmong:
    """Whether the event's case is of one of these kinds; a case of no known kind is of none."""

    kinds: tuple[str, ...]

    def ask(self, _event: EventRecord, about: About) -> Answer:
        """Whether it is true of the case of this event."""
        return about.case_kind in self.kinds, ""


@dataclass(frozen=True, slots=True)
class DetailGiven:
    """Whether the event's detail has anything in this field."""

    field: str

    def ask(self, event: EventRecord, _about: About) -> Answer:
        """Whether it is true of this event."""
        detail_value = event.detail.get(self.field)
        return detail_value is not None and bool(
            str(detail_value).strip()
        ) and detail_value != [] and detail_value != {}, ""


@dataclass(frozen=True, slots=True)
class DetailHas:
    """Whether this field of the event's detail has something under each of these names."""

    field: str
    names: tuple[str, ...]

    def ask(self, event: EventRecord, _about: About) -> Answer:
        """Whether it is true of this event."""
        detail_value = event.detail.get(self.field)
        if not isinstance(detail_value, Mapping):
            return False, ""
        return all(
            detail_value.get(field_name) is not None and str(detail_value[field_name]).strip() != ""
            for field_name in self.names
        ), ""


@dataclass(frozen=True, slots=True)
class DetailNumber:
    """Whether this number of the event's detail is at least the one, and below the other; no number: not known."""

    field: str
    at_least: float | None = None
    below: float | None = None

    def ask(self, event: EventRecord, _about: About) -> Answer:
        """Whether it is true of this event, and if that is not known, why."""
        number = number_of(event.detail.get(self.field))
        if number is None:
            return None, f"{event.kind} does not say {self.field} as a number"
        return (self.at_least is None or number >= self.at_least) and (self.below is None or number < self.below), ""


@dataclass(frozen=True, slots=True)
class Accredited:
    """Whether the event's officer has what a case of that kind needs.

    Shape:   `needs` are an accreditation and the kinds of case it is needed for. It holds where nobody is named, where
             the case is of another kind, and where no accreditation at all is known of that officer then.
    """

    needs: tuple[tuple[str, tuple[str, ...]], ...]

    def ask(self, event: EventRecord, about: About) -> Answer:
        """Whether it is true of the officer this event names."""
        if about.roster is None or not event.officer.strip():
            return ANSWER_YES
        happened_at = event.happened_at.earliest
        lacking = any(
            about.case_kind in kinds and about.roster.lacks(event.officer, accreditation, happened_at)
            for accreditation, kinds in self.needs
        )
        return not lacking, ""


@dataclass(frozen=True, slots=True)
class IfKnown:
    """Whether the first is true, or, where that is not known, the other."""

    first: Condition
    then: Condition

    def ask(self, event: EventRecord, about: About) -> Answer:
        """The first answer that is known, else the other's."""
        answer = self.first.ask(event, about)
        return self.then.ask(event, about) if answer[0] is None else answer


@dataclass(frozen=True, slots=True)
class Not:
    """Whether this is not true."""

    of: Condition

    def ask(self, event: EventRecord, about: About) -> Answer:
        """The opposite; what is not known stays so."""
        holds, reason = self.of.ask(event, about)
        return None if holds is None else not holds, reason


@dataclass(frozen=True, slots=True)
class Every:
    """Whether all of these are true."""

    of: tuple[Condition, ...]

    def ask(self, event: EventRecord, about: About) -> Answer:
        """No if one is false; not known if one is not known and none is false; else yes."""
        return _joined_answer([condition.ask(event, about) for condition in self.of], False)


@dataclass(frozen=True, slots=True)
class Either:
    """Whether one of these is true."""

    of: tuple[Condition, ...]

    def ask(self, event: EventRecord, about: About) -> Answer:
        """Yes if one is true; not known if one is not known and none is true; else no."""
        return _joined_answer([condition.ask(event, about) for condition in self.of], True)


Condition = (
    DetailIs
    | DetailAmong
    | DetailGiven
    | DetailHas
    | DetailNumber
    | OutcomeAmong
    | RiskAmong
    | KindAmong
    | CaseKindAmong
    | AgedAtLeast
    | AgedUnder
    | SubjectSex
    | Accredited
    | IfKnown
    | Not
    | Every
    | Either
)


def all_hold(conditions: tuple[Condition, ...], event: EventRecord, about: About) -> Answer:
    """Whether all of these are true of this event: no if one is false; else not known if one is not, for its reason."""
    return _joined_answer([condition.ask(event, about) for condition in conditions], False)


def number_of(value: object) -> float | None:
    """The finite number in a field of a detail, as a number or as digits with at most one point."""
    if isinstance(value, bool):
        return None
    number_text = str(value).strip()
    return float(number_text) if _NUMBER.fullmatch(number_text) else None


def under_age(birth_date: Born | None, age_years: int, on_day: date) -> bool | None:
    """Whether someone so born is under this age on that day; None: not known."""
    return is_under_age(birth_date, age_years, on_day) if isinstance(birth_date, PartialDate) else None


def _joined_answer(answers: list[Answer], deciding: bool) -> Answer:
    unknown: Answer | None = None
    for answer in answers:
        if answer[0] is deciding:
            return deciding, ""
        if answer[0] is None and unknown is None:
            unknown = answer
    return unknown or (not deciding, "")


def _plain_text(written_text: str) -> str:
    return written_text.strip().casefold().replace(" ", "_").replace("-", "_")
