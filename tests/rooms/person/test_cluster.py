"""Groups: joined by strong pairs, parted where they do not hold together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from duecare.person.cluster import Evidence, connected_groups, groups_of_two, is_plain, part_group

BOUNDS = {"join_threshold": 6.0, "split": 0.0, "most_records": 300}

NUMBERS = range(7)
TWOS = [(a, b) for a in NUMBERS for b in NUMBERS if a < b]
EVIDENCE = st.builds(
    Evidence,
    weights=st.dictionaries(st.sampled_from(TWOS), st.floats(-20, 30).map(lambda w: round(w, 2))),
    barred=st.sets(st.sampled_from(TWOS), max_size=3),
)


def groups_by_walking(count, pairs):
    """The groups by walking from each record to all that its pairs lead to: slow and plain."""
    smallest = list(range(count))
    for record in range(count):
        reached, to_visit = {record}, [record]
        while to_visit:
            visited = to_visit.pop()
            beside = {other for pair in pairs if visited in pair for other in pair} - reached
            reached |= beside
            to_visit += beside
        smallest[record] = min(reached)
    return smallest


@given(st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), max_size=25))
def test_groups_are_those_found_by_walking(pairs) -> None:
    assert connected_groups(15, pairs) == groups_by_walking(15, pairs)


def test_records_hang_together_through_others() -> None:
    assert connected_groups(5, [(0, 1), (1, 4)]) == [0, 0, 2, 3, 0]
    assert groups_of_two([0, 0, 2, 3, 0]) == {0: [0, 1, 4]}


def test_two_tight_groups_tied_by_one_pair_are_parted() -> None:
    weights = dict.fromkeys([(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5)], 15.0)
    weights |= {two: -12.0 for two in TWOS if two[1] < 6 and two not in weights} | {(2, 3): 9.0}

    assert part_group(range(6), Evidence(weights), **BOUNDS) == [[0, 1, 2], [3, 4, 5]]


def test_a_barred_pair_parts_even_the_strongest_group() -> None:
    evidence = Evidence({(0, 1): 20.0, (0, 2): 19.0, (1, 2): 25.0}, barred={(1, 2)})

    assert part_group(range(3), evidence, **BOUNDS) == [[0, 1], [2]]
    assert not is_plain(range(3), evidence, split=0.0, most_records=300)


def test_what_a_human_glued_stays_one_against_all_evidence() -> None:
    evidence = Evidence({(0, 1): -30.0}, barred={(0, 1)}, glued=[(0, 1)])

    assert part_group(range(2), evidence, **BOUNDS) == [[0, 1]]


def two_people_of_three() -> dict[tuple[int, int], float]:
    weights = dict.fromkeys([(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5)], 15.0)
    return weights | {two: -12.0 for two in TWOS if two[1] < 6 and two not in weights}


def test_two_people_of_whom_a_human_said_that_they_are_one_are_one_with_all_their_records() -> None:
    evidence = Evidence(two_people_of_three(), barred={(1, 4)}, glued=[(0, 5)])

    assert part_group(range(6), evidence, **BOUNDS) == [[0, 1, 2, 3, 4, 5]]


def test_where_a_human_also_kept_two_of_them_apart_only_the_glued_are_sure_to_be_one() -> None:
    evidence = Evidence(two_people_of_three(), barred={(1, 4)}, glued=[(0, 5)], told_apart={(1, 4)})

    found = part_group(range(6), evidence, **BOUNDS)

    assert any({0, 5} <= set(part) for part in found)
    assert not any({1, 4} <= set(part) for part in found)


def test_a_human_unites_no_more_records_than_one_person_may_have() -> None:
    evidence = Evidence(two_people_of_three(), glued=[(0, 5)])

    found = part_group(range(6), evidence, join_threshold=6.0, split=0.0, most_records=4)

    assert max(map(len, found)) <= 4
    assert any({0, 5} <= set(part) for part in found)


def test_no_person_grows_over_the_cap() -> None:
    evidence = Evidence({(a, b): 20.0 for a in range(10) for b in range(a + 1, 10)})

    found = part_group(range(10), evidence, join_threshold=6.0, split=0.0, most_records=4)

    assert max(map(len, found)) <= 4
    assert not is_plain(range(10), evidence, split=0.0, most_records=4)


@given(EVIDENCE)
def test_the_persons_are_the_members_each_once_and_hold_no_barred_pair(evidence: Evidence) -> None:
    found = part_group(NUMBERS, evidence, **BOUNDS)

    assert sorted(one for part in found for one in part) == list(NUMBERS)
    assert not any(a in part and b in part for part in found for a, b in evidence.barred)


@given(EVIDENCE, st.randoms(use_true_random=False))
def test_the_order_in_which_evidence_comes_does_not_matter(evidence: Evidence, chance: object) -> None:
    shuffled = list(evidence.weights.items())
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert part_group(NUMBERS, evidence, **BOUNDS) == part_group(
        NUMBERS, Evidence(dict(shuffled), evidence.barred), **BOUNDS
    )


@given(EVIDENCE)
def test_every_person_of_several_records_was_joined_by_a_strong_pair(evidence: Evidence) -> None:
    for part in part_group(NUMBERS, evidence, **BOUNDS):
        if len(part) > 1:
            assert any(evidence.weights.get((a, b), -1.0) >= 6.0 for a in part for b in part if a < b)
