"""Which records are one person: joined by strong pairs, then parted where the group does not hold together."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

Two = tuple[int, int]
Ties = dict[int, dict[int, tuple[float, int, float]]]

CLIP: Final = 12.0
"""No single pair speaks for more, or against, in an average: one wrong identifier must not outweigh ten names. Bits."""


@dataclass(slots=True)
class Evidence:
    """What speaks for and against joining records, numbered from 0?

    Shape:   `weights` holds the smaller number first. `barred` are never joined by the machine; `glued` are one person, for
             a human said so, and `told_apart`, barred too, are not.
    Units:   bits, the prior included.
    """

    weights: dict[Two, float] = field(default_factory=dict)
    barred: set[Two] = field(default_factory=set)
    glued: list[Two] = field(default_factory=list)
    told_apart: set[Two] = field(default_factory=set)


def components(count: int, pairs: Iterable[Two]) -> list[int]:
    """The connected components of these pairs: for each record its group, named by the smallest record in it.

    Example:
        >>> components(4, [(1, 3), (3, 2)])
        [0, 1, 1, 1]
    """
    joined = list(pairs)
    if not joined:
        return list(range(count))
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    ends = np.array(joined, dtype=np.int64)
    graph = coo_array((np.ones(len(ends), dtype=np.int8), (ends[:, 0], ends[:, 1])), shape=(count, count))
    _, labels = connected_components(graph, directed=False)
    _, smallest, group_of = np.unique(labels, return_index=True, return_inverse=True)
    return [int(record) for record in smallest[group_of]]


def groups(named: Sequence[int]) -> dict[int, list[int]]:
    """Which records has each group of two or more, in order?"""
    found: dict[int, list[int]] = {}
    for one, name in enumerate(named):
        found.setdefault(name, []).append(one)
    return {name: members for name, members in found.items() if len(members) > 1}


def parted(
    members: Sequence[int], evidence: Evidence, *, join: float, split: float, most_records: int, unscored: float = -CLIP
) -> list[list[int]]:
    """Into which persons does a group fall that strong pairs, and humans, hold together?

    Shape:   the persons that evidence alone gives, and those of them made one of whom a human said that two records are of
             one person: whoever was one person stays so. Where a human also told two records of such a union apart, or it
             would hold more than `most_records`, its records are grouped anew with those glued as one to begin with.
    Units:   bits, each pair cut to ±12.
    Unknown: a pair that was never scored weighs `unscored`: it shared no key.
    """

    def built(some: Sequence[int], by: Evidence) -> list[list[int]]:
        return _built(some, by, join=join, split=split, most_records=most_records, unscored=unscored)

    alone = built(members, Evidence(evidence.weights, evidence.barred))
    if not evidence.glued:
        return alone
    place = {one: number for number, part in enumerate(alone) for one in part}
    named = components(len(alone), [(place[a], place[b]) for a, b in evidence.glued if a in place and b in place])
    found: list[list[int]] = []
    for name in sorted(set(named)):
        united = sorted(one for number, part in enumerate(alone) if named[number] == name for one in part)
        within = set(united)
        is_said_otherwise = any(a in within and b in within for a, b in evidence.told_apart)
        if is_said_otherwise or (len(united) > most_records and united not in alone):
            found += built(united, evidence)
        else:
            found.append(united)
    return sorted(found)


def _built(
    members: Sequence[int], evidence: Evidence, *, join: float, split: float, most_records: int, unscored: float
) -> list[list[int]]:
    """The persons that a group falls into by the weights of its pairs.

    Shape:   groups are built up from single records, the two closest first, where closeness is the average weight of
             all pairs between them; they stop at `split`, at a barred pair and at `most_records`. Glued records start
             as one. Groups and their members are in order; together they are the members given.
    Units:   bits, each pair cut to ±12.
    Unknown: a pair that was never scored weighs `unscored`: it shared no key.
    """
    start = _glued(members, evidence)
    size = {name: len(held) for name, held in start.items()}
    held = dict(start)
    home = {one: name for name, ones in start.items() for one in ones}
    ties = _ties(members, evidence.weights, home)
    bars: dict[int, set[int]] = {name: set() for name in start}
    for a, b in evidence.barred:
        if a in home and b in home and home[a] != home[b]:
            bars[home[a]].add(home[b])
            bars[home[b]].add(home[a])

    def closeness(a: int, b: int) -> float:
        total, known, _ = ties[a][b]
        return (total + unscored * (size[a] * size[b] - known)) / (size[a] * size[b])

    heap = [(-closeness(a, b), a, b) for a in ties for b in ties[a] if a < b]
    heapq.heapify(heap)
    while heap:
        far, a, b = heapq.heappop(heap)
        if -far < split:
            break
        if a not in held or b not in held or b not in ties[a] or -closeness(a, b) != far:
            continue
        if b in bars[a] or size[a] + size[b] > most_records or ties[a][b][2] < join:
            continue
        held[a] = sorted(held[a] + held.pop(b))
        size[a] += size.pop(b)
        bars[a] |= bars.pop(b)
        for other in bars[a]:
            bars[other].discard(b)
            bars[other].add(a)
        _move_ties(ties, a, b)
        for other in ties[a]:
            first, second = min(a, other), max(a, other)
            heapq.heappush(heap, (-closeness(first, second), first, second))
    return sorted(held.values())


def is_plain(members: Sequence[int], evidence: Evidence, *, split: float, most_records: int) -> bool:
    """Do all pairs of the group hold, so that nothing need be parted?"""
    if len(members) > most_records:
        return False
    for a, b in _twos(members):
        weight = evidence.weights.get((a, b))
        if weight is None or weight < split or (a, b) in evidence.barred:
            return False
    return True


def _twos(members: Sequence[int]) -> Iterator[Two]:
    for place, a in enumerate(members):
        for b in members[place + 1 :]:
            yield a, b


def _glued(members: Sequence[int], evidence: Evidence) -> dict[int, list[int]]:
    place = {one: number for number, one in enumerate(members)}
    pairs = [(place[a], place[b]) for a, b in evidence.glued if a in place and b in place]
    named = components(len(members), pairs)
    found: dict[int, list[int]] = {}
    for number, name in enumerate(named):
        found.setdefault(members[name], []).append(members[number])
    return found


def _ties(members: Sequence[int], weights: Mapping[Two, float], home: Mapping[int, int]) -> Ties:
    ties: Ties = {name: {} for name in set(home.values())}
    for two in _twos(members):
        weight = weights.get(two)
        a, b = home[two[0]], home[two[1]]
        if weight is None or a == b:
            continue
        total, known, best = ties[a].get(b, (0.0, 0, weight))
        ties[a][b] = ties[b][a] = (total + max(-CLIP, min(CLIP, weight)), known + 1, max(best, weight))
    return ties


def _move_ties(ties: Ties, a: int, b: int) -> None:
    for other, (total, known, best) in ties.pop(b).items():
        del ties[other][b]
        if other == a:
            continue
        own = ties[a].get(other, (0.0, 0, best))
        ties[a][other] = ties[other][a] = (own[0] + total, own[1] + known, max(own[2], best))
