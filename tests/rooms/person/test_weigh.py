"""The levels of names and birth dates, one worked example each, and what the household takes back."""

from __future__ import annotations

from typing import Any

import pytest

from duecare.person.agreement_levels import comparison_levels
from duecare.person.comparable_record import compared_record
from duecare.person.weigh import HouseholdWeights, taken_back
from duecare.record.pole import PersonRecord, RecordKey
from duecare.vocabulary.partial_date import read_partial_date


def named(given: str, family: str, also: tuple[str, ...] = (), number: str = "1") -> PersonRecord:
    return PersonRecord(RecordKey("merlin", number), given, family, also)


def both(a: PersonRecord, b: PersonRecord) -> dict[str, str]:
    found = comparison_levels(compared_record(a), compared_record(b))

    assert comparison_levels(compared_record(b), compared_record(a)) == found
    return found


@pytest.mark.parametrize(
    ("one", "other", "given", "family"),
    [
        (("Mary Ann", "Poole"), ("Mary Ann", "Poole"), "in full", "same"),
        (("Mary", "Poole"), ("Mary Ann", "Poole"), "same", "same"),
        (("Mary A", "Poole"), ("Mary Ann", "Poole"), "same", "same"),
        (("Mohammed Ali", "Khan"), ("Mohammed Hassan", "Khan"), "other middle", "same"),
        (("Rachana", "Bhatnagar"), ("Bhatnagar", "Rachana"), "swapped", ""),
        (("Bhatngaar", "Rachana"), ("Rachhana", "Bhatnagar"), "swapped", ""),
        (("Robert", "Poole"), ("Poole", "Bob"), "swapped", ""),
        (("Ana", "Kowalska"), ("Kowalska", "Anna"), "crossed", "different"),
        (("Jenna", "Bird"), ("Bird", "Charlene Marie"), "crossed", "different"),
        (("Terry", "Poole"), ("Terence", "Poole"), "short form", "same"),
        (("Terry", "Poole"), ("Teresa", "Poole"), "short form", "same"),
        (("Terence", "Poole"), ("Teresa", "Poole"), "different", "same"),
        (("Micchael", "Poole"), ("Michael", "Poole"), "slip", "same"),
        (("Tunçkılıç", "Demir"), ("Tunckilic", "Demir"), "same", "same"),
        (("Chaghlasin", "Zorlu"), ("Çağlasın", "Zorlu"), "slip", "same"),
        (("Jürgen", "Müller"), ("Juergen", "Mueller"), "slip", "slip"),
        (("Ay Stacey", "Cole"), ("Amy Stacey", "Cole"), "slip", "same"),
        (("Megan Paula", "Harding"), ("Paula", "Harding"), "middle name", "same"),
        (("Micchael", "Poole"), ("Mick", "Poole"), "rough slip", "same"),
        (("Darrsgh", "Poole"), ("Datragh", "Poole"), "rough slip", "same"),
        (("Bn", "Finch"), ("Ben", "Finch"), "rough slip", "same"),
        (("Ana", "Kowalska"), ("Anna", "Kowalska"), "alike", "same"),
        (("Bethan", "Gill"), ("Bethany", "Gill"), "alike", "same"),
        (("K", "Poole"), ("Kate", "Poole"), "initial", "same"),
        (("A", "Poole"), ("A", "Poole"), "initial", "same"),
        (("A", "Poole"), ("Poole", "A"), "crossed", "different"),
        (("Poole", "A"), ("Poole", "Adam"), "same", "two given names"),
        (("Kate", "Hussain"), ("Kate", "Hussein"), "same", "slip"),
        (("Kate", "Ó Nianáin"), ("Kate", "Ó Nianáon"), "same", "slip"),
        (("Khan", "Megan Paula"), ("Khan", "Paula"), "same", "two given names"),
        (("Megan Paula", "Khan"), ("Khaan", "Megan Paula"), "swapped", ""),
        (("Kate", "Poole-Ashby"), ("Kate", "Ashby"), "same", "part"),
        (("Mohammed Ali", "Khan"), ("Khan", "Mohammed Hassan"), "crossed", "different"),
        (("Mohammed Ali", "Khan"), ("Khan", "Mohammed Ali"), "swapped", ""),
        (("Zoltan", "Poole"), ("Zoltana", "Poole"), "rough slip", "same"),
        (("Alexander", "Poole"), ("Alexandra", "Poole"), "alike", "same"),
        (("Alexander", "Poole"), ("Alex", "Poole"), "short form", "same"),
        (("Smith", "Kieran"), ("Smith", "Kieron"), "same", "two given names"),
        (("Kate", "Kowalska"), ("Kate", "Kowalski"), "same", "slip"),
        (("Kate", "Poole"), ("Ruth", "Ashby"), "different", "different"),
    ],
)
def test_names_agree_so_far(one: tuple[str, str], other: tuple[str, str], given: str, family: str) -> None:
    found = both(named(*one), named(*other, number="2"))

    assert (found["given"], found.get("family", "")) == (given, family)


def test_another_name_reported_is_an_other_name() -> None:
    assert both(named("Polly", "Poole"), named("Ruth", "Ashby", ("Polly Poole",)))["given"] == "other name"


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("2009-05-14", "2009-05-14", "same"),
        ("2009-05-14", "2009-05", "as far as known"),
        ("2009-05-04", "2009-04-05", "swapped"),
        ("2009-05-14", "2009-05-15", "one figure"),
        ("2009-05-14", "2019-05-14", "one figure"),
        ("2009-05-14", "2011-05-14", "two parts"),
        ("1908-05-14", "2008-05-14", "two parts"),
        ("1978-05-14", "2008-05-14", "different"),
        ("2000-08-27", "2000-09-26", "a month or year apart"),
        ("1999-12-14", "2000-12-13", "a month or year apart"),
        ("2009-05-14", "2010-11-02", "near"),
        ("2009-05", "2010-11-02", "near"),
        ("1978-05-14", "2008-11-02", "different"),
    ],
)
def test_birth_dates_agree_so_far(one: str, other: str, level: str) -> None:
    a = PersonRecord(RecordKey("merlin", "1"), born=read_partial_date(one))
    b = PersonRecord(RecordKey("merlin", "2"), born=read_partial_date(other))

    assert both(a, b) == {"born": level}


def test_where_a_household_explains_as_much_the_weight_falls_to_what_it_leaves() -> None:
    household = HouseholdWeights(2.0, {"home": {"same home": 0.0}, "born": {"different": 7.0, "same": -7.0}})

    siblings = taken_back(12.0, {"home": "same home", "born": "different"}, household)
    one_person = taken_back(12.0, {"home": "same home", "born": "same"}, household)

    assert 12.0 + siblings == pytest.approx(-9.0, abs=0.001)
    assert 4.0 < 12.0 + one_person < 5.0
    assert taken_back(-20.0, {"home": "same home", "born": "same"}, household) == pytest.approx(0.0, abs=0.001)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ({"nhs_number": "9990000018"}, {"nhs_number": "9990000018"}, "shared"),
        ({"nhs_number": "9990000018"}, {"nhs_number": "9990000026"}, "conflict"),
        ({"nhs_number": "9990000018"}, {"upn": "A801200001001"}, None),
        ({"nhs_number": "9990000018", "other_ids": ("family:12",)}, {"other_ids": ("family:12",)}, "shared"),
        (
            {"nhs_number": "9990000018", "other_ids": ("family:12",)},
            {"nhs_number": "9990000026", "other_ids": ("family:12",)},
            "conflict",
        ),
        (
            {"nhs_number": "9990000018", "other_ids": ("nhs:9990000026",)},
            {"nhs_number": "9990000026"},
            "shared",
        ),
        ({"other_ids": ("family:12",)}, {"other_ids": ("family:13",)}, "different"),
    ],
)
def test_a_number_of_their_own_keeps_two_apart_whatever_else_they_share(
    one: dict[str, Any], other: dict[str, Any], level: str | None
) -> None:
    a, b = (PersonRecord(RecordKey("merlin", number), **said) for number, said in (("1", one), ("2", other)))

    assert both(a, b).get("identifier") == level
