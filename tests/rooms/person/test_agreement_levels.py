"""How far two records agree in homes, contacts, sexes, names and numbers: the border of each level."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.person.agreement_levels import comparison_levels
from duecare.person.comparable_record import Compared
from duecare.person.pair import COMPARISONS


def level(comparison: str, one: dict[str, Any], other: dict[str, Any]) -> str | None:
    """The level of one comparison, the same whichever record is named first."""
    a, b = Compared(**one), Compared(**other)
    found = comparison_levels(a, b)
    assert comparison_levels(b, a) == found
    return found.get(comparison)


def words(text: str) -> tuple[str, ...]:
    return tuple(sorted(text.split()))


def home(address: str = "", postcode: str = "", uprn: str = "") -> dict[str, Any]:
    numbers = " ".join(word for word in address.split() if any(letter.isdigit() for letter in word))
    return {"address_words": words(address), "home_number": numbers, "postcode": postcode, "uprn": uprn}


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (home(uprn="1"), home(uprn="1"), "same home"),
        (home(uprn="1"), home(uprn="2"), "different"),
        (home(uprn="1"), home(postcode="NM1 2AB"), None),
        (home(uprn="1", postcode="NM1 2AB"), home(uprn="2", postcode="NM1 2AB"), "same postcode"),
        (home("12 ash road", "NM1 2AB"), home("12 elm way", "NM1 2AB"), "same home"),
        (home("12 ash road", "NM1 2AB"), home("14 ash road", "NM1 2AB"), "same postcode"),
        (home("12 ash road"), home("12 ash road"), "same home"),
        (home("12 ash"), home("12 ash"), "most words"),
        (home("12 ash road ward town"), home("12 ash road park mile"), "most words"),
        (home("12 ash road ward"), home("12 ash road park"), "same home"),
        (home("12 ash road ward a b c"), home("12 ash road ward d e f"), "same area"),
        (home("12 ash road ward a b"), home("12 ash road ward d e"), "most words"),
        (home("12 ash road"), home("14 ash road"), "most words"),
        (home("12 ash road ward"), home("14 ash lane park"), "different"),
        (home("12 ash road x y"), home("14 ash road z w"), "different"),
        (home("12 ash road x"), home("14 ash road z"), "same area"),
        (home("ash"), home("ash"), "near"),
        (home("", "NM1 2AB"), home("", "NM1 2CD"), "near"),
        (home("", "NM1 2AB"), home("", "NM1 3AB"), "near"),
        (home("", "NM1 2AB"), home("", "NM2 2AB"), "near"),
        (home("", "NM1 2AB"), home("", "NM1 3CD"), "same area"),
        (home("", "NM1 2AB"), home("", "NM2 3CD"), "different"),
        (home("", "75001"), home("", "75002"), "near"),
        (home("", "75001"), home("", "76002"), "different"),
        (home("12 ash road"), home("", "NM1 2AB"), None),
        (home(), home("12 ash road", "NM1 2AB", "1"), None),
    ],
)
def test_homes_agree_so_far(one: dict[str, Any], other: dict[str, Any], wanted: str | None) -> None:
    assert level("home", one, other) == wanted


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ({"phones": ("+441", "+442")}, {"phones": ("+442",)}, "shared"),
        ({"phones": ("+441",)}, {"phones": ("+442",)}, "different"),
        ({"phones": ("+441",)}, {"emails": ("a@b.c",)}, None),
        ({"online_names": ("ann",)}, {"online_names": ("ann", "bea")}, "shared"),
        ({"emails": ("ann@b.c",)}, {"emails": ("ann@x.y",)}, "alike"),
        ({"emails": ("ann.poole@b.example",)}, {"emails": ("ann.pole@b.example",)}, "alike"),
        ({"emails": ("ann@b.c",)}, {"emails": ("zoe@q.w",)}, "different"),
        ({"emails": ("zoe@q.w", "ann@b.c")}, {"emails": ("ann@b.c",)}, "shared"),
        ({"emails": ("ann@b.c",), "phones": ("+441",)}, {"emails": ("zoe@q.w",), "phones": ("+441",)}, "shared"),
        ({"emails": ("ann@b.c",), "phones": ("+441",)}, {"phones": ("+442",)}, "different"),
        ({}, {"phones": ("+442",)}, None),
    ],
)
def test_contacts_agree_so_far(one: dict[str, Any], other: dict[str, Any], wanted: str | None) -> None:
    assert level("contact", one, other) == wanted


@pytest.mark.parametrize(
    ("one", "other", "wanted"), [("M", "M", "same"), ("M", "F", "different"), ("M", "", None), ("", "", None)]
)
def test_sexes_are_the_same_or_different_or_one_is_not_known(one: str, other: str, wanted: str | None) -> None:
    assert level("sex", {"sex": one}, {"sex": other}) == wanted


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        (("cro:123456/08T",), ("cro:123457/08U",), "conflict"),
        (("cro:SF39/1234A",), ("cro:SF39/1235B",), "different"),
        (("cro:SF39/1234A",), ("cro:123456/08T",), "different"),
        (("upn:H801200001001",), ("upn:A801200001002",), "conflict"),
        (("upn:H80120000100A",), ("upn:A80120000100B",), "different"),
        (("upn:H801200001001",), ("upn:A80120000100B",), "different"),
        (("pnc:1", "nhs:2"), ("pnc:1", "nhs:3"), "conflict"),
        (("pnc:1", "nhs:2"), ("pnc:1",), "shared"),
        (("pnc:1",), ("nhs:1",), None),
        ((), ("nhs:1",), None),
    ],
)
def test_numbers_that_nobody_has_two_of_conflict(
    one: tuple[str, ...], other: tuple[str, ...], wanted: str | None
) -> None:
    assert level("identifier", {"checked": one}, {"checked": other}) == wanted


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("xyz", "xyzq", "slip"),
        ("xy", "xyq", "alike"),
        ("zyxwv", "zxywv", "slip"),
        ("kowalska", "kowalski", "slip"),
        ("kowalska", "kowaislka", "slip"),
        ("qwertz", "asdfgh", "different"),
    ],
)
def test_a_family_name_of_three_letters_or_more_may_be_one_slip_apart(one: str, other: str, wanted: str) -> None:
    assert level("family", {"family": one}, {"family": other}) == wanted


def test_one_letter_is_never_the_same_name() -> None:
    assert level("family", {"family": "p"}, {"family": "p"}) == "two given names"
    assert level("given", {"given": "p"}, {"given": "p"}) == "initial"
    assert level("given", {"given": "p"}, {"given": "q"}) == "different"
    assert level("given", {"given": "p"}, {"given": "quentin", "other_givens": ("p",)}) == "other name"
    assert level("given", {"given": "p"}, {"given": "quentin", "middle": "p"}) == "middle name"


def test_another_family_name_that_was_given_is_an_other_name() -> None:
    maiden = {"family": "kowalska", "other_families": ("zhao",)}

    assert level("family", maiden, {"family": "zhao"}) == "other name"
    assert level("family", maiden, {"family": "brezhnev", "other_families": ("zhao",)}) == "other name"
    assert level("family", maiden, {"family": "brezhnev", "other_families": ("abara",)}) == "different"


def test_a_part_of_a_double_name_is_a_part_and_a_single_name_has_none() -> None:
    assert level("family", {"family": "poole ashby"}, {"family": "ashby carter"}) == "part"
    assert level("family", {"family": "poole ashby"}, {"family": "carter"}) == "different"


def test_what_is_swapped_is_weighed_once() -> None:
    one, other = {"given": "rachana", "family": "bhatnagar"}, {"given": "bhatnagar", "family": "rachana"}

    assert (level("given", one, other), level("family", one, other)) == ("swapped", None)


@pytest.mark.parametrize("silent", ["given", "family", "born", "sex"])
def test_what_one_side_is_silent_on_is_left_out(silent: str) -> None:
    full = {"given": "zoltan", "family": "kowalska", "born": "2009-05-14", "sex": "M"}

    found = comparison_levels(Compared(**full), replace(Compared(**full), **{silent: ""}))

    assert set(found) == set(full) - {silent}


NAMES = st.sampled_from(
    ["", "a", "ann", "anna", "bob", "robert", "micchael", "kowalska", "poole", "o nianain", "megan paula"]
)
RECORDS = st.builds(
    Compared,
    given=NAMES,
    middle=st.sampled_from(["", "a", "ann", "paula", "ali hassan"]),
    family=NAMES,
    other_givens=st.sampled_from([(), ("polly",), ("ann",)]),
    other_families=st.sampled_from([(), ("poole",)]),
    born=st.sampled_from(["", "2009", "2009-05", "2009-05-14", "2009-05-04", "2009-04-05", "2011-05-14", "1978-05-14"]),
    sex=st.sampled_from(["", "M", "F"]),
    postcode=st.sampled_from(["", "NM1 2AB", "NM1 2CD", "75001"]),
    home_number=st.sampled_from(["", "12"]),
    address_words=st.sampled_from([(), ("12", "ash", "road"), ("ash", "lane")]),
    phones=st.sampled_from([(), ("+441",)]),
    emails=st.sampled_from([(), ("ann@b.c",), ("ann@x.y",)]),
    checked=st.sampled_from([(), ("nhs:1",), ("nhs:2", "upn:A1")]),
    other_ids=st.sampled_from([(), ("family:1",)]),
)


@given(RECORDS, RECORDS)
def test_two_records_agree_as_far_whichever_is_named_first_in_levels_that_exist(one: Compared, other: Compared) -> None:
    found = comparison_levels(one, other)

    assert comparison_levels(other, one) == found
    assert list(found) == [name for name in COMPARISONS if name in found]
    assert all(value in COMPARISONS[name] for name, value in found.items())


@given(RECORDS)
def test_a_record_agrees_with_itself_in_all_it_says(record: Compared) -> None:
    found = comparison_levels(record, record)

    assert found.get("sex", "same") == "same"
    assert found.get("identifier", "shared") == "shared"
    assert found.get("contact", "shared") == "shared"
    assert found.get("born", "same") in {"same", "as far as known"}
    assert found.get("given", "same") not in {"different", "alike", "rough slip", "slip"}
    assert "different" not in {found.get("family"), found.get("home")}
