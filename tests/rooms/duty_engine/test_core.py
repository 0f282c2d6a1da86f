"""What the engine works out of all lines at once is what the judge works out of each, row for row."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.laws.test_assess_ninth_duty import DUTIES, EXAMPLES
from tests.made.declarations import SOURCE, START, declarations, dense_scenes, moments
from tests.made.timelines import Scene, scene
from tests.made.worlds import moments as spread
from tests.made.worlds import scenes
from tests.rooms.duty_engine.judged import catalogue, hold

from duecare.duty.allowance import FromDetail, WorkingDays
from duecare.duty.declaration import Duty, Fact, Rule, Scope
from duecare.duty.finding import Authority
from duecare.record.pole import CaseKey, EventRecord
from duecare.vocabulary.moments import When


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_worked_examples_of_made_up_duties(example):
    made, expected = scene(EXAMPLES[example][1])

    for as_of, _ in expected:
        hold(made, DUTIES, as_of)


@settings(max_examples=settings.default.max_examples // 3)
@given(scenes(), spread)
def test_the_rulebook_over_whatever_happened(made, as_of):
    hold(made, catalogue(), as_of)


@settings(max_examples=settings.default.max_examples * 2 // 3)
@given(st.tuples(*(declarations(number) for number in range(3))), dense_scenes(), moments)
def test_made_up_duties_of_every_shape(chosen, made, as_of):
    hold(made, chosen, as_of)


def test_a_limit_in_days_less_what_is_no_number_has_no_day():
    duty = Duty(
        id="MADE-0",
        says="Something is done.",
        authority=Authority.STATUTORY_GUIDANCE,
        source=SOURCE,
        owed_by="investigator",
        scope=Scope.CASE,
        starts=((Fact("begun"),),),
        rules=(Rule("ONLY", FromDetail("when", WorkingDays(2), "spent")),),
        met_by=(Fact("done"),),
    )
    said = {"spent": "long"}
    begun = EventRecord("s", "e1", "begun", When.at(START), START, case=CaseKey("s", "1"), detail=said)

    hold(Scene(events=[begun]), [duty], START + timedelta(days=9))
