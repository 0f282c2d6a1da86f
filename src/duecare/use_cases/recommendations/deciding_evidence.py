"""The evidence that decides whether a recommendation closes: the first round or whole period after the claim, and its result.

Where there is none yet, it is refused here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from duecare.config import Config
from duecare.figure.reporting_period import first_period_after, period_named
from duecare.recommendation.deciding_round import (
    RoundEvidence,
    deciding_round,
    spoilt_reasons,
    strange_reasons,
    unfinished_reasons,
)
from duecare.recommendation.recommendation_at_moment import Claim, Recommendation
from duecare.recommendation.recommendation_state import State
from duecare.recommendation.registered_test import FigureTest, SampleTest
from duecare.stats.interval import Interval
from duecare.store.audit import round_records
from duecare.use_cases.recommendations import figure_evidence
from duecare.use_cases.recommendations.round_evidence import as_drawn, drawn_rounds
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.unknown import Unknown


@dataclass(frozen=True, slots=True)
class Found:
    """The result of the test, and the evidence.

    Shape:   `at` is when the round was drawn, or the period began: what is asked later must be later than this.
    """

    value: float | Unknown
    interval: Interval | Unknown
    evidence: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CannotBeTaken:
    """The evidence that decides but on which the test cannot be taken, and why.

    Shape:   `code` is the refusal that it comes to: RCM-009 where later evidence of the same test can still tell.
    """

    evidence: str
    why: tuple[str, ...]
    code: str = "RCM-060"


def evidence_since(recommendation: Recommendation) -> datetime:
    """The moment after which its evidence must begin: the claim, or the last result where it is verified."""
    assert recommendation.claim is not None
    last_result = next((result.drawn_at for result in reversed(recommendation.results) if result.drawn_at), None)
    return (
        max(recommendation.claim.at, last_result)
        if recommendation.state is State.VERIFIED and last_result
        else recommendation.claim.at
    )


def find_deciding_evidence(
    config: Config, recommendation: Recommendation, named_round: str = ""
) -> Found | CannotBeTaken:
    """The result of its test on the evidence that decides: the first that is fresh, by round or by figure.

    Shape:   `named_round` is the round that somebody means; which one decides is not chosen.
    Raises:  RCM-008 where there is no such evidence yet, or another decides than the one that was named.
    """
    assert recommendation.test is not None and recommendation.claim is not None
    if isinstance(recommendation.test, FigureTest):
        return _by_figure(config, recommendation.test, evidence_since(recommendation))
    return _by_round(recommendation, recommendation.test, recommendation.claim, named_round)


def find_deciding_round(recommendation: Recommendation, claim_test: SampleTest, claim: Claim) -> RoundEvidence | None:
    """The round that decides: the first after the claim that fits the test, and was not passed over in the open."""
    after = evidence_since(recommendation)
    return deciding_round(drawn_rounds(claim_test, after), claim_test, after, claim, recommendation.passed_over)


def _by_round(
    recommendation: Recommendation, claim_test: SampleTest, claim: Claim, named_round: str
) -> Found | CannotBeTaken:
    if named_round:
        _refuse_stranger(recommendation, claim_test, claim, named_round)
    decides = find_deciding_round(recommendation, claim_test, claim)
    if decides is None:
        raise Refusal("RCM-008", faults=("there is no new draw yet",))
    if named_round and decides.name != named_round:
        raise Refusal(
            "RCM-008", where=f"round {named_round}", faults=(f"an earlier fresh draw decides: {decides.name}",)
        )
    if faults := unfinished_reasons(decides):
        raise Refusal("RCM-008", where=f"round {decides.name}", faults=faults)
    if reasons_text := spoilt_reasons(claim_test, claim, decides):
        return CannotBeTaken(f"round {decides.name}", reasons_text)
    estimate = decides.estimate
    return Found(estimate.value, estimate.interval, f"round {decides.name}", decides.drawn_at)


def _refuse_stranger(recommendation: Recommendation, claim_test: SampleTest, claim: Claim, named_round: str) -> None:
    own_round = round_records.round_named(named_round)
    if own_round is None or own_round.drawn_at is None:
        raise Refusal("RCM-008", where=f"round {named_round}", faults=("this round does not exist or was never drawn",))
    if faults := strange_reasons(claim_test, evidence_since(recommendation), claim, as_drawn(own_round, claim_test)):
        raise Refusal("RCM-008", where=f"round {named_round}", faults=faults)


def _by_figure(config: Config, claim_test: FigureTest, after: datetime) -> Found | CannotBeTaken:
    """By the first whole period that rests on enough cases; those before it with fewer are said to have been too few."""
    period, too_few = first_period_after(after, claim_test.period), ""
    while True:
        counted = figure_evidence.value_in(config, claim_test.figure, claim_test.cut, period)
        evidence = f"figure {claim_test.figure}, {period}"
        if isinstance(counted, Unknown):
            if too_few:
                enough = (
                    "too few cases"
                    if figure_evidence.tells_of_children(claim_test)
                    else f"fewer than {claim_test.least} cases"
                )
                reason_text = (
                    f"it rests on {enough}; the first whole {claim_test.period} with as many as it asks for decides"
                )
                return CannotBeTaken(too_few, (reason_text,), "RCM-009")
            raise Refusal("RCM-008", where=f"{claim_test.figure}, {period}", faults=(counted.reason,))
        if claim_test.is_bound:
            if isinstance(counted.counted_as, Unknown):
                raise Refusal("RCM-008", where=f"{claim_test.figure}, {period}", faults=(counted.counted_as.reason,))
            if differs := figure_evidence.differences_of(claim_test, counted.counted_as):
                return CannotBeTaken(evidence, (f"{ANOTHER_MEASURE} {' and '.join(differs)}; {SUPERSEDE}",))
        if counted.cases >= claim_test.least:
            return Found(counted.value, counted.interval, evidence, counted.began_at)
        too_few, period = evidence, first_period_after(period_named(period).starts, claim_test.period)


ANOTHER_MEASURE: Final = "it is another measure now than the one that was registered, counted"
SUPERSEDE: Final = "replace this recommendation with one that has its own test"
