"""Which pairs of records are drawn to measure the error of linkage: strata by weight, and a draw that can be repeated."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from typing import Final

from duecare.audit.rounds.draw_seed import hash_parts

SAMPLE_RULE: Final = "duecare linkage sample 1"
BELOW: Final = 4.0
"""Pairs that weigh so many bits less than what is looked at are drawn from too; those that weigh less still are not."""
_CLOSE, _SURE_BITS = 4.0, 12.0

JOINED: Final = (
    "joined, though the two alone weigh too little",
    "joined, by at most 4 bits",
    "joined, by 4 to 12 bits",
    "joined, by more than 12 bits",
)
APART: Final = (
    "not joined, and weighing too little to be looked at",
    "not joined, far from joining",
    "not joined, near to joining",
    "not joined, held apart though they weigh enough",
)
STRATA: Final = (*JOINED, *APART)


def stratum_of(weight: float, *, is_joined: bool, join_threshold: float, review: float) -> str | None:
    """The stratum of a pair of this weight; None for one that weighs too little to be thought of at all.

    Units:   bits.
    Example:
        >>> stratum_of(7.5, is_joined=True, join_threshold=6.0, review=1.0)
        'joined, by at most 4 bits'
        >>> stratum_of(-4.0, is_joined=False, join_threshold=6.0, review=1.0) is None
        True
    """
    if is_joined:
        bits_over = weight - join_threshold
        return JOINED[0 if bits_over < 0 else 1 if bits_over < _CLOSE else 2 if bits_over < _SURE_BITS else 3]
    if weight < review:
        return APART[0] if weight >= review - BELOW else None
    return APART[3 if weight >= join_threshold else 2 if weight >= (review + join_threshold) / 2 else 1]


def allotted_sizes(populations: Mapping[str, int], sample_size: int) -> dict[str, int]:
    """The number of pairs drawn from each stratum.

    Shape:   as many of each, so that the doubtful, which are few, are looked at as closely as the sure, which are many;
             what a small stratum cannot give goes to the others, in their order. At least two of each, or all it holds,
             however small the size.
    Example:
        >>> allotted_sizes({"a": 5, "b": 1000, "c": 1000}, 65)
        {'a': 5, 'b': 30, 'c': 30}
    """
    sizes = {stratum: min(2, number) for stratum, number in populations.items()}
    left_over = sample_size - sum(sizes.values())
    while left_over > 0:
        hungry = [stratum for stratum, number in populations.items() if sizes[stratum] < number]
        if not hungry:
            break
        share = max(1, left_over // len(hungry))
        for stratum in hungry:
            more_pairs = min(share, populations[stratum] - sizes[stratum], left_over)
            sizes[stratum] += more_pairs
            left_over -= more_pairs
    return sizes


class Draw:
    """Draws pairs as they come by, so many of each stratum, in an order that the seed alone decides."""

    def __init__(self, draw_seed: str, most_pairs: int) -> None:
        """At most so many are kept of each stratum."""
        self._seed, self._most = draw_seed, most_pairs
        self._kept: dict[str, list[tuple[int, str, str]]] = {}
        self.populations: dict[str, int] = {}

    def offer(self, stratum: str, first_record: str, second_record: str) -> None:
        """Count this pair, and keep it while it is among the first of its stratum."""
        self.populations[stratum] = self.populations.get(stratum, 0) + 1
        stratum_heap = self._kept.setdefault(stratum, [])
        hash_rank = -int(hash_parts(SAMPLE_RULE, self._seed, stratum, first_record, second_record), 16)
        if len(stratum_heap) < self._most:
            heapq.heappush(stratum_heap, (hash_rank, first_record, second_record))
        elif hash_rank > stratum_heap[0][0]:
            heapq.heapreplace(stratum_heap, (hash_rank, first_record, second_record))

    def drawn(self, sizes: Mapping[str, int]) -> list[tuple[str, str, str]]:
        """The pairs drawn, (stratum, a, b), in the order in which they are judged: by chance, not by stratum."""
        drawn_pairs = [
            (stratum, first_record, second_record)
            for stratum, stratum_heap in self._kept.items()
            for _, first_record, second_record in heapq.nlargest(sizes.get(stratum, 0), stratum_heap)
        ]
        return sorted(drawn_pairs, key=lambda drawn_pair: hash_parts(SAMPLE_RULE, self._seed, "order", *drawn_pair[1:]))
