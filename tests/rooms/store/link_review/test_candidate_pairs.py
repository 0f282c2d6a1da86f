"""Pairs in the order in which the evidence decides least, and what stands of the people they are of."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.made.landed import RECEIVED, SOURCE, after, arrive, case, event, gone, linked, person, ties

from duecare.person.identity import record_person_id
from duecare.record.pole import RecordKey
from duecare.store.link_review.candidate_pairs import KeptPair, groups_of, kept_pair, nearest_pairs, sides_of
from duecare.store.linkage.linked_people import keep_pairs
from duecare.store.models import AssessRun, Pointer, WorkRow
from duecare.worklist.pair_order import Side

pytestmark = pytest.mark.django_db

A, B, C, D = (RecordKey(SOURCE, name) for name in "ABCD")
LEVELS = {"given": "same"}


def run_with(*pairs: tuple[str, str, float], held: str = "") -> Any:
    run = linked(("A", "one"))
    keep_pairs(run, [(a, b, weight, 0.5, "given=same", held) for a, b, weight in pairs])
    return run


def nearest(join: float, most: int) -> list[tuple[str, str, float]]:
    return [(str(one.a), str(one.b), one.weight) for one in nearest_pairs(join, most)]


# --- pairs -------------------------------------------------------------------------------------------------


def test_the_pairs_nearest_to_where_records_join_come_first_from_either_side():
    run_with(("s:a", "s:b", 10.0), ("s:c", "s:d", 5.0), ("s:e", "s:f", 7.5), ("s:g", "s:h", 6.5), ("s:i", "s:j", -3.0))

    shown = [("s:e", "s:f", 7.5), ("s:g", "s:h", 6.5), ("s:c", "s:d", 5.0), ("s:a", "s:b", 10.0), ("s:i", "s:j", -3.0)]
    assert nearest(7.0, 99) == shown
    for most in range(6):
        assert nearest(7.0, most) == shown[:most]


def test_of_pairs_as_near_the_first_by_their_records_comes_first():
    run_with(("s:b", "s:x", 6.0), ("s:a", "s:y", 6.0), ("s:a", "s:x", 8.0), ("s:c", "s:x", 7.0))

    assert nearest(7.0, 99) == [("s:c", "s:x", 7.0), ("s:a", "s:x", 8.0), ("s:a", "s:y", 6.0), ("s:b", "s:x", 6.0)]
    assert nearest(7.0, 2) == [("s:c", "s:x", 7.0), ("s:a", "s:x", 8.0)]


def test_only_pairs_of_the_linkage_in_force_are_seen():
    run_with(("s:a", "s:b", 7.0))
    run_with(("s:c", "s:d", 1.0))

    assert nearest(7.0, 9) == [("s:c", "s:d", 1.0)]
    assert kept_pair(RecordKey("s", "a"), RecordKey("s", "b")) is None


def test_without_any_linkage_there_are_no_pairs():
    assert nearest(7.0, 9) == []
    assert kept_pair(A, B) is None


WEIGHTS = st.lists(st.integers(0, 8), max_size=8)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(WEIGHTS, st.integers(-1, 9), st.integers(0, 9))
def test_the_nearest_are_those_that_sorting_all_pairs_gives(weights: list[int], join: int, most: int):
    """The slow judge: every pair, sorted."""
    pairs = [(f"s:a{place % 3}", f"s:b{place}", float(weight)) for place, weight in enumerate(weights)]
    run_with(*pairs)

    assert nearest(join, most) == sorted(pairs, key=lambda one: (abs(one[2] - join), one[0], one[1]))[:most]


def test_what_is_kept_of_two_records_is_found_in_either_order():
    run_with(
        ("pole:D", "pole:B", 1.0), ("pole:A", "pole:B", 3.25), ("pole:A", "pole:D", 2.0), held="two births on one day"
    )
    expected = KeptPair(A, B, 3.25, LEVELS, "two births on one day")

    assert kept_pair(A, B) == kept_pair(B, A) == expected
    assert kept_pair(A, C) is None
    assert nearest_pairs(9, 1) == [expected]


# --- groups ------------------------------------------------------------------------------------------------


def test_the_records_each_person_is_made_of_now():
    arrive(person("A"), person("B", number=2), person("C", number=3))
    linked(("A", "one"), ("B", "one"))
    own = record_person_id

    assert groups_of(["one", own(C), "nobody"]) == {"one": {A, B}, own(C): {C}, "nobody": frozenset()}
    assert groups_of([own(A)]) == {own(A): frozenset()}  # its record is another person's now
    assert groups_of([]) == {}


# --- sides -------------------------------------------------------------------------------------------------


def side(*records: RecordKey, **told: Any) -> Side:
    group = frozenset(records)
    return sides_of([group], **told)[group]


def names(one: Side) -> list[str]:
    return sorted(event_record.event_id for event_record in one.events)


@pytest.fixture
def tied() -> None:
    """Events of two kinds from which danger is told and of one from which it is not, in a case of each sort."""
    arrive(case("OPEN"), case("SHUT", sealed=True), case("CLOSE", restricted=True))
    arrive(
        event("E1", "missing_reported", case_ref="OPEN"), ties("E1", ("A", "child")),
        event("E2", "visit", case_ref="OPEN", number=2), ties("E2", ("A", "offender"), ("B", "parent")),
        event("E3", "suspect_contact", case_ref="SHUT", number=3), ties("E3", ("A", "suspect"), ("D", "child")),
        event("E4", "missing_reported", case_ref="CLOSE", number=4), ties("E4", ("B", "victim")),
        event("E5", "missing_reported", number=5), ties("E5", ("A", "child"), ("B", "child")),
    )  # fmt: skip
    arrive(event("E6", "missing_reported", case_ref="OPEN"), ties("E6", (SOURCE, "A", "child")), source="niche")


def test_a_side_has_the_roles_of_its_records_and_the_events_that_tell_of_danger(tied):
    assert (side(A).roles, names(side(A))) == ({"child", "offender"}, ["E1", "E5", "E6"])
    assert (side(B).roles, names(side(B))) == ({"parent", "child"}, ["E5"])
    assert side(A).records == {A}


def test_a_side_of_several_records_has_what_any_of_them_has_each_once(tied):
    both = side(A, B)

    assert (both.roles, names(both)) == ({"child", "offender", "parent"}, ["E1", "E5", "E6"])
    assert len(both.events) == 3


def test_nothing_of_a_sealed_case_tells_and_of_a_restricted_one_only_where_it_may(tied):
    assert side(D) == Side(frozenset({D}))
    assert (side(B, with_restricted=True).roles, names(side(B, with_restricted=True))) == (
        {"parent", "child", "victim"},
        ["E4", "E5"],
    )
    assert side(D, with_restricted=True) == Side(frozenset({D}))


def test_nothing_of_a_source_that_is_left_out_tells(tied):
    assert names(side(A, without=frozenset({"niche"}))) == ["E1", "E5"]
    assert names(side(A, without=frozenset({SOURCE}))) == ["E6"]


def test_only_what_stands_tells(tied):
    arrive(gone("events", "E1", at=after(1)), gone("ties", "E5", at=after(1)))

    assert names(side(A)) == ["E6"]
    assert side(B).roles == {"parent"}


def test_sides_of_many_groups_are_found_at_once_and_of_none_there_are_none(tied):
    groups = [frozenset({A}), frozenset({B, D}), frozenset[RecordKey]()]

    found = sides_of(groups)

    assert list(found) == groups
    assert names(found[groups[1]]) == ["E5"]
    assert found[groups[2]] == Side(frozenset())
    assert sides_of([]) == {}


@pytest.fixture
def assessed() -> Any:
    """An assessment in force with a line of this case or person."""
    run = AssessRun.objects.create(at=RECEIVED, as_of=RECEIVED, rulebook="r")
    Pointer.objects.update_or_create(name="assess", defaults={"run": run.id})

    def line(**whose: str) -> None:
        WorkRow.objects.create(run=run, step=1, order_at=1, **whose)

    return line


def owed(*groups: tuple[RecordKey, ...], **told: Any) -> list[bool]:
    found = sides_of([frozenset(group) for group in groups], **told)
    return [found[frozenset(group)].owed for group in groups]


def test_nothing_is_owed_where_nothing_was_assessed_or_no_line_names_them(tied, assessed):
    assert owed((A,), (B,)) == [False, False]
    assessed(case_source="niche", case_ref="other")
    assert owed((A,), (B,)) == [False, False]


def test_something_is_owed_where_a_line_is_of_a_case_they_are_tied_into(tied, assessed):
    assessed(case_source=SOURCE, case_ref="OPEN")

    assert owed((A,), (B,), (D,), (C,)) == [True, True, False, False]


def test_something_is_owed_where_a_line_is_of_the_person_of_one_of_the_records(tied, assessed):
    linked(("C", "joined"), ("D", "joined"))
    assessed(person="joined")

    assert owed((A,), (C,), (A, D)) == [False, True, True]


def test_what_is_owed_in_a_case_that_may_not_be_seen_is_not_told(tied, assessed):
    assessed(case_source=SOURCE, case_ref="SHUT")
    assessed(case_source=SOURCE, case_ref="CLOSE")

    assert owed((A,), (B,), (D,)) == [False, False, False]
    assert owed((A,), (B,), (D,), with_restricted=True) == [False, True, False]


def test_a_case_of_another_source_with_the_same_reference_is_another(tied, assessed):
    assessed(case_source="niche", case_ref="OPEN")

    assert owed((A,), (B,)) == [True, False]  # A is tied into niche's too
