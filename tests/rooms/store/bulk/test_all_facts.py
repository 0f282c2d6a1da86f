"""All standing facts at once, from the Parquet copy: the same as what is looked up one by one."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.made.landed import NINE, SOURCE, after, arrive, case, event, gone, linked, person, ties

from duecare.person.identity import record_person_id
from duecare.record.pole import CaseKey, RecordKey
from duecare.store.bulk import all_facts
from duecare.store.bulk.all_facts import everything, standing_persons
from duecare.store.bulk.duckdb_engine import Duck
from duecare.store.bulk.duty_tables import give_tables
from duecare.store.facts.fact_lookup import cases_known, events_known, records_known
from duecare.store.linkage.linked_people import whose_are

pytestmark = pytest.mark.django_db

MICRO = timedelta(microseconds=1)
C1, C2 = CaseKey(SOURCE, "C1"), CaseKey(SOURCE, "C2")
A, B, C, D = (RecordKey(SOURCE, name) for name in "ABCD")
CHILD = frozenset({"child"})


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    """A home of this test's own, with its own Parquet copy."""
    settings.CONFIG = dataclasses.replace(settings.CONFIG, home=tmp_path)
    return tmp_path


def read(known_at: datetime | None = None, upto: int | None = None) -> dict[str, Any]:
    with everything(known_at, upto) as facts:
        return {
            "persons": facts.persons,
            "cases": facts.cases,
            "whose": facts.whose,
            "events": facts.events,
            "of_cases": {key: sorted(one.event_id for one in events) for key, events in facts.of_cases()},
            "children": {who: sorted(one.event_id for one in events) for who, events in facts.of_people(CHILD)},
            "records": {who: sorted(one.key for one in records) for who, records in facts.records_of().items()},
        }


@pytest.fixture
def filled() -> None:
    arrive(
        person("A", family_name="Quill"), person("B", number=2), person("C", number=3), case("C1", area="North"), case("C2"),
        event("E1", case_ref="C1"), ties("E1", ("A", "child"), ("C", "suspect")), event("E2", case_ref="C1", number=2),
        event("E3", case_ref="C2", number=3), ties("E3", ("B", "offender")), event("E4", number=4), ties("E4", ("D", "child")),
    )  # fmt: skip
    linked(("A", "one"), ("B", "one"))


def own(record: RecordKey) -> str:
    return record_person_id(record)


def test_an_empty_store_holds_nothing():
    assert read() == {
        "persons": {}, "cases": {}, "whose": {}, "events": 0, "of_cases": {}, "children": {}, "records": {},
    }  # fmt: skip


def test_what_stands_is_what_is_looked_up_one_by_one(filled):
    found = read()

    assert found["persons"] == records_known([A, B, C])
    assert found["cases"] == cases_known([C1, C2], None)
    assert found["whose"] == whose_are([A, B, C, D]) == {A: "one", B: "one", C: own(C), D: own(D)}
    assert (found["events"], found["of_cases"]) == (4, {C1: ["E1", "E2"], C2: ["E3"]})
    assert found["records"] == {"one": [A, B], own(C): [C]}


def test_people_in_a_role_come_with_their_events_and_those_of_their_cases(filled):
    with everything(None) as facts:
        of = {
            roles: {who: sorted(one.event_id for one in events) for who, events in facts.of_people(frozenset(roles))}
            for roles in (("child",), ("suspect",), ("child", "suspect"), ("nobody",), ())
        }

    assert of["child",] == {"one": ["E1", "E2", "E3"], own(D): ["E4"]}  # the other record's case is theirs too
    assert of["suspect",] == {own(C): ["E1", "E2"]}
    assert of["child", "suspect"] == {"one": ["E1", "E2", "E3"], own(D): ["E4"], own(C): ["E1", "E2"]}
    assert of["nobody",] == of[()] == {}


def test_events_are_whole_with_their_ties(filled):
    with everything(None) as facts:
        (found,) = [one for _, events in facts.of_cases() for one in events if one.event_id == "E1"]

    assert (found,) == events_known([(SOURCE, "E1")], None)
    assert [tie.role for tie in found.ties] == ["child", "suspect"]


@pytest.mark.parametrize(
    ("known_at", "area", "events"),
    [(NINE - MICRO, None, {}), (NINE, "North", {C1: ["E1"]}), (after(5) - MICRO, "North", {C1: ["E1"]}), (after(5), "South", {}),
     (None, "South", {})],
)  # fmt: skip
def test_what_stood_at_a_moment(known_at: datetime | None, area: str | None, events: dict[CaseKey, list[str]]):
    arrive(case("C1", area="North"), event("E1", case_ref="C1"))
    arrive(case("C1", area="South", at=after(5)), gone("events", "E1", at=after(5)))

    found = read(known_at)

    assert (found["cases"][C1].area if C1 in found["cases"] else None, found["of_cases"]) == (area, events)


def test_by_the_deliveries_up_to_a_number_as_if_none_had_come_since():
    for place, area in enumerate(("first", "second", "third")):
        arrive(case("C1", area=area, at=after(place)))

    assert [read(None, upto)["cases"][C1].area for upto in (1, 2, 3, 99)] == ["first", "second", "third", "third"]
    assert read(None, 0)["cases"] == {}


def test_of_two_versions_of_one_second_the_larger_hash_stands():
    versions = [case("C1", area="a"), case("C1", area="b")]
    for one in versions:
        arrive(one)

    largest = max(versions, key=lambda one: one.sha256)
    assert read()["cases"] == cases_known([C1], None)
    assert f'"{read()["cases"][C1].area}"'.encode() in largest.body


def test_a_withdrawn_set_of_ties_and_ties_without_an_event_tie_nobody():
    arrive(event("E1"), ties("E1", ("A", "child")), ties("E9", ("B", "child")))
    arrive(gone("ties", "E1", at=after(1)))

    found = read()
    assert (found["children"], found["whose"], found["events"]) == ({}, {}, 1)


def test_a_record_is_first_written_when_its_first_version_was(filled):
    arrive(person("A", at=after(50), family_name="Rowe"))
    table = standing_persons().to_pylist()

    assert [(row["source"], row["record_id"], row["written_at"]) for row in table] == [
        (SOURCE, name, "2026-03-02T09:00:00+00:00") for name in "ABC"
    ]
    assert [row["family_name"] for row in table] == ["Rowe", "", ""]


def test_people_are_read_as_text_for_linkage_lists_joined_and_what_is_missing_empty():
    arrive(person("A", phone=["1", "2"], date_of_birth="2014-05", restricted=True), person("B", number=2))
    arrive(gone("persons", "B", at=after(5)))

    (row,) = standing_persons().to_pylist()
    assert (row["record_id"], row["phone"], row["date_of_birth"], row["email"]) == ("A", "1;2", "2014-05", "")
    assert "deleted" not in row
    assert set(map(type, row.values())) == {str}
    assert [one["record_id"] for one in standing_persons(NINE).to_pylist()] == ["A", "B"]
    assert standing_persons(NINE - MICRO).to_pylist() == []


def test_the_tables_that_duties_are_judged_on_are_made_of_what_stands(filled):
    with everything(None) as facts:
        duck = Duck(facts.connection)
        give_tables(duck)
        given_rows = {
            table: sorted(duck.rows(f"SELECT {columns} FROM {table}"))
            for table, columns in (
                ("given_event", "event_id, case_ref"),
                ("given_tie", "event_id, record_id, role"),
                ("given_record", "record_id, person"),
                ("given_case", "case_ref, area"),
            )
        }

    assert [event_id for event_id, *_ in given_rows["given_event"]] == ["E1", "E2", "E3", "E4"]
    assert given_rows["given_tie"] == [
        ("E1", "A", "child"), ("E1", "C", "suspect"), ("E3", "B", "offender"), ("E4", "D", "child"),
    ]  # fmt: skip
    assert given_rows["given_record"] == [("A", "one"), ("B", "one"), ("C", own(C)), ("D", own(D))]
    assert given_rows["given_case"] == [("C1", "North"), ("C2", "")]


def test_rows_are_streamed_however_many_are_fetched_at_a_time(filled, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(all_facts, "AT_ONCE", 2)
    with everything(None) as facts:
        assert sorted(facts.stream("SELECT key FROM persons")) == [("A",), ("B",), ("C",)]
        assert list(facts.stream("SELECT key FROM persons WHERE key = 'none'")) == []


def test_the_engine_is_closed_and_its_folder_gone_whatever_happens_inside(filled, tmp_path, monkeypatch):
    import duckdb

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "spill"))
    (tmp_path / "spill").mkdir()
    kept: list[Any] = []
    with pytest.raises(ZeroDivisionError), everything(None) as facts:
        _ = (kept.append(facts.connection), 1 / 0)

    with pytest.raises(duckdb.ConnectionException):
        kept[0].execute("SELECT 1")
    assert list((tmp_path / "spill").iterdir()) == []


WORLD = st.lists(
    st.tuples(
        st.sampled_from("AB"),
        st.integers(0, 3),
        st.sampled_from(("", "1", "2")),
        st.sampled_from(("", "x", "y")),
        st.booleans(),
    ),
    max_size=6,
)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(WORLD, st.one_of(st.none(), st.integers(-1, 4)))
def test_all_at_once_is_the_same_as_one_by_one(world: list[Any], seconds: int | None):
    """The judge: the look-up of each, which reads the tables and not the copy."""
    from duecare.store.models import Delivery

    source = f"s{Delivery.objects.count()}"
    known_at = None if seconds is None else after(seconds)
    for name, at, case_ref, says, withdrawn in world:
        versions = (
            [gone("events", name, at=after(at)), gone("persons", name, at=after(at))]
            if withdrawn
            else [
                event(name, case_ref=case_ref, text=says, at=after(at)),
                person(name, school=says, at=after(at)),
                ties(name, *([(source, says, "child")] if says else []), at=after(at)),
            ]
        )
        arrive(*versions, source=source)

    with everything(known_at) as facts:
        events = {one for _, of in facts.of_cases() for one in of if one.source == source}
        persons = {key: one for key, one in facts.persons.items() if key.source == source}

    asked = [(source, name) for name in "AB"]
    assert events == {one for one in events_known(asked, known_at) if one.case}
    if known_at is None:
        assert persons == records_known([RecordKey(*key) for key in asked])
