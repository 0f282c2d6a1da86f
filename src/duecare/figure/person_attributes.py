"""The people counted: what the records give of a person on a day, in the few groups that may be compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from duecare.figure.figure_definition import Dimension
from duecare.figure.figure_line import NOT_KNOWN
from duecare.record.pole import EventRecord, PersonRecord
from duecare.timeline.weave import given_birth
from duecare.vocabulary.ages import is_under_age
from duecare.vocabulary.ethnicity import officer_group, self_group
from duecare.vocabulary.london_clock import london_day
from duecare.vocabulary.partial_date import PartialDate
from duecare.vocabulary.unknown import Unknown

AGE_GROUPS = ((5, "0 to 4"), (10, "5 to 9"), (14, "10 to 13"), (16, "14 to 15"), (18, "16 to 17"))
GROWN_UP = "18 or over"
SEXES = {"M": "male", "F": "female", "X": "another"}
NO_DISABILITY = frozenset({"no", "none", "n"})
STARTS, LOOKED_AFTER_ENDED = "looked_after_started", "looked_after_ended"
_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class PersonAttributes:
    """What the records give of this person on any day: their groups, and when they were born."""

    groups: Mapping[Dimension, str]
    born: PartialDate | Unknown


def known_of(records: Iterable[PersonRecord]) -> PersonAttributes:
    """What is known of the person of these records, whatever the day."""
    ordered_records = sorted(records, key=lambda record: (record.written_at or _BEFORE_ALL, record.key))
    groups = {
        Dimension.ETHNICITY_SELF: _last_stated(
            ordered_records, lambda record: self_group(record.ethnicity) if record.ethnicity_by == "self" else ""
        ),
        Dimension.ETHNICITY_OFFICER: _last_stated(ordered_records, _by_officer),
        Dimension.SEX: _last_stated(ordered_records, lambda record: SEXES.get(record.sex, "")),
        Dimension.DISABILITY: _last_stated(ordered_records, _disability_group),
    }
    return PersonAttributes(groups, born_of(ordered_records))


def attributes_at(
    attributes: PersonAttributes, looked_after: Iterable[EventRecord], at_moment: datetime
) -> dict[Dimension, str]:
    """What is known of this person at this moment, by every dimension of fairness.

    Shape:   of several records, the one written last that says anything.
    Unknown: "not known", where nobody said, where what was said is no known code, and where birth dates leave the age
             open. Of someone of whom no source ever said that they were looked after, it is not known whether they are.
    """
    return {
        **attributes.groups,
        Dimension.AGE: age_group(attributes.born, london_day(at_moment)),
        Dimension.LOOKED_AFTER: _looked_after(looked_after, at_moment),
    }


def born_of(records: Iterable[PersonRecord]) -> PartialDate | Unknown:
    """When the person of these records was born."""
    return given_birth([record.born for record in records if isinstance(record.born, PartialDate)])


def age_group(birth_date: PartialDate | Unknown, on_day: date) -> str:
    """The age group of someone born then, on that day."""
    if isinstance(birth_date, Unknown):
        return NOT_KNOWN
    for age_limit, words in AGE_GROUPS:
        under = is_under_age(birth_date, age_limit, on_day)
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


def _disability_group(record: PersonRecord) -> str:
    disability_text = record.disability.strip().casefold()
    return ("no" if disability_text in NO_DISABILITY else "yes") if disability_text else ""


def _last_stated(records: Sequence[PersonRecord], value_of: Callable[[PersonRecord], str]) -> str:
    return next((value for record in reversed(records) if (value := value_of(record))), NOT_KNOWN)


def _looked_after(events: Iterable[EventRecord], at_moment: datetime) -> str:
    changes = [
        event
        for event in events
        if event.kind in {STARTS, LOOKED_AFTER_ENDED} and event.happened_at.earliest <= at_moment
    ]
    if not changes:
        return NOT_KNOWN
    return "yes" if max(changes, key=lambda event: (event.happened_at, event.event_id)).kind == STARTS else "no"
