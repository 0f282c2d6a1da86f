"""Areas by code and by name."""

from __future__ import annotations

from datetime import timedelta

from duecare.duty.roster import Roster
from duecare.record.pole import PostRecord
from duecare.vocabulary.areas import LONDON, plain_area
from duecare.vocabulary.london_clock import read_time


def test_a_code_and_the_name_of_its_borough_are_one_area() -> None:
    assert all(plain_area(code.lower()) == plain_area(f"  {name.upper()} ") for code, name in LONDON.items())
    assert len({plain_area(name) for name in LONDON.values()}) == 33


def test_an_unknown_code_is_compared_as_it_is() -> None:
    assert plain_area("Z09000001") == "z09000001"


def test_a_post_is_found_by_the_code_of_its_borough() -> None:
    roster = Roster((), (PostRecord("people", "DI1", "detective_inspector", "Camden", "D1"),))
    at = read_time("2016-03-01T09:00:00+00:00").when.earliest

    assert roster.holder("detective_inspector", "E09000007", at, timedelta(hours=48)) == "D1"
