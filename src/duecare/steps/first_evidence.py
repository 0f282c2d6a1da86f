"""The first fresh evidence after a claim: what the registered test comes to on it, or why it cannot be taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from duecare.audit.interval import Interval
from duecare.recommendation.folded import Claim, Recommendation
from duecare.recommendation.fresh import Drawn, deciding, spoilt, strange, unfinished
from duecare.recommendation.registered import FigureTest, SampleTest
from duecare.recommendation.state import State
from duecare.steps import figure_tested
from duecare.steps.rounds_as_evidence import as_drawn, drawn_rounds
from duecare.store import rounds
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
    """On which evidence can the test not be taken, though it is the one that decides, and why?"""

    evidence: str
    why: tuple[str, ...]


def since(one: Recommendation) -> datetime:
    """After which moment must its evidence begin: the claim, or the last result where it is verified?"""
    assert one.claim is not None
    last = next((result.drawn_at for result in reversed(one.results) if result.drawn_at), None)
    return max(one.claim.at, last) if one.state is State.VERIFIED and last else one.claim.at


def first_evidence(one: Recommendation, named: str = "") -> Found | CannotBeTaken:
    """What does its test come to on the first fresh evidence?

    Shape:   `named` is the round that somebody means; which one decides is not chosen.
    Raises:  RCM-008 where there is no such evidence yet, or another decides than the one that was named.
    """
    assert one.test is not None and one.claim is not None
    if isinstance(one.test, FigureTest):
        return _by_figure(one.test, since(one))
    return _by_round(one, one.test, one.claim, named)


def first_round(one: Recommendation, test: SampleTest, claim: Claim) -> Drawn | None:
    """Which round decides: the first after the claim that is the test, and was not passed over in the open?"""
    after = since(one)
    return deciding(drawn_rounds(test, after), test, after, claim, one.passed_over)


def _by_round(one: Recommendation, test: SampleTest, claim: Claim, named: str) -> Found | CannotBeTaken:
    if named:
        _refuse_stranger(one, test, claim, named)
    decides = first_round(one, test, claim)
    if decides is None:
        raise Refusal("RCM-008", faults=("there is no fresh draw yet",))
    if named and decides.name != named:
        raise Refusal("RCM-008", where=f"round {named}", faults=(f"an earlier fresh draw decides: {decides.name}",))
    if faults := unfinished(decides):
        raise Refusal("RCM-008", where=f"round {decides.name}", faults=faults)
    if why := spoilt(test, claim, decides):
        return CannotBeTaken(f"round {decides.name}", why)
    estimate = decides.estimate
    return Found(estimate.value, estimate.interval, f"round {decides.name}", decides.drawn_at)


def _refuse_stranger(one: Recommendation, test: SampleTest, claim: Claim, named: str) -> None:
    own = rounds.round_named(named)
    if own is None or own.drawn_at is None:
        raise Refusal("RCM-008", where=f"round {named}", faults=("there is no such round, or it was never drawn",))
    if faults := strange(test, since(one), claim, as_drawn(own, test)):
        raise Refusal("RCM-008", where=f"round {named}", faults=faults)


def _by_figure(test: FigureTest, after: datetime) -> Found:
    period = figure_tested.first_period_after(after, test.period)
    counted = figure_tested.value_in(test.figure, test.cut, period)
    if isinstance(counted, Unknown):
        raise Refusal("RCM-008", where=f"{test.figure}, {period}", faults=(counted.reason,))
    return Found(counted.value, counted.interval, f"figure {test.figure}, {period}", counted.began_at)
