"""Standard form: what two records are compared by."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.person.names import is_known_name, name_class
from duecare.person.standardise import (
    address_words,
    born_days,
    born_text,
    comparable_postcode,
    comparable_sex,
    fold_text,
    home_number,
    name_words,
    other_id,
    sound_code,
    spelling_code,
    street_kinds,
    valid_or_empty,
    way_words,
)
from duecare.vocabulary.partial_date import PartialDate, read_partial_date
from duecare.vocabulary.unknown import Unknown


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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mr. John-Paul", ("john", "paul")),
        ("Sir", ("sir",)),
        ("Sir Dr", ()),
        ("1st", ()),
        ("Ann Smith Jr", ("ann", "smith")),
        ("the Lord of the Dance", ("of", "dance")),
        ("N.K.", ()),
        ("baby", ()),
        ("baby ann", ("baby", "ann")),
        ("null", ()),
        ("  ", ()),
        ("O’Neil", ("oneil",)),
        ("under_score", ("under", "score")),
    ],
)
def test_the_words_of_a_name_that_count(text: str, words: tuple[str, ...]) -> None:
    assert name_words(text) == words


@given(st.text(max_size=20))
def test_what_is_folded_once_is_folded_for_good(text: str) -> None:
    folded = fold_text(text)

    assert folded == " ".join(folded.split())
    assert "'" not in folded
    assert "." not in folded
    if text.isascii():
        assert fold_text(folded) == folded == folded.lower()


@pytest.mark.parametrize(
    ("word", "spelling"),
    [
        ("yousef", "iusef"),
        ("khan", "kan"),
        ("sharon", "saron"),
        ("philip", "filip"),
        ("mueller", "muler"),
        ("lloyd", "loid"),
        ("aaa", "a"),
        ("quick", "kuik"),
        ("", ""),
    ],
)
def test_a_spelling_has_one_letter_for_what_an_english_hand_writes_with_two(word: str, spelling: str) -> None:
    assert spelling_code(word) == spelling


def test_a_sound_has_at_most_six_letters_and_a_name_in_another_script_is_its_first_four() -> None:
    assert len(sound_code("bartholomewkristoffersonmagdalena")) == 6
    assert sound_code("владимир") == "влад"


@pytest.mark.parametrize(
    ("born", "text", "days"),
    [
        (read_partial_date("2009-05-14"), "2009-05-14", date(2009, 5, 14).toordinal()),
        (read_partial_date("2009-05"), "2009-05", None),
        (read_partial_date("2009"), "2009", None),
        (Unknown("why"), "", None),
    ],
)
def test_a_birth_date_is_compared_as_far_as_it_is_known(
    born: PartialDate | Unknown, text: str, days: int | None
) -> None:
    assert (born_text(born), born_days(text)) == (text, days)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("12 Ash Rd", ("12", "ash", "road")),
        ("Apt 3, St Ave", ("3", "avenue", "flat", "street")),
        ("Apartment 3", ("3", "flat")),
        ("Ash Ash ASH", ("ash",)),
        ("", ()),
    ],
)
def test_words_of_an_address_are_written_out_in_order_of_spelling_and_each_once(
    written: str, words: tuple[str, ...]
) -> None:
    assert address_words(written) == words


@pytest.mark.parametrize(
    ("written", "number"), [("Flat 12, 4B Ash Road", "12 4b"), ("The Cottage", ""), ("No. 7", "7"), ("A1 road", "a1")]
)
def test_the_number_of_a_home_is_every_word_with_a_figure(written: str, number: str) -> None:
    assert home_number(written) == number


@pytest.mark.parametrize(
    ("written", "postcode"), [("nm12ab", "NM1 2AB"), ("75 001", "75001"), ("d-80331", "D80331"), ("", "")]
)
def test_a_postcode_of_another_country_is_closed_up(written: str, postcode: str) -> None:
    assert comparable_postcode(written) == postcode


@pytest.mark.parametrize(("written", "sex"), [("M", "M"), ("F", "F"), ("X", ""), ("", ""), ("m", "")])
def test_only_m_and_f_are_compared(written: str, sex: str) -> None:
    assert comparable_sex(written) == sex


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("SSN: 12 3A", "ssn:123a"),
        ("Família : X ", "familia:x"),
        ("a:b:c", "a:b:c"),
        ("x:", ""),
        (":12", ""),
        ("12", ""),
        ("  : 1", ""),
    ],
)
def test_a_number_of_another_system_needs_its_system_and_its_value(written: str, number: str) -> None:
    assert other_id(written) == number


def test_words_for_kinds_of_way() -> None:
    assert {"road", "mews", "flat", "the"} <= street_kinds()
    assert "rd" not in street_kinds()
    assert {"road", "rd", "mews"} <= way_words()
    assert not {"flat", "the", "apt"} & way_words()


def test_the_canonical_form_or_nothing() -> None:
    assert (valid_or_empty("x"), valid_or_empty(Unknown("why"))) == ("x", "")
