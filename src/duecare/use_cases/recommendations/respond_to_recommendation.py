"""Answering a recommendation: owner, acceptance with the test that will close it, plan, actions, reply, claim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from duecare.access.act import Act
from duecare.authorisation.authorise import log_write
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.recommendation.recommendation_at_moment import Recommendation
from duecare.recommendation.recommendation_fact import Deed, Party
from duecare.recommendation.registered_test import FigureTest, as_said, hash_of, read_test
from duecare.rulebook.force_policy import read_policy
from duecare.store.database.transaction import transaction
from duecare.store.oversight import recommendation_facts
from duecare.use_cases.recommendations import figure_evidence
from duecare.use_cases.recommendations.recommendation_access import (
    answers_for,
    next_fact,
    open_recommendation,
    refuse_reason,
    speaks_for,
)
from duecare.use_cases.recommendations.round_evidence import teams_of
from duecare.vocabulary.refusals import Refusal

ANSWERS: Final = ("will_act", "will_not_act", "has_acted")


def name_owner(
    request: Request,
    number: str,
    *,
    owner_post: str,
    owner_area: str = "",
    officer: str = "",
    seen_facts: int | None = None,
) -> None:
    """Name who owns this recommendation: a kind of post, of an area where it has one, and the officer who holds it.

    Raises:  ACC-003 unless it is theirs to answer; RCM-002; RCM-004, RCM-010 as it stands; RCM-005 where nobody is named.
    """
    deed_content = {
        "owner_post": owner_post.strip(),
        "owner_area": owner_area.strip(),
        "owner_officer": officer.strip(),
    }
    faults = [] if deed_content["owner_post"] or deed_content["owner_officer"] else ["name a post or an officer"]
    faults += _fault_of_post(deed_content["owner_post"])
    _keep_deed(request, number, Deed.OWNER_NAMED, deed_content, faults, seen_facts)


def accept_recommendation(
    request: Request,
    config: Config,
    number: str,
    test_content: Mapping[str, object],
    words: str = "",
    seen_facts: int | None = None,
) -> str:
    """Accept it, and register the test that will close it; the test's hash.

    Shape:   registered once; what was claimed before does not count. A figure is bound to what it is today, by its definition
             and what of the policy it rests on, and to the least number of cases that the policy asks for, or more.
    Raises:  RCM-006 with every fault of the test; RCM-005 where nobody owns it; else as `name_owner`.
    """
    party, recommendation = _answered_by_party(request, number)
    registered = read_test(test_content)
    if isinstance(registered, FigureTest):
        policy = read_policy(config.policy)
        if fault := figure_evidence.fault_of(registered):
            raise Refusal("RCM-006", faults=(fault,))
        if 0 < registered.least < policy.least_cases:
            raise Refusal("RCM-006", faults=(f"fewer cases than {policy.least_cases}, which the policy asks for",))
        registered = figure_evidence.bound_test(registered, policy)
    faults = [] if recommendation.owner is not None else ["nobody owns it yet: name a post first"]
    title = figure_evidence.title_of(registered.figure) if isinstance(registered, FigureTest) else ""
    deed_content = {
        "test": as_said(registered),
        "test_hash": hash_of(registered),
        "figure_title": title,
        "words": words.strip(),
    }
    _add_deed(
        request, party, recommendation, Deed.ACCEPTED, deed_content, faults, seen_facts, f", test {hash_of(registered)}"
    )
    return hash_of(registered)


def give_plan(request: Request, number: str, words: str, link_url: str = "", seen_facts: int | None = None) -> None:
    """Record that the action plan was given to whoever made it.

    Raises:  as `name_owner`; RCM-005 where nothing is said of it.
    """
    _keep_deed(
        request,
        number,
        Deed.PLANNED,
        {"words": words.strip(), "url": link_url.strip()},
        _words_faults(words, "the plan"),
        seen_facts,
    )


def act_on_recommendation(request: Request, number: str, words: str, seen_facts: int | None = None) -> None:
    """Record an action: from then on it is in hand.

    Raises:  as `name_owner`; RCM-005 where nothing is said of it.
    """
    _keep_deed(request, number, Deed.ACTED, {"words": words.strip()}, _words_faults(words, "the action"), seen_facts)


def claim_done(request: Request, number: str, words: str, seen_facts: int | None = None) -> None:
    """Claim that it is done: a claim closes nothing, it asks for the registered test.

    Raises:  as `name_owner`; RCM-005 where nothing is said of it.
    """
    party, recommendation = _answered_by_party(request, number)
    viewer = request.viewer
    owner_areas = {recommendation.owner.area} - {""} if recommendation.owner else set()
    deed_content = {
        "words": words.strip(),
        "officer": viewer.officer.strip(),
        "teams": sorted({*viewer.teams, *viewer.areas, *teams_of(viewer.officer), *owner_areas}),
    }
    _add_deed(
        request, party, recommendation, Deed.CLAIMED, deed_content, _words_faults(words, "what was done"), seen_facts
    )


def reply_to_recommendation(
    request: Request, number: str, answer: str, words: str, link_url: str = "", seen_facts: int | None = None
) -> None:
    """Publish a reply: what is done about it, or why nothing is.

    Shape:   by whom it is addressed to, and by the mayor's office in any case, whose comments the law asks for.
    Raises:  as `name_owner`; RCM-005 where the answer or its words are missing.
    """
    party = speaks_for(request, Act.ANSWER_RECOMMENDATION)
    recommendation = open_recommendation(request, Act.ANSWER_RECOMMENDATION, number)
    if party is not Party.MAYORS_OFFICE and not answers_for(request, party, recommendation):
        refuse_reason(request, Act.ANSWER_RECOMMENDATION, f"recommendation {number} is not theirs to answer")
    faults = [] if answer in ANSWERS else ["the answer is none of " + ", ".join(ANSWERS)]
    faults += _words_faults(words, "what is done, or why nothing is,")
    deed_content = {"answer": answer, "words": words.strip(), "url": link_url.strip()}
    _add_deed(request, party, recommendation, Deed.REPLIED, deed_content, faults, seen_facts)


def _keep_deed(
    request: Request,
    number: str,
    deed_kind: Deed,
    deed_content: Mapping[str, object],
    faults: list[str],
    seen_facts: int | None,
) -> None:
    party, recommendation = _answered_by_party(request, number)
    _add_deed(request, party, recommendation, deed_kind, deed_content, faults, seen_facts)


def _answered_by_party(request: Request, number: str) -> tuple[Party, Recommendation]:
    party = speaks_for(request, Act.ANSWER_RECOMMENDATION)
    recommendation = open_recommendation(request, Act.ANSWER_RECOMMENDATION, number)
    if not answers_for(request, party, recommendation):
        refuse_reason(request, Act.ANSWER_RECOMMENDATION, f"recommendation {number} is not theirs to answer")
    return party, recommendation


def _add_deed(
    request: Request,
    party: Party,
    recommendation: Recommendation,
    deed_kind: Deed,
    deed_content: Mapping[str, object],
    faults: list[str],
    seen_facts: int | None,
    more_text: str = "",
) -> None:
    deed_fact = next_fact(request, party, recommendation, deed_kind, deed_content, seen_facts)
    if faults:
        raise Refusal("RCM-005", where=f"recommendation {recommendation.number}", faults=tuple(faults))
    with transaction():
        recommendation_facts.keep_facts([deed_fact])
        log_write(
            request,
            Act.ANSWER_RECOMMENDATION,
            outcome=f"done: recommendation {recommendation.number} {deed_kind.value}{more_text}",
        )


def _words_faults(words: str, words_title: str) -> list[str]:
    return [] if words.strip() else [f"{words_title} is missing"]


def _fault_of_post(post_name: str) -> list[str]:
    return (
        []
        if not post_name or post_name.replace("_", "").isalnum()
        else ["the kind of post is not written as in posts.csv"]
    )
