"""What is owed on a recommendation: by which text, until which second, and whether it was done in time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.recommendation.deadline import (
    ACTION_PLAN,
    COMMENTS,
    COMMENTS_WITHOUT_DAYS,
    IMMEDIATE,
    RULES,
    SIX_MONTHS,
    THREE_MONTHS,
    Deadline,
    DeadlineState,
    deadlines_of,
)
from duecare.recommendation.recommendation_at_moment import Recommendation, fold_recommendation
from duecare.recommendation.recommendation_fact import Deed, Fact, Party
from duecare.recommendation.registered_test import Level, SampleTest, as_said
from duecare.vocabulary.london_clock import end_of_day
from duecare.vocabulary.moments import When

PUBLISHED = date(2026, 1, 5)
FIRST = datetime(2026, 1, 5, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)
LATER = datetime(2030, 1, 1, tzinfo=UTC)
MADE: dict[str, object] = {
    "title": "x",
    "kind": "recommendation",
    "origin": "inspection",
    "urgency": "three_months",
    "addressed_to": "force",
    "published_on": PUBLISHED.isoformat(),
}
TEST = {"test": as_said(SampleTest(Level(0.9), 20)), "test_hash": "h"}
PASSED = {"value": 0.95, "evidence": "round one"}
Step = tuple[Deed, datetime, Party, dict[str, object]]


def fact(place: int, step: Step) -> Fact:
    deed, at, party, said = step
    return Fact("R1", place, deed, When.at(at), at, "account", party, said)


def recommendation(*steps: Step, as_of: datetime = LATER, **made: Any) -> Recommendation:
    first = fact(1, (Deed.MADE, FIRST, Party.INSPECTORATE, {**MADE, **made}))
    found = fold_recommendation([first, *(fact(place, step) for place, step in enumerate(steps, 2))], as_of)
    assert found is not None
    return found


def step(deed: Deed, at: datetime, party: Party = Party.FORCE, **said: object) -> Step:
    return deed, at, party, said


def accepted() -> Step:
    return step(Deed.ACCEPTED, FIRST, Party.FORCE, **TEST)


def by_id(one: Recommendation, as_of: datetime = LATER) -> dict[str, Deadline]:
    return {deadline.id: deadline for deadline in deadlines_of(one, as_of)}


DUE = end_of_day(date(2026, 4, 5))


@pytest.mark.parametrize(
    ("as_of", "state"),
    [(DUE - SECOND, DeadlineState.OPEN), (DUE, DeadlineState.OPEN), (DUE + SECOND, DeadlineState.OVERDUE)],
)
def test_it_is_overdue_from_the_second_after_the_day(as_of: datetime, state: DeadlineState) -> None:
    done = by_id(recommendation(), as_of)["done"]

    assert (done.due_on, done.due_at, done.kept) == (date(2026, 4, 5), DUE, state)


@pytest.mark.parametrize(
    ("claimed_at", "state"),
    [(DUE - SECOND, DeadlineState.MET), (DUE, DeadlineState.MET), (DUE + SECOND, DeadlineState.MET_LATE)],
)
def test_what_is_verified_was_done_when_it_was_claimed(claimed_at: datetime, state: DeadlineState) -> None:
    one = recommendation(
        accepted(), step(Deed.CLAIMED, claimed_at), step(Deed.PASSED, DUE + timedelta(days=90), **PASSED)
    )

    done = by_id(one)["done"]
    assert (done.met_at, done.kept) == (claimed_at, state)


@pytest.mark.parametrize(
    ("claimed_at", "state"),
    [(DUE, DeadlineState.UNPROVEN), (DUE + SECOND, DeadlineState.OVERDUE)],
    ids=["in time", "too late"],
)
def test_what_is_claimed_in_time_is_not_proved_and_what_is_claimed_late_is_overdue(
    claimed_at: datetime, state: DeadlineState
) -> None:
    done = by_id(recommendation(accepted(), step(Deed.CLAIMED, claimed_at)))["done"]

    assert (done.met_at, done.kept) == (None, state)


def test_a_claim_of_another_register_without_a_test_here_proves_nothing() -> None:
    done = by_id(recommendation(step(Deed.REPORTED_DONE, FIRST)))["done"]

    assert done.kept is DeadlineState.OVERDUE


def test_after_a_failed_test_it_is_owed_as_before() -> None:
    one = recommendation(
        accepted(), step(Deed.CLAIMED, FIRST), step(Deed.FAILED, FIRST + timedelta(days=1), value=0.1, evidence="e")
    )

    assert by_id(one, DUE)["done"].kept is DeadlineState.OPEN
    assert by_id(one, DUE + SECOND)["done"].kept is DeadlineState.OVERDUE


@pytest.mark.parametrize(
    ("urgency", "rule", "due_on"),
    [
        ("three_months", THREE_MONTHS, date(2026, 4, 5)),
        ("six_months", SIX_MONTHS, date(2026, 7, 5)),
        ("immediate", IMMEDIATE, None),
    ],
)
def test_each_class_has_its_own_limit(urgency: str, rule: object, due_on: date | None) -> None:
    done = by_id(recommendation(urgency=urgency))["done"]

    assert (done.rule, done.due_on) == (rule, due_on)
    assert done.kept is (DeadlineState.OVERDUE if due_on else DeadlineState.NO_LIMIT)


def test_an_immediate_one_that_is_claimed_is_not_proved_and_one_that_is_verified_is_met() -> None:
    claimed = (accepted(), step(Deed.CLAIMED, FIRST + timedelta(days=900)))
    verified = (*claimed, step(Deed.PASSED, FIRST + timedelta(days=901), **PASSED))

    assert by_id(recommendation(*claimed, urgency="immediate"))["done"].kept is DeadlineState.UNPROVEN
    assert by_id(recommendation(*verified, urgency="immediate"))["done"].kept is DeadlineState.MET


def test_a_dated_one_is_due_at_the_end_of_its_own_day_by_no_text() -> None:
    one = recommendation(urgency="dated", due_on="2026-03-01")

    done = by_id(one)["done"]
    assert (done.rule, done.due_on, done.due_at) == (None, date(2026, 3, 1), end_of_day(date(2026, 3, 1)))
    assert by_id(one, end_of_day(date(2026, 3, 1)))["done"].kept is DeadlineState.OPEN
    assert done.kept is DeadlineState.OVERDUE


def test_a_dated_one_without_its_day_has_no_limit() -> None:
    done = by_id(recommendation(urgency="dated"))["done"]

    assert (done.due_at, done.due_on, done.kept) == (None, None, DeadlineState.NO_LIMIT)


def test_without_a_day_of_publication_there_is_no_limit_and_nothing_beside_it() -> None:
    one = recommendation(published_on="")

    found = by_id(one)
    assert list(found) == ["done"]
    assert (found["done"].due_at, found["done"].kept) == (None, DeadlineState.NO_LIMIT)


def test_it_is_owed_by_whom_it_is_addressed_to_and_the_others_by_the_rule() -> None:
    found = by_id(recommendation(addressed_to="mayors_office"))

    assert {name: deadline.owed_by for name, deadline in found.items()} == {
        "done": Party.MAYORS_OFFICE,
        "action-plan": Party.FORCE,
        "comments": Party.MAYORS_OFFICE,
    }
    dated = by_id(recommendation(addressed_to="mayors_office", urgency="dated", due_on="2026-03-01"))
    assert dated["done"].owed_by is Party.MAYORS_OFFICE


def test_six_weeks_are_counted_from_the_day_after_and_56_days_begin_with_the_day_itself() -> None:
    found = by_id(recommendation())

    assert found["action-plan"].due_on == PUBLISHED + timedelta(days=42)
    assert found["comments"].due_on == PUBLISHED + timedelta(days=55)


def test_the_first_plan_is_the_one_that_counts() -> None:
    first, second = FIRST + timedelta(days=20), FIRST + timedelta(days=100)

    plan = by_id(recommendation(step(Deed.PLANNED, first), step(Deed.PLANNED, second)))["action-plan"]
    late = by_id(recommendation(step(Deed.PLANNED, second)))["action-plan"]

    assert (plan.met_at, plan.kept) == (first, DeadlineState.MET)
    assert (late.met_at, late.kept) == (second, DeadlineState.MET_LATE)


def test_only_the_mayors_office_can_comment_in_time() -> None:
    at = FIRST + timedelta(days=3)

    by_force = by_id(recommendation(step(Deed.REPLIED, at, Party.FORCE)), at)["comments"]
    by_mayor = by_id(
        recommendation(step(Deed.REPLIED, at, Party.FORCE), step(Deed.REPLIED, at + SECOND, Party.MAYORS_OFFICE))
    )

    assert (by_force.met_at, by_force.kept) == (None, DeadlineState.OPEN)
    assert (by_mayor["comments"].met_at, by_mayor["comments"].kept) == (at + SECOND, DeadlineState.MET)


def test_before_the_law_named_days_a_comment_is_met_without_a_limit_and_never_late() -> None:
    one = recommendation(
        step(Deed.REPLIED, FIRST + timedelta(days=900), Party.MAYORS_OFFICE), published_on="2017-05-01"
    )

    comments = by_id(one)["comments"]
    assert (comments.rule, comments.kept) == (COMMENTS_WITHOUT_DAYS, DeadlineState.MET)


@pytest.mark.parametrize("origin", ["round", "expert_group", "mayors_office"])
def test_only_an_inspection_asks_for_a_plan_and_comments(origin: str) -> None:
    assert list(by_id(recommendation(origin=origin))) == ["done"]
    assert list(by_id(recommendation())) == ["done", "action-plan", "comments"]
    assert list(by_id(recommendation(urgency="immediate"))) == ["done", "comments"]


def test_what_is_superseded_has_ended_also_where_there_was_no_limit() -> None:
    found = by_id(recommendation(step(Deed.SUPERSEDED, FIRST, by="R2"), urgency="immediate"))

    assert {deadline.kept for deadline in found.values()} == {DeadlineState.ENDED}


@given(st.dates(date(2010, 1, 1), date(2030, 12, 31)))
def test_of_two_laws_exactly_one_is_in_force_on_any_day(published: date) -> None:
    in_force = [rule for rule in (COMMENTS_WITHOUT_DAYS, COMMENTS) if rule.in_force.holds_on(published)]

    comments = by_id(recommendation(published_on=published.isoformat()))["comments"]

    assert in_force == [comments.rule]
    assert comments.rule is (COMMENTS_WITHOUT_DAYS if published < date(2017, 5, 2) else COMMENTS)
    assert comments.due_on == (None if published < date(2017, 5, 2) else published + timedelta(days=55))


def test_every_rule_names_where_it_can_be_read() -> None:
    assert len(RULES) == 6
    assert ACTION_PLAN in RULES
    assert all(rule.says.endswith(".") and rule.source.url.startswith("https://") for rule in RULES)
