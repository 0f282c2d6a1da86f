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


@pytest.mark.parametrize(
    ("levels", "held"),
    [
        ({**TWIN, "family": "different", "identifier": "shared"}, None),
        ({**TWIN, "family": "part", "identifier": "shared"}, ONE_NUMBER),
        ({**TWIN, "home": "same postcode", "identifier": "shared"}, ONE_NUMBER),
        ({**TWIN, "born": "", "identifier": "shared"}, None),
        ({"given": "different", "family": "same", "born": "near"}, NAMESAKES),
        ({"given": "different", "family": "same", "born": "near", "home": "same area"}, NAMESAKES),
        ({"given": "different", "family": "different", "born": "near"}, NAMESAKES),
        ({"family": "same", "born": "same", "home": "same home", "sex": "different"}, NAMELESS),
        ({"family": "same", "born": "same", "home": "same postcode", "sex": "same"}, NAMELESS),
        ({"family": "same", "born": "near", "sex": "same"}, NAMESAKES),
    ],
    ids=lambda value: "".join(f"{k}:{v} " for k, v in value.items()) if isinstance(value, dict) else "",
)
def test_a_guard_asks_for_each_thing_it_names(levels: dict[str, str], held: GuardResult | None) -> None:
    assert guard_pair({name: level for name, level in levels.items() if level}, ALL) == held


@pytest.mark.parametrize(
    "born", ["same", "as far as known", "swapped", "one figure", "two parts", "a month or year apart"]
)
@pytest.mark.parametrize("given", ["alike", "different", "other middle", "", "initial", "middle name", "rough slip"])
@pytest.mark.parametrize("family", ["same", "slip", "other name", "part", "alike"])
def test_two_of_one_family_born_as_one_with_no_sure_given_name_may_be_twins_wherever_they_live(
    born: str, given: str, family: str
) -> None:
    levels = {"born": born, "family": family} | ({"given": given} if given else {})

    assert guard_pair(levels, ALL) == TWINS_APART
    assert guard_pair({**levels, "family": "different"}, ALL) is None


@pytest.mark.parametrize("home", ["same home", "same postcode"])
@pytest.mark.parametrize("given", ["in full", "same", "swapped"])
def test_one_given_name_at_one_home_is_one_person(home: str, given: str) -> None:
    levels = {**TWIN, "given": given, "home": home}

    assert guard_pair(levels, ALL) is None
    assert guard_pair({**levels, "sex": "different"}, ALL) is None
    assert guard_pair({**levels, "born": "near"}, ALL) == NAMESAKES


def test_where_policy_takes_the_guard_on_twins_down_one_number_joins_them() -> None:
    assert guard_pair({**TWIN, "identifier": "shared"}, replace(ALL, twins=False)) is None


def test_the_guards_as_they_are_shipped() -> None:
    assert (ALL.most_records, ALL.join_weight, ALL.split_weight, ALL.review_weight) == (300, None, None, None)
    assert {held.force for held in (IDENTIFIERS, SEX_AND_BIRTH, BIRTH, TWINS, TWIN_SEXES)} == {Force.BAR}
    held = (TWINS_APART, OTHER_FAMILY, ROUGH, NAMESAKES, WAY_ROUND, ONE_NUMBER, TOO_LITTLE, NAMELESS)
    assert {one.force for one in held} == {Force.HOLD}
    assert len({one.reason for one in held}) == len(held)
