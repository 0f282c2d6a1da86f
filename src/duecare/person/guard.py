"""What keeps two records from being joined without a human, however alike they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final


class Force(Enum):
    """How strongly a guard acts."""

    HOLD = "the two do not join by themselves; a third record may still join them"
    BAR = "the two are never one person unless a human says so"


@dataclass(frozen=True, slots=True)
class Guards:
    """The guards in use, and how large one person may grow.

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
class GuardResult:
    """Why, and how strongly, a pair is kept apart."""

    force: Force
    reason: str


IDENTIFIERS = GuardResult(Force.BAR, "both records carry a valid identifier of the same kind, and the two differ")
SEX_AND_BIRTH = GuardResult(Force.BAR, "sex differs, and so does the birth date by more than a slip of writing")
BIRTH = GuardResult(
    Force.BAR, "birth dates differ by more than a slip of writing, as those of a parent and child of one name do"
)
TWINS = GuardResult(Force.BAR, "one home, but another given name: they may be twins, or brothers and sisters")
TWIN_SEXES = GuardResult(Force.BAR, "one home and given names alike, but another sex: they may be brother and sister")
TWINS_APART = GuardResult(
    Force.HOLD, "one birth date, but another given name or none for sure: they may be twins, wherever they live"
)
OTHER_FAMILY = GuardResult(Force.HOLD, "one home, but another given and another family name: they may live together")
ROUGH = GuardResult(
    Force.HOLD, "one home, but given names further apart than one slip: they may be brothers and sisters"
)
NAMESAKES = GuardResult(
    Force.HOLD, "birth dates within a year or so, further apart than one slip: they may be of one family"
)
WAY_ROUND = GuardResult(
    Force.HOLD, "one home, but two given names where family names belong: they may be twins written the other way round"
)
ONE_NUMBER = GuardResult(
    Force.HOLD,
    "one home, family name, birth date and number, but another given name: they may be twins, one entered under the other's"
    " number",
)
TOO_LITTLE = GuardResult(Force.HOLD, "neither a birth date nor an identifier can be compared")
NAMELESS = GuardResult(Force.HOLD, "one home, and no given name to compare: they may be twins, or brothers and sisters")

_OTHER_GIVEN: Final = frozenset({"alike", "different", "other middle"})
_UNSURE_GIVEN: Final = frozenset({"crossed", "middle name", "rough slip", "initial"})
_NOT_SURE_GIVEN: Final = frozenset({"", "initial", "middle name", "rough slip"})
_ONE_GIVEN: Final = frozenset({"in full", "same", "swapped"})
_ONE_FAMILY: Final = frozenset({"same", "slip", "other name", "part", "alike"})
_ONE_BIRTH: Final = frozenset(
    {"same", "as far as known", "swapped", "one figure", "two parts", "a month or year apart"}
)


def guard_pair(levels: Mapping[str, str], guards: Guards) -> GuardResult | None:
    """Whether a guard keeps a pair with these levels of agreement apart.

    Shape:   levels by the names of `COMPARISONS`; a comparison left out was unknown on one side.
    Unknown: what is not known holds nothing back, but for the last guard, which is about just that.
    """
    given_level, born_level = levels.get("given", ""), levels.get("born", "")
    if guards.conflicting_identifiers and levels.get("identifier") == "conflict":
        return IDENTIFIERS
    if guards.sex_and_birth_date and levels.get("sex") == "different" and born_level in {"near", "different"}:
        return SEX_AND_BIRTH
    if levels.get("identifier") == "shared":
        return ONE_NUMBER if guards.twins and _is_twin_with_one_number(levels) else None
    if guards.birth_date and born_level == "different":
        return BIRTH
    if guards.twins:
        twin_result = _guard_twins(levels, given_level, born_level)
        if twin_result:
            return twin_result
    if guards.too_little_to_compare and not born_level:
        return TOO_LITTLE
    return None


def _is_twin_with_one_number(levels: Mapping[str, str]) -> bool:
    """Whether everything that twins share is the same, and the given name another; then a number may be mistaken."""
    return (
        levels.get("given") in {"alike", "different"}
        and levels.get("family") in _ONE_FAMILY
        and levels.get("born") == "same"
        and levels.get("home") in {"same home", "same postcode"}
    )


def _guard_twins(levels: Mapping[str, str], given_level: str, born_level: str) -> GuardResult | None:
    """Keep apart what may be two children of one family, whom home, family name and often the birth date do not separate."""
    is_one_family = levels.get("family") in _ONE_FAMILY
    if levels.get("home") not in {"same home", "same postcode"}:
        if is_one_family and born_level in _ONE_BIRTH and given_level in _OTHER_GIVEN | _NOT_SURE_GIVEN:
            return TWINS_APART
        return NAMESAKES if born_level == "near" else None
    if given_level in _OTHER_GIVEN:
        return TWINS if is_one_family else OTHER_FAMILY
    if given_level and given_level not in _ONE_GIVEN and levels.get("sex") == "different":
        return TWIN_SEXES
    if given_level in _UNSURE_GIVEN:
        return ROUGH
    if not given_level:
        return NAMELESS
    if born_level == "near":
        return NAMESAKES
    return WAY_ROUND if levels.get("family") == "two given names" else None
