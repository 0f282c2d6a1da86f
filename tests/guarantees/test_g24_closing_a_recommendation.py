"""G24: a recommendation is closed by a second person, by its registered test, on fresh evidence; by no trick."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from tests.made.recommended import a_test_round
from tests.made.stores import NOW, Store, Stores

from duecare.access.viewer import Viewer
from duecare.authorisation.request import Request
from duecare.config import read_config
from duecare.recommendation import deciding_round
from duecare.recommendation.new_recommendation import Making
from duecare.recommendation.recommendation_at_moment import Recommendation, fold_recommendation
from duecare.recommendation.recommendation_fact import Deed
from duecare.recommendation.recommendation_state import State
from duecare.recommendation.registered_test import Level, SampleTest, as_said, hash_of
from duecare.store import accounts
from duecare.store.oversight import recommendation_facts
from duecare.use_cases.recommendations import deciding_evidence, respond_to_recommendation, verify_recommendation
from duecare.use_cases.recommendations import skip_round as passing_over
from duecare.use_cases.recommendations.make_recommendation import make_recommendation
from duecare.use_cases.recommendations.skip_round import pass_over_round
from duecare.vocabulary.london_clock import london_day
from duecare.vocabulary.refusals import Refusal

pytestmark = pytest.mark.guarantee

TEST = SampleTest(Level(0.9), 20)
WEAKER = SampleTest(Level(0.1), 20)
CLAIMED_AT = NOW + timedelta(hours=1)


def as_(account: str, *roles: str, officer: str = "", now: datetime = NOW) -> Request:
    return Request(Viewer(account, frozenset(roles), officer, channel="command"), "a test", now, channel="command")


CHIEF = ("chief", "chief_officer")
LEAD = ("lead-insp", "lead_inspector")


def claimed() -> None:
    """Made, owned, accepted with its test, and claimed to be done by the chief officer, whose number is CO1."""
    make_recommendation(
        as_(*LEAD), Making("R1", "x", "", "inspection", "six_months", published_on=london_day(NOW - timedelta(days=9)))
    )
    chief = as_(*CHIEF, officer="CO1")
    respond_to_recommendation.name_owner(chief, "R1", owner_post="chief_officer_lead")
    respond_to_recommendation.accept_recommendation(chief, read_config(), "R1", as_said(TEST))
    respond_to_recommendation.claim_done(as_(*CHIEF, officer="CO1", now=CLAIMED_AT), "R1", "Done.")


def now(number: str) -> Recommendation:
    one = fold_recommendation(recommendation_facts.facts_of(number), CLAIMED_AT + timedelta(days=99))
    assert one is not None
    return one


def verify(*who: str, officer: str = "", test: str = "", round_name: str = "", seen: int | None = None) -> None:
    asking = as_(*who, officer=officer, now=CLAIMED_AT + timedelta(days=9))
    verify_recommendation.verify_recommendation(asking, read_config(), "R1", test or hash_of(TEST), round_name, seen)


def pass_over(*who: str, round_name: str, officer: str = "", words: str = "Its graders fell ill.") -> None:
    asking = as_(*who, officer=officer, now=CLAIMED_AT + timedelta(days=8))
    pass_over_round(asking, "R1", round_name, words)


def passing(days: float = 1, name: str = "passing", **changes: Any) -> None:
    a_test_round(name, CLAIMED_AT + timedelta(days=days), good=20, bad=0, **changes)


def with_both_roles() -> None:
    passing()
    verify("chief", "chief_officer", "lead_inspector")


def from_another_account() -> None:
    passing()
    verify("chief-2", "lead_inspector", officer=" co1")


def by_the_claimant() -> None:
    passing()
    verify(*CHIEF, officer="CO1")


def by_another_hash() -> None:
    passing()
    verify(*LEAD, test=hash_of(WEAKER))


def by_a_stub_of_the_hash() -> None:
    passing()
    verify(*LEAD, test=hash_of(TEST)[:1])


def on_what_stood_before() -> None:
    passing()
    verify(*LEAD, seen=1)


def with_a_weaker_test_afterwards() -> None:
    a_test_round("failing", CLAIMED_AT + timedelta(days=1), good=10, bad=10)
    respond_to_recommendation.accept_recommendation(as_(*CHIEF, officer="CO1"), read_config(), "R1", as_said(WEAKER))
    respond_to_recommendation.claim_done(as_(*CHIEF, officer="CO1", now=CLAIMED_AT), "R1", "Done.")
    verify(*LEAD, test=hash_of(WEAKER))


def by_an_old_draw() -> None:
    passing(days=-2)
    verify(*LEAD)


def by_the_draw_that_passes() -> None:
    a_test_round("failing", CLAIMED_AT + timedelta(days=1), good=10, bad=10)
    passing(days=2)
    verify(*LEAD, round_name="passing")


def by_files_that_were_chosen() -> None:
    passing(frame_of={"rounds": ["before"], "by": ["kind"]})
    verify(*LEAD)


def before_it_was_graded() -> None:
    passing(ended_at=None)
    verify(*LEAD)


def by_few_files() -> None:
    a_test_round("few", CLAIMED_AT + timedelta(days=1), good=5, bad=0)
    verify(*LEAD)


def by_a_later_round_where_the_first_was_left_ungraded() -> None:
    a_test_round("left", CLAIMED_AT + timedelta(days=1), good=2, bad=3, ungraded=15)
    passing(days=2)
    verify(*LEAD)


def by_a_later_round_where_the_first_was_graded_by_who_claimed() -> None:
    accounts.enrol_account("their-own", ["inspector"], officer="CO1")
    a_test_round("own", CLAIMED_AT + timedelta(days=1), good=10, bad=10, by="their-own")
    passing(days=2)
    verify(*LEAD)


def by_passing_over_a_round_that_fails() -> None:
    a_test_round("failing", CLAIMED_AT + timedelta(days=1), good=10, bad=10)
    passing(days=2)
    with suppress(Refusal):
        pass_over(*LEAD, round_name="failing")
    verify(*LEAD)


def by_passing_over_in_silence() -> None:
    a_test_round("left", CLAIMED_AT + timedelta(days=1), good=2, bad=3, ungraded=15)
    passing(days=2)
    with suppress(Refusal):
        pass_over(*LEAD, round_name="left", words=" ")
    verify(*LEAD)


def by_passing_over_for_ones_own_claim() -> None:
    a_test_round("left", CLAIMED_AT + timedelta(days=1), good=2, bad=3, ungraded=15)
    passing(days=2)
    with suppress(Refusal):
        pass_over("chief-2", "lead_inspector", officer="CO1", round_name="left")
    verify(*LEAD)


TRICKS: tuple[Callable[[], None], ...] = (
    with_both_roles, from_another_account, by_the_claimant, by_another_hash, by_a_stub_of_the_hash, on_what_stood_before,
    with_a_weaker_test_afterwards, by_an_old_draw, by_the_draw_that_passes, by_files_that_were_chosen,
    before_it_was_graded, by_few_files, by_a_later_round_where_the_first_was_left_ungraded,
    by_a_later_round_where_the_first_was_graded_by_who_claimed, by_passing_over_a_round_that_fails,
    by_passing_over_in_silence, by_passing_over_for_ones_own_claim,
)  # fmt: skip


@pytest.fixture
def new(stores: Stores) -> Callable[[], Store]:
    return stores.new


def closed_by(trick: Callable[[], None], new: Callable[[], Store]) -> bool:
    """Does this trick close a recommendation that was only claimed?"""
    with new()():
        claimed()
        try:
            trick()
        except Refusal:
            assert now("R1").state is not State.VERIFIED
        return now("R1").state is State.VERIFIED


def test_no_trick_closes_a_recommendation_and_a_second_person_does(new, assured):
    closed = [trick.__name__ for trick in TRICKS if closed_by(trick, new)]

    def honestly() -> None:
        passing()
        verify(*LEAD)

    def honestly_by_the_next() -> None:
        a_test_round("left", CLAIMED_AT + timedelta(days=1), good=2, bad=3, ungraded=15)
        passing(days=2)
        pass_over(*LEAD, round_name="left")
        verify(*LEAD)

    assert closed == []
    assert closed_by(honestly, new)
    assert closed_by(honestly_by_the_next, new)
    assured("G24", method="tricks by which to close a recommendation", n=len(TRICKS), figure="closed 0", pass_mark="0")


def nobody_is_ones_own(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(verify_recommendation, "_own_reason", lambda request, party, claim: "")


def any_hash_will_do(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(verify_recommendation, "SHORTEST_HASH", 0)


def any_time_will_do(patch: pytest.MonkeyPatch) -> None:
    real = deciding_round.strange_reasons
    ever = CLAIMED_AT - timedelta(days=99)
    patch.setattr(
        deciding_round,
        "strange_reasons",
        lambda registered_test, after, claim, drawn: real(registered_test, ever, claim, drawn),
    )
    looked = deciding_evidence.drawn_rounds
    patch.setattr(
        deciding_evidence, "drawn_rounds", lambda claim_test, after: looked(claim_test, after - timedelta(days=99))
    )


def the_named_round_decides(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(deciding_evidence, "deciding_round", lambda rounds, *rest: max(rounds, key=lambda one: one.drawn_at))


def what_was_left_ungraded_is_another_round(patch: pytest.MonkeyPatch) -> None:
    real = deciding_round.strange_reasons
    patch.setattr(
        deciding_round,
        "strange_reasons",
        lambda registered_test, after, claim, drawn: (
            *real(registered_test, after, claim, drawn),
            *deciding_round.spoilt_reasons(registered_test, claim, drawn),
        ),
    )


def any_round_is_passed_over(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(passing_over, "spoilt_reasons", lambda registered_test, claim, drawn: ("few",))


def a_test_is_registered_as_often_as_one_likes(patch: pytest.MonkeyPatch) -> None:
    from duecare.use_cases.recommendations import recommendation_access

    real = recommendation_access.may_follow
    patch.setattr(
        recommendation_access,
        "may_follow",
        lambda next_deed, state, *, has_test: next_deed is Deed.ACCEPTED or real(next_deed, state, has_test=has_test),
    )


@pytest.mark.parametrize(
    ("defect", "trick"),
    [
        (nobody_is_ones_own, from_another_account),
        (any_hash_will_do, by_a_stub_of_the_hash),
        (any_time_will_do, by_an_old_draw),
        (the_named_round_decides, by_the_draw_that_passes),
        (what_was_left_ungraded_is_another_round, by_a_later_round_where_the_first_was_left_ungraded),
        (what_was_left_ungraded_is_another_round, by_a_later_round_where_the_first_was_graded_by_who_claimed),
        (any_round_is_passed_over, by_passing_over_a_round_that_fails),
        (nobody_is_ones_own, by_passing_over_for_ones_own_claim),
        (a_test_is_registered_as_often_as_one_likes, with_a_weaker_test_afterwards),
    ],
    ids=lambda one: one.__name__,
)
def test_a_seeded_defect_lets_its_trick_through(new, monkeypatch, defect, trick):
    defect(monkeypatch)

    assert closed_by(trick, new)


def test_a_fact_of_the_register_is_neither_changed_nor_taken_away(new):
    with new()():
        claimed()
        for deed in ("UPDATE recommendation_fact SET said = '{}'", "DELETE FROM recommendation_fact"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(deed)
        assert now("R1").state is State.DONE


def test_of_two_who_act_on_the_same_facts_one_is_told(new):
    from duecare.use_cases.recommendations.recommendation_access import next_fact

    with new()():
        claimed()
        passing()
        one = now("R1")
        asking = as_(*LEAD)
        party = verify_recommendation.speaks_for(asking, verify_recommendation.Act.VERIFY_RECOMMENDATION)
        facts = [next_fact(asking, party, one, deed, {}) for deed in (Deed.PASSED, Deed.FAILED)]
        with transaction.atomic():
            recommendation_facts.keep_facts(facts[:1])
        with pytest.raises(Refusal) as refused, transaction.atomic():
            recommendation_facts.keep_facts(facts[1:])

        assert refused.value.code == "RCM-010"
        assert [fact.deed for fact in recommendation_facts.facts_of("R1")][-1] is Deed.PASSED
