"""Names that stand for one another, and spellings that are none."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import DamerauLevenshtein

from duecare.person.names import is_given_name, is_known_name, meant_class, name_class, name_classes
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


def data_lines(file_name: str) -> list[str]:
    text = (files("duecare.person") / file_name).read_text("utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def test_the_names_are_those_of_the_two_data_files_and_no_word_of_their_comments() -> None:
    listed = {
        name
        for file_name in ("name_classes.txt", "known_names.txt")
        for name in " ".join(data_lines(file_name)).split()
    }

    assert len(listed) > 1_800
    assert all(map(is_known_name, listed))
    assert all(name.isalpha() and name.isascii() and name == name.lower() for name in listed)
    assert not any(map(is_known_name, ("#", "stand", "understood", "general", "knowledge", "wherever", "")))


def test_every_name_of_a_line_stands_for_the_full_name_before_it() -> None:
    for line in data_lines("name_classes.txt"):
        full, *others = line.split()
        assert all(set(name_classes(full)) & set(name_classes(other)) for other in others)


def test_the_first_line_in_which_a_name_stands_gives_its_class() -> None:
    assert name_class("sandy") == "alexander"
    assert name_classes("sandy") == ("alexander", "alexandra", "sandra")


def test_a_name_of_no_line_stands_for_itself() -> None:
    assert (name_class("aarav"), name_classes("aarav")) == ("aarav", ("aarav",))
    assert (name_class(""), name_classes("")) == ("", ("",))


@pytest.mark.parametrize(
    ("spelling", "meant"),
    [
        ("jonathna", "jonathan"),
        ("katarzynaa", "katarzyna"),
        ("katarzyn", "katarzyna"),
        ("rober", ""),  # Robert, or Roger
        ("robertt", "robert"),
        ("rpbert", "robert"),
        ("roebrt", "robert"),
        ("rxbxrt", ""),
        ("robe", ""),
        ("chri", ""),
        ("annaa", ""),
    ],
)
def test_one_letter_more_less_other_or_exchanged_is_a_slip_of_a_name_of_five_letters(spelling: str, meant: str) -> None:
    assert meant_class(spelling) == meant


def test_a_spelling_as_near_to_names_of_two_classes_means_neither() -> None:
    """Marina and Martina are two names; Marrina may be a slip of either."""
    assert is_known_name("marina")
    assert is_known_name("martina")
    near = {name_class(name) for name in ("marina", "martina")}
    assert len(near) == 2
    assert meant_class("marxina") == ""


@given(
    st.sampled_from([line.split()[0] for line in data_lines("name_classes.txt") if len(line.split()[0]) >= 6]),
    st.data(),
)
def test_what_a_slip_means_is_a_class_of_a_known_name_one_slip_away(name: str, data: st.DataObject) -> None:
    """Against trying every known name."""
    place = data.draw(st.integers(0, len(name) - 1))
    slipped = name[:place] + data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz")) + name[place + 1 :]
    near = {
        name_class(known)
        for known in " ".join([*data_lines("name_classes.txt"), *data_lines("known_names.txt")]).split()
        if len(known) >= 5 and DamerauLevenshtein.distance(slipped, known) <= 1
    }

    wanted = "" if is_known_name(slipped) or len(near) != 1 else near.pop()
    assert meant_class(slipped) == wanted


@pytest.mark.parametrize(
    ("family", "is_one"),
    [
        ("megan", True),
        ("megan paula", True),
        ("a", True),
        ("o nianain", False),
        ("kowalska", False),
        ("", False),
        ("ab", False),
    ],
)
def test_a_family_name_looks_like_a_given_one_by_its_first_word_or_as_one_letter(family: str, is_one: bool) -> None:
    assert is_given_name(family) is is_one
