"""Seeded chance, by ways of drawing that give the same values on every version of Python."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random
from typing import TypeVar

Thing = TypeVar("Thing")


class Chance:
    """Choices among several things, all from one seeded stream of numbers in 0..1."""

    __slots__ = ("draw",)

    def __init__(self, chance_seed: int) -> None:
        self.draw = Random(chance_seed).random

    def one(self, things: Sequence[Thing]) -> Thing:
        """One of the things, each as likely as the next."""
        return things[int(self.draw() * len(things))]

    def between(self, lowest: int, highest: int) -> int:
        """A whole number from low to high, both included."""
        return lowest + int(self.draw() * (highest - lowest + 1))

    def within(self, share: float) -> bool:
        """Whether something happens that happens in this share of cases."""
        return self.draw() < share

    def wait(self, mean_wait: float) -> int:
        """Seconds until something that comes after `mean_wait` seconds on average."""
        return int(-mean_wait * math.log(1.0 - self.draw()))

    def weighted(self, things: Sequence[Thing], cumulative: Sequence[float]) -> Thing:
        """One of the things; `cumulative` is the running total of their shares, the last being 1."""
        drawn = self.draw()
        for thing, limit in zip(things, cumulative, strict=True):
            if drawn < limit:
                return thing
        return things[-1]
