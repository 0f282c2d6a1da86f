"""The register of recommendations: every one as it stands at a moment, one with its history, and the public's rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from duecare.access.act import Act
from duecare.access.may_open import scope
from duecare.access.thing import RECOMMENDATIONS
from duecare.assessment.rules_in_force import AssessmentContext
from duecare.authorisation.authorise import authorise, log_read
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.recommendation.late_recommendation import Holder, Rag, Standing, standing_of
from duecare.recommendation.public_register import public_rows
from duecare.recommendation.recommendation_at_moment import Recommendation, fold_recommendation
from duecare.recommendation.recommendation_fact import Deed, Party
from duecare.recommendation.recommendation_state import MOVE_BY_DEED, may_follow
from duecare.record.pole import CaseKey
from duecare.store.facts.fact_lookup import events_known
from duecare.store.ledger.opaque_ids import CASE_KIND, LedgerRef
from duecare.store.oversight import recommendation_facts
from duecare.use_cases.recommendations.figure_evidence import tells_of_children
from duecare.use_cases.recommendations.recommendation_access import answers_for, party_of
from duecare.use_cases.recommendations.recommendation_pages import Linked, RecommendationShown
from duecare.use_cases.recommendations.revisit_claims import every_known, tallies_of, with_harm
from duecare.visibility.case_scope import cases_in_scope
from duecare.visibility.figure_access import figure_access_of
from duecare.vocabulary.refusals import Refusal

_ORDER = {Rag.RED: 0, Rag.AMBER: 1, Rag.GREEN: 2, None: 3}


def read_recommendations(
    request: Request, config: Config, *, as_of: datetime | None = None, known_at: datetime | None = None
) -> tuple[RecommendationShown, ...]:
    """Every recommendation, those that are late first, then the oldest.

    Raises:  ACC-003 when the viewer may not see the register.
    """
    authorise(request, Act.READ_RECOMMENDATIONS, RECOMMENDATIONS)
    shown_register = [
        RecommendationShown(recommendation, standing)
        for recommendation, standing in _standing_of_all(config, as_of or request.now, known_at)
    ]
    log_read(request, Act.READ_RECOMMENDATIONS)
    return tuple(
        sorted(
            shown_register,
            key=lambda recommendation_shown: (
                _ORDER[recommendation_shown.how.rag],
                -(recommendation_shown.how.age_days or 0),
                recommendation_shown.one.number,
            ),
        )
    )


def read_recommendation(
    request: Request, config: Config, number: str, *, as_of: datetime | None = None, known_at: datetime | None = None
) -> RecommendationShown:
    """One recommendation with its history, its deadlines, its test and its evidence.

    Shape:   the cases behind its evidence are named only where the viewer may open them; of the others, how many there are.
    Raises:  ACC-003 when the viewer may not see the register; RCM-002 where it is not there, or was not yet.
    """
    authorise(request, Act.READ_RECOMMENDATIONS, RECOMMENDATIONS)
    as_of_moment = as_of or request.now
    recommendation = fold_recommendation(
        with_harm(recommendation_facts.facts_of(number), as_of_moment, known_at), as_of_moment, known_at
    )
    if recommendation is None:
        raise Refusal("RCM-002")
    context = AssessmentContext.at(config, as_of_moment, known_at)
    standing = standing_of(recommendation, as_of_moment, context.policy.chasing, _roster_holder(context))
    evidence, names = _linked_evidence(request, recommendation, as_of_moment, known_at)
    deeds_allowed = _allowed_deeds(request, recommendation) if as_of is None and known_at is None else frozenset[Deed]()
    log_read(request, Act.READ_RECOMMENDATIONS, names)
    tells = not tells_of_children(recommendation.test) or figure_access_of(request).everything
    return RecommendationShown(recommendation, standing, evidence, deeds_allowed, tells)


def public_register(config: Config, as_of: datetime) -> list[dict[str, object]]:
    """The register as the public may read it: for a step that has asked, or that publishes.

    Shape:   plain rows; posts, and never an account, an officer or a case.
    """
    return public_rows(_standing_of_all(config, as_of, None))


def _standing_of_all(
    config: Config, as_of: datetime, known_at: datetime | None
) -> Iterable[tuple[Recommendation, Standing]]:
    context = AssessmentContext.at(config, as_of, known_at)
    for facts in every_known(as_of, known_at).values():
        recommendation = fold_recommendation(facts, as_of, known_at)
        if recommendation is not None:
            yield recommendation, standing_of(recommendation, as_of, context.policy.chasing, _roster_holder(context))


def _roster_holder(context: AssessmentContext) -> Holder:
    return lambda post_kind, post_area, moment: context.roster.holder(
        post_kind, post_area, moment, context.policy.absence_grace
    )


def _linked_evidence(
    request: Request, recommendation: Recommendation, as_of: datetime, known_at: datetime | None
) -> tuple[tuple[Linked, ...], set[LedgerRef]]:
    tallies = iter(tallies_of(recommendation, as_of, known_at))
    linked_found: list[Linked] = []
    shown_cases: set[CaseKey] = set()
    for deed_fact in recommendation.of(Deed.EVIDENCED):
        evidence_kind = deed_fact.text("kind")
        if evidence_kind == "facts":
            cases, hidden = _cases_of_facts(request, deed_fact.said.get("facts"))
            linked_found.append(Linked(deed_fact, evidence_kind, cases, hidden))
        elif evidence_kind == "revisits":
            tally = next(tallies)
            scoped_cases = tuple(sorted(cases_in_scope(scope(request.viewer), tally.reopened, request.now)))
            linked_found.append(
                Linked(deed_fact, evidence_kind, scoped_cases, len(tally.reopened) - len(scoped_cases), tally)
            )
        else:
            linked_found.append(Linked(deed_fact, evidence_kind))
        shown_cases |= set(linked_found[-1].cases)
    return tuple(linked_found), {(CASE_KIND, case_key.source, case_key.case_ref) for case_key in shown_cases}


def _cases_of_facts(request: Request, facts_said: object) -> tuple[tuple[CaseKey, ...], int]:
    named_facts = (
        [str(fact_text).partition(":") for fact_text in facts_said] if isinstance(facts_said, list | tuple) else []
    )
    events = events_known([(source, event_id) for source, _, event_id in named_facts], None)
    cases = {event.case for event in events if event.case is not None}
    scoped_cases = tuple(sorted(cases_in_scope(scope(request.viewer), cases, request.now)))
    shown_count = sum(1 for event in events if event.case in scoped_cases)
    return scoped_cases, len(named_facts) - shown_count


def _allowed_deeds(request: Request, recommendation: Recommendation) -> frozenset[Deed]:
    """The deeds that this viewer may do to it now: the forms that a page offers; each use case asks again."""
    deeds_found = set()
    for deed_kind, deed_move in MOVE_BY_DEED.items():
        party = party_of(request.viewer, deed_move.act)
        if party is None or not may_follow(deed_kind, recommendation.state, has_test=recommendation.test is not None):
            continue
        if deed_move.act is Act.ANSWER_RECOMMENDATION:
            theirs = answers_for(request, party, recommendation) or (
                deed_kind is Deed.REPLIED and party is Party.MAYORS_OFFICE
            )
        elif deed_move.act is Act.VERIFY_RECOMMENDATION:
            claim = recommendation.claim
            theirs = claim is not None and claim.party is not party and claim.by != request.viewer.account
        else:
            theirs = deed_move.act is Act.MAKE_RECOMMENDATION and party is recommendation.made_by
        if theirs:
            deeds_found.add(deed_kind)
    return frozenset(deeds_found)
