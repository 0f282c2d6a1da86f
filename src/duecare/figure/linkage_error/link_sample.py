"""Which pairs of records are drawn to measure the error of linkage: strata by weight, and a draw that can be repeated."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from typing import Final

from duecare.audit.rounds.draw_seed import hashed

RULE: Final = "duecare linkage sample 1"
BELOW: Final = 4.0
"""Pairs that weigh so many bits less than what is looked at are drawn from too; those that weigh less still are not."""
_CLOSE, _SURE = 4.0, 12.0

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


def stratum_of(weight: float, *, is_joined: bool, join: float, review: float) -> str | None:
    """In which stratum is a pair of this weight? None for one that weighs too little to be thought of at all.

    Units:   bits.
    Example:
        >>> stratum_of(7.5, is_joined=True, join=6.0, review=1.0)
        'joined, by at most 4 bits'
        >>> stratum_of(-4.0, is_joined=False, join=6.0, review=1.0) is None
        True
    """
    if is_joined:
        over = weight - join
        return JOINED[0 if over < 0 else 1 if over < _CLOSE else 2 if over < _SURE else 3]
    if weight < review:
        return APART[0] if weight >= review - BELOW else None
    return APART[3 if weight >= join else 2 if weight >= (review + join) / 2 else 1]


def allotted(populations: Mapping[str, int], size: int) -> dict[str, int]:
    """How many pairs are drawn of each stratum?

    Shape:   as many of each, so that the doubtful, which are few, are looked at as closely as the sure, which are many;
             what a small stratum cannot give goes to the others, in their order. At least two of each, or all it holds,
             however small the size.
    Example:
        >>> allotted({"a": 5, "b": 1000, "c": 1000}, 65)
        {'a': 5, 'b': 30, 'c': 30}
    """
    found = {name: min(2, number) for name, number in populations.items()}
    left = size - sum(found.values())
    while left > 0:
        hungry = [name for name, number in populations.items() if found[name] < number]
        if not hungry:
            break
        share = max(1, left // len(hungry))
        for name in hungry:
            more = min(share, populations[name] - found[name], left)
            found[name] += more
            left -= more
    return found


class Draw:
    """Draws pairs as they come by, so many of each stratum, in an order that the seed alone decides."""

    def __init__(self, seed: str, most: int) -> None:
        """At most so many are kept of each stratum."""
        self._seed, self._most = seed, most
        self._kept: dict[str, list[tuple[int, str, str]]] = {}
        self.populations: dict[str, int] = {}

    def offer(self, stratum: str, a: str, b: str) -> None:
        """Count this pair, and keep it while it is among the first of its stratum."""
        self.populations[stratum] = self.populations.get(stratum, 0) + 1
        kept = self._kept.setdefault(stratum, [])
        rank = -int(hashed(RULE, self._seed, stratum, a, b), 16)
        if len(kept) < self._most:
            heapq.heappush(kept, (rank, a, b))
        elif rank > kept[0][0]:
            heapq.heapreplace(kept, (rank, a, b))

    def drawn(self, sizes: Mapping[str, int]) -> list[tuple[str, str, str]]:
        """The pairs drawn, (stratum, a, b), in the order in which they are asked: by chance, not by stratum."""
        found = [
            (stratum, a, b)
            for stratum, kept in self._kept.items()
            for _, a, b in heapq.nlargest(sizes.get(stratum, 0), kept)
        ]
        return sorted(found, key=lambda one: hashed(RULE, self._seed, "order", *one[1:]))
