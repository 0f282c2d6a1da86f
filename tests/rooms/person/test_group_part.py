"""A part of all records grouped into people: by pairs that join, by what humans judged, and no larger than allowed."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.person.group_part import Bounds, KeyPair, KnownPeople, group_records, is_tie, ordered_pair
from duecare.person.guard import Guards
from duecare.person.standing_judgements import Settled
from duecare.record.pole import RecordKey

KEYS = tuple(RecordKey("merlin", name) for name in "abcdef")
A, B, C, D, E, F = KEYS
BOUNDS = Bounds(join=6.0, split=0.0)
LIKE = {"given": "same", "family": "same", "born": "same"}
TWIN = {**LIKE, "given": "different", "home": "same home"}
MAYBE_TWIN = {**LIKE, "given": "different"}
NOTHING = Settled()
USUAL = Guards()


def known(weight: float, levels: Mapping[str, str] = LIKE) -> KnownPeople:
    return KnownPeople(weight, levels)


def refuse(one: RecordKey, other: RecordKey) -> KnownPeople:
    raise AssertionError(f"{one} and {other} were weighed")


def grouped(
    pairs: Mapping[KeyPair, KnownPeople],
    standing: Settled = NOTHING,
    weigh: object = refuse,
    guards: Guards = USUAL,
    records: tuple[RecordKey, ...] = KEYS,
) -> list[str]:
    groups = group_records(records, pairs, weigh, standing, guards, BOUNDS)

    assert sorted(key for group in groups for key in group) == sorted(set(records))
    assert groups == sorted(groups)
    assert all(group == sorted(group) for group in groups)
    return ["".join(key.record_id for key in group) for group in groups]


def test_two_records_are_put_in_order() -> None:
    assert ordered_pair(A, B) == ordered_pair(B, A) == (A, B)


@pytest.mark.parametrize(
    ("weight", "levels", "joins"),
    [(6.0, LIKE, True), (5.999, LIKE, False), (90.0, TWIN, False), (90.0, MAYBE_TWIN, False), (-1.0, LIKE, False)],
)
def test_two_join_by_themselves_from_a_weight_on_unless_a_guard_stands_between_them(
    weight: float, levels: Mapping[str, str], joins: bool
) -> None:
    assert is_tie(known(weight, levels), Guards(), BOUNDS) is joins
    assert grouped({(A, B): known(weight, levels)}, records=(A, B)) == (["ab"] if joins else ["a", "b"])


def test_a_guard_that_policy_takes_down_stands_between_nobody() -> None:
    assert is_tie(known(90.0, TWIN), Guards(twins=False), BOUNDS)


def test_records_with_nothing_between_them_are_people_of_their_own() -> None:
    assert grouped({}) == ["a", "b", "c", "d", "e", "f"]
    assert grouped({}, records=()) == []
    assert grouped({}, records=(B, A, B)) == ["a", "b"]


def test_records_hang_together_through_others_whose_pairs_are_weighed() -> None:
    weighed: list[KeyPair] = []

    def weigh(one: RecordKey, other: RecordKey) -> KnownPeople:
        weighed.append((one, other))
        return known(4.0)

    assert grouped({(A, B): known(9.0), (B, C): known(9.0)}, weigh=weigh) == ["abc", "d", "e", "f"]
    assert weighed == [(A, C)]


def test_a_pair_of_two_is_never_weighed_again() -> None:
    assert grouped({}, Settled(glued=((A, B),))) == ["ab", "c", "d", "e", "f"]


def test_a_weighed_pair_that_speaks_against_it_parts_a_chain() -> None:
    pairs = {(A, B): known(9.0), (B, C): known(8.0)}

    assert grouped(pairs, weigh=lambda one, other: known(-12.0)) == ["ab", "c", "d", "e", "f"]


def test_a_pair_that_is_barred_is_parted_however_much_else_agrees() -> None:
    pairs = {(A, B): known(90.0), (B, C): known(80.0), (A, C): known(90.0, TWIN)}

    assert grouped(pairs) == ["ab", "c", "d", "e", "f"]


def test_a_pair_that_is_only_held_is_joined_by_a_third_record() -> None:
    pairs = {(A, B): known(9.0), (B, C): known(9.0), (A, C): known(9.0, MAYBE_TWIN)}

    assert grouped(pairs) == ["abc", "d", "e", "f"]
    assert grouped({(A, C): known(9.0, MAYBE_TWIN)}) == ["a", "b", "c", "d", "e", "f"]


def test_a_pair_that_a_human_was_unsure_of_does_not_join_by_itself_and_may_be_joined_by_a_third() -> None:
    assert grouped({(A, B): known(90.0)}, Settled(held=((B, A),))) == ["a", "b", "c", "d", "e", "f"]
    pairs = {(A, B): known(90.0), (A, C): known(9.0), (B, C): known(9.0)}
    assert grouped(pairs, Settled(held=((B, A),))) == ["abc", "d", "e", "f"]


def test_what_a_human_told_apart_stays_apart_through_any_third() -> None:
    pairs = {(A, B): known(90.0), (B, C): known(80.0), (A, C): known(70.0)}

    assert grouped(pairs, Settled(barred=((B, A),))) in (["a", "bc", "d", "e", "f"], ["ac", "b", "d", "e", "f"])
    assert grouped({(A, B): known(90.0)}, Settled(barred=((B, A),))) == ["a", "b", "c", "d", "e", "f"]


def test_what_a_human_judged_to_be_one_is_one_though_nothing_agrees() -> None:
    assert grouped({(A, B): known(-50.0, TWIN)}, Settled(glued=((B, A),))) == ["ab", "c", "d", "e", "f"]


def test_a_judgement_about_a_record_elsewhere_changes_nothing_here() -> None:
    elsewhere = RecordKey("zzz", "1")
    standing = Settled(glued=((A, elsewhere),), barred=((B, elsewhere),), held=((C, elsewhere),))

    assert grouped({(A, B): known(9.0), (A, elsewhere): known(9.0)}, standing, records=(A, B, C)) == ["ab", "c"]


def test_nobody_has_more_records_than_allowed() -> None:
    pairs = {(one, other): known(20.0) for one in KEYS for other in KEYS if one < other}

    assert grouped(pairs) == ["abcdef"]
    assert max(map(len, grouped(pairs, guards=Guards(most_records=5)))) == 5
    assert grouped(pairs, guards=Guards(most_records=6)) == ["abcdef"]


def test_in_a_group_of_more_than_200_only_pairs_that_are_known_are_weighed() -> None:
    many = tuple(RecordKey("merlin", f"{number:03}") for number in range(201))
    chain = {(one, other): known(9.0) for one, other in pairwise(many)}

    def count_weighed(records: tuple[RecordKey, ...]) -> int:
        weighed: list[KeyPair] = []

        def weigh(one: RecordKey, other: RecordKey) -> KnownPeople:
            weighed.append((one, other))
            return known(9.0)

        inside = {pair: one for pair, one in chain.items() if pair[0] in records and pair[1] in records}
        group_records(records, inside, weigh, NOTHING, Guards(), BOUNDS)
        return len(weighed)

    assert count_weighed(many) == 0
    assert count_weighed(many[:200]) == 200 * 199 // 2 - 199


PAIRS = [(one, other) for one in KEYS for other in KEYS if one < other]


@given(
    st.fixed_dictionaries({pair: st.sampled_from([-12.0, 3.0, 6.0, 20.0]) for pair in PAIRS}),
    st.sets(st.sampled_from(PAIRS), max_size=2),
    st.permutations(KEYS),
)
def test_people_are_the_same_whatever_the_order_and_never_hold_two_that_were_told_apart(
    weights: dict[KeyPair, float], apart: set[KeyPair], order: list[RecordKey]
) -> None:
    pairs = {pair: known(weight) for pair, weight in weights.items()}
    standing = Settled(barred=tuple(sorted(apart)))

    found = grouped(pairs, standing)

    assert grouped(dict(reversed(pairs.items())), standing, records=tuple(order)) == found
    for one, other in apart:
        assert not any(one.record_id in group and other.record_id in group for group in found)
