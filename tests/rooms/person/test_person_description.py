"""A description of somebody who came to notice: what is wrong with it, what it searches for, what is recorded of it."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest

from duecare.person.person_description import (
    NAMED,
    Described,
    asked_of,
    due_date,
    faults_of,
    is_age,
    row_of,
    unusable_values,
)
from duecare.vocabulary.text_lengths import PERSON_FIELD

TODAY = date(2026, 11, 25)
ANN = Described(given_names="Ann", family_name="Poole")
UNBORN = Described(due_on="2027-02-01", mother="ab12")


def faults(described: Described) -> tuple[str, ...]:
    return faults_of(described, TODAY)


def test_every_field_has_words_by_which_a_fault_names_it() -> None:
    assert list(NAMED) == [field.name for field in fields(Described)]
    assert len(set(NAMED.values())) == len(NAMED)


def test_a_name_alone_or_a_number_alone_is_enough() -> None:
    assert faults(ANN) == ()
    assert faults(Described(nhs_number="9434765919")) == ()
    assert faults(Described(online_names="@ann_p")) == ()
    assert faults(Described(also_known_as="Annie")) == ()


@pytest.mark.parametrize(
    "described",
    [
        Described(),
        Described(given_names="unknown", family_name=" "),
        Described(sex="F"),
        Described(nhs_number="1234567890"),
        Described(phone="none"),
    ],
)
def test_nobody_is_searched_for_by_nothing(described: Described) -> None:
    (fault,) = faults(described)

    assert "give a name or a number" in fault


@pytest.mark.parametrize("field", list(NAMED))
def test_no_field_has_more_than_200_characters(field: str) -> None:
    whole = replace(ANN, **{field: "x" * PERSON_FIELD})
    longer = replace(ANN, **{field: "x" * (PERSON_FIELD + 1)})

    assert not any("characters" in fault for fault in faults(whole))
    assert faults(longer) == (f"{NAMED[field]}: more than {PERSON_FIELD} characters",)


@pytest.mark.parametrize("character", ["\x00", "\x07", "\n", "\ud800", "\x85"])
def test_a_character_that_is_no_text_is_a_fault_within_a_field_and_not_around_it(character: str) -> None:
    (fault,) = faults(replace(ANN, address=f"12{character}Ash Road"))

    assert fault.startswith(NAMED["address"])
    assert bool(faults(replace(ANN, address=f"12 Ash Road{character}"))) is (character not in {"\n", "\x85"})


def test_faults_of_text_are_given_before_all_others_and_several_at_once() -> None:
    found = faults(replace(ANN, given_names="x" * 201, sex="?", postcode="a\x00b"))

    assert len(found) == 2
    assert not any("M, F or X" in fault for fault in found)


@pytest.mark.parametrize(
    ("sex", "is_taken"), [("", True), ("f", True), (" M ", True), ("X", True), ("female", False), ("?", False)]
)
def test_sex_is_one_letter_or_nothing(sex: str, is_taken: bool) -> None:
    assert (faults(replace(ANN, sex=sex)) == ()) is is_taken


@pytest.mark.parametrize(
    ("born", "words"),
    [
        ("2009-05-14", None),
        ("14/5/2009", None),
        ("2009", None),
        ("17", None),
        ("120", None),
        ("121", "cannot be read"),
        ("soon", "cannot be read"),
        ("31/2/2009", "cannot be read"),
        ("2026-11-25", None),
        ("2026-11-26", "in the future"),
        ("2026-11", None),
        ("2026-12", "in the future"),
        ("2026", None),
        ("2027", "in the future"),
        ("0", None),
    ],
)
def test_a_birth_date_is_read_and_not_in_the_future(born: str, words: str | None) -> None:
    found = faults(replace(ANN, born=born))

    assert len(found) == (words is not None)
    assert words is None or words in found[0]


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        ("2026-11-25", None),
        ("2026-11-24", "is past"),
        ("2027-08-25", None),
        ("2027-08-26", "nine months ahead"),
        ("25/8/2027", None),
        ("2027-02", "whole date"),
        ("", "whole date"),
        ("soon", "whole date"),
    ],
)
def test_a_child_is_due_from_today_to_nine_months_ahead(due_on: str, words: str | None) -> None:
    found = faults(replace(UNBORN, due_on=due_on))

    assert len(found) == (words is not None)
    assert words is None or words in found[0]


def test_a_child_not_yet_born_is_recorded_from_its_mother() -> None:
    (fault,) = faults(Described(due_on="2027-02-01"))

    assert "mother" in fault


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("born", "2009"),
        ("pnc_id", "99/123456X"),
        ("cro_number", "123456/08T"),
        ("nhs_number", "9434765919"),
        ("upn", "H801200001001"),
        ("phone", "07700 900123"),
        ("email", "a@b.example"),
        ("online_names", "@ann"),
    ],
)
def test_a_child_not_yet_born_has_nothing_of_its_own(field: str, written: str) -> None:
    (fault,) = faults(replace(UNBORN, **{field: written}))

    assert "of their own" in fault


def test_a_child_not_yet_born_may_have_a_name_and_an_address() -> None:
    assert (
        faults(replace(UNBORN, given_names="Baby", family_name="Poole", address="12 Ash Road", postcode="NM1 2AB"))
        == ()
    )


@pytest.mark.parametrize(
    ("described", "is_unborn"),
    [
        (ANN, False),
        (UNBORN, True),
        (Described(mother="m"), True),
        (Described(due_on="x"), True),
        (Described(due_on=" "), False),
    ],
)
def test_whoever_has_a_due_date_or_a_mother_is_not_yet_born(described: Described, is_unborn: bool) -> None:
    assert described.is_unborn is is_unborn


def test_the_digest_is_of_the_words_and_not_of_the_space_around_them() -> None:
    spaced = Described(**{field.name: f"  {getattr(ANN, field.name)} " for field in fields(Described)})

    assert spaced.digest == ANN.digest
    assert replace(ANN, given_names="Poole", family_name="Ann").digest != ANN.digest
    assert len({replace(Described(), **{field: "x"}).digest for field in NAMED}) == len(NAMED)
    assert Described(given_names="\ud800").digest != Described().digest


@pytest.mark.parametrize(
    ("field", "written", "count"),
    [
        ("pnc_id", "99/123456Y", 1),
        ("pnc_id", "99/123456X", 0),
        ("cro_number", "123456/08A", 1),
        ("nhs_number", "9434765918", 1),
        ("upn", "UN3", 1),
        ("postcode", "4223", 1),
        ("postcode", "NM1 2AB", 0),
        ("phone", "07700 900123; 12; none", 2),
        ("email", "a@b.example;;nobody", 1),
        ("email", "", 0),
    ],
)
def test_each_number_that_cannot_be_right_is_named_with_its_reason_and_not_repeated(
    field: str, written: str, count: int
) -> None:
    found = unusable_values(replace(ANN, **{field: written}))

    assert len(found) == count
    for words in found:
        assert words.startswith(f"{NAMED[field]}: ")
        assert written not in words


def test_a_search_is_made_by_their_own_names_and_by_each_other_name_at_most_three() -> None:
    described = replace(ANN, also_known_as="Nan Poole; Annie ;; Nancy; Anka; Ania", born="14")

    found = asked_of(described, TODAY)

    assert [asked.words for asked in found] == [("ann", "poole"), ("nan", "poole"), ("annie",), ("nancy",)]
    assert {asked.born for asked in found} == {("2011", "2012")}


def test_two_names_that_are_one_make_one_search() -> None:
    assert len(asked_of(replace(ANN, also_known_as="ANN POOLE; Ann  Poole"), TODAY)) == 1


def test_of_many_names_the_first_six_count() -> None:
    (found,) = asked_of(Described(given_names="one two three four", family_name="five six seven"), TODAY)

    assert found.words == ("one", "two", "three", "four", "five", "six")


def test_everything_else_is_searched_for_with_every_name() -> None:
    described = Described(
        given_names="Ann",
        also_known_as="Nan",
        online_names="@Ann P; ann_p",
        born="14/5/2009",
        address="Flat 2, 12 Ash Rd",
        postcode="nm12ab",
        phone="07700 900123; 12",
        email="A@b.Example",
        pnc_id="99/123456X",
        cro_number="123456/08A",
        nhs_number="943 476 5919",
        upn="h801200001001",
    )

    own, other = asked_of(described, TODAY)

    assert own.about == other.about
    assert (own.about.postcode, own.about.home_number) == ("NM1 2AB", "2 12")
    assert own.about.address_words == ("12", "2", "ash", "flat", "road")
    assert (own.about.phones, own.about.emails) == (("+447700900123",), ("a@b.example",))
    assert own.about.checked == ("pnc:1999/0123456X", "nhs:9434765919", "upn:H801200001001")
    assert own.born == ("2009-05-14",)
    assert own.online == own.marks == ("annp",)


def test_a_record_has_what_was_said_in_its_columns_and_nothing_more() -> None:
    described = replace(
        ANN, sex="f", born="14/5/2009", phone=" 07700 900123 ", email="a@b.example", address=" ", mother="", due_on=""
    )

    assert row_of(described, TODAY) == {
        "given_names": "Ann",
        "family_name": "Poole",
        "sex": "F",
        "phone": "07700 900123",
        "email": "a@b.example",
        "date_of_birth": "2009-05-14",
    }


@pytest.mark.parametrize(
    ("born", "date_of_birth"),
    [
        ("2009-05", "2009-05"),
        ("2009", "2009"),
        ("14", None),
        ("104", None),
        ("", None),
        ("soon", None),
        ("5.4.2009", "2009-04-05"),
    ],
)
def test_an_age_is_no_birth_date(born: str, date_of_birth: str | None) -> None:
    assert row_of(replace(ANN, born=born), TODAY).get("date_of_birth") == date_of_birth


def test_a_child_not_yet_born_has_a_due_date_and_no_birth_date() -> None:
    assert row_of(replace(UNBORN, family_name="Poole"), TODAY) == {"family_name": "Poole", "due_on": "2027-02-01"}


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("14", True), (" 7 ", True), ("104", True), ("2009", False), ("", False), ("7y", False), ("-7", False)],
)
def test_up_to_three_figures_are_an_age(text: str, is_one: bool) -> None:
    assert is_age(text) is is_one


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-02-01", date(2027, 2, 1)),
        ("1/2/2027", date(2027, 2, 1)),
        ("2027-02", None),
        ("2027", None),
        ("14", None),
        ("", None),
    ],
)
def test_a_due_date_is_one_whole_day(text: str, day: date | None) -> None:
    assert due_date(text) == day
