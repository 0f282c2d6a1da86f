"""Standard form: what two records are compared by."""

from __future__ import annotations

import pytest

from duecare.person.names import is_known_name, name_class
from duecare.person.standardise import address_words, fold_text, home_number, name_words, sound_code


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("O'Brien", "obrien"),
        ("NÚÑEZ", "nunez"),
        ("  Anne-Marie ", "anne marie"),
        ("Yıldırım", "yildirim"),
        ("Straße", "strasse"),
    ],
)
def test_case_accents_and_marks_do_not_make_names_different(text: str, folded: str) -> None:
    assert fold_text(text) == folded


@pytest.mark.parametrize("text", ["Unknown", "N/K", "unborn", "", "not known"])
def test_a_placeholder_is_no_name(text: str) -> None:
    assert name_words(text) == ()


def test_titles_are_left_out_unless_nothing_else_is_there() -> None:
    assert name_words("Dr John") == ("john",)
    assert name_words("Major") == ("major",)


def test_short_forms_stand_for_the_full_name() -> None:
    assert {name_class(n) for n in ("bob", "rob", "robert", "bobby")} == {"robert"}
    assert name_class("unheard") == "unheard"
    assert is_known_name("ana")
    assert is_known_name("anna")


def test_names_that_sound_alike_share_their_sound() -> None:
    assert sound_code("smith") == sound_code("smyth")


def test_an_address_is_its_words_and_the_home_its_numbers() -> None:
    assert address_words("Flat 2, 14 Ash Rd") == address_words("14 ash road FLAT 2")
    assert home_number("Flat 2, 14 Ash Rd") == "2 14"
