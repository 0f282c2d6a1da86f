"""How a person is named on a page: full name, no name where restricted, and the age as far as it is known."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime

from duecare.record.pole import PersonRecord, RecordKey
from duecare.store.facts.fact_lookup import Facts, says_more
from duecare.timeline.weave import given_birth
from duecare.vocabulary.ages import age_on_day, is_under_age
from duecare.vocabulary.london_clock import london_day
from duecare.vocabulary.partial_date import PartialDate

NOT_ARRIVED = "Person not yet received"
OLDEST = 120
_LETTERS = re.compile(r"[^\W\d_]{2,}")


def label_of(key: RecordKey, facts: Facts) -> str:
    """The name by which this record is shown. One that has not arrived says so; restricted ones give no name."""
    record = facts.persons.get(key)
    if record is None:
        return NOT_ARRIVED
    if record.sealed or record.restricted:
        return "Restricted"
    return full_name(record)


def full_name(record: PersonRecord) -> str:
    """Given names, then family name in capitals, as police files write them."""
    words = [record.given_names, record.family_name.upper()]
    return " ".join(name_part for name_part in words if name_part) or "Name not known"


def plain_name(record: PersonRecord) -> str:
    """Given names, then family name, without the capitals in which some sources write whole names: `Ana O'Neill`."""
    words = " ".join(name_part for name_part in (record.given_names, record.family_name) if name_part)
    return (
        _LETTERS.sub(lambda match: match[0].capitalize() if match[0].isupper() else match[0], words) or "Name not known"
    )


def birth_date_of(records: Collection[PersonRecord]) -> PartialDate | None:
    """The birth date of the one person of these records; None where it is not known."""
    birth_date = given_birth([record.born for record in records if isinstance(record.born, PartialDate)])
    return birth_date if isinstance(birth_date, PartialDate) else None


def name_and_age(records: Collection[PersonRecord], as_of: datetime) -> str:
    """The name and age on that day of the one person of these records, as a list line shows them.

    Unknown: of an unknown birth date the name alone; of a partial one the ages that it allows.
    """
    name = plain_name(max(records, key=says_more))
    birth_date, london_date = birth_date_of(records), london_day(as_of)
    if birth_date is None:
        return name
    youngest, oldest = age_on_day(birth_date.latest, london_date), age_on_day(birth_date.earliest, london_date)
    if oldest < 0:
        return f"{name}, not yet born"
    if youngest > OLDEST:
        return name
    return f"{name}, {_ages_between(max(0, youngest), min(oldest, OLDEST))}"


def _ages_between(youngest: int, oldest: int) -> str:
    if youngest == oldest:
        return str(youngest) if youngest else "under 1"
    return f"{youngest} or {oldest}" if oldest == youngest + 1 else f"{youngest} to {oldest}"


def age_words(records: tuple[PersonRecord, ...], as_of: datetime) -> str:
    """The age of this person in words, as far as it is known."""
    birth_date = given_birth([record.born for record in records if isinstance(record.born, PartialDate)])
    if not isinstance(birth_date, PartialDate):
        return "Age not known"
    london_date = london_day(as_of)
    possible_ages = [
        age
        for age in range(121)
        if is_under_age(birth_date, age + 1, london_date) is not False
        and is_under_age(birth_date, age, london_date) is not True
    ]
    if not possible_ages:
        return "Not yet born" if birth_date.earliest > london_date else "Age not known"
    if len(possible_ages) == 1:
        return f"Aged {possible_ages[0]}"
    if possible_ages[0] < 18 <= possible_ages[-1]:
        return f"Aged {possible_ages[0]} to {possible_ages[-1]}: under 18 or not cannot be told"
    return f"Aged {possible_ages[0]} to {possible_ages[-1]}"
