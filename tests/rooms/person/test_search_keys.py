"""The keys by which a record is found: names by sound, dates by their parts, places and numbers, openly or by right."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.person.comparable_record import Compared, sound_of
from duecare.person.names import name_class
from duecare.person.search_keys import (
    guarded_keys,
    open_keys,
    place_keys,
    sounds_of,
    sounds_of_words,
    without_places,
)

ANN = Compared(given="ann", family="poole", born="2009-05-14")
HOME = Compared(
    postcode="NM1 2AB", uprn="100", home_number="2 12", address_words=("12", "2", "ash", "flat", "road", "the")
)
S_ANN, S_POOLE = sound_of("anne"), sound_of("poole")


def kinds(keys: set[str]) -> set[str]:
    return {key.partition(":")[0] for key in keys}


def test_a_record_of_which_nothing_is_known_has_no_key() -> None:
    assert open_keys(Compared()) == set()
    assert guarded_keys(Compared()) == set()


def test_names_are_found_in_either_order_and_by_a_short_form() -> None:
    assert open_keys(replace(ANN, given="poole", family="ann")) == open_keys(ANN)
    assert sound_of(name_class("bob")) in sounds_of(Compared(given="bob"))
    assert open_keys(Compared(given="bob")) == open_keys(Compared(given="robert"))


def test_every_name_of_a_record_is_a_sound_and_an_initial_is_none() -> None:
    record = Compared(
        given="ann",
        middle="b mary",
        family="poole ashby",
        other_givens=("polly",),
        other_families=("carter dale",),
    )

    words = ["ann", "mary", "poole", "ashby", "polly", "carter", "dale"]
    assert set(sounds_of(record)) == {sound_of(name_class(word)) for word in words}
    assert sounds_of_words(["b"]) == ()
    assert sounds_of_words(["bo"]) != ()


def test_sounds_stand_in_order_each_once_and_no_more_than_eight() -> None:
    letters = ["bab", "dad", "faf", "gag", "kak", "lal", "mam", "nan", "pap", "rar"]
    all_sounds = sorted({sound_of(name_class(word)) for word in letters})
    assert len(all_sounds) > 8

    assert sounds_of_words([*letters, *letters]) == tuple(all_sounds[:8])
    assert len(sounds_of_words(["smith", "smyth"])) == 1


def test_what_is_found_by_names_and_a_date() -> None:
    first, second = sorted((S_ANN, S_POOLE))

    assert open_keys(ANN) == {
        f"s1:{first}",
        f"s1:{second}",
        f"s2:{first}|{second}",
        f"sy:{first}|2009",
        f"sy:{second}|2009",
        f"s2y:{first}|{second}|2009",
        f"ym:{first}|2009-05",
        f"ym:{second}|2009-05",
        f"yd:{first}|2009--14",
        f"yd:{second}|2009--14",
        f"md:{first}|05-14",
        f"md:{second}|05-14",
        "d:2009-05-14",
    }


@pytest.mark.parametrize(
    ("born", "found"),
    [("", set()), ("2009", {"sy"}), ("2009-05", {"sy", "ym"}), ("2009-05-14", {"sy", "ym", "yd", "md", "d"})],
)
def test_a_part_of_a_date_gives_the_keys_of_that_part(born: str, found: set[str]) -> None:
    assert kinds(open_keys(Compared(given="ann", born=born))) == {"s1"} | found


@given(st.integers(0, 2), st.integers(1, 28), st.integers(1, 12), st.integers(2000, 2012))
def test_a_date_of_which_one_part_slipped_is_found_all_the_same(slipped: int, day: int, month: int, year: int) -> None:
    parts = [year, month, day]
    parts[slipped] += -1 if parts[slipped] > 1 else 1
    other = f"{parts[0]:04}-{parts[1]:02}-{parts[2]:02}"
    assert other != f"{year:04}-{month:02}-{day:02}"

    shared = open_keys(Compared(given="ann", born=f"{year:04}-{month:02}-{day:02}")) & open_keys(
        Compared(given="ann", born=other)
    )

    assert kinds(shared) & {"ym", "yd", "md"}


def test_every_two_sounds_of_three_are_a_key() -> None:
    record = Compared(given="ann", middle="mary", family="poole")

    pairs = {key.removeprefix("s2:") for key in open_keys(record) if key.startswith("s2:")}

    assert pairs == {f"{one}|{other}" for one, other in combinations(sounds_of(record), 2)}
    assert len(pairs) == 3


def test_a_record_is_found_by_its_own_number_and_by_every_number_it_gives() -> None:
    record = Compared(
        phones=("+441",), emails=("ann@b.example",), checked=("nhs:9434765919",), other_ids=("family:12",)
    )

    assert open_keys(record, "AB12") == {
        "t:+441",
        "e:ann@b.example",
        "m:ann",
        "i:nhs:9434765919",
        "i:family:12",
        "r:ab12",
    }
    assert not any(key.startswith("r:") for key in open_keys(record))


def test_an_online_name_finds_nobody_openly() -> None:
    record = Compared(online_names=("annp",))

    assert open_keys(record) == set()
    assert guarded_keys(record) == {"guarded o:annp"}


def test_a_home_is_found_by_its_postcode_number_and_street() -> None:
    assert place_keys(HOME, ["S"]) == {
        "p:NM1 2AB",
        "ss:S|NM1 2",
        "h:u100",
        "a:2|ash",
        "a:12|ash",
    }


def test_a_home_without_a_property_number_is_found_by_postcode_and_number() -> None:
    assert "h:NM1 2AB#2 12" in place_keys(replace(HOME, uprn=""), [])
    assert "h:12 2 ash flat road the" in place_keys(replace(HOME, uprn="", postcode=""), [])


def test_a_postcode_of_another_country_stands_for_its_sector() -> None:
    assert place_keys(Compared(postcode="75001"), ["S"]) == {"p:75001", "ss:S|75001"}


def test_words_for_the_kind_of_way_and_words_with_figures_are_no_street() -> None:
    record = Compared(home_number="4b", address_words=("4b", "ash", "flat", "road", "the"))

    assert place_keys(record, []) == {"h:4b ash flat road the", "a:4b|ash"}
    assert place_keys(replace(record, address_words=("flat", "road")), []) == set()


def test_of_a_long_address_two_numbers_and_three_words_are_keys() -> None:
    record = Compared(home_number="1 2 3", address_words=("1", "2", "3", "alder", "beech", "cedar", "elm", "road"))

    streets = {key for key in place_keys(record, []) if key.startswith("a:")}

    assert streets == {f"a:{number}|{word}" for number in ("2", "3") for word in ("alder", "beech", "cedar")}


def test_where_a_home_is_protected_every_place_key_is_guarded_and_none_is_open() -> None:
    record = replace(HOME, given="ann", family="poole", online_names=("annp",))

    openly = open_keys(without_places(record))

    assert not kinds(openly) & {"p", "ss", "h", "a"}
    assert guarded_keys(record) == {f"guarded {key}" for key in place_keys(record, sounds_of(record)) | {"o:annp"}}
    assert not guarded_keys(record) & open_keys(record)


def test_without_places_everything_else_is_left() -> None:
    record = replace(HOME, given="ann", family="poole", born="2009", phones=("+441",))

    assert without_places(record) == Compared(given="ann", family="poole", born="2009", phones=("+441",))
