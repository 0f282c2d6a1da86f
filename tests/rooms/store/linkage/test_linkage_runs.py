"""The linkage in force read and changed piece by piece: its ties, its people, what moved, and how frequent terms were."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from tests.made.landed import NINE, SOURCE, after, arrive, begun, case, gone, linked, person

from duecare.person.identity import record_person_id
from duecare.record.pole import RecordKey
from duecare.store.facts.delivery_landing import land_delivery
from duecare.store.linkage.linkage_runs import (
    LinkState,
    first_written,
    forget_ties,
    hold_linkage,
    keep_terms,
    link_state,
    move_records,
    moved_since,
    people_held,
    read_record,
    records_linked,
    terms_kept,
    ties_of,
)
from duecare.store.linkage.linked_people import keep_pairs, members_of, whose_are
from duecare.store.linkage.record_terms import term_of
from duecare.store.models import LinkMove, Pair, PersonAlias

pytestmark = pytest.mark.django_db

A, B, C, D = (RecordKey(SOURCE, name) for name in "ABCD")


def own(record: RecordKey) -> str:
    return record_person_id(record)


def pairs(run: Any, *rows: tuple[str, str, float]) -> None:
    keep_pairs(run, [(f"pole:{a}", f"pole:{b}", weight, 0.5, "given=same;born=slip", "") for a, b, weight in rows])


# --- state -------------------------------------------------------------------------------------------------


def test_the_state_is_the_run_in_force_and_the_last_move_since():
    assert link_state() == LinkState(0, 0)
    run = linked(("A", "one"))
    assert link_state() == LinkState(run.id, 0)
    move_records(run, {A: ("one", "two")})
    assert link_state() == LinkState(run.id, LinkMove.objects.get().pk)


def test_states_are_ordered_by_run_and_then_by_move():
    assert sorted([LinkState(2, 0), LinkState(1, 9), LinkState(1, 1)]) == [
        LinkState(1, 1),
        LinkState(1, 9),
        LinkState(2, 0),
    ]


def test_the_run_in_force_is_held_where_a_database_can(django_assert_num_queries):
    assert hold_linkage() is None
    run = linked(("A", "one"))
    with django_assert_num_queries(3) as asked:
        assert hold_linkage().id == run.id

    assert ("FOR UPDATE" in asked.captured_queries[0]["sql"]) == (connection.vendor == "postgresql")


def test_records_are_counted_in_one_run():
    first = linked(("A", "one"), ("B", "one"), ("C", "two"))
    second = linked(("A", "one"))

    assert (records_linked(first), records_linked(second)) == (3, 1)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("pole:A", A),
        ("pole:A:b", RecordKey(SOURCE, "A:b")),
        ("pole:", RecordKey(SOURCE, "")),
        ("x", RecordKey("x", "")),
    ],
)
def test_a_record_is_read_from_its_name(text: str, key: RecordKey):
    assert read_record(text) == key


# --- ties --------------------------------------------------------------------------------------------------


def test_the_pairs_of_records_with_each_other_and_with_others_in_order():
    other, run = linked(("A", "one")), linked(("A", "one"))
    pairs(run, ("B", "A", 3.0), ("C", "D", 1.5), ("D", "A", -2.0))
    pairs(other, ("A", "C", 9.0))

    known = ties_of(run, [A])
    assert {key: one.weight for key, one in known.items()} == {(A, B): 3.0, (A, D): -2.0}
    assert known[A, B].levels == {"given": "same", "born": "slip"}
    assert set(ties_of(run, [A, C])) == {(A, B), (A, D), (C, D)}
    assert ties_of(run, []) == ties_of(run, [RecordKey("niche", "A")]) == {}


def test_the_pairs_of_records_that_say_something_else_now_are_forgotten():
    other, run = linked(("A", "one")), linked(("A", "one"))
    for one in (other, run):
        pairs(one, ("A", "B", 1.0), ("C", "A", 2.0), ("C", "D", 3.0))

    forget_ties(run, [A])

    assert list(Pair.objects.filter(run_id=run.id).values_list("a", "b")) == [("pole:C", "pole:D")]
    assert Pair.objects.filter(run_id=other.id).count() == 3
    forget_ties(run, [])
    assert Pair.objects.filter(run_id=run.id).count() == 1


# --- people ------------------------------------------------------------------------------------------------


def test_the_people_of_records_by_a_run_without_those_that_were_never_linked():
    first = linked(("A", "one"), ("niche", "A", "two"))
    linked(("A", "other"), ("B", "other"))

    assert people_held(first, [A, B, RecordKey("niche", "A"), A]) == {A: "one", RecordKey("niche", "A"): "two"}
    assert people_held(first, []) == {}


def test_when_the_earliest_version_of_each_record_was_written():
    arrive(person("A", at=after(9)), person("A", at=after(3), number=2), case("B"))
    arrive(gone("persons", "C", at=after(7)), person("A", at=after(20), number=2))
    arrive(person("A", at=after(-50)), source="niche")
    land_delivery(begun(), [person("A", at=after(-99))])

    assert first_written([A, B, C]) == {A: after(3), C: after(7)}
    assert first_written([RecordKey("niche", "A")]) == {RecordKey("niche", "A"): after(-50)}
    assert first_written([]) == {}
    assert first_written([A])[A].tzinfo is NINE.tzinfo


def test_records_that_move_are_given_to_others_and_leave_what_is_withdrawn():
    arrive(person("A"), person("B", number=2), person("C", number=3))
    run = linked(("A", "one"), ("B", "one"), ("C", "three"))

    move_records(run, {B: ("one", "two"), C: ("three", ""), D: ("", "one")})

    assert people_held(run, [A, B, C, D]) == {A: "one", B: "two", D: "one"}
    assert list(LinkMove.objects.order_by("id").values_list("record_id", "was", "now")) == [
        ("B", "one", "two"), ("C", "three", ""), ("D", "", "one"),
    ]  # fmt: skip


def test_nothing_that_moves_is_noted_where_nothing_does():
    run = linked(("A", "one"))
    move_records(run, {})

    assert (LinkMove.objects.count(), link_state()) == (0, LinkState(run.id, 0))


def test_an_id_that_was_that_of_a_record_goes_on_answering_after_the_move():
    arrive(person("A"), person("B", number=2))
    run = linked(("A", own(A)), ("B", own(B)))

    move_records(run, {B: (own(B), own(A))})

    assert members_of(own(B)) == members_of(own(A)) == (A, B)
    assert set(PersonAlias.objects.values_list("alias", "record_id")) == {(own(B), "B")}
    move_records(run, {B: (own(A), own(B))})
    assert (members_of(own(B)), whose_are([B])) == ((B,), {B: own(B)})


def test_which_records_moved_since_a_move_and_the_ids_people_have_and_had():
    run = linked(("A", "one"), ("B", "two"))
    assert moved_since(0) == (set(), set())
    move_records(run, {A: ("one", "two")})
    first = link_state().moves
    move_records(run, {B: ("two", "three")})

    assert moved_since(0) == ({A, B}, {"one", "two", "three"})
    assert moved_since(first) == ({B}, {"two", "three"})
    assert moved_since(link_state().moves) == (set(), set())


@pytest.mark.parametrize("move", [("", "one"), ("one", "")])
def test_a_record_that_was_not_linked_or_is_withdrawn_is_its_own_person(move: tuple[str, str]):
    run = linked(("B", "one"))
    move_records(run, {A: move})

    assert moved_since(0) == ({A}, {"one", own(A)})


# --- terms -------------------------------------------------------------------------------------------------


def test_how_many_records_bore_a_term_is_kept_for_each_run():
    first, second = linked(("A", "one")), linked(("A", "one"))
    keep_terms(first, [("given", "zelma", 7), ("given", "", 90), ("family", "zelma", 2)])
    keep_terms(second, iter([("given", "zelma", 8)]))
    asked = [term_of("given", "zelma"), term_of("given"), term_of("given", "none")]

    assert terms_kept(first, asked) == {asked[0]: 7, asked[1]: 90}
    assert terms_kept(second, asked) == {asked[0]: 8}
    assert terms_kept(first, []) == {}
