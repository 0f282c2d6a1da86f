"""G2, of recommendations: whichever statement fails, a fact and its line in the ledger are both there or neither is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.db import DatabaseError
from tests.guarantees.test_g2_failing_statements import failing
from tests.guarantees.test_g24_closing_a_recommendation import CHIEF, CLAIMED_AT, as_, claimed, passing, verify
from tests.guarantees.test_g24_closing_a_recommendation import LEAD as INSPECTS
from tests.made.recommended import MET_2016

from duecare.recommendation.new_recommendation import Making
from duecare.store.models import LedgerEntry, RecommendationFact
from duecare.use_cases.recommendations import respond_to_recommendation
from duecare.use_cases.recommendations.import_register import import_recommendations
from duecare.use_cases.recommendations.make_recommendation import make_recommendation
from duecare.vocabulary.london_clock import london_day
from duecare.vocabulary.refusals import Refusal

pytestmark = pytest.mark.guarantee

LATER = CLAIMED_AT + timedelta(days=9)


def make() -> None:
    made = Making("R2", "x", "", "inspection", "immediate", published_on=london_day(LATER))
    make_recommendation(as_(*INSPECTS, now=LATER), made)


def plan() -> None:
    respond_to_recommendation.give_plan(as_(*CHIEF, now=LATER), "R1", "The plan.")


def import_() -> None:
    import_recommendations(as_("data", "data_officer", now=LATER), MET_2016)


def find() -> None:
    verify(*INSPECTS)


def held() -> tuple[int, int]:
    """How many facts are there, and how many acts does the ledger say were done?"""
    done = LedgerEntry.objects.filter(outcome__startswith="done:")
    return RecommendationFact.objects.count(), done.count()


@pytest.mark.parametrize("deed", [make, plan, import_, find])
def test_a_failing_statement_leaves_a_fact_and_its_line_or_neither(stores, deed: Callable[[], None], assured):
    with stores.new()():
        claimed()
        passing()
        facts, lines = held()
        half = tried = 0
        for number in range(1, 200):
            try:
                with failing(number, for_ever=False) as point:
                    deed()
            except (DatabaseError, Refusal):
                pass
            tried += 1
            now = held()
            if now != (facts, lines):
                assert now[1] == lines + 1
                half += (now[0] - facts) not in {1, 12}
                break
            assert point is not None

    assert half == 0
    assert now != (facts, lines), "it was done in the end, and not merely refused"
    assert tried > 3
    assured(
        "G2",
        method=f"each statement of {deed.__name__.strip('_')} failing once",
        n=tried,
        figure="half 0",
        pass_mark="0",
    )


def test_a_fact_kept_outside_of_the_transaction_of_its_line_is_caught(stores, monkeypatch, assured):
    monkeypatch.setattr(respond_to_recommendation, "transaction", nullcontext)

    # PostgreSQL refuses to write the ledger's line outside of a transaction at all.
    with pytest.raises((AssertionError, Refusal)):
        test_a_failing_statement_leaves_a_fact_and_its_line_or_neither(stores, plan, assured)
