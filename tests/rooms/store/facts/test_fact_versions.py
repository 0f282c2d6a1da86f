"""The newest version of a row written by a moment, withdrawn or not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.made.landed import NINE, SOURCE, after, arrive, begun, case, gone, person

from duecare.store.facts.delivery_landing import land_delivery
from duecare.store.facts.fact_versions import Written, newest_versions

pytestmark = pytest.mark.django_db

A = (SOURCE, "A")
MICRO = timedelta(microseconds=1)


def test_the_newest_version_is_read_with_its_time_and_what_it_says():
    arrive(person("A", school="first"), person("A", school="second", at=after(7), number=2))

    assert newest_versions("persons", [A], None) == {
        A: Written(after(7), False, {"given_names": "Zelma", "school": "second"})
    }


@pytest.mark.parametrize(
    ("known_at", "found"),
    [
        (NINE - MICRO, {}),
        (NINE, {A: ("first", False)}),
        (after(7) - MICRO, {A: ("first", False)}),
        (after(7), {A: ("", True)}),
        (after(9) - MICRO, {A: ("", True)}),
        (after(9), {A: ("third", False)}),
        (None, {A: ("third", False)}),
    ],
)
def test_by_a_moment_only_what_was_written_by_then_counts_and_a_withdrawal_is_a_version(known_at, found):
    arrive(
        person("A", school="third", at=after(9)),
        gone("persons", "A", at=after(7), file="persons.csv"),
        person("A", school="first", number=3),
    )

    read = newest_versions("persons", [A], known_at)

    assert {key: (one.said.get("school", ""), one.is_withdrawn) for key, one in read.items()} == found


def test_of_one_time_the_larger_hash_is_the_newer_whichever_came_first():
    low, high = sorted((person("A", school="a"), person("A", school="b")), key=lambda one: one.sha256)
    arrive(high)
    arrive(low)
    arrive(low, source="niche")
    arrive(high, source="niche")

    read = newest_versions("persons", [A, ("niche", "A")], None)

    assert read[A] == read["niche", "A"]
    assert read[A].said["school"] == ("b" if b'"b"' in high.body else "a")


def test_what_was_not_accepted_is_no_version():
    land_delivery(begun(), [person("A")])
    land_delivery(begun(state="refused"), [person("A")])

    assert newest_versions("persons", [A], None) == {}


def test_a_version_is_of_its_source_and_sheet_and_unknown_keys_are_not_there():
    arrive(person("A"), case("A", "missing"))
    arrive(person("A", school="n"), source="niche")

    assert newest_versions("cases", [A, ("niche", "A"), (SOURCE, "B")], None)[A].said == {"kind": "missing"}
    assert set(newest_versions("cases", [A, ("niche", "A"), (SOURCE, "B")], None)) == {A}
    assert set(newest_versions("persons", [A, A, ("niche", "A")], None)) == {A, ("niche", "A")}
    assert newest_versions("persons", [], None) == {}


def test_more_keys_than_one_statement_takes_are_all_found():
    arrive(*(person(f"N{number}", number=number) for number in range(1_000)))

    assert len(newest_versions("persons", [(SOURCE, f"N{number}") for number in range(1_000)], None)) == 1_000
