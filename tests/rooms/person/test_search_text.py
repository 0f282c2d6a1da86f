"""What a line of search asks for: names, dates, ages, places and numbers, in whichever order they were typed."""

from __future__ import annotations

from datetime import date

import pytest

from duecare.person.search_text import read_asked

TODAY = date(2026, 11, 25)


def test_every_part_is_read_for_what_it_is():
    asked = read_asked(
        "Bob Tallow 4/5/2009, 12 Ash Rd NM1 2AB 07700 900123 bob@mail.example, 999 000 0018", today=TODAY
    )

    assert (asked.words, asked.born, asked.marks) == (("bob", "tallow"), ("2009-05-04",), ())
    assert (asked.about.postcode, asked.about.home_number) == ("NM1 2AB", "12")
    assert asked.about.address_words == ("12", "ash", "road")
    assert (asked.about.phones, asked.about.emails) == (("+447700900123",), ("bob@mail.example",))
    assert asked.about.checked == ("nhs:9990000018",)


@pytest.mark.parametrize(
    ("text", "born", "found"),
    [
        ("Tallow 2009-05", "", ("2009-05",)),
        ("Tallow 2009", "", ("2009",)),
        ("Tallow aged 14", "", ("2011", "2012")),
        ("Tallow 14 yrs", "", ("2011", "2012")),
        ("Tallow", "14", ("2011", "2012")),
        ("Tallow 2001-01-01", "2009-05-04", ("2009-05-04",)),
        ("Tallow 31/02/2009", "", ("2009",)),
        ("Tallow", "soon", ()),
    ],
)
def test_a_birth_date_a_part_of_one_or_an_age(text, born, found):
    assert read_asked(text, birth_text=born, today=TODAY).born == found


@pytest.mark.parametrize("way", ["Road", "Rd", "Crescent", "Cres", "Ave", "Av", "Place", "Pl", "Ter", "Hse", "Mews"])
def test_an_address_is_read_whichever_way_its_kind_of_way_is_written(way):
    asked = read_asked(f"tallow 12 Ash {way}")

    assert asked.words == ("tallow",)
    assert asked.about.home_number == "12"
    assert asked.about == read_asked(f"12 ash {way.upper()}, Tallow").about


def test_nothing_that_is_asked_is_distinguished_from_something():
    assert read_asked("  ").is_empty
    assert not read_asked("", near_text="NM1 2AB").is_empty
    assert not read_asked("few:child-open").is_empty
