"""Guards: what never joins by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from duecare.person.guard import (
    BIRTH,
    IDENTIFIERS,
    NAMELESS,
    NAMESAKES,
    ONE_NUMBER,
    OTHER_FAMILY,
    ROUGH,
    SEX_AND_BIRTH,
    TOO_LITTLE,
    TWIN_SEXES,
    TWINS,
    TWINS_APART,
    WAY_ROUND,
    Force,
    GuardResult,
    Guards,
    guard_pair,
)

ALL = Guards()
TWIN = {"given": "alike", "family": "same", "born": "same", "home": "same home"}


@pytest.mark.parametrize(
    ("levels", "held"),
    [
        ({**TWIN, "identifier": "conflict"}, IDENTIFIERS),
        ({"given": "same", "family": "same", "born": "same", "identifier": "conflict"}, IDENTIFIERS),
        (TWIN, TWINS),
        ({**TWIN, "given": "different"}, TWINS),
        ({**TWIN, "given": "different", "born": "one figure"}, TWINS),
        ({**TWIN, "given": "other middle"}, TWINS),
        ({**TWIN, "given": "different", "family": "different"}, OTHER_FAMILY),
        ({"given": "different", "born": "same", "home": "same home"}, OTHER_FAMILY),
        ({**TWIN, "given": "alike", "home": "different"}, TWINS_APART),
        ({"given": "different", "family": "slip", "born": "one figure"}, TWINS_APART),
        ({"given": "different", "family": "different", "born": "same"}, None),
        ({**TWIN, "given": "short form", "sex": "different"}, TWIN_SEXES),
        ({**TWIN, "given": "slip", "sex": "different"}, TWIN_SEXES),
        ({**TWIN, "given": "same", "sex": "different"}, None),
        ({**TWIN, "given": "rough slip"}, ROUGH),
        ({**TWIN, "given": "middle name"}, ROUGH),
        ({**TWIN, "given": "initial"}, ROUGH),
        ({"given": "crossed", "family": "different", "born": "same", "home": "same home"}, ROUGH),
        ({"family": "same", "born": "same", "home": "same home"}, NAMELESS),
        ({"family": "same", "born": "same", "home": "different"}, TWINS_APART),
        ({"family": "different", "born": "same", "home": "different"}, None),
        ({"given": "initial", "family": "same", "born": "same"}, TWINS_APART),
        ({"given": "middle name", "family": "same", "born": "same"}, TWINS_APART),
        ({"given": "rough slip", "family": "same", "born": "same"}, TWINS_APART),
        ({"given": "slip", "family": "same", "born": "same"}, None),
        ({**TWIN, "given": "same", "born": "near"}, NAMESAKES),
        ({"given": "same", "family": "same", "born": "near", "home": "different"}, NAMESAKES),
        ({**TWIN, "given": "same", "born": "two parts"}, None),
        ({**TWIN, "given": "same", "born": "different"}, BIRTH),
        ({**TWIN, "given": "swapped"}, None),
        ({**TWIN, "given": "same", "family": "two given names"}, WAY_ROUND),
        ({**TWIN, "given": "same", "family": "different"}, None),
        ({**TWIN, "given": "slip"}, None),
        ({**TWIN, "given": "short form"}, None),
        ({**TWIN, "identifier": "shared"}, ONE_NUMBER),
        ({**TWIN, "given": "different", "identifier": "shared"}, ONE_NUMBER),
        ({**TWIN, "given": "slip", "identifier": "shared"}, None),
        ({**TWIN, "home": "different", "identifier": "shared"}, None),
        ({**TWIN, "born": "one figure", "identifier": "shared"}, None),
        ({"given": "same", "born": "near", "sex": "different"}, SEX_AND_BIRTH),
        ({"given": "same", "born": "same", "sex": "different"}, None),
        ({"given": "same", "family": "same", "home": "same home", "born": "different"}, BIRTH),
        ({"given": "same", "family": "same", "home": "same home"}, TOO_LITTLE),
        ({"given": "same", "family": "same", "identifier": "shared"}, None),
        ({"given": "same", "family": "same", "born": "same"}, None),
    ],
    ids=lambda value: "".join(f"{k}:{v} " for k, v in value.items()) if isinstance(value, dict) else "",
)
def test_each_guard_holds_what_it_is_for_and_nothing_else(levels: dict[str, str], held: GuardResult | None) -> None:
    assert guard_pair(levels, ALL) == held


@pytest.mark.parametrize(
    ("name", "levels"),
    [
        ("conflicting_identifiers", {"given": "same", "born": "same", "identifier": "conflict"}),
        ("sex_and_birth_date", {"given": "same", "born": "near", "sex": "different", "identifier": "shared"}),
        ("birth_date", {"given": "same", "born": "different"}),
        ("twins", TWIN),
        ("too_little_to_compare", {"given": "same", "family": "same"}),
    ],
)
def test_a_guard_that_policy_takes_down_holds_nothing(name: str, levels: dict[str, str]) -> None:
    assert guard_pair(levels, ALL) is not None
    assert guard_pair(levels, replace(ALL, **{name: False})) is None


def test_only_one_family_name_bars_two_given_names_at_one_home() -> None:
    """Names the other way round with slips look like two other names: a third record may still join them."""
    assert TWINS.force is Force.BAR
    assert OTHER_FAMILY.force is Force.HOLD
