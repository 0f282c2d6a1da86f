"""Two records compared: the levels there are, and what a weight means."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.person.pair import COMPARISONS, HOUSEHOLD, UNKNOWN, probability_of, read_levels


def test_each_thing_that_is_compared_can_differ_and_lists_each_level_once() -> None:
    for levels in COMPARISONS.values():
        assert len(set(levels)) == len(levels)
        assert "different" in levels
        assert UNKNOWN not in levels
    assert HOUSEHOLD not in COMPARISONS


@pytest.mark.parametrize(
    ("weight", "odds"), [(0, 1), (1, 2), (-1, Fraction(1, 2)), (10, 1024), (-10, Fraction(1, 1024))]
)
def test_a_weight_is_the_odds_in_bits(weight: int, odds: Fraction) -> None:
    assert probability_of(weight) == pytest.approx(float(Fraction(odds) / (1 + Fraction(odds))), rel=1e-12)


@given(st.floats(-60, 60))
def test_evidence_for_and_against_are_mirror_images(weight: float) -> None:
    assert probability_of(weight) + probability_of(-weight) == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize("weight", [5_000.0, -5_000.0])
def test_no_weight_is_too_large(weight: float) -> None:
    assert probability_of(weight) == (1.0 if weight > 0 else 0.0)


@given(st.floats(-40, 40), st.floats(0.01, 5))
def test_more_evidence_is_never_less_likely(weight: float, more: float) -> None:
    assert probability_of(weight) <= probability_of(weight + more)


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("", {}),
        ("given=same", {"given": "same"}),
        ("given=same;family=other name;born=", {"given": "same", "family": "other name", "born": ""}),
        ("given=same;;", {"given": "same"}),
        ("given=a=b", {"given": "a=b"}),
    ],
)
def test_levels_are_read_from_one_line(text: str, levels: dict[str, str]) -> None:
    assert read_levels(text) == levels


@given(st.dictionaries(st.sampled_from(list(COMPARISONS)), st.sampled_from(["same", "different", "slip"])))
def test_levels_are_read_as_they_are_written(levels: dict[str, str]) -> None:
    assert read_levels(";".join(f"{name}={level}" for name, level in levels.items())) == levels
