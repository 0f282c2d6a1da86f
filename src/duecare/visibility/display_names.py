"""How a person is named on a page: full name, no name where restricted, and the age as far as it is known."""

from __future__ import annotations

from datetime import datetime

from duecare.record.pole import PersonRecord, RecordKey
from duecare.store.facts.fact_lookup import Facts
from duecare.timeline.weave import given_birth
from duecare.vocabulary.ages import is_under_age
from duecare.vocabulary.london_clock import london_day
from duecare.vocabulary.partial_date import PartialDate

NOT_ARRIVED = "Person not yet received"


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
