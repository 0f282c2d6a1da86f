"""Reasons in words: every level has some, and what speaks against comes last."""

from __future__ import annotations

from duecare.person.pair import COMPARISONS
from duecare.person.search_reasons import weighed_reasons
from duecare.person.weigh import Weighed


def test_every_level_has_its_words() -> None:
    for comparison, levels in COMPARISONS.items():
        for level in levels:
            (told,) = weighed_reasons(Weighed(0.0, {comparison: level}, {comparison: 1.0}))
            assert told.startswith("but") is (level in {"different", "conflict", "two given names"})


def test_the_strongest_is_shown_first_and_what_speaks_against_last() -> None:
    levels = {"given": "different", "family": "same", "born": "same"}

    told = weighed_reasons(Weighed(3.0, levels, {"given": -4.0, "family": 5.0, "born": 9.0}))

    assert told == ("the birth date is the same", "the family name is the same", "but another given name")


def test_what_a_household_would_explain_is_said_last() -> None:
    levels = {"given": "same", "home": "same home"}

    told = weighed_reasons(Weighed(2.0, levels, {"given": 9.0, "home": 13.0, "household": -6.0}))

    assert told[-1] == "but two people of one household would agree so, too"
    assert (
        weighed_reasons(Weighed(9.0, levels, {"given": 9.0, "home": 13.0, "household": -0.5}))[-1]
        == "the given name is the same"
    )
