"""How a person is named on a page."""

from __future__ import annotations

from datetime import datetime

from duecare.record.pole import PersonRecord, RecordKey
from duecare.store.facts.fact_lookup import Facts
from duecare.timeline.weave import given_birth
from duecare.vocabulary.moments import london_day
from duecare.vocabulary.partial import PartialDate

NOT_ARRIVED = "Person not yet received"


def label_of(key: RecordKey, facts: Facts) -> str:
    """Under which name is this record shown? One that has not arrived says so; restricted ones give no name."""
    record = facts.persons.get(key)
    if record is None:
        return NOT_ARRIVED
    if record.sealed or record.restricted:
        return "Restricted"
    return full_name(record)


def full_name(record: PersonRecord) -> str:
    """Given names, then family name in capitals, as police files write them."""
    words = [record.given_names, record.family_name.upper()]
    return " ".join(word for word in words if word) or "Name not known"


def age_words(records: tuple[PersonRecord, ...], as_of: datetime) -> str:
    """How old is this person, and how sure is that?"""
    born = given_birth([record.born for record in records if isinstance(record.born, PartialDate)])
    if not isinstance(born, PartialDate):
        return "Age not known"
    day = london_day(as_of)
    ages = [
        age for age in range(121) if born.is_under(age + 1, day) is not False and born.is_under(age, day) is not True
    ]
    if not ages:
        return "Not yet born" if born.earliest > day else "Age not known"
    if len(ages) == 1:
        return f"Aged {ages[0]}"
    if ages[0] < 18 <= ages[-1]:
        return f"Aged {ages[0]} to {ages[-1]}: under 18 or not cannot be told"
    return f"Aged {ages[0]} to {ages[-1]}"
