"""The engine's findings are the judge's of tens of thousands of made-up scenes, many of them in one run."""

from __future__ import annotations

import os

import pytest
from hypothesis import strategies as st
from tests.made.declarations import declarations, dense_scenes
from tests.made.declarations import moments as close
from tests.made.gathered import Batch, gathered
from tests.made.on_engine import duck
from tests.made.timelines import policy
from tests.made.worlds import moments
from tests.rooms.duty_engine.test_front_written import peopled

from duecare.rulebook.all_duties import all_duties

pytestmark = pytest.mark.soak

SCENES = int(os.environ.get("DUECARE_TEST_SCENES", "24000"))
PARTS = 12
AT_ONCE = 50


@pytest.mark.parametrize("part", range(PARTS))
def test_the_rulebook_over_many_scenes(part, capsys):
    batches = SCENES // 2 // PARTS // AT_ONCE
    scenes = gathered(peopled(), batches * AT_ONCE, part)
    as_ofs = gathered(moments, batches, part)

    hold([(all_duties(), scenes[n * AT_ONCE :][:AT_ONCE], as_of) for n, as_of in enumerate(as_ofs)], capsys)


@pytest.mark.parametrize("part", range(PARTS))
def test_made_up_duties_of_every_shape_over_many_scenes(part, capsys):
    batches = SCENES // 2 // PARTS // AT_ONCE
    scenes = gathered(dense_scenes(), batches * AT_ONCE, part)
    chosen = gathered(st.tuples(st.tuples(*map(declarations, range(3))), close), batches, part)

    hold([(made, scenes[n * AT_ONCE :][:AT_ONCE], as_of) for n, (made, as_of) in enumerate(chosen)], capsys)


def hold(batches, capsys):
    """Hold every batch's findings by the engine against the judge's; print how many there were."""
    held, cases, findings, apart = 0, 0, 0, []
    for number, (chosen, scenes, as_of) in enumerate(batches):
        batch = Batch(scenes)
        found, parted = batch.disagreements(duck(), as_of, chosen, policy())
        held, cases, findings = held + len(scenes), cases + batch.cases, findings + found
        apart += [f"batch {number}, {as_of}: {one}" for one in parted]
    with capsys.disabled():
        print(f" {held:,} scenes, {cases:,} cases and people, {findings:,} findings, {len(apart)} apart")

    assert held > 0
    assert findings > 0
    assert not apart, "\n".join(apart[:20])
