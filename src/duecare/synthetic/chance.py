"""Seeded chance, by ways of drawing that give the same values on every version of Python."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """Which of several things happens? Everything comes from one seeded stream of numbers in 0..1."""

    __slots__ = ("draw",)

    def __init__(self, seed: int) -> None:
        self.draw = Random(seed).random

    def one(self, things: Sequence[T]) -> T:
        """One of the things, each as likely as the next."""
        return things[int(self.draw() * len(things))]

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self.draw() * (high - low + 1))

    def within(self, share: float) -> bool:
        """Does something happen that happens in this share of cases?"""
        return self.draw() < share

    def wait(self, mean: float) -> int:
        """How many seconds until something that comes after `mean` seconds on average?"""
        return int(-mean * math.log(1.0 - self.draw()))

    def weighted(self, things: Sequence[T], upto: Sequence[float]) -> T:
        """One of the things; `upto` holds the running total of their shares, the last being 1."""
        drawn = self.draw()
        for thing, limit in zip(things, upto, strict=True):
            if drawn < limit:
                return thing
        return things[-1]
