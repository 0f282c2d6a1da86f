"""Making a recommendation, and putting another in its place: by whoever it comes from."""

from __future__ import annotations

from duecare.access.act import Act
from duecare.authorisation.authorise import log_write
from duecare.authorisation.request import Request
from duecare.recommendation.new_recommendation import Making
from duecare.recommendation.recommendation_fact import Deed, Fact
from duecare.store.database.transaction import transaction
from duecare.store.oversight import recommendation_facts
from duecare.use_cases.recommendations.recommendation_access import (
    next_fact,
    open_recommendation,
    refuse_reason,
    speaks_for,
)
from duecare.vocabulary.london_clock import london_day, start_of_day, when_on_day
from duecare.vocabulary.moments import When
from duecare.vocabulary.refusals import Refusal


def make_recommendation(request: Request, making: Making) -> None:
    """Enter this recommendation, action or advice in the register.

    Shape:   it was made on the day of its publication, where that is past; its days are counted from then.
    Raises:  ACC-003 when the viewer makes none; RCM-003 with every fault.
    """
    party = speaks_for(request, Act.MAKE_RECOMMENDATION)
    faults = list(making.faults(party))
    today = london_day(request.now)
    if making.published_on and making.published_on > today:
        faults.append("its publication day is in the future")
    if not faults and recommendation_facts.facts_of(making.number):
        faults.append("another has this number")
    if faults:
        raise Refusal("RCM-003", faults=tuple(faults))
    is_past = making.published_on is not None and start_of_day(making.published_on) < start_of_day(today)
    happened_at = when_on_day(making.published_on) if making.published_on and is_past else When.at(request.now)
    deed_fact = Fact(
        making.number, 1, Deed.MADE, happened_at, request.now, request.viewer.account, party, making.as_said()
    )  # fmt: skip
    with transaction():
        recommendation_facts.keep_facts([deed_fact])
        log_write(request, Act.MAKE_RECOMMENDATION, outcome=f"done: recommendation {making.number} made")


def supersede_recommendation(
    request: Request, number: str, superseded_by: str, words: str = "", seen_facts: int | None = None
) -> None:
    """Put the recommendation `superseded_by` in place of this one.

    Raises:  ACC-003 unless whoever made it asks; RCM-002 where either is not there; RCM-004, RCM-010 as it stands.
    """
    party = speaks_for(request, Act.MAKE_RECOMMENDATION)
    recommendation = open_recommendation(request, Act.MAKE_RECOMMENDATION, number)
    if party is not recommendation.made_by:
        refuse_reason(request, Act.MAKE_RECOMMENDATION, f"recommendation {number} was made by another")
    if superseded_by == number or not recommendation_facts.facts_of(superseded_by):
        raise Refusal("RCM-002", where="what takes its place")
    deed_fact = next_fact(
        request, party, recommendation, Deed.SUPERSEDED, {"by": superseded_by, "words": words.strip()}, seen_facts
    )
    with transaction():
        recommendation_facts.keep_facts([deed_fact])
        log_write(
            request, Act.MAKE_RECOMMENDATION, outcome=f"done: recommendation {number} superseded by {superseded_by}"
        )
