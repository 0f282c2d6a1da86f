"""Guards: what never joins by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from duecare.person.guard import BIRTH, IDENTIFIERS, ROUGH, SEX_AND_BIRTH, TOO_LITTLE, TWINS, Guards, Held, guard

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
        ({**TWIN, "given": "rough slip"}, ROUGH),
        ({**TWIN, "given": "slip"}, None),
        ({**TWIN, "given": "short form"}, None),
        ({**TWIN, "identifier": "shared"}, None),
        ({"given": "same", "born": "near", "sex": "different"}, SEX_AND_BIRTH),
        ({"given": "same", "born": "same", "sex": "different"}, None),
        ({"given": "same", "family": "same", "home": "same home", "born": "different"}, BIRTH),
        ({"given": "same", "family": "same", "home": "same home"}, TOO_LITTLE),
        ({"given": "same", "family": "same", "identifier": "shared"}, None),
        ({"given": "same", "family": "same", "born": "same"}, None),
    ],
    ids=lambda value: "".join(f"{k}:{v} " for k, v in value.items()) if isinstance(value, dict) else "",
)
def test_each_guard_holds_what_it_is_for_and_nothing_else(levels: dict[str, str], held: Held | None) -> None:
    assert guard(levels, ALL) == held


@pytest.mark.parametrize(
    ("name", "levels"),
    [
        ("conflicting_identifiers", {"given": "same", "born": "same", "identifier": "conflict"}),
        ("sex_and_birth_date", {"given": "same", "born": "near", "sex": "different"}),
        ("birth_date", {"given": "same", "born": "different"}),
        ("twins", TWIN),
        ("too_little_to_compare", {"given": "same", "family": "same"}),
    ],
)
def test_a_guard_that_policy_takes_down_holds_nothing(name: str, levels: dict[str, str]) -> None:
    assert guard(levels, ALL) is not None
    assert guard(levels, replace(ALL, **{name: False})) is None
