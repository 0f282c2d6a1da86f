"""How a recommendation stands: red, amber or green to the second, and who should have been notified by then."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from duecare.recommendation.late_recommendation import Rag, Told, late_from, standing_of
from duecare.recommendation.recommendation_at_moment import Recommendation, fold_recommendation
from duecare.recommendation.recommendation_fact import Deed, Fact, Party
from duecare.recommendation.registered_test import Level, SampleTest, as_said
from duecare.rulebook.chasing_days import Chasing
from duecare.vocabulary.london_clock import end_of_day
from duecare.vocabulary.moments import When

FIRST = datetime(2026, 1, 5, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MADE: dict[str, object] = {
    "title": "x",
    "kind": "recommendation",
    "origin": "round",
    "urgency": "immediate",
    "addressed_to": "force",
    "published_on": "2026-01-05",
    "owner_post": "bcu_lead",
    "owner_area": "North",
}
TEST = {"test": as_said(SampleTest(Level(0.9), 20)), "test_hash": "h"}
CHASING = Chasing(immediate_days=10, soon_days=7, chief_officer_days=5)
LATE = end_of_day(date(2026, 1, 15))
Step = tuple[Deed, datetime]


def recommendation(*steps: Step, as_of: datetime, **made: Any) -> Recommendation:
    said: dict[Deed, dict[str, object]] = {
        Deed.MADE: {**MADE, **made},
        Deed.ACCEPTED: TEST,
        Deed.PASSED: {"value": 0.95, "evidence": "round one"},
        Deed.FAILED: {"value": 0.5, "evidence": "round one"},
    }
    facts = [
        Fact("R1", place, deed, When.at(at), at, "account", Party.FORCE, said.get(deed, {}))
        for place, (deed, at) in enumerate([(Deed.MADE, FIRST), *steps], 1)
    ]
    found = fold_recommendation(facts, as_of)
    assert found is not None
    return found


def post_holder(kind: str, area: str, at: datetime) -> str | None:
    del at
    return {("chief_officer_lead", ""): "CO1", ("bcu_lead", "North"): "BL1"}.get((kind, area))


def rag(*steps: Step, as_of: datetime, **made: Any) -> Rag | None:
    return standing_of(recommendation(*steps, as_of=as_of, **made), as_of, CHASING, post_holder).rag


def notified(*steps: Step, as_of: datetime, **made: Any) -> tuple[Told, ...]:
    return standing_of(recommendation(*steps, as_of=as_of, **made), as_of, CHASING, post_holder).told


def claimed(at: datetime) -> tuple[Step, ...]:
    return (Deed.ACCEPTED, FIRST), (Deed.CLAIMED, at)


def test_an_immediate_one_is_late_by_the_days_of_the_force_and_no_other_has_such_a_limit() -> None:
    immediate = recommendation(as_of=FIRST)

    assert late_from(immediate, CHASING) == LATE
    assert late_from(immediate, Chasing()) == end_of_day(date(2026, 2, 2))
    assert late_from(recommendation(as_of=FIRST, urgency="three_months"), CHASING) is None
    assert late_from(recommendation(as_of=FIRST, published_on=""), CHASING) is None


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [(FIRST, Rag.AMBER), (LATE, Rag.AMBER), (LATE + SECOND, Rag.RED)],
    ids=["new", "last", "late"],
)
def test_an_immediate_one_is_amber_until_its_last_second_and_red_after(as_of: datetime, expected: Rag) -> None:
    assert rag(as_of=as_of) is expected


def test_an_immediate_one_that_was_claimed_waits_for_its_proof_and_is_green_once_verified() -> None:
    after = LATE + timedelta(days=50)

    assert rag(*claimed(FIRST), as_of=after) is Rag.AMBER
    assert rag(*claimed(FIRST), (Deed.PASSED, LATE), as_of=after) is Rag.GREEN
    assert rag(*claimed(FIRST), (Deed.FAILED, LATE), as_of=after) is Rag.RED
    assert rag((Deed.SUPERSEDED, FIRST), as_of=after) is None


def test_one_that_opened_again_is_red_before_any_day_is_over() -> None:
    assert rag(*claimed(FIRST), (Deed.FAILED, FIRST), as_of=FIRST, urgency="six_months") is Rag.RED
    assert rag(*claimed(FIRST), (Deed.HARMED, FIRST), as_of=FIRST, urgency="six_months") is Rag.RED


DUE = end_of_day(date(2026, 4, 5))
SOON = DUE - timedelta(days=7)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [(SOON, Rag.GREEN), (SOON + SECOND, Rag.AMBER), (DUE, Rag.AMBER), (DUE + SECOND, Rag.RED)],
    ids=["not soon", "soon", "the last second", "over"],
)
def test_one_with_a_day_is_amber_when_the_day_is_near_and_red_when_it_is_over(as_of: datetime, expected: Rag) -> None:
    assert rag(as_of=as_of, urgency="three_months") is expected


def test_what_was_done_late_is_green_once_it_is_verified() -> None:
    late = DUE + timedelta(days=20)

    assert rag(*claimed(late), as_of=late, urgency="three_months") is Rag.RED
    assert rag(*claimed(late), (Deed.PASSED, late), as_of=late, urgency="three_months") is Rag.GREEN


def test_the_age_is_in_days_of_london_since_publication() -> None:
    def age(as_of: datetime, **made: Any) -> int | None:
        return standing_of(recommendation(as_of=as_of, **made), as_of, CHASING, post_holder).age_days

    assert age(FIRST) == 0
    assert age(datetime(2026, 1, 5, 23, 59, 59, tzinfo=UTC)) == 0
    assert age(datetime(2026, 1, 6, tzinfo=UTC)) == 1
    assert age(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == 178, "in London it is the second of July"
    assert age(FIRST, published_on="") is None


def test_the_owner_is_notified_at_once_and_the_chief_officer_days_later() -> None:
    because = "immediate, and open past the force's own limit"
    owner = Told("bcu_lead", "BL1", LATE, because)
    chief = Told("chief_officer_lead", "CO1", LATE + timedelta(days=5), because)

    assert notified(as_of=LATE) == ()
    assert notified(as_of=LATE + SECOND) == (owner,)
    assert notified(as_of=chief.at) == (owner,)
    assert notified(as_of=chief.at + SECOND) == (owner, chief)


@pytest.mark.parametrize(
    ("after_days", "count"),
    [(-1, 0), (0, 0), (1, 1), (5, 1), (6, 2)],
    ids=["before", "at it", "after", "at two", "two"],
)
def test_nobody_is_notified_of_what_was_done_by_then(after_days: int, count: int) -> None:
    done_at = LATE + timedelta(days=after_days)
    verified = (*claimed(done_at), (Deed.PASSED, done_at + SECOND))

    assert len(notified(*verified, as_of=LATE + timedelta(days=60))) == count
    assert len(notified((Deed.SUPERSEDED, done_at), as_of=LATE + timedelta(days=60))) == count


def test_of_one_with_a_day_each_is_notified_of_that_day() -> None:
    (owner,) = notified(as_of=DUE + SECOND, urgency="three_months")

    assert owner == Told("bcu_lead", "BL1", DUE, "it was due to be done")
    assert notified(*claimed(DUE), as_of=DUE + timedelta(days=60), urgency="three_months") == (), "claimed in time"


def test_a_late_plan_and_late_comments_have_words_of_their_own() -> None:
    found = notified(as_of=end_of_day(date(2026, 3, 3)), urgency="six_months", origin="inspection")

    assert {line.because for line in found} == {
        "the action plan was due",
        "the comments of the mayor's office were due",
    }
    assert [line.at for line in found] == sorted(line.at for line in found)


@pytest.mark.parametrize(
    ("deed", "reason"),
    [(Deed.FAILED, "its test was failed"), (Deed.HARMED, "a case said to be clear of further harm is not")],
)
def test_when_it_opens_again_both_are_notified_at_that_moment(deed: Deed, reason: str) -> None:
    at = FIRST + timedelta(days=3)

    found = notified(*claimed(FIRST), (deed, at), as_of=at, urgency="six_months")

    assert found == (
        Told("bcu_lead", "BL1", at, f"opened again: {reason}"),
        Told("chief_officer_lead", "CO1", at, f"opened again: {reason}"),
    )


@pytest.mark.parametrize(
    ("made", "role", "person"),
    [
        ({}, "bcu_lead", "BL1"),
        ({"owner_area": "South"}, "bcu_lead", None),
        ({"owner_area": "South", "owner_officer": "X9"}, "bcu_lead", "X9"),
        ({"owner_officer": "X9"}, "bcu_lead", "BL1"),
        ({"owner_post": "", "owner_officer": "X9"}, "owner", "X9"),
        ({"owner_post": "", "owner_area": ""}, "owner", None),
    ],
    ids=["post", "vacant", "vacant with an officer named", "post before officer", "officer", "nobody"],
)
def test_the_owner_is_who_has_the_post_then_the_officer_then_nobody(
    made: dict[str, str], role: str, person: str | None
) -> None:
    (line,) = notified(as_of=LATE + SECOND, **made)

    assert (line.role, line.person) == (role, person)
