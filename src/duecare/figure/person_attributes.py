"""Of whom it is counted: what the records say of a person on a day, in the few groups that may be compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from duecare.figure.figure_definition import Dimension
from duecare.figure.figure_line import NOT_KNOWN
from duecare.record.pole import EventRecord, PersonRecord
from duecare.timeline.weave import given_birth
from duecare.vocabulary.ethnicity import officer_group, self_group
from duecare.vocabulary.moments import london_day
from duecare.vocabulary.partial import PartialDate
from duecare.vocabulary.unknown import Unknown

AGES = ((5, "0 to 4"), (10, "5 to 9"), (14, "10 to 13"), (16, "14 to 15"), (18, "16 to 17"))
GROWN_UP = "18 or over"
SEXES = {"M": "male", "F": "female", "X": "another"}
NO_DISABILITY = frozenset({"no", "none", "n"})
STARTS, ENDS = "looked_after_started", "looked_after_ended"
_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Known:
    """What do the records say of this person on any day: their groups, and when they were born?"""

    groups: Mapping[Dimension, str]
    born: PartialDate | Unknown


def known_of(records: Iterable[PersonRecord]) -> Known:
    """What is known of the person of these records, whatever the day?"""
    held = sorted(records, key=lambda one: (one.written_at or _BEFORE_ALL, one.key))
    groups = {
        Dimension.ETHNICITY_SELF: _last(
            held, lambda one: self_group(one.ethnicity) if one.ethnicity_by == "self" else ""
        ),
        Dimension.ETHNICITY_OFFICER: _last(held, _by_officer),
        Dimension.SEX: _last(held, lambda one: SEXES.get(one.sex, "")),
        Dimension.DISABILITY: _last(held, _disability),
    }
    return Known(groups, born_of(held))


def about(known: Known, looked_after: Iterable[EventRecord], at: datetime) -> dict[Dimension, str]:
    """What is known of this person at this moment, by every dimension of fairness?

    Shape:   of several records, the one written last that says anything.
    Unknown: "not known", where nobody said, where what was said is no known code, and where birth dates leave the age
             open. Of someone of whom no source ever said that they were looked after, it is not known whether they are.
    """
    return {
        **known.groups,
        Dimension.AGE: age_group(known.born, london_day(at)),
        Dimension.LOOKED_AFTER: _looked_after(looked_after, at),
    }


def born_of(records: Iterable[PersonRecord]) -> PartialDate | Unknown:
    """When was the person of these records born?"""
    return given_birth([one.born for one in records if isinstance(one.born, PartialDate)])


def age_group(born: PartialDate | Unknown, on: date) -> str:
    """In which group of ages is someone born then, on that day?"""
    if isinstance(born, Unknown):
        return NOT_KNOWN
    for age, words in AGES:
        under = born.is_under(age, on)
        if under is None:
            return NOT_KNOWN
        if under:
            return words
    return GROWN_UP


def _by_officer(record: PersonRecord) -> str:
    says_officer = record.ethnicity_by == "officer" or (
        not record.ethnicity_by and record.ethnicity_scheme == "officer"
    )
    return officer_group(record.ethnicity) if says_officer else ""


def _disability(record: PersonRecord) -> str:
    said = record.disability.strip().casefold()
    return ("no" if said in NO_DISABILITY else "yes") if said else ""


def _last(records: Sequence[PersonRecord], says: Callable[[PersonRecord], str]) -> str:
    return next((said for one in reversed(records) if (said := says(one))), NOT_KNOWN)


def _looked_after(events: Iterable[EventRecord], at: datetime) -> str:
    seen = [one for one in events if one.kind in {STARTS, ENDS} and one.happened_at.earliest <= at]
    if not seen:
        return NOT_KNOWN
    return "yes" if max(seen, key=lambda one: (one.happened_at, one.event_id)).kind == STARTS else "no"
