"""The fewest cases on which a figure may be the test that closes a recommendation: the force's own choice, with a reason."""

from __future__ import annotations

from typing import Final

LEAST_CASES: Final = 20
"""Unless the force sets more or fewer: no text gives a number, so the reason is arithmetic.

Where all of n cases meet a level, Wilson's 95 % interval still begins at n / (n + 3.84): of 20 at .84, of 10 at .72, of one at
.21. With fewer than 20, nine in ten is not told from three in four even by a figure without a single failure.
"""
FEWEST: Final = 5
"""Fewer than this no policy may set: as few as the fewest files of an audit sample."""
MOST_CASES: Final = 10_000
