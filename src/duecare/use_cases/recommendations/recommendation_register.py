"""A recommendation for a step that has asked: on whose behalf the viewer speaks, what is held, what may be added to it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NoReturn

from duecare.access.act import Act
from duecare.access.thing import RECOMMENDATIONS
from duecare.access.viewer import Viewer
from duecare.authorisation.authorise import authorise, log_write
from duecare.authorisation.request import Request
from duecare.recommendation.fact import Deed, Fact, Party
from duecare.recommendation.folded import Recommendation, fold_recommendation
from duecare.recommendation.making import fault_of_text
from duecare.recommendation.state import may_follow
from duecare.store.database.transaction import transaction
from duecare.store.oversight import recommendation_facts
from duecare.use_cases.recommendations.revisit_claims import harm_since
from duecare.vocabulary.areas import plain_area
from duecare.vocabulary.moments import When
from duecare.vocabulary.refusals import Refusal

PARTIES: Final[Mapping[str, Party]] = MappingProxyType(
    {
        "lead_inspector": Party.INSPECTORATE,
        "audit_lead": Party.FORCE,
        "bcu_lead": Party.FORCE,
        "chief_officer": Party.FORCE,
        "mayors_office": Party.MAYORS_OFFICE,
        "expert": Party.EXPERT_GROUP,
    }
)
WHOLE_FORCE: Final = frozenset({"chief_officer", "mayors_office"})


def speaks_for(request: Request, act: Act) -> Party:
    """May they do this, and on whose behalf do they?

    Raises:  ACC-003, and a line in the ledger, when they may not, or when their roles are of several parties.
    """
    authorise(request, act, RECOMMENDATIONS)
    found = party_of(request.viewer, act)
    if found is None:
        refuse(request, act, "speaks for no party, or for several")
    return found


def party_of(viewer: Viewer, act: Act) -> Party | None:
    """On whose behalf may this viewer do this? None: on nobody's, or their roles are of several parties."""
    found = {PARTIES[role.name] for role in viewer.known_roles if role.name in PARTIES and act in role.acts}
    return found.pop() if len(found) == 1 else None


def refuse(request: Request, act: Act, why: str) -> NoReturn:
    """Refuse by role, with a line in the ledger.

    Raises:  ACC-003, always.
    """
    with transaction():
        log_write(request, act, outcome=f"refused ACC-003: {why}"[:200])
    raise Refusal("ACC-003")


def held(request: Request, act: Act, number: str) -> Recommendation:
    """This recommendation with all that is known of it now, for somebody who is about to act on it.

    Shape:   that a later fact opened it again is written down first, where nobody has yet.
    Raises:  RCM-002 where there is none.
    """
    facts = recommendation_facts.facts_of(number)
    if not facts:
        raise Refusal("RCM-002")
    harm = harm_since(facts, max(request.now, facts[-1].happened_at.latest))
    if harm is not None:
        with transaction():
            recommendation_facts.keep([harm])
            log_write(request, act, outcome=f"done: recommendation {number} opened again by a later fact")
        facts = (*facts, harm)
    one = fold_recommendation(facts, max(request.now, facts[-1].happened_at.latest))
    assert one is not None
    return one


def answers(request: Request, party: Party, one: Recommendation) -> bool:
    """Is it for them to answer: addressed to whom they speak for, and for a borough's lead, owned by them or in their area?"""
    if party is not one.addressed_to:
        return False
    if request.viewer.roles & WHOLE_FORCE:
        return True
    if one.owner is None:
        return False
    number = request.viewer.officer.strip().casefold()
    areas = {plain_area(area) for area in request.viewer.areas}
    is_theirs = bool(number) and number == one.owner.officer.strip().casefold()
    return is_theirs or (bool(one.owner.area) and plain_area(one.owner.area) in areas)


def next_fact(
    request: Request, party: Party, one: Recommendation, deed: Deed, said: Mapping[str, object], seen: int | None = None
) -> Fact:
    """The fact that this happens to it now.

    Shape:   `seen` is how many facts of it the viewer had seen when they decided; None does not ask.
    Raises:  RCM-010 where it has changed since; RCM-004 where this may not follow; RCM-005 where a text cannot be kept.
    """
    if seen is not None and seen != one.sequence:
        raise Refusal("RCM-010", where=f"recommendation {one.number}")
    if not may_follow(deed, one.state, has_test=one.test is not None):
        tested = "with a registered test" if one.test is not None else "without a registered test"
        raise Refusal("RCM-004", where=f"recommendation {one.number}", found=f"the state {one.state.value}, {tested}")
    faults = [fault for name, text in said.items() if isinstance(text, str) and (fault := fault_of_text(name, text))]
    if faults:
        raise Refusal("RCM-005", where=f"recommendation {one.number}", faults=tuple(faults))
    kept = {name: value for name, value in said.items() if value not in ("", None)}
    return Fact(
        one.number, one.sequence + 1, deed, When.at(request.now), request.now, request.viewer.account, party, kept
    )
