"""A recommendation verified by a round that was opened, planned, committed to, drawn and ended as in service."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.made.rounds import grade
from tests.made.stores import NOW
from tests.use_cases.test_rounds import HMI, LEAD, NUMBERS, by, force, opened

from duecare.access.viewer import Viewer
from duecare.audit.rounds.draw_seed import side_commitment
from duecare.audit.rounds.sampling_frame import Choice
from duecare.config import read_config
from duecare.recommendation.new_recommendation import Making
from duecare.recommendation.recommendation_state import State
from duecare.recommendation.registered_test import Level, SampleTest, as_said, hash_of
from duecare.store.models import Round, SampledFile
from duecare.use_cases.audit.commit_and_reveal import commit_number, reveal_number
from duecare.use_cases.audit.draw_sample import draw_round
from duecare.use_cases.audit.end_round import end_round
from duecare.use_cases.audit.plan_round import Sizes, plan_round
from duecare.use_cases.recommendations import respond_to_recommendation as answer
from duecare.use_cases.recommendations.make_recommendation import make_recommendation
from duecare.use_cases.recommendations.verify_recommendation import verify_recommendation
from duecare.vocabulary.london_clock import london_day
from duecare.vocabulary.refusals import Refusal

__all__ = ["force"]
pytestmark = pytest.mark.usefixtures("read_in_process")

CHIEF = Viewer("chief", frozenset({"chief_officer"}), officer="CO1", channel="command")
TEST = SampleTest(Level(0.8), 10, sets=("inspector_only",), case_kinds=("missing",))
BEFORE = timedelta(hours=-1)


def claimed() -> None:
    make_recommendation(
        by(HMI, BEFORE),
        Making("R1", "x", "", "inspection", "six_months", published_on=london_day(NOW - timedelta(days=3))),
    )
    answer.name_owner(by(CHIEF, BEFORE), "R1", owner_post="chief_officer_lead")
    answer.accept_recommendation(by(CHIEF, BEFORE), read_config(), "R1", as_said(TEST))
    answer.claim_done(by(CHIEF, BEFORE), "R1", "Done.")


def drawn_and_graded(good: int, choice: Choice) -> Round:
    """Twelve files of the choice drawn for inspectors alone, so many of them good; ended by them."""
    opened("fresh")
    planned = plan_round(by(HMI), "fresh", choice, Sizes({"inspector_only": 12}))
    for viewer, side in ((LEAD, "force"), (HMI, "inspectorate")):
        commit_number(by(viewer), "fresh", side_commitment(planned.plan_hash, side, NUMBERS[side]))
    for viewer, side in ((LEAD, "force"), (HMI, "inspectorate")):
        reveal_number(by(viewer), "fresh", NUMBERS[side])
    draw_round(by(HMI), "fresh")
    files = SampledFile.objects.filter(round__name="fresh").order_by("pk")
    for place, file in enumerate(files):
        grade(file, "inspectorate", "good" if place < good else "inadequate", at=NOW, opened_at=NOW)
    end_round(by(HMI, timedelta(days=1)), "fresh")
    return Round.objects.get(name="fresh")


@pytest.mark.parametrize(("good", "state"), [(11, State.VERIFIED), (8, State.REOPENED)])
def test_a_round_drawn_after_the_claim_decides(force, good, state):
    claimed()
    round_ = drawn_and_graded(good, Choice(frozenset({"missing"})))
    found = verify_recommendation(by(HMI, timedelta(days=2)), read_config(), "R1", hash_of(TEST))

    assert round_.ended_at is not None
    assert (found.state, found.evidence) == (state, "round fresh")
    assert found.value == pytest.approx(good / 12, abs=0.1)
    assert found.low is not None


def test_a_round_of_another_choice_does_not(force):
    claimed()
    drawn_and_graded(12, Choice(frozenset({"domestic_abuse"})))
    with pytest.raises(Refusal) as refused:
        verify_recommendation(by(HMI, timedelta(days=2)), read_config(), "R1", hash_of(TEST), "fresh")

    assert refused.value.faults == ("it was drawn from other kinds of case",)
