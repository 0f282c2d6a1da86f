"""The made-up register of a demo: every state is there, and what passed or failed is as the figures have it."""

from __future__ import annotations

import pytest
from django.conf import settings
from tests.made.recommended import a_snapshot, enrol_all
from tests.made.stores import NOW, asking

from duecare.figure import FigureValue
from duecare.figure.reporting_period import quarter_before, quarter_of
from duecare.recommendation.recommendation_at_moment import fold_recommendation
from duecare.recommendation.recommendation_state import State
from duecare.stats.interval import Interval
from duecare.store.figures import figure_snapshots
from duecare.store.oversight import recommendation_facts
from duecare.use_cases.demo.demo_recommendations import SEEN_IN_TIME, VISITED_IN_TIME, register_made_up
from duecare.vocabulary.refusals import Refusal

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def cases() -> int:
    """On how many cases do the figures rest?"""
    return 100


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch, cases: int) -> None:
    """The quarter before, in which one figure is worse than its test asks and the other is not."""
    enrol_all()
    quarter = quarter_before(quarter_of(NOW))
    kept = [
        FigureValue(test.figure, quarter.name, (), 1, cases, 0, value, Interval(0.0, 1.0, "Wilson score"))
        for test, value in ((SEEN_IN_TIME, 0.11), (VISITED_IN_TIME, 0.04))
    ]
    monkeypatch.setattr(figure_snapshots, "latest_snapshot", {quarter.name: a_snapshot(quarter.name, kept, NOW)}.get)


def test_every_state_is_there_and_the_tests_were_tried(counted, monkeypatch):
    monkeypatch.setattr(settings, "DUECARE_DEMO", True)

    entries = register_made_up(asking(), settings.CONFIG)

    found = {
        number: fold_recommendation(facts, NOW) for number, facts in recommendation_facts.facts_by_number().items()
    }
    assert entries == len(found) == 9
    assert {one.state for one in found.values()} == set(State)
    assert (found["NM-3"].state, found["NM-4"].state) == (State.REOPENED, State.VERIFIED)
    assert [result.value for result in found["NM-3"].results] == [0.11]
    for facts in recommendation_facts.facts_by_number().values():
        times = [fact.happened_at.earliest for fact in facts]
        assert times == sorted(times)


@pytest.mark.parametrize("cases", [19])
def test_of_a_force_too_small_to_decide_the_claims_stand_unproved(counted, monkeypatch):
    monkeypatch.setattr(settings, "DUECARE_DEMO", True)

    register_made_up(asking(), settings.CONFIG)

    found = {
        number: fold_recommendation(facts, NOW) for number, facts in recommendation_facts.facts_by_number().items()
    }
    for number in ("NM-3", "NM-4"):
        assert found[number].state is State.DONE
        assert "fewer than 20 cases" in found[number].not_taken.why


def test_nothing_made_up_is_entered_outside_a_demo(counted):
    with pytest.raises(Refusal) as refused:
        register_made_up(asking(), settings.CONFIG)

    assert refused.value.code == "STO-001"
    assert recommendation_facts.facts_by_number() == {}
