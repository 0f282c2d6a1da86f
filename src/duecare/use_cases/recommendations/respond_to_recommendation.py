"""Answering a recommendation: owner, acceptance with the test that will close it, plan, actions, reply, claim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from duecare.access.act import Act
from duecare.authorisation.authorise import log_write
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.recommendation.fact import Deed, Party
from duecare.recommendation.folded import Recommendation
from duecare.recommendation.registered import FigureTest, as_said, hash_of, read_test
from duecare.rulebook.force_policy import read_policy
from duecare.store.database.transaction import transaction
from duecare.store.oversight import recommendation_facts
from duecare.use_cases.recommendations import figure_evidence
from duecare.use_cases.recommendations.recommendation_register import answers, held, next_fact, refuse, speaks_for
from duecare.use_cases.recommendations.round_evidence import teams_of
from duecare.vocabulary.refusals import Refusal

ANSWERS: Final = ("will_act", "will_not_act", "has_acted")


def name_owner(
    request: Request, number: str, *, post: str, area: str = "", officer: str = "", seen: int | None = None
) -> None:
    """Name who owns this recommendation: a kind of post, of an area where it has one, and the officer who holds it.

    Raises:  ACC-003 unless it is theirs to answer; RCM-002; RCM-004, RCM-010 as it stands; RCM-005 where nobody is named.
    """
    said = {"owner_post": post.strip(), "owner_area": area.strip(), "owner_officer": officer.strip()}
    faults = [] if said["owner_post"] or said["owner_officer"] else ["neither a post nor an officer is named"]
    faults += _fault_of_post(said["owner_post"])
    _keep(request, number, Deed.OWNER_NAMED, said, faults, seen)


def accept_recommendation(
    request: Request,
    config: Config,
    number: str,
    test: Mapping[str, object],
    words: str = "",
    seen: int | None = None,
) -> str:
    """Accept it, and register the test that will close it; the test's hash.

    Shape:   registered once; what was claimed before does not count. A figure is bound to what it is today, by its definition
             and what of the policy it rests on, and to the least number of cases that the policy asks for, or more.
    Raises:  RCM-006 with every fault of the test; RCM-005 where nobody owns it; else as `name_owner`.
    """
    party, one = _theirs(request, number)
    registered = read_test(test)
    if isinstance(registered, FigureTest):
        policy = read_policy(config.policy)
        if fault := figure_evidence.fault_of(registered):
            raise Refusal("RCM-006", faults=(fault,))
        if 0 < registered.least < policy.least_cases:
            raise Refusal("RCM-006", faults=(f"fewer cases than {policy.least_cases}, which the policy asks for",))
        registered = figure_evidence.bound(registered, policy)
    faults = [] if one.owner is not None else ["nobody owns it yet: name a post first"]
    title = figure_evidence.title_of(registered.figure) if isinstance(registered, FigureTest) else ""
    said = {
        "test": as_said(registered),
        "test_hash": hash_of(registered),
        "figure_title": title,
        "words": words.strip(),
    }
    _add(request, party, one, Deed.ACCEPTED, said, faults, seen, f", test {hash_of(registered)}")
    return hash_of(registered)


def give_plan(request: Request, number: str, words: str, url: str = "", seen: int | None = None) -> None:
    """Record that the action plan was given to whoever made it.

    Raises:  as `name_owner`; RCM-005 where nothing is said of it.
    """
    _keep(request, number, Deed.PLANNED, {"words": words.strip(), "url": url.strip()}, _said(words, "the plan"), seen)


def act_on_recommendation(request: Request, number: str, words: str, seen: int | None = None) -> None:
    """Record an action: from then on it is in hand.

    Raises:  as `name_owner`; RCM-005 where nothing is said of it.
    """
    _keep(request, number, Deed.ACTED, {"words": words.strip()}, _said(words, "the action"), seen)


def claim_done(request: Request, number: str, words: str, seen: int | None = None) -> None:
    """Claim that it is done: a claim closes nothing, it asks for the registered test.

    Raises:  as `name_owner`; RCM-005 where nothing is said of it.
    """
    party, one = _theirs(request, number)
    viewer = request.viewer
    area = {one.owner.area} - {""} if one.owner else set()
    said = {
        "words": words.strip(),
        "officer": viewer.officer.strip(),
        "teams": sorted({*viewer.teams, *viewer.areas, *teams_of(viewer.officer), *area}),
    }
    _add(request, party, one, Deed.CLAIMED, said, _said(words, "what was done"), seen)


def reply_to_recommendation(
    request: Request, number: str, answer: str, words: str, url: str = "", seen: int | None = None
) -> None:
    """Publish a reply: what is done about it, or why nothing is.

    Shape:   by whom it is addressed to, and by the mayor's office in any case, whose comments the law asks for.
    Raises:  as `name_owner`; RCM-005 where the answer or its words are missing.
    """
    party = speaks_for(request, Act.ANSWER_RECOMMENDATION)
    one = held(request, Act.ANSWER_RECOMMENDATION, number)
    if party is not Party.MAYORS_OFFICE and not answers(request, party, one):
        refuse(request, Act.ANSWER_RECOMMENDATION, f"recommendation {number} is not theirs to answer")
    faults = [] if answer in ANSWERS else ["the answer is none of " + ", ".join(ANSWERS)]
    faults += _said(words, "what is done, or why nothing is,")
    said = {"answer": answer, "words": words.strip(), "url": url.strip()}
    _add(request, party, one, Deed.REPLIED, said, faults, seen)


def _keep(
    request: Request, number: str, deed: Deed, said: Mapping[str, object], faults: list[str], seen: int | None
) -> None:
    party, one = _theirs(request, number)
    _add(request, party, one, deed, said, faults, seen)


def _theirs(request: Request, number: str) -> tuple[Party, Recommendation]:
    party = speaks_for(request, Act.ANSWER_RECOMMENDATION)
    one = held(request, Act.ANSWER_RECOMMENDATION, number)
    if not answers(request, party, one):
        refuse(request, Act.ANSWER_RECOMMENDATION, f"recommendation {number} is not theirs to answer")
    return party, one


def _add(
    request: Request,
    party: Party,
    one: Recommendation,
    deed: Deed,
    said: Mapping[str, object],
    faults: list[str],
    seen: int | None,
    more: str = "",
) -> None:
    fact = next_fact(request, party, one, deed, said, seen)
    if faults:
        raise Refusal("RCM-005", where=f"recommendation {one.number}", faults=tuple(faults))
    with transaction():
        recommendation_facts.keep([fact])
        log_write(request, Act.ANSWER_RECOMMENDATION, outcome=f"done: recommendation {one.number} {deed.value}{more}")


def _said(words: str, what: str) -> list[str]:
    return [] if words.strip() else [f"{what} is not said"]


def _fault_of_post(post: str) -> list[str]:
    return [] if not post or post.replace("_", "").isalnum() else ["the kind of post is not written as in posts.csv"]
