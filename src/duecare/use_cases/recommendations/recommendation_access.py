"""A recommendation for a use case that has authorised: the viewer's party, what is recorded, and what may be added to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NoReturn

from duecare.access.act import Act
from duecare.access.thing import RECOMMENDATIONS
from duecare.access.viewer import Viewer
from duecare.authorisation.authorise import authorise, log_write
from duecare.authorisation.request import Request
from duecare.recommendation.new_recommendation import fault_of_text
from duecare.recommendation.recommendation_at_moment import Recommendation, fold_recommendation
from duecare.recommendation.recommendation_fact import Deed, Fact, Party
from duecare.recommendation.recommendation_state import may_follow
from duecare.store.database.transaction import transaction
from duecare.store.oversight import recommendation_facts
from duecare.use_cases.recommendations.revisit_claims import harm_since
from duecare.vocabulary.areas import plain_area
from duecare.vocabulary.moments import When
from duecare.vocabulary.refusals import Refusal

WHOLE_FORCE: Final = frozenset({"chief_officer", "mayors_office"})


def speaks_for(request: Request, read_act: Act) -> Party:
    """The party for which the viewer does this; refused where they may not.

    Raises:  ACC-003, and a line in the ledger, when they may not, or when their roles are of several parties.
    """
    authorise(request, read_act, RECOMMENDATIONS)
    party_found = party_of(request.viewer, read_act)
    if party_found is None:
        refuse_reason(request, read_act, "speaks for no party, or for several")
    return party_found


def party_of(viewer: Viewer, read_act: Act) -> Party | None:
    """The party for which this viewer may do this; None where there is none, or their roles are of several parties."""
    parties_found = {
        Party(known_role.party) for known_role in viewer.known_roles if known_role.party and read_act in known_role.acts
    }
    return parties_found.pop() if len(parties_found) == 1 else None


def refuse_reason(request: Request, read_act: Act, reason_text: str) -> NoReturn:
    """Refuse by role, with a line in the ledger.

    Raises:  ACC-003, always.
    """
    with transaction():
        log_write(request, read_act, outcome=f"refused ACC-003: {reason_text}"[:200])
    raise Refusal("ACC-003")


def open_recommendation(request: Request, read_act: Act, number: str) -> Recommendation:
    """This recommendation with all that is known of it now, for somebody who is about to act on it.

    Shape:   that a later fact opened it again is written down first, where nobody has yet.
    Raises:  RCM-002 where there is none.
    """
    facts = recommendation_facts.facts_of(number)
    if not facts:
        raise Refusal("RCM-002")
    harm_fact = harm_since(facts, max(request.now, facts[-1].happened_at.latest))
    if harm_fact is not None:
        with transaction():
            recommendation_facts.keep_facts([harm_fact])
            log_write(request, read_act, outcome=f"done: recommendation {number} opened again by a later fact")
        facts = (*facts, harm_fact)
    recommendation = fold_recommendation(facts, max(request.now, facts[-1].happened_at.latest))
    assert recommendation is not None
    return recommendation


def answers_for(request: Request, party: Party, recommendation: Recommendation) -> bool:
    """Whether it is for them to answer: addressed to their party, and for a borough's lead, owned by them or in their area."""
    if party is not recommendation.addressed_to:
        return False
    if request.viewer.roles & WHOLE_FORCE:
        return True
    if recommendation.owner is None:
        return False
    number = request.viewer.officer.strip().casefold()
    areas = {plain_area(force_area) for force_area in request.viewer.areas}
    is_theirs = bool(number) and number == recommendation.owner.officer.strip().casefold()
    return is_theirs or (bool(recommendation.owner.area) and plain_area(recommendation.owner.area) in areas)


def next_fact(
    request: Request,
    party: Party,
    recommendation: Recommendation,
    deed_kind: Deed,
    deed_content: Mapping[str, object],
    seen_facts: int | None = None,
) -> Fact:
    """The fact that this happens to it now.

    Shape:   `seen_facts` is how many facts of it the viewer had seen when they decided; None does not ask.
    Raises:  RCM-010 where it has changed since; RCM-004 where this may not follow; RCM-005 where a text cannot be kept.
    """
    if seen_facts is not None and seen_facts != recommendation.sequence:
        raise Refusal("RCM-010", where=f"recommendation {recommendation.number}")
    if not may_follow(deed_kind, recommendation.state, has_test=recommendation.test is not None):
        tested = "with a registered test" if recommendation.test is not None else "without a registered test"
        raise Refusal(
            "RCM-004",
            where=f"recommendation {recommendation.number}",
            found=f"the state {recommendation.state.value}, {tested}",
        )
    faults = [
        fault
        for field_name, field_text in deed_content.items()
        if isinstance(field_text, str) and (fault := fault_of_text(field_name, field_text))
    ]
    if faults:
        raise Refusal("RCM-005", where=f"recommendation {recommendation.number}", faults=tuple(faults))
    content_kept = {field_name: value for field_name, value in deed_content.items() if value not in ("", None)}
    return Fact(
        recommendation.number,
        recommendation.sequence + 1,
        deed_kind,
        When.at(request.now),
        request.now,
        request.viewer.account,
        party,
        content_kept,
    )
