"""What the engine works out of all lines at once is what the judge works out of each, row for row."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.laws.test_assess_ninth_duty import DUTIES, EXAMPLES
from tests.made.declarations import declarations, dense_scenes, moments
from tests.made.timelines import scene
from tests.made.worlds import moments as spread
from tests.made.worlds import scenes
from tests.rooms.duty_engine.judged import catalogue, hold


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_worked_examples_of_made_up_duties(example):
    made, expected = scene(EXAMPLES[example][1])

    for as_of, _ in expected:
        hold(made, DUTIES, as_of)


@settings(max_examples=10)
@given(scenes(), spread)
def test_the_rulebook_over_whatever_happened(made, as_of):
    hold(made, catalogue(), as_of)


@settings(max_examples=20)
@given(st.tuples(*(declarations(number) for number in range(3))), dense_scenes(), moments)
def test_made_up_duties_of_every_shape(chosen, made, as_of):
    hold(made, chosen, as_of)
