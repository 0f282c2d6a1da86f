"""What keeps two records from being joined without a human, however alike they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

_OWN_NAME: Final = frozenset({"in full", "same", "swapped", "short form", "slip", "other name"})


class Force(Enum):
    """How strongly does a guard speak?"""

    HOLD = "the two do not join by themselves; a third record may still join them"
    BAR = "the two are never one person unless a human says so"


@dataclass(frozen=True, slots=True)
class Guards:
    """Which guards stand, and how large may one person grow?

    Shape:   all stand unless a force's policy takes one down; `most_records` is a hard cap.
    """

    conflicting_identifiers: bool = True
    sex_and_birth_date: bool = True
    twins: bool = True
    household: bool = True
    too_little_to_compare: bool = True
    most_records: int = 300


@dataclass(frozen=True, slots=True)
class Held:
    """Why, and how strongly, is a pair kept apart?"""

    force: Force
    reason: str


IDENTIFIERS = Held(Force.BAR, "both records carry a valid identifier of the same kind, and the two differ")
SEX_AND_BIRTH = Held(Force.BAR, "sex differs, and so does the birth date by more than a slip of writing")
TWINS = Held(Force.BAR, "same family name, birth date and home, but another given name: they may be twins")
HOUSEHOLD = Held(Force.BAR, "same family name or home, but another given name and birth date: they may be of one household")
TOO_LITTLE = Held(Force.HOLD, "neither a birth date nor an identifier can be compared")


def guard(levels: Mapping[str, str], guards: Guards) -> Held | None:
    """Does anything keep a pair with these levels of agreement apart?

    Shape:   levels by the names of `COMPARISONS`; a comparison left out was unknown on one side.
    Unknown: what is not known holds nothing back, but for the last guard, which is about just that.
    """
    given, born = levels.get("given", ""), levels.get("born", "")
    is_shared = levels.get("identifier") == "shared"
    other_given = bool(given) and given not in _OWN_NAME
    if guards.conflicting_identifiers and levels.get("identifier") == "conflict":
        return IDENTIFIERS
    if guards.sex_and_birth_date and levels.get("sex") == "different" and born in {"near", "different"}:
        return SEX_AND_BIRTH
    same_home = levels.get("home") in {"same home", "same postcode"}
    if guards.twins and not is_shared and other_given and given != "initial" and born == "same" and same_home:
        return TWINS
    if guards.household and not is_shared and other_given and given != "initial" and born in {"near", "different"}:
        return HOUSEHOLD
    if guards.too_little_to_compare and not is_shared and not born:
        return TOO_LITTLE
    return None
