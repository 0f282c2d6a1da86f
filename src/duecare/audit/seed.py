"""The seed of a draw: each side commits to a number before either is known, and no side can choose what comes of both."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Final

from duecare.vocabulary.refusals import Refusal

COMMITMENT: Final = "duecare commitment 1"
SEED: Final = "duecare seed 1"
SEPARATOR: Final = "\x1f"
_NUMBER = re.compile(r"[0-9a-f]{64}")


def hashed(*parts: str) -> str:
    """The SHA-256 of these parts, joined by U+001F, as UTF-8, in lower-case hex."""
    return hashlib.sha256(SEPARATOR.join(parts).encode()).hexdigest()


def commitment(plan_hash: str, side: str, number: str) -> str:
    """What does a side hand over first, to be held to its number without telling it?

    Shape:   the number is 64 lower-case hex digits from a source of secrets, never used before. The plan's hash is in
             it, so that files and sizes are fixed before any number is known; the side's name too, so that a
             commitment cannot be copied.
    Raises:  AUD-006 if the number is not of that form or the side has no name.
    """
    if not _NUMBER.fullmatch(number):
        raise Refusal("AUD-006", where=side, found="a number that is not 64 lower-case hex digits")
    if not side or SEPARATOR in side:
        raise Refusal("AUD-006", found="a side without a name, or with a control character in it")
    return hashed(COMMITMENT, plan_hash, side, number)


def combined(plan_hash: str, commitments: Mapping[str, str], revealed: Mapping[str, str]) -> str:
    """The seed that follows from what both sides committed to and then revealed.

    Shape:   any number of sides from two up; the order in which they reveal does not matter.
    Raises:  AUD-006 with every fault: fewer than two sides, a number not revealed or revealed without a commitment, or
             one that does not fit its commitment. There is then no seed.
    """
    faults = [] if len(commitments) > 1 else ["fewer than two sides committed to a number"]
    faults += [f"{side} has not revealed its number" for side in sorted(set(commitments) - set(revealed))]
    faults += [f"{side} revealed a number without a commitment" for side in sorted(set(revealed) - set(commitments))]
    faults += [
        f"{side} revealed a number that does not fit its commitment"
        for side in sorted(set(commitments) & set(revealed))
        if commitment(plan_hash, side, revealed[side]) != commitments[side]
    ]
    if faults:
        raise Refusal("AUD-006", faults=tuple(faults))
    return hashed(SEED, plan_hash, *(part for side in sorted(revealed) for part in (side, revealed[side])))
