"""A recommendation is folded from its facts: as of a moment, and as known at one; only the table's moves are possible."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from duecare.access.act import Act
from duecare.recommendation.deadline import DeadlineState, deadlines_of
from duecare.recommendation.late_recommendation import Rag, standing_of
from duecare.recommendation.new_recommendation import Making
from duecare.recommendation.public_register import public_row
from duecare.recommendation.recommendation_at_moment import age_in_days, fold_recommendation
from duecare.recommendation.recommendation_fact import Deed, Fact, Origin, Party, Urgency
from duecare.recommendation.recommendation_state import MOVE_BY_DEED, MOVES, OPEN_STATES, State, may_follow, state_after
from duecare.recommendation.registered_test import FigureTest, Level, SampleTest, as_said, hash_of
from duecare.rulebook.chasing_days import USUAL, Chasing
from duecare.vocabulary.moments import When

SAMPLE = SampleTest(Level(0.9), 20)
DAY = timedelta(days=1)
MADE_AT = datetime(2026, 1, 5, 9, tzinfo=UTC)


def holder(kind: str, area: str, at: datetime) -> str | None:
    del area, at
    return {"chief_officer_lead": "CO1", "bcu_lead": "BL1"}.get(kind)


MAKING = Making(
    "R1", "See every child", "", "inspection", "three_months", date(2026, 1, 5), owner_post="bcu_lead"
)  # fmt: skip


def facts(*deeds: Deed, test: SampleTest | FigureTest = SAMPLE, **made: Any) -> list[Fact]:
    """Made, then one of these deeds each day."""
    said: dict[Deed, dict[str, object]] = {
        Deed.ACCEPTED: {"test": as_said(test), "test_hash": hash_of(test)},
        Deed.CLAIMED: {"officer": "X1", "teams": ["A"], "words": "Done."},
        Deed.PASSED: {"value": 0.95, "low": 0.8, "high": 0.99, "evidence": "round one", "test_hash": hash_of(test)},
        Deed.FAILED: {"value": 0.5, "low": 0.3, "high": 0.7, "evidence": "round two", "test_hash": hash_of(test)},
        Deed.SUPERSEDED: {"by": "R2"},
    }
    found = [fact(1, Deed.MADE, MADE_AT, replace(MAKING, **made).as_said(), Party.INSPECTORATE)]
    for place, deed in enumerate(deeds, 2):
        found.append(fact(place, deed, MADE_AT + (place - 1) * DAY, said.get(deed, {}), Party.FORCE))
    return found


def fact(place: int, deed: Deed, at: datetime, said: dict[str, object], party: Party) -> Fact:
    return Fact("R1", place, deed, When.at(at), at, f"account-{party.value}", party, said)


def at(days: float) -> datetime:
    return MADE_AT + timedelta(days=days)


CLAIMED = (Deed.ACCEPTED, Deed.ACTED, Deed.CLAIMED)


def test_the_states_follow_the_facts_day_by_day():
    held = facts(*CLAIMED, Deed.FAILED, Deed.ACTED, Deed.CLAIMED, Deed.PASSED, Deed.FAILED)
    states = [fold_recommendation(held, at(day)).state.value for day in range(9)]

    assert states == [
        "made", "accepted", "in_hand", "done", "reopened", "in_hand", "done", "verified", "reopened",
    ]  # fmt: skip
    assert fold_recommendation(held, at(-1)) is None
    assert fold_recommendation([], at(1)) is None
    assert fold_recommendation(held[1:], at(9)) is None


def test_a_result_without_its_value_is_not_taken_for_zero():
    held = facts(*CLAIMED)
    held.append(fact(5, Deed.FAILED, at(4), {"evidence": "round one"}, Party.FORCE))

    with pytest.raises(AssertionError):
        fold_recommendation(held, at(9))


def test_what_was_noted_later_was_not_known_then():
    held = facts(*CLAIMED)
    late = Fact("R1", 4, Deed.CLAIMED, held[3].happened_at, at(30), "x", Party.FORCE, held[3].said)
    held[3] = late

    assert fold_recommendation(held, at(9)).state is State.DONE
    assert fold_recommendation(held, at(9), at(9)).state is State.IN_HAND
    assert fold_recommendation(held, at(9), at(30)).state is State.DONE


def test_only_the_moves_of_the_table_are_possible():
    for deed, state, has_test in itertools.product(Deed, State, (True, False)):
        allowed = state in MOVE_BY_DEED[deed].from_
        if may_follow(deed, state, has_test=has_test):
            assert allowed
            assert state_after(deed, state) is (MOVE_BY_DEED[deed].to or state)
    verified = [(move.deed, move.act) for move in MOVES if move.to is State.VERIFIED]

    assert {move.deed for move in MOVES} == set(Deed)
    assert verified == [(Deed.PASSED, Act.VERIFY_RECOMMENDATION)]
    assert may_follow(Deed.MADE, None, has_test=False)
    assert not may_follow(Deed.CLAIMED, None, has_test=False)
    assert not any(
        may_follow(deed, state, has_test=False) for deed in (Deed.CLAIMED, Deed.PASSED, Deed.FAILED) for state in State
    )
    assert not any(may_follow(Deed.ACCEPTED, state, has_test=True) for state in State)
    assert not any(may_follow(Deed.REPORTED_DONE, state, has_test=True) for state in State)
    assert State.SUPERSEDED not in OPEN_STATES
    assert not any(may_follow(deed, State.SUPERSEDED, has_test=True) for deed in Deed)


def test_a_claim_made_elsewhere_before_the_test_does_not_count():
    reported = fold_recommendation(facts(Deed.REPORTED_DONE), at(9))
    accepted = fold_recommendation(facts(Deed.REPORTED_DONE, Deed.ACCEPTED), at(9))

    assert (reported.state, reported.is_reported_only, reported.claim is not None) == (State.DONE, True, True)
    assert (accepted.state, accepted.is_reported_only, accepted.claim) == (State.ACCEPTED, False, None)


def test_deadlines_are_worked_out_from_publication():
    held = fold_recommendation(facts(*CLAIMED), at(40))
    found = {one.id: one for one in deadlines_of(held, at(40))}

    assert found["done"].due_on == date(2026, 4, 5)
    assert found["done"].kept is DeadlineState.UNPROVEN
    assert found["action-plan"].due_on == date(2026, 2, 16)
    assert found["comments"].due_on == date(2026, 3, 1)  # 56 days that begin with the fifth of January


@pytest.mark.parametrize(
    ("published", "due_on", "kept"),
    [
        (date(2016, 11, 25), None, DeadlineState.NO_LIMIT),
        (date(2017, 5, 1), None, DeadlineState.NO_LIMIT),
        (date(2017, 5, 2), date(2017, 6, 26), DeadlineState.OVERDUE),
        (date(2019, 3, 28), date(2019, 5, 22), DeadlineState.OVERDUE),
    ],
    ids=["2016", "the day before", "the first day", "2019"],
)
def test_comments_by_the_law_of_the_day(published, due_on, kept):
    one = fold_recommendation(facts(published_on=published), at(0))
    comments = next(one for one in deadlines_of(one, at(0)) if one.id == "comments")

    assert (comments.due_on, comments.kept) == (due_on, kept)


def test_what_is_superseded_is_owed_no_longer_but_what_was_done_stays_done():
    kept = [
        one.kept for one in deadlines_of(fold_recommendation(facts(Deed.PLANNED, Deed.SUPERSEDED), at(400)), at(400))
    ]

    assert kept == [DeadlineState.ENDED, DeadlineState.MET, DeadlineState.ENDED]


def test_only_an_inspection_is_commented_on_and_planned_for():
    from_experts = fold_recommendation(facts(origin="expert_group", urgency="dated", due_on=date(2026, 3, 1)), at(0))
    immediate = fold_recommendation(facts(urgency="immediate"), at(0))

    assert [one.id for one in deadlines_of(from_experts, at(0))] == ["done"]
    assert [one.id for one in deadlines_of(immediate, at(0))] == ["done", "comments"]
    assert from_experts.origin is Origin.EXPERT_GROUP
    assert immediate.urgency is Urgency.IMMEDIATE


def test_done_in_time_is_by_the_claim_that_was_verified():
    in_time = fold_recommendation(facts(*CLAIMED, Deed.PASSED), at(200))
    late_facts = facts(*CLAIMED, Deed.PASSED)
    late = [
        one if one.sequence < 4 else fact(one.sequence, one.deed, one.happened_at.earliest + 100 * DAY, dict(one.said), one.party)
        for one in late_facts
    ]  # fmt: skip
    unproven_late = fold_recommendation(late[:4], at(110))

    assert deadlines_of(in_time, at(200))[0].kept is DeadlineState.MET
    assert deadlines_of(fold_recommendation(late, at(200)), at(200))[0].kept is DeadlineState.MET_LATE
    assert deadlines_of(unproven_late, at(110))[0].kept is DeadlineState.OVERDUE
    assert deadlines_of(fold_recommendation(facts(), at(0)), at(0))[0].kept is DeadlineState.OPEN


def rag(held: list[Fact], when: datetime, chasing: Chasing = USUAL) -> Rag | None:
    return standing_of(fold_recommendation(held, when), when, chasing, holder).rag


def test_red_amber_green():
    planned = (Deed.PLANNED,)
    replied = facts(*planned)
    replied.append(fact(3, Deed.REPLIED, at(2), {"answer": "will_act", "words": "x"}, Party.MAYORS_OFFICE))

    assert rag(facts(), at(1)) is Rag.GREEN
    assert rag(facts(), at(20)) is Rag.AMBER  # its plan is due within the month
    assert rag(replied, at(20)) is Rag.GREEN
    assert rag(replied, at(80)) is Rag.AMBER
    assert rag(replied, at(100)) is Rag.RED
    assert rag(facts(urgency="immediate"), at(1)) is Rag.AMBER
    assert rag(facts(urgency="immediate"), at(29)) is Rag.RED
    assert rag(facts(urgency="immediate"), at(29), Chasing(immediate_days=40)) is Rag.AMBER
    assert rag(facts(*CLAIMED, origin="round"), at(100)) is Rag.AMBER  # claimed in time, and not proved
    assert rag(facts(*CLAIMED, Deed.PASSED, origin="round"), at(100)) is Rag.GREEN
    assert rag(facts(*CLAIMED, Deed.FAILED, origin="round"), at(9)) is Rag.RED
    assert rag(facts(*CLAIMED, Deed.FAILED, Deed.ACTED, origin="round"), at(9)) is Rag.RED
    assert rag(facts(Deed.SUPERSEDED), at(400)) is None


def told(held: list[Fact], when: datetime) -> list[tuple[str, str | None, str]]:
    found = standing_of(fold_recommendation(held, when), when, USUAL, holder).told
    return [(one.role, one.person, one.at.date().isoformat()) for one in found]


def test_the_owner_is_notified_and_then_the_chief_officer():
    assert told(facts(urgency="immediate", origin="round"), at(28)) == []
    assert told(facts(urgency="immediate", origin="round"), at(60)) == [
        ("bcu_lead", "BL1", "2026-02-02"),
        ("chief_officer_lead", "CO1", "2026-02-16"),
    ]
    nobody = facts(urgency="immediate", origin="round", owner_post="")
    assert told(nobody, at(30)) == [("owner", None, "2026-02-02")]
    by_number = facts(urgency="immediate", origin="round", owner_post="", owner_officer="X9")
    assert told(by_number, at(30)) == [("owner", "X9", "2026-02-02")]
    assert told(facts(*CLAIMED, Deed.PASSED, urgency="immediate", origin="round"), at(60)) == []
    assert told(facts(Deed.SUPERSEDED, urgency="immediate", origin="round"), at(60)) == []
    assert told(facts(*CLAIMED, Deed.FAILED, origin="round"), at(9)) == [
        ("bcu_lead", "BL1", "2026-01-09"),
        ("chief_officer_lead", "CO1", "2026-01-09"),
    ]
    assert told(facts(*CLAIMED, Deed.HARMED, origin="round"), at(9))[0] == ("bcu_lead", "BL1", "2026-01-09")


def test_nobody_is_notified_twice_of_the_same_thing():
    own = facts(*CLAIMED, Deed.FAILED, origin="round", owner_post="chief_officer_lead")

    assert told(own, at(9)) == [("chief_officer_lead", "CO1", "2026-01-09")]
    assert [day for *_, day in told(facts(origin="round", owner_post="chief_officer_lead"), at(200))] == ["2026-04-05"]


def test_a_figure_is_called_by_its_title_where_that_was_noted():
    test = FigureTest(Level(0.1, at_least=False), "visits-overdue")
    held = facts(Deed.ACCEPTED, test=test)
    named = [*held[:1], Fact("R1", 2, Deed.ACCEPTED, held[1].happened_at, at(1), "x", Party.FORCE,
                             {**held[1].said, "figure_title": "Visits overdue"})]  # fmt: skip

    assert "the figure visits-overdue (" in fold_recommendation(held, at(2)).test_words
    assert "the figure “Visits overdue” (" in fold_recommendation(named, at(2)).test_words
    assert fold_recommendation(facts(), at(2)).test_words == ""


def test_the_public_row_names_posts_and_no_person():
    held = facts(*CLAIMED, Deed.PASSED, owner_officer="X9")
    one = fold_recommendation(held, at(9))
    row = public_row(one, standing_of(one, at(9), USUAL, holder))

    assert row["result"] == {
        "on": "2026-01-09", "passed": True, "evidence": "round one",
    }  # fmt: skip
    assert row["test_hash"] == hash_of(SAMPLE)
    assert not any(word in str(row) for word in ("X9", "X1", "account-", "BL1", "CO1"))
    assert (
        public_row(
            fold_recommendation(facts(), at(0)), standing_of(fold_recommendation(facts(), at(0)), at(0), USUAL, holder)
        )["result"]
        is None
    )


def test_the_day_is_unknown_where_nobody_says_when_it_was_published():
    undated = fold_recommendation(facts(published_on=None, urgency="dated", due_on=date(2026, 2, 1)), at(0))

    assert age_in_days(undated, at(0)) is None
    assert [one.id for one in deadlines_of(undated, at(0))] == ["done"]
    assert standing_of(undated, at(60), USUAL, holder).rag is Rag.RED
