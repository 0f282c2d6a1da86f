"""What a delivery or another linkage affects: which events, cases and people, by index, of every version there is."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.made.landed import (
    RECEIVED,
    SOURCE,
    after,
    arrive,
    begun,
    case,
    event,
    gone,
    linked,
    officer,
    person,
    post,
    row,
    ties,
)

from duecare.person.identity import record_person_id
from duecare.record.pole import CaseKey, RecordKey
from duecare.store.facts.affected_facts import (
    Pending,
    TouchedFacts,
    cases_of_events,
    delivered_facts,
    events_of_cases,
    events_of_officers,
    events_of_records,
    moved_by_link,
    of_kinds,
    pending_deliveries,
    records_of_events,
    tied_in_roles,
)
from duecare.store.facts.delivery_landing import land_delivery
from duecare.store.linkage.linkage_runs import LinkState, link_state, move_records

pytestmark = pytest.mark.django_db

C1, C2 = CaseKey(SOURCE, "C1"), CaseKey(SOURCE, "C2")
A, B, C = (RecordKey(SOURCE, name) for name in "ABC")
E1, E2, E3 = ((SOURCE, name) for name in ("E1", "E2", "E3"))


def own(record: RecordKey) -> str:
    return record_person_id(record)


# --- deliveries to come ------------------------------------------------------------------------------------


def test_deliveries_that_come_after_a_number_with_all_that_they_brought():
    first = arrive(person("A"))
    second = arrive(person("A", at=after(-1)), person("B", number=2), person("A", number=3))
    third = arrive(person("B"), complete=["persons.csv"])

    assert pending_deliveries(0) == Pending(3, (1, 2, 3), (first.id, second.id, third.id), 1 + 2 + 1)
    assert pending_deliveries(1) == Pending(3, (2, 3), (second.id, third.id), 3)
    assert (second.accepted, second.stale, second.unchanged, third.withdrawn) == (1, 1, 1, 1)
    assert pending_deliveries(3) == Pending(3, (), (), 0)


def test_where_nothing_comes_after_a_number_the_number_stays():
    assert pending_deliveries(7) == Pending(7, (), (), 0)


def test_deliveries_come_in_the_order_of_their_numbers_and_only_those_accepted():
    later, earlier = begun(number=5, state="accepted", accepted=7), begun(number=4, state="accepted", withdrawn=2)
    begun(state="landing")
    begun(state="refused", number=6)
    begun(state="accepted", number=None)

    assert pending_deliveries(3) == Pending(5, (4, 5), (earlier.id, later.id), 9)


# --- what they say of what ---------------------------------------------------------------------------------


def test_what_deliveries_say_that_is_new_by_what_it_is_of():
    one = arrive(event("E1"), ties("E2", ("A", "child")), person("A"))
    two = arrive(case("C1"), gone("events", "E3"), source="niche")
    other = arrive(person("B"), case("C9"), event("E9"))

    assert delivered_facts([one.id]) == TouchedFacts({E1, E2}, {A}, set(), has_roster=False)
    assert delivered_facts([one.id, two.id]) == TouchedFacts({E1, E2, ("niche", "E3")}, {A}, {CaseKey("niche", "C1")})
    assert delivered_facts([]) == TouchedFacts()
    assert other.id not in (one.id, two.id)


@pytest.mark.parametrize("version", [officer("X1"), post("DI")])
def test_a_delivery_of_officers_or_posts_has_a_roster(version):
    delivery = arrive(version)

    assert delivered_facts([delivery.id]) == TouchedFacts(has_roster=True)


def test_a_landing_says_something_already_to_whoever_names_it():
    delivery = begun()
    land_delivery(delivery, [person("A")])

    assert delivered_facts([delivery.id]).persons == {A}


# --- along the index, over every version -------------------------------------------------------------------


@pytest.fixture
def moved() -> None:
    """Events that were under one case and naming one record, and then another; one of another source with the same ids."""
    arrive(
        event("E1", case_ref="C1", officer="X1"),
        event("E2", "child_seen", case_ref="C1", number=2),
        event("E3", number=3),
    )
    arrive(ties("E1", ("A", "child"), ("B", "suspect")), ties("E2", ("A", "victim"), ("A", "child")))
    arrive(
        event("E1", "child_seen", case_ref="C2", officer=" x2", at=after(5)), ties("E1", ("C", "child"), at=after(5))
    )
    arrive(event("E1", "visit", case_ref="C1", officer="X1"), ties("E1", ("A", "child")), source="niche")


def test_events_and_cases_are_found_from_each_other_in_any_version(moved):
    assert cases_of_events([E1]) == {C1, C2}
    assert cases_of_events([E2, E3]) == {C1}
    assert cases_of_events([("niche", "E1")]) == {CaseKey("niche", "C1")}
    assert cases_of_events([E3, (SOURCE, "none"), ("none", "E1")]) == set()
    assert events_of_cases([C1]) == {E1, E2}
    assert events_of_cases([C2, CaseKey("niche", "C1")]) == {E1, ("niche", "E1")}
    assert events_of_cases([CaseKey("niche", "C2")]) == set()


def test_events_and_records_are_found_from_each_other_in_any_version(moved):
    assert records_of_events([E1]) == {A, B, C}
    assert records_of_events([E2]) == {A}
    assert records_of_events([("niche", "E1"), E3]) == {A}
    assert events_of_records([A]) == {E1, E2, ("niche", "E1")}
    assert events_of_records([B, C]) == {E1}
    assert events_of_records([RecordKey("niche", "A")]) == set()


def test_nothing_is_found_of_nothing(moved):
    for find in (cases_of_events, records_of_events, events_of_cases, events_of_records, events_of_officers):
        assert find([]) == set()
    assert tied_in_roles([], frozenset({"child"})) == {}
    assert of_kinds([], ("visit",)) == set()


def test_records_are_found_in_the_roles_that_are_asked_for(moved):
    assert tied_in_roles([E1, E2, E3, ("niche", "E1")], frozenset({"child"})) == {
        E1: {A, C},
        E2: {A},
        ("niche", "E1"): {A},
    }
    assert tied_in_roles([E1, E2], frozenset({"suspect", "victim"})) == {E1: {B}, E2: {A}}
    assert tied_in_roles([E1], frozenset()) == {}
    assert tied_in_roles([E1], frozenset({"offender"})) == {}


def test_a_withdrawn_set_of_ties_names_nobody_and_the_one_before_it_does_still():
    arrive(ties("E1", ("A", "child")))
    arrive(gone("ties", "E1", at=after(1)))

    assert tied_in_roles([E1], frozenset({"child"})) == {E1: {A}}


def test_events_of_some_kinds_in_any_version(moved):
    assert of_kinds([E1, E2, E3], ["child_seen"]) == {E1, E2}
    assert of_kinds([E1, E2, E3], ["concern_reported"]) == {E1, E3}
    assert of_kinds([E1, ("niche", "E1")], ["visit", "missing_reported"]) == {("niche", "E1")}
    assert of_kinds([E3], ["visit"]) == set()


def test_a_kind_is_that_of_an_event():
    arrive(row("cases", "E1", {"kind": "visit"}))

    assert of_kinds([E1], ["visit"]) == set()


def test_events_of_officers_however_their_numbers_are_written(moved):
    assert events_of_officers([" X1"]) == {E1, ("niche", "E1")}
    assert events_of_officers(["X2", "", "  "]) == {E1}
    assert events_of_officers([""]) == set()
    assert events_of_officers(["x1", "x2"], ["child_seen"]) == {E1}
    assert events_of_officers(["x1"], ["child_seen"]) == set()
    assert events_of_officers(["x1"], ["visit", "child_seen"]) == {("niche", "E1")}
    assert events_of_officers(["X9"]) == set()


def test_more_keys_than_one_statement_takes_are_all_found():
    arrive(*(event(f"E{number}", case_ref=f"C{number}", officer=f"X{number}", number=number) for number in range(920)))
    keys = [(SOURCE, f"E{number}") for number in range(920)]

    assert len(cases_of_events(keys)) == len(of_kinds(keys, ["concern_reported"])) == 920
    assert len(events_of_cases([CaseKey(SOURCE, f"C{number}") for number in range(920)])) == 920
    assert len(events_of_officers([f"X{number}" for number in range(920)], ["concern_reported"])) == 920


WORLD = st.lists(
    st.tuples(
        st.sampled_from(("s", "t")), st.sampled_from(("1", "2", "3")), st.sampled_from(("", "1", "2")),
        st.sets(st.tuples(st.sampled_from(("s", "t")), st.sampled_from("AB"), st.sampled_from(("child", "suspect"))), max_size=2),
    ),
    max_size=6,
)  # fmt: skip


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(WORLD)
def test_every_look_up_is_what_going_through_all_versions_finds(world):
    """The slow judge: every version of every event, gone through."""
    from duecare.store.models import Delivery

    mark = f"-{Delivery.objects.count()}"
    for number, (source, event_id, case_ref, named) in enumerate(world):
        arrive(
            event(event_id, case_ref=case_ref, at=after(number)),
            ties(event_id, *((where + mark, *rest) for where, *rest in named), at=after(number)),
            source=source + mark,
        )
    everything = {(source + mark, event_id) for source, event_id, _, _ in world}
    for one in everything:
        mine = [(case_ref, named) for source, event_id, case_ref, named in world if (source + mark, event_id) == one]
        assert cases_of_events([one]) == {CaseKey(one[0], case_ref) for case_ref, _ in mine if case_ref}
        assert records_of_events([one]) == {RecordKey(s + mark, r) for _, named in mine for s, r, _ in named}
        children = {RecordKey(s + mark, r) for _, named in mine for s, r, role in named if role == "child"}
        assert tied_in_roles([one], frozenset({"child"})) == ({one: children} if children else {})
    for source in ("s", "t"):
        for ref in ("1", "2"):
            found = {(s + mark, e) for s, e, case_ref, _ in world if (s, case_ref) == (source, ref)}
            assert events_of_cases([CaseKey(source + mark, ref)]) == found
        for name in "AB":
            found = {(s + mark, e) for s, e, _, named in world if any(tie[:2] == (source, name) for tie in named)}
            assert events_of_records([RecordKey(source + mark, name)]) == found


# --- another linkage ---------------------------------------------------------------------------------------


def state(run: Any, moves: int = 0) -> LinkState:
    return LinkState(run.id, moves)


@pytest.fixture
def three() -> None:
    arrive(person("A"), person("B", number=2), person("C", number=3), case("A"))


def test_nobody_moves_between_a_state_and_itself(three):
    run = linked(("A", "one"), ("B", "one"))

    assert moved_by_link(state(run), state(run)) == (set(), set())
    assert moved_by_link(LinkState(), LinkState()) == (set(), set())


def test_records_that_changed_hands_between_two_runs_and_the_people_they_had_and_have(three):
    before = linked(("A", "one"), ("B", "two"), ("C", "two"))
    now = linked(("A", "one"), ("B", "one"), ("C", "two"))

    assert moved_by_link(state(before), state(now)) == ({B}, {"one", "two"})
    assert moved_by_link(state(now), state(before)) == ({B}, {"one", "two"})


def test_a_record_that_was_not_linked_was_its_own_person(three):
    first = linked(("A", "one"), ("B", own(B)))
    second = linked(("C", "one"), ("A", "one"))

    assert moved_by_link(LinkState(), state(first)) == ({A}, {own(A), "one"})
    assert moved_by_link(state(first), state(second)) == ({C}, {own(C), "one"})


def test_nothing_can_be_told_of_a_run_that_is_no_longer_kept(three):
    before, now = linked(("A", "one")), linked(("A", "two"))

    assert moved_by_link(LinkState(before.id + 1_000), state(now)) is None
    assert moved_by_link(state(before), state(now)) is not None


def test_moves_since_the_state_before_count_whether_the_run_is_the_same_or_another(three):
    run = linked(("A", "one"), ("B", "two"))
    began = link_state()
    move_records(run, {B: ("two", "one")})
    moved_on = link_state()

    assert began == LinkState(run.id, 0)
    assert moved_by_link(began, moved_on) == ({B}, {"one", "two"})
    assert moved_by_link(moved_on, moved_on) == (set(), set())

    another = linked(("A", "other"), ("B", "one"))
    assert moved_by_link(began, state(another, moved_on.moves)) == ({A, B}, {"one", "two", "other"})
    assert moved_by_link(moved_on, state(another, moved_on.moves)) == ({A}, {"one", "other"})


def test_a_record_of_one_source_is_not_moved_by_what_is_linked_of_another(three):
    arrive(person("A"), source="niche")
    before = linked(("niche", "A", "one"))
    now = linked(("niche", "A", "one"), ("A", "one"))

    assert moved_by_link(state(before), state(now)) == ({A}, {"one", own(A)})


def test_records_of_one_key_in_two_sources_are_told_apart_in_both_runs(three):
    arrive(person("A"), source="niche")
    before = linked(("niche", "A", "one"), ("A", "two"))
    now = linked(("niche", "A", "one"), ("A", "three"))

    assert moved_by_link(state(before), state(now)) == ({A}, {"two", "three"})


def test_deliveries_of_any_time_are_pending_by_number_alone():
    arrive(person("A"), received_at=RECEIVED)
    arrive(person("B"), received_at=after(0))

    assert pending_deliveries(1).numbers == (2,)
