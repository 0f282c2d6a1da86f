"""Which records are one person: joined by pairs over the threshold, then parted where the group is not consistent."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

RecordPair = tuple[int, int]
PairWeights = dict[int, dict[int, tuple[float, int, float]]]

WEIGHT_CLIP: Final = 12.0
"""No single pair speaks for more, or against, in an average: one wrong identifier must not outweigh ten names. Bits."""


@dataclass(slots=True)
class Evidence:
    """The evidence for and against joining records, numbered from 0.

    Shape:   `weights` holds the smaller number first. `barred` are never joined by the machine; `glued` are one person, for
             a human said so, and `told_apart`, barred too, are not.
    Units:   bits, the prior included.
    """

    weights: dict[RecordPair, float] = field(default_factory=dict)
    barred: set[RecordPair] = field(default_factory=set)
    glued: list[RecordPair] = field(default_factory=list)
    told_apart: set[RecordPair] = field(default_factory=set)


def connected_groups(count: int, pairs: Iterable[RecordPair]) -> list[int]:
    """The connected components of these pairs: for each record its group, named by the smallest record in it.

    Example:
        >>> connected_groups(4, [(1, 3), (3, 2)])
        [0, 1, 1, 1]
    """
    joined = list(pairs)
    if not joined:
        return list(range(count))
    first_ends, second_ends = zip(*joined, strict=True)
    return [int(record) for record in smallest_connected(count, first_ends, second_ends)]


def smallest_connected(count: int, first_ends: ArrayLike, second_ends: ArrayLike) -> NDArray[np.intp]:
    """For each of `count` records the smallest record connected to it by the pairs (first_ends[i], second_ends[i])."""
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    ends = np.asarray(first_ends), np.asarray(second_ends)
    graph = coo_array((np.ones(len(ends[0]), dtype=np.int8), ends), shape=(count, count))
    _, labels = connected_components(graph, directed=False)
    _, smallest, group_of = np.unique(labels, return_index=True, return_inverse=True)
    return smallest[group_of]


def groups_of_two(group_names: Sequence[int]) -> dict[int, list[int]]:
    """The records of each group of two or more, in order."""
    members_by_group: dict[int, list[int]] = {}
    for record_number, group_name in enumerate(group_names):
        members_by_group.setdefault(group_name, []).append(record_number)
    return {group_name: members for group_name, members in members_by_group.items() if len(members) > 1}


def part_group(
    members: Sequence[int],
    evidence: Evidence,
    *,
    join_threshold: float,
    split: float,
    most_records: int,
    unscored: float = -WEIGHT_CLIP,
) -> list[list[int]]:
    """Part a group, joined by strong pairs and by humans, into persons.

    Shape:   the persons that evidence alone gives, and those of them made one of whom a human said that two records are of
             one person: whoever was one person stays so. Where a human also told two records of such a union apart, or it
             would hold more than `most_records`, its records are grouped again with those glued as one to begin with.
    Units:   bits, each pair cut to ±12.
    Unknown: a pair that was never scored weighs `unscored`: it shared no key.
    """

    def built(some_members: Sequence[int], group_evidence: Evidence) -> list[list[int]]:
        return _build_groups(
            some_members,
            group_evidence,
            join_threshold=join_threshold,
            split=split,
            most_records=most_records,
            unscored=unscored,
        )

    alone = built(members, Evidence(evidence.weights, evidence.barred))
    if not evidence.glued:
        return alone
    place = {record_number: number for number, person_part in enumerate(alone) for record_number in person_part}
    union_names = connected_groups(
        len(alone),
        [
            (place[first_record], place[second_record])
            for first_record, second_record in evidence.glued
            if first_record in place and second_record in place
        ],
    )
    people: list[list[int]] = []
    for union_name in sorted(set(union_names)):
        united = sorted(
            record_number
            for number, person_part in enumerate(alone)
            if union_names[number] == union_name
            for record_number in person_part
        )
        within = set(united)
        is_said_otherwise = any(
            first_record in within and second_record in within for first_record, second_record in evidence.told_apart
        )
        if is_said_otherwise or (len(united) > most_records and united not in alone):
            people += built(united, evidence)
        else:
            people.append(united)
    return sorted(people)


def _build_groups(
    members: Sequence[int],
    evidence: Evidence,
    *,
    join_threshold: float,
    split: float,
    most_records: int,
    unscored: float,
) -> list[list[int]]:
    """The persons that a group falls into by the weights of its pairs.

    Shape:   groups are built up from single records, the two closest first, where closeness is the average weight of
             all pairs between them; they stop at `split`, at a barred pair and at `most_records`. Glued records start
             as one. Groups and their members are in order; together they are the members given.
    Units:   bits, each pair cut to ±12.
    Unknown: a pair that was never scored weighs `unscored`: it shared no key.
    """
    start = _glued_groups(members, evidence)
    group_sizes = {group_name: len(group_members) for group_name, group_members in start.items()}
    members_by_group = dict(start)
    home_group = {
        record_number: group_name for group_name, group_records in start.items() for record_number in group_records
    }
    group_weights = _group_weights(members, evidence.weights, home_group)
    barred_groups: dict[int, set[int]] = {group_name: set() for group_name in start}
    for a, b in evidence.barred:
        if a in home_group and b in home_group and home_group[a] != home_group[b]:
            barred_groups[home_group[a]].add(home_group[b])
            barred_groups[home_group[b]].add(home_group[a])

    def closeness(first_group: int, second_group: int) -> float:
        total, scored_pairs, _ = group_weights[first_group][second_group]
        return (total + unscored * (group_sizes[first_group] * group_sizes[second_group] - scored_pairs)) / (
            group_sizes[first_group] * group_sizes[second_group]
        )

    closest_heap = [
        (-closeness(first_group, second_group), first_group, second_group)
        for first_group in group_weights
        for second_group in group_weights[first_group]
        if first_group < second_group
    ]
    heapq.heapify(closest_heap)
    while closest_heap:
        distance, a, b = heapq.heappop(closest_heap)
        if -distance < split:
            break
        if (
            a not in members_by_group
            or b not in members_by_group
            or b not in group_weights[a]
            or -closeness(a, b) != distance
        ):
            continue
        if (
            b in barred_groups[a]
            or group_sizes[a] + group_sizes[b] > most_records
            or group_weights[a][b][2] < join_threshold
        ):
            continue
        members_by_group[a] = sorted(members_by_group[a] + members_by_group.pop(b))
        group_sizes[a] += group_sizes.pop(b)
        barred_groups[a] |= barred_groups.pop(b)
        for other_group in barred_groups[a]:
            barred_groups[other_group].discard(b)
            barred_groups[other_group].add(a)
        _move_ties(group_weights, a, b)
        for other_group in group_weights[a]:
            lower_group, second = min(a, other_group), max(a, other_group)
            heapq.heappush(closest_heap, (-closeness(lower_group, second), lower_group, second))
    return sorted(members_by_group.values())


def is_plain(members: Sequence[int], evidence: Evidence, *, split: float, most_records: int) -> bool:
    """Whether all pairs of the group agree, so that nothing need be parted."""
    if len(members) > most_records:
        return False
    for first_record, second_record in _pairs_of(members):
        weight = evidence.weights.get((first_record, second_record))
        if weight is None or weight < split or (first_record, second_record) in evidence.barred:
            return False
    return True


def _pairs_of(members: Sequence[int]) -> Iterator[RecordPair]:
    for place, first_record in enumerate(members):
        for second_record in members[place + 1 :]:
            yield first_record, second_record


def _glued_groups(members: Sequence[int], evidence: Evidence) -> dict[int, list[int]]:
    place = {record_number: number for number, record_number in enumerate(members)}
    pairs = [
        (place[first_record], place[second_record])
        for first_record, second_record in evidence.glued
        if first_record in place and second_record in place
    ]
    group_names = connected_groups(len(members), pairs)
    records_by_group: dict[int, list[int]] = {}
    for number, group_name in enumerate(group_names):
        records_by_group.setdefault(members[group_name], []).append(members[number])
    return records_by_group


def _group_weights(
    members: Sequence[int], weights: Mapping[RecordPair, float], home_group: Mapping[int, int]
) -> PairWeights:
    group_weights: PairWeights = {group_name: {} for group_name in set(home_group.values())}
    for record_pair in _pairs_of(members):
        weight = weights.get(record_pair)
        first_group, second_group = home_group[record_pair[0]], home_group[record_pair[1]]
        if weight is None or first_group == second_group:
            continue
        total, scored_pairs, best_weight = group_weights[first_group].get(second_group, (0.0, 0, weight))
        group_weights[first_group][second_group] = group_weights[second_group][first_group] = (
            total + max(-WEIGHT_CLIP, min(WEIGHT_CLIP, weight)),
            scored_pairs + 1,
            max(best_weight, weight),
        )
    return group_weights


def _move_ties(group_weights: PairWeights, kept_group: int, merged_group: int) -> None:
    for other_group, (total, scored_pairs, best_weight) in group_weights.pop(merged_group).items():
        del group_weights[other_group][merged_group]
        if other_group == kept_group:
            continue
        kept_weights = group_weights[kept_group].get(other_group, (0.0, 0, best_weight))
        group_weights[kept_group][other_group] = group_weights[other_group][kept_group] = (
            kept_weights[0] + total,
            kept_weights[1] + scored_pairs,
            max(kept_weights[2], best_weight),
        )
