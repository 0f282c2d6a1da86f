"""Two records compared: on what, how far they agree, and what that weighs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from duecare.record.pole import RecordKey

COMPARISONS: Final[dict[str, tuple[str, ...]]] = {
    "given": (
        "in full",
        "same",
        "other middle",
        "swapped",
        "crossed",
        "short form",
        "slip",
        "other name",
        "middle name",
        "rough slip",
        "alike",
        "initial",
        "different",
    ),
    "family": ("same", "slip", "other name", "two given names", "part", "alike", "different"),
    "born": (
        "same",
        "as far as known",
        "swapped",
        "one figure",
        "two parts",
        "a month or year apart",
        "near",
        "different",
    ),
    "home": ("same home", "same postcode", "most words", "near", "same area", "different"),
    "identifier": ("shared", "different", "conflict"),
    "contact": ("shared", "alike", "different"),
    "sex": ("same", "different"),
}
"""What is compared, and the levels of agreement from the closest to none. A level not listed here is `unknown`."""

UNKNOWN: Final = "unknown"

HOUSEHOLD: Final = "household"
"""What stands beside the comparisons: how far what agrees would agree between any two people of one household, too."""


class Comparison(NamedTuple):
    """How far two records agree in one thing, and the weight of that.

    Units:   bits; positive speaks for one person, negative against, 0 where one side is silent.
    """

    name: str
    level: str
    weight: float


@dataclass(frozen=True, slots=True)
class Pair:
    """What two records have in common, taken together.

    Shape:   `a` before `b`; `held` says why a guard keeps the two from joining by themselves, empty if none does.
    Units:   weight in bits, the prior included; probability 0..1.
    """

    a: RecordKey
    b: RecordKey
    weight: float
    probability: float
    comparisons: tuple[Comparison, ...] = ()
    held: str = ""


def probability_of(weight: float) -> float:
    """The probability of one person at this weight of evidence.

    Units:   bits in, proportion 0..1 out.
    Example:
        >>> probability_of(0.0)
        0.5
    """
    if weight >= 0:
        return float(1.0 / (1.0 + 2.0**-weight))
    odds_ratio = float(2.0**weight)
    return odds_ratio / (1.0 + odds_ratio)


def read_levels(levels_text: str) -> dict[str, str]:
    """Read the level of each comparison from `given=same;family=slip;…`.

    Unknown: a comparison that is left out had nothing on one side.
    """
    return dict(level_part.split("=", 1) for level_part in levels_text.split(";") if level_part)
