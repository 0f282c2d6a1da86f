"""The household class: measured without labels, absent where there are no households, kept with the model."""

from __future__ import annotations

import random
from functools import cache

import pyarrow as pa
import pytest

from duecare.linkage import shipped_model, train_model
from duecare.linkage.linkage_model import Model, read_model

GIVEN = (
    "Ruth",
    "Martha",
    "Esther",
    "Dinah",
    "Naomi",
    "Kate",
    "Grace",
    "Hugh",
    "Ivor",
    "Liam",
    "Marcus",
    "Owen",
    "Toby",
    "Zara",
)
FAMILY = ("Poole", "Ashby", "Kowalska", "Harding", "Penhaligon", "Demir", "Adeyemi", "Quayle", "Merrick", "Thorne")


def town(homes: int, members: int, *, as_families: bool) -> pa.Table:
    """So many homes with so many people, of one family name or of any; every second person has two records."""
    chance = random.Random(26)
    rows: list[dict[str, str]] = []
    for home in range(homes):
        family = chance.choice(FAMILY) + chance.choice(("", "son", "ley", "by", "wick", "ford"))
        for member, given in enumerate(chance.sample(GIVEN, members)):
            row = {
                "source": "pole",
                "given_names": given,
                "family_name": family if as_families else chance.choice(FAMILY),
                "date_of_birth": f"{chance.randint(1950, 2020)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
                "sex": chance.choice("FM"),
                "address": f"{home % 90 + 1} Ash Road",
                "postcode": f"NM{home % 60 + 1} {home // 60 + 1}AB",
            }
            rows += [
                row | slip(chance, row) | {"record_id": f"{home}-{member}-{copy}"} for copy in range(1 + member % 2)
            ]
    return pa.Table.from_pylist(rows)


def slip(chance: random.Random, row: dict[str, str]) -> dict[str, str]:
    """What another hand writes otherwise, now and then."""
    drawn = chance.random()
    if drawn < 0.1:
        return {"given_names": row["given_names"][:2] + row["given_names"][1:]}
    if drawn < 0.2:
        return {"family_name": row["family_name"][:2] + row["family_name"][1:]}
    if drawn < 0.3:
        return {"date_of_birth": f"{row['date_of_birth'][:8]}{chance.randint(1, 28):02d}"}
    return {"address": "", "postcode": ""} if drawn < 0.35 else {}


@cache
def trained(homes: int, members: int, *, as_families: bool) -> Model:
    return train_model(town(homes, members, as_families=as_families), model_name="trained", random_pairs=100_000)


@pytest.mark.long
def test_who_lives_together_is_measured_without_labels() -> None:
    model = trained(300, 3, as_families=True)

    assert model.household is not None
    chances = model.household.chances
    assert chances["family"]["same"] > 0.8
    assert chances["given"]["different"] > 0.8
    assert chances["home"]["same home"] > 0.9
    assert chances["sex"]["same"] == pytest.approx(0.5, abs=0.1)
    # Three people with one, two and one records: each record has 2.5 records of others on average.
    assert model.household.partners == pytest.approx(2.5, rel=0.15)
    assert "with other forename" in model.card["household"]
    assert all(sum(levels.values()) == pytest.approx(1.0) for levels in chances.values())


@pytest.mark.long
def test_where_nobody_of_one_name_lives_together_there_is_no_class() -> None:
    assert trained(400, 2, as_families=False).household is None


def test_a_model_without_the_class_is_kept_and_weighs_no_household() -> None:
    model = trained(400, 2, as_families=False)

    assert read_model(model.to_json()) == model
    assert model.weights(400).household is None


def test_agreement_that_a_family_shares_weighs_less_against_a_household() -> None:
    household = shipped_model().household_weights()

    assert household is not None
    assert all(abs(household.levels[name][level]) < 1 for name, level in (("family", "same"), ("home", "same home")))
    assert household.levels["born"]["same"] < -5
    assert household.levels["given"]["different"] > 4
