"""The first fresh evidence after a claim: what the registered test comes to on it, or why it cannot be taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from duecare.config import Config
from duecare.figure.reporting_period import period_named
from duecare.recommendation.folded import Claim, Recommendation
from duecare.recommendation.fresh import Drawn, deciding_round, spoilt_reasons, strange_reasons, unfinished_reasons
from duecare.recommendation.registered import FigureTest, SampleTest
from duecare.recommendation.state import State
from duecare.stats.interval import Interval
from duecare.store.audit import round_records
from duecare.use_cases.recommendations import figure_evidence
from duecare.use_cases.recommendations.round_evidence import as_drawn, drawn_rounds
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.unknown import Unknown


@dataclass(frozen=True, slots=True)
class Found:
    """What did the test come to, on which evidence?

    Shape:   `at` is when the round was drawn, or the period began: what is asked later must be later than this.
    """

    value: float | Unknown
    interval: Interval | Unknown
    evidence: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CannotBeTaken:
    """On which evidence can the test not be taken, though it is the one that decides, and why?

    Shape:   `code` is the refusal that it comes to: RCM-009 where later evidence of the same test can still tell.
    """

    evidence: str
    why: tuple[str, ...]
    code: str = "RCM-060"


def since(one: Recommendation) -> datetime:
    """After which moment must its evidence begin: the claim, or the last result where it is verified?"""
    assert one.claim is not None
    last = next((result.drawn_at for result in reversed(one.results) if result.drawn_at), None)
    return max(one.claim.at, last) if one.state is State.VERIFIED and last else one.claim.at


def first_evidence(config: Config, one: Recommendation, named: str = "") -> Found | CannotBeTaken:
    """What does its test come to on the first fresh evidence?

    Shape:   `named` is the round that somebody means; which one decides is not chosen.
    Raises:  RCM-008 where there is no such evidence yet, or another decides than the one that was named.
    """
    assert one.test is not None and one.claim is not None
    if isinstance(one.test, FigureTest):
        return _by_figure(config, one.test, since(one))
    return _by_round(one, one.test, one.claim, named)


def first_round(one: Recommendation, test: SampleTest, claim: Claim) -> Drawn | None:
    """Which round decides: the first after the claim that is the test, and was not passed over in the open?"""
    after = since(one)
    return deciding_round(drawn_rounds(test, after), test, after, claim, one.passed_over)


def _by_round(one: Recommendation, test: SampleTest, claim: Claim, named: str) -> Found | CannotBeTaken:
    if named:
        _refuse_stranger(one, test, claim, named)
    decides = first_round(one, test, claim)
    if decides is None:
        raise Refusal("RCM-008", faults=("there is no fresh draw yet",))
    if named and decides.name != named:
        raise Refusal("RCM-008", where=f"round {named}", faults=(f"an earlier fresh draw decides: {decides.name}",))
    if faults := unfinished_reasons(decides):
        raise Refusal("RCM-008", where=f"round {decides.name}", faults=faults)
    if why := spoilt_reasons(test, claim, decides):
        return CannotBeTaken(f"round {decides.name}", why)
    estimate = decides.estimate
    return Found(estimate.value, estimate.interval, f"round {decides.name}", decides.drawn_at)


def _refuse_stranger(one: Recommendation, test: SampleTest, claim: Claim, named: str) -> None:
    own = round_records.round_named(named)
    if own is None or own.drawn_at is None:
        raise Refusal("RCM-008", where=f"round {named}", faults=("there is no such round, or it was never drawn",))
    if faults := strange_reasons(test, since(one), claim, as_drawn(own, test)):
        raise Refusal("RCM-008", where=f"round {named}", faults=faults)


def _by_figure(config: Config, test: FigureTest, after: datetime) -> Found | CannotBeTaken:
    """By the first whole period that rests on enough cases; those before it with fewer are said to have been too few."""
    period, few = figure_evidence.first_period_after(after, test.period), ""
    while True:
        counted = figure_evidence.value_in(config, test.figure, test.cut, period)
        evidence = f"figure {test.figure}, {period}"
        if isinstance(counted, Unknown):
            if few:
                enough = (
                    "too few cases" if figure_evidence.tells_of_children(test) else f"fewer than {test.least} cases"
                )
                why = f"it rests on {enough}; the first whole {test.period} with as many as it asks for decides"
                return CannotBeTaken(few, (why,), "RCM-009")
            raise Refusal("RCM-008", where=f"{test.figure}, {period}", faults=(counted.reason,))
        if test.is_bound:
            if isinstance(counted.counted_as, Unknown):
                raise Refusal("RCM-008", where=f"{test.figure}, {period}", faults=(counted.counted_as.reason,))
            if differs := figure_evidence.differs(test, counted.counted_as):
                return CannotBeTaken(evidence, (f"{ANOTHER_MEASURE} {' and '.join(differs)}; {SUPERSEDE}",))
        if counted.cases >= test.least:
            return Found(counted.value, counted.interval, evidence, counted.began_at)
        few, period = evidence, figure_evidence.first_period_after(period_named(period).starts, test.period)


ANOTHER_MEASURE: Final = "it is another measure now than the one that was registered, counted"
SUPERSEDE: Final = "put another recommendation, with a test of its own, in the place of this one"
