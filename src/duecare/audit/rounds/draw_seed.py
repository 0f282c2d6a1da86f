"""The seed of a draw: each side commits to a number before either is known, and no side can choose what comes of both."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from duecare.vocabulary.refusals import Refusal

COMMITMENT: Final = "duecare commitment 1"
SEED_RULE: Final = "duecare seed 1"
BEACON: Final = "beacon"
SEPARATOR: Final = "\x1f"
_NUMBER = re.compile(r"[0-9a-f]{64}")
_PULSE = re.compile(r"[0-9a-f]{64,128}")


@dataclass(frozen=True, slots=True)
class Beacon:
    """The published random value that stands in place of a side's number.

    Shape:   the beacon's name, and the time of its pulse as ISO 8601 text: both named before the value can be known.
    """

    name: str
    pulse_at: str


def hash_parts(*parts: str) -> str:
    """The SHA-256 of these parts, joined by U+001F, as UTF-8, in lower-case hex."""
    return hashlib.sha256(SEPARATOR.join(parts).encode()).hexdigest()


def side_commitment(plan_hash: str, grader_side: str, number: str) -> str:
    """What a side hands over first, to be bound to its number without revealing it.

    Shape:   the number is 64 lower-case hex digits from a source of secrets, never used before. The plan's hash is in
             it, so that files and sizes are fixed before any number is known; the side's name too, so that a
             commitment cannot be copied.
    Raises:  AUD-006 if the number is not of that form or the side has no name.
    """
    if not _NUMBER.fullmatch(number):
        raise Refusal("AUD-006", where=grader_side, found="a number that is not 64 lower-case hex digits")
    if not grader_side or SEPARATOR in grader_side or grader_side == BEACON:
        raise Refusal("AUD-006", found="a side without a name of its own, or with a control character in it")
    return hash_parts(COMMITMENT, plan_hash, grader_side, number)


def combined_seed(
    plan_hash: str, commitments: Mapping[str, str], revealed: Mapping[str, str], *, pulse: str | None = None
) -> str:
    """The seed that follows from what both sides committed to and then revealed.

    Shape:   any number of sides from two up, or one and the `pulse` of a beacon that the plan names, in lower-case hex;
             the order in which they reveal does not matter. A pulse stands among the sides under the name `beacon`.
    Raises:  AUD-006 with every fault: fewer than two sides, a number not revealed or revealed without a commitment, or
             one that does not fit its commitment, or a pulse that is none. There is then no seed.
    """
    faults = [] if len(commitments) + (pulse is not None) > 1 else ["fewer than two sides committed to a number"]
    if pulse is not None and not _PULSE.fullmatch(pulse):
        faults.append("the beacon's value is not 64 to 128 lower-case hex digits")
    faults += [f"{grader_side} has not revealed its number" for grader_side in sorted(set(commitments) - set(revealed))]
    faults += [
        f"{grader_side} revealed a number without a commitment"
        for grader_side in sorted(set(revealed) - set(commitments))
    ]
    faults += [
        f"{grader_side} revealed a number that does not fit its commitment"
        for grader_side in sorted(set(commitments) & set(revealed))
        if side_commitment(plan_hash, grader_side, revealed[grader_side]) != commitments[grader_side]
    ]
    if faults:
        raise Refusal("AUD-006", faults=tuple(faults))
    known_numbers = dict(revealed) if pulse is None else {**revealed, BEACON: pulse}
    return hash_parts(
        SEED_RULE,
        plan_hash,
        *(
            seed_part
            for grader_side in sorted(known_numbers)
            for seed_part in (grader_side, known_numbers[grader_side])
        ),
    )
