"""Who came into custody and left it: of many people at once, as known at a moment."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.made.landed import NINE, SOURCE, after, arrive, event, gone, linked, person, ties

from duecare.person.identity import record_person_id
from duecare.record.pole import RecordKey
from duecare.store.facts.custody_events import comings_and_goings

pytestmark = pytest.mark.django_db

A, B, C = (RecordKey(SOURCE, name) for name in "ABC")


def found(people: list[str], known_at: datetime | None = None) -> dict[str, tuple[set[RecordKey], list[str]]]:
    read = comings_and_goings(people, known_at)
    return {name: (set(records), sorted(one.event_id for one in events)) for name, (records, events) in read.items()}


@pytest.fixture
def held() -> None:
    """Two records of one person, and one of another: arrivals, departures, and what is neither."""
    arrive(person("A"), person("B", number=2), person("C", number=3))
    arrive(
        event("E1", "custody_arrived"), ties("E1", ("A", "detainee"), ("C", "appropriate_adult")),
        event("E2", "custody_left", number=2), ties("E2", ("B", "detainee")),
        event("E3", "bail_refused", number=3), ties("E3", ("A", "detainee")),
        event("E4", "custody_arrived", number=4), ties("E4", ("A", "detainee"), ("B", "detainee")),
    )  # fmt: skip
    linked(("A", "one"), ("B", "one"))


def test_each_person_has_the_comings_and_goings_of_all_their_records_each_once(held):
    assert found(["one", record_person_id(C)]) == {
        "one": ({A, B}, ["E1", "E2", "E4"]),
        record_person_id(C): ({C}, ["E1"]),
    }
    (_, events) = comings_and_goings(["one"], None)["one"]
    assert {one.kind for one in events} == {"custody_arrived", "custody_left"}


def test_a_person_who_is_not_asked_for_is_not_answered_for(held):
    assert set(found(["one"])) == {"one"}
    assert found([]) == {}


def test_somebody_nobody_knows_has_no_records_and_no_events(held):
    assert found(["nobody"]) == {"nobody": (set(), [])}


def test_the_id_that_a_record_had_of_its_own_names_nobody_once_it_is_another_persons(held):
    assert found([record_person_id(A)]) == {record_person_id(A): (set(), [])}


def test_what_was_not_written_by_the_moment_or_was_withdrawn_by_then_is_left_out(held):
    arrive(gone("events", "E4", at=after(10)))
    micro = timedelta(microseconds=1)

    assert found(["one"])["one"][1] == ["E1", "E2"]
    assert found(["one"], after(10) - micro)["one"][1] == ["E1", "E2", "E4"]
    assert found(["one"], NINE - micro)["one"] == ({A, B}, [])


def test_an_event_that_no_longer_names_them_is_not_theirs(held):
    arrive(ties("E2", ("C", "detainee"), at=after(1)))

    assert found(["one", record_person_id(C)]) == {
        "one": ({A, B}, ["E1", "E4"]),
        record_person_id(C): ({C}, ["E1", "E2"]),
    }


def test_an_event_that_was_once_an_arrival_and_is_now_something_else_is_looked_up_all_the_same(held):
    arrive(event("E4", "bail_refused", at=after(5)))

    (_, events) = comings_and_goings(["one"], None)["one"]
    assert sorted((one.event_id, one.kind) for one in events) == [
        ("E1", "custody_arrived"),
        ("E2", "custody_left"),
        ("E4", "bail_refused"),
    ]
