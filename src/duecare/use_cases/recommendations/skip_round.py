"""Passing over a round on which a registered test cannot be taken: in the open, by somebody independent of the claim."""

from __future__ import annotations

from duecare.access.act import Act
from duecare.authorisation.authorise import log_write
from duecare.authorisation.request import Request
from duecare.recommendation.deciding_round import spoilt_reasons, unfinished_reasons
from duecare.recommendation.recommendation_fact import Deed
from duecare.recommendation.registered_test import SampleTest
from duecare.store.database.transaction import transaction
from duecare.store.oversight import recommendation_facts
from duecare.use_cases.recommendations.deciding_evidence import find_deciding_round
from duecare.use_cases.recommendations.recommendation_access import next_fact, open_recommendation, speaks_for
from duecare.use_cases.recommendations.verify_recommendation import refuse_own
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.unknown import Unknown


def pass_over_round(request: Request, number: str, round_name: str, words: str, seen_facts: int | None = None) -> None:
    """Say why the round drawn after this one counts in its place, as the register and the public will read it.

    Shape:   only of the round that decides, once it has ended, and only where the test cannot be taken on it: one that says
             passed or failed is passed over by nobody.
    Raises:  ACC-003; RCM-002; RCM-004 where nothing is claimed; RCM-005 where no reason is said; RCM-007 where the claim is
             their own, or of their own side; RCM-010 as it stands; RCM-061 where it is another round, or the test can be
             taken on it.
    """
    party = speaks_for(request, Act.VERIFY_RECOMMENDATION)
    recommendation = open_recommendation(request, Act.VERIFY_RECOMMENDATION, number)
    deed_fact = next_fact(
        request, party, recommendation, Deed.PASSED_OVER, {"round": round_name, "words": words.strip()}, seen_facts
    )
    claim_test, claim = recommendation.test, recommendation.claim
    assert claim is not None, "what is claimed or verified was claimed"
    refuse_own(request, party, recommendation, claim)
    if not words.strip():
        raise Refusal(
            "RCM-005", where=f"recommendation {number}", faults=("the reason why another round counts is missing",)
        )
    first_drawn = find_deciding_round(recommendation, claim_test, claim) if isinstance(claim_test, SampleTest) else None
    if first_drawn is None or first_drawn.name != round_name or not isinstance(claim_test, SampleTest):
        raise Refusal("RCM-061", where=f"round {round_name}", faults=("it is not the round that decides",))
    if faults := unfinished_reasons(first_drawn):
        raise Refusal("RCM-061", where=f"round {round_name}", faults=faults)
    round_decides = claim_test.level.is_reached(first_drawn.estimate.value, first_drawn.estimate.interval)
    if not spoilt_reasons(claim_test, claim, first_drawn) and not isinstance(round_decides, Unknown):
        raise Refusal("RCM-061", where=f"round {round_name}", faults=("the test can be applied to it",))
    with transaction():
        recommendation_facts.keep_facts([deed_fact])
        outcome = f"done: recommendation {number}, round {round_name} passed over"
        log_write(request, Act.VERIFY_RECOMMENDATION, outcome=outcome[:200])
