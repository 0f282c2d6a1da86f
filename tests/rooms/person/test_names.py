"""Names that stand for one another, and spellings that are none."""

from __future__ import annotations

import pytest

from duecare.person.names import is_known_name, meant_class, name_class, name_classes
from duecare.person.standardise import fold_text, spelling_code


def test_a_short_form_stands_for_every_name_that_it_serves() -> None:
    assert set(name_classes("jon")) == {"john", "jonathan"}
    assert name_class("terry") in name_classes("terry")
    assert set(name_classes("terry")) == {"terence", "teresa"}
    assert set(name_classes("terence")).isdisjoint(name_classes("teresa"))


@pytest.mark.parametrize(
    ("written", "meant"),
    [("micchael", "michael"), ("michael", ""), ("mchl", ""), ("abigial", "abigail"), ("kowalska", "")],
)
def test_a_spelling_that_is_no_name_means_the_one_name_next_to_it(written: str, meant: str) -> None:
    assert meant_class(written) == meant


@pytest.mark.parametrize(
    ("one", "other"), [("ana", "anna"), ("kieran", "kieron"), ("bethan", "bethany"), ("zara", "zahra")]
)
def test_names_that_twins_bear_are_names_of_their_own(one: str, other: str) -> None:
    assert is_known_name(one)
    assert is_known_name(other)
    assert set(name_classes(one)).isdisjoint(name_classes(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Çağlasın", "Chaghlasin"),
        ("Müller", "Mueller"),
        ("Łukasz", "Lukasz"),
        ("Yousef", "Yusef"),
        ("Phillipa", "Filipa"),
    ],
)
def test_one_name_carried_over_in_two_ways_is_spelt_as_one(one: str, other: str) -> None:
    assert spelling_code(fold_text(one)) == spelling_code(fold_text(other))


def test_letters_of_other_alphabets_have_one_of_this() -> None:
    assert (fold_text("Tunçkılıç"), fold_text("Łódź"), fold_text("Ægir Ørsted")) == (
        "tunckilic",
        "lodz",
        "aegir orsted",
    )
