"""Spark finds what the judge finds: of every worked example, and of many made-up scenes, all of them in one run."""

from __future__ import annotations

import os

import pytest
from tests.made.gathered import Batch, gathered
from tests.made.merged import examples, is_of_whole_force
from tests.made.timelines import policy
from tests.made.worlds import START
from tests.rooms.duty_engine.test_front_written import peopled

from duecare.rulebook.all_duties import all_duties

pytestmark = [pytest.mark.spark, pytest.mark.filterwarnings("ignore")]

A_YEAR_ON = START.replace(year=START.year + 1)
SCENES = int(os.environ.get("DUECARE_TEST_SCENES", "2000"))


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    from duecare.store.bulk.local_spark import spark_here

    with spark_here(tmp_path_factory.mktemp("spark")) as session:
        yield session


def hold(session, scenes, as_of, capsys, chosen=None, at_hand=100_000):
    """Hold Spark's findings against the judge's; print how many there were."""
    from duecare.store.bulk.spark_engine import Spark

    batch = Batch(scenes)
    findings, apart = batch.disagreements(Spark(session, at_hand), as_of, chosen or all_duties(), policy())
    with capsys.disabled():
        print(f" {len(scenes):,} scenes, {batch.cases:,} cases and people, {findings:,} findings, {len(apart)} apart")

    assert findings > 0
    assert not apart, "\n".join(apart[:20])


def test_every_worked_example_is_found_alike(session, capsys):
    every = [(made, expected) for made, expected in examples() if not is_of_whole_force(made)]
    as_of = max(moment for _, expected in every for moment in expected)

    hold(session, [made for made, _ in every], as_of, capsys)


def test_many_scenes_are_found_alike(session, capsys):
    hold(session, gathered(peopled(), SCENES, 1), A_YEAR_ON, capsys)


def test_where_few_tables_are_held_by_the_driver_the_same_is_found(session, capsys):
    hold(session, gathered(peopled(), SCENES // 8, 2), A_YEAR_ON, capsys, all_duties()[::8], at_hand=100)
