"""What keeps two records from being joined without a human, however alike they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Force(Enum):
    """How strongly does a guard speak?"""

    HOLD = "the two do not join by themselves; a third record may still join them"
    BAR = "the two are never one person unless a human says so"


@dataclass(frozen=True, slots=True)
class Guards:
    """Which guards stand, and how large may one person grow?

    Shape:   all stand unless a force's policy takes one down; `most_records` is a hard cap. The three weights stand in
             place of the model's own thresholds where they are given.
    Units:   bits, the prior included.
    """

    conflicting_identifiers: bool = True
    sex_and_birth_date: bool = True
    birth_date: bool = True
    twins: bool = True
    too_little_to_compare: bool = True
    most_records: int = 300
    join_weight: float | None = None
    split_weight: float | None = None
    review_weight: float | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """Why, and how strongly, is a pair kept apart?"""

    force: Force
    reason: str


IDENTIFIERS = Held(Force.BAR, "both records carry a valid identifier of the same kind, and the two differ")
SEX_AND_BIRTH = Held(Force.BAR, "sex differs, and so does the birth date by more than a slip of writing")
BIRTH = Held(
    Force.BAR, "birth dates differ by more than a slip of writing, as those of a parent and child of one name do"
)
TWINS = Held(Force.BAR, "one home, but another given name: they may be twins, or brothers and sisters")
ROUGH = Held(Force.HOLD, "one home, but given names further apart than one slip: they may be brothers and sisters")
TOO_LITTLE = Held(Force.HOLD, "neither a birth date nor an identifier can be compared")


def guard(levels: Mapping[str, str], guards: Guards) -> Held | None:
    """Does anything keep a pair with these levels of agreement apart?

    Shape:   levels by the names of `COMPARISONS`; a comparison left out was unknown on one side.
    Unknown: what is not known holds nothing back, but for the last guard, which is about just that.
    """
    given, born = levels.get("given", ""), levels.get("born", "")
    if guards.conflicting_identifiers and levels.get("identifier") == "conflict":
        return IDENTIFIERS
    if guards.sex_and_birth_date and levels.get("sex") == "different" and born in {"near", "different"}:
        return SEX_AND_BIRTH
    if levels.get("identifier") == "shared":
        return None
    if guards.birth_date and born == "different":
        return BIRTH
    if guards.twins and levels.get("home") in {"same home", "same postcode"}:
        if given in {"alike", "different"}:
            return TWINS
        if given == "rough slip":
            return ROUGH
    if guards.too_little_to_compare and not born:
        return TOO_LITTLE
    return None
