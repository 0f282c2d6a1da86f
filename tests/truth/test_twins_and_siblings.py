"""Twins, brothers and sisters, father and son, namesakes, at one address: none of them is joined by itself."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pyarrow as pa
import pytest

from duecare.linkage import link_records, shipped_model
from duecare.linkage.linkage_model import Model
from duecare.person.guard import Guards

TWINS = (
    ("Ana", "Anna"), ("Kieran", "Kieron"), ("Bethan", "Bethany"), ("Alexander", "Alexandra"), ("Zara", "Zahra"), ("Jon", "Joan"),
    ("Mohammed Ali", "Mohammed Hassan"), ("Megan Paula", "Paula"), ("Taiwo", "Kehinde"), ("Adam", "A"),
    ("Olivia", "Oliver"), ("Samuel", "Samantha"), ("Jack", "Jake"), ("Mia", "Maya"), ("Daniel", "Danielle"), ("Eva", "Ava"),
    ("Harriet", "George"), ("Jan", "Jana"), ("Leah", "Lena"), ("Marek", "Mariusz"), ("Faye", "Freya"), ("Umar", "Amir"),
)  # fmt: skip
FAMILIES = ("Kowalska", "Harding", "Khan", "O'Neil", "Smith", "Adeyemi", "Demir", "Howard", "Penhaligon", "Jones-Parry")
STREETS = ("Ash Road", "Quarry Lane", "Foundry Terrace", "Willow Close", "Castle Street", "Kiln Court")
SIBLINGS = ("Ruth", "Martha", "Esther", "Dinah", "Naomi", "Kate", "Grace", "Hugh", "Ivor", "Liam", "Marcus", "Owen")

CLASSES = ("twins", "siblings", "father and son", "namesakes")

Member = tuple[str, str, date]


def two(chance: random.Random, kind: str) -> tuple[Member, Member]:
    """Two people of this kind: given names, sex and birth date of each."""
    born = date(chance.randint(2006, 2020), chance.randint(1, 12), chance.randint(1, 28))
    if kind == "twins":
        one, other = chance.choice(TWINS)
        sexes = ("M", "F") if one in {"Alexander", "Samuel", "Daniel"} or other == "Oliver" else ("F", "F")
        return (one, sexes[0], born), (other, sexes[1], born)
    if kind == "siblings":
        one, other = chance.sample(SIBLINGS, 2)
        later = born + timedelta(days=chance.randint(300, 1400))
        if chance.random() < 0.2:
            later = born.replace(year=born.year + chance.randint(1, 4))
        return (one, "F", born), (other, chance.choice("FM"), later)
    name = chance.choice(SIBLINGS)
    if kind == "father and son":
        father = born.replace(year=born.year - chance.randint(18, 40))
        if chance.random() < 0.7:
            father += timedelta(days=chance.randint(-150, 150))
        return (name, "M", born), (name, "M", father)
    apart = born.replace(year=born.year + 1, month=(born.month + 5) % 12 + 1, day=born.day % 28 + 1)
    return (name, "M", born), (name, "M", apart)


def records_of(chance: random.Random, member: Member, home: dict[str, str], who: str) -> Iterator[dict[str, str]]:
    """What one to three sources write of this person, with what real systems leave out and put elsewhere."""
    given, sex, born = member
    for number in range(chance.randint(1, 3)):
        row = {"given_names": given, "date_of_birth": born.isoformat(), "sex": sex, **home}
        drawn = chance.random()
        if drawn < 0.06:
            row |= {"given_names": row["family_name"], "family_name": given}
        elif drawn < 0.14:
            row |= {"address": "", "postcode": ""}
        elif drawn < 0.2:
            row["date_of_birth"] = row["date_of_birth"][:4]
        elif drawn < 0.26:
            row["date_of_birth"] = ""
        elif drawn < 0.36:
            row["sex"] = ""
        elif drawn < 0.4:
            row["given_names"] = given[0]
        elif drawn < 0.46:
            row["given_names"] = ""
        yield row | {"source": f"source{number}", "record_id": who}


def households(seed: int, count: int) -> tuple[pa.Table, dict[str, str], dict[str, str]]:
    """So many homes with two people who are easily taken for one: records, the truth, and which kind of two they are."""
    chance = random.Random(seed)
    rows, truth, kinds = [], {}, {}
    for number in range(count):
        kind = CLASSES[number % len(CLASSES)]
        home = {
            "family_name": chance.choice(FAMILIES),
            "address": f"{number + 1} {chance.choice(STREETS)}",
            "postcode": f"NM{number % 40 + 1} {number % 9 + 1}AB",
            "phone": f"07700 {900000 + number}" if number % 2 else "",
        }
        for which, member in enumerate(two(chance, kind)):
            who = f"{number:04d}-{which}"
            for row in records_of(chance, member, home, who):
                rows.append(row)
                truth[f"{row['source']}:{who}"] = who
                kinds[who] = kind
    return pa.Table.from_pylist(rows), truth, kinds


def joined(seed: int, *, model: Model, guards: Guards, count: int = 800) -> dict[str, int]:
    """How many homes have two people joined, by kind?"""
    records, truth, kinds = households(seed, count)
    people: dict[str, set[str]] = defaultdict(set)
    for row in link_records(records, model=model, guards=guards).clusters.to_pylist():
        people[row["person"]].add(truth[f"{row['source']}:{row['record_id']}"])
    found = dict.fromkeys(CLASSES, 0)
    for members in people.values():
        if len(members) > 1:
            found[kinds[min(members)]] += 1
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_two_people_at_one_address_are_joined_by_themselves(seed: int) -> None:
    assert joined(seed, model=shipped_model(), guards=Guards()) == dict.fromkeys(CLASSES, 0)


def test_without_its_guards_the_same_test_is_red() -> None:
    """The counter: where neither twins nor birth dates are guarded, people are joined."""
    found = joined(1, model=shipped_model(), guards=Guards(twins=False, birth_date=False, too_little_to_compare=False))

    assert found["twins"] > 10
    assert found["father and son"] + found["namesakes"] > 10


UNGUARDED = Guards(twins=False, birth_date=False, too_little_to_compare=False, sex_and_birth_date=False)
"""No guard stands: only what agreement weighs keeps brothers and sisters apart. Records without a given name are lost then."""


def test_what_a_household_shares_is_no_identity_even_where_no_guard_stands() -> None:
    assert joined(1, model=shipped_model(), guards=UNGUARDED)["siblings"] <= 10


@pytest.mark.long
def test_without_the_household_class_that_test_is_red() -> None:
    """The counter: brothers and sisters are joined by their home, family name and telephone."""
    assert joined(1, model=replace(shipped_model(), household=None), guards=UNGUARDED)["siblings"] > 15
