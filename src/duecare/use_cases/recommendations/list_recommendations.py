"""The register of recommendations: every one as it stands at a moment, one with its history, and the public's rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from duecare.access.act import Act
from duecare.access.scope import scope
from duecare.access.thing import RECOMMENDATIONS
from duecare.assessment.rules_in_force import AssessmentContext
from duecare.authorisation.authorise import authorise, log_read
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.recommendation.chase import Holder, Rag, Standing, standing_of
from duecare.recommendation.fact import Deed, Party
from duecare.recommendation.folded import Recommendation, fold_recommendation
from duecare.recommendation.public import public_rows
from duecare.recommendation.state import MOVE_BY_DEED, may_follow
from duecare.record.pole import CaseKey
from duecare.store.facts.fact_lookup import events_known
from duecare.store.ledger.opaque_ids import CASE, Name
from duecare.store.oversight import recommendation_facts
from duecare.use_cases.recommendations.figure_evidence import tells_of_children
from duecare.use_cases.recommendations.recommendation_pages import Linked, RecommendationShown
from duecare.use_cases.recommendations.recommendation_register import answers, party_of
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
    found = [RecommendationShown(one, how) for one, how in _standing(config, as_of or request.now, known_at)]
    log_read(request, Act.READ_RECOMMENDATIONS)
    return tuple(sorted(found, key=lambda shown: (_ORDER[shown.how.rag], -(shown.how.age_days or 0), shown.one.number)))


def read_recommendation(
    request: Request, config: Config, number: str, *, as_of: datetime | None = None, known_at: datetime | None = None
) -> RecommendationShown:
    """One recommendation with its history, its deadlines, its test and its evidence.

    Shape:   the cases behind its evidence are named only where the viewer may open them; of the others, how many there are.
    Raises:  ACC-003 when the viewer may not see the register; RCM-002 where it is not there, or was not yet.
    """
    authorise(request, Act.READ_RECOMMENDATIONS, RECOMMENDATIONS)
    at = as_of or request.now
    one = fold_recommendation(with_harm(recommendation_facts.facts_of(number), at, known_at), at, known_at)
    if one is None:
        raise Refusal("RCM-002")
    by = AssessmentContext.at(config, at, known_at)
    how = standing_of(one, at, by.policy.chasing, _holder(by))
    evidence, names = _evidence(request, one, at, known_at)
    may = _may(request, one) if as_of is None and known_at is None else frozenset[Deed]()
    log_read(request, Act.READ_RECOMMENDATIONS, names)
    tells = not tells_of_children(one.test) or figure_access_of(request).everything
    return RecommendationShown(one, how, evidence, may, tells)


def public_register(config: Config, as_of: datetime) -> list[dict[str, object]]:
    """The register as the public may read it: for a step that has asked, or that publishes.

    Shape:   plain rows; posts, and never an account, an officer or a case.
    """
    return public_rows(_standing(config, as_of, None))


def _standing(config: Config, as_of: datetime, known_at: datetime | None) -> Iterable[tuple[Recommendation, Standing]]:
    by = AssessmentContext.at(config, as_of, known_at)
    for facts in every_known(as_of, known_at).values():
        one = fold_recommendation(facts, as_of, known_at)
        if one is not None:
            yield one, standing_of(one, as_of, by.policy.chasing, _holder(by))


def _holder(by: AssessmentContext) -> Holder:
    return lambda kind, area, at: by.roster.holder(kind, area, at, by.policy.absence_grace)


def _evidence(
    request: Request, one: Recommendation, as_of: datetime, known_at: datetime | None
) -> tuple[tuple[Linked, ...], set[Name]]:
    tallies = iter(tallies_of(one, as_of, known_at))
    found: list[Linked] = []
    shown: set[CaseKey] = set()
    for fact in one.of(Deed.EVIDENCED):
        kind = fact.text("kind")
        if kind == "facts":
            cases, hidden = _cases_of_facts(request, fact.said.get("facts"))
            found.append(Linked(fact, kind, cases, hidden))
        elif kind == "revisits":
            tally = next(tallies)
            mine = tuple(sorted(cases_in_scope(scope(request.viewer), tally.reopened, request.now)))
            found.append(Linked(fact, kind, mine, len(tally.reopened) - len(mine), tally))
        else:
            found.append(Linked(fact, kind))
        shown |= set(found[-1].cases)
    return tuple(found), {(CASE, case.source, case.case_ref) for case in shown}


def _cases_of_facts(request: Request, said: object) -> tuple[tuple[CaseKey, ...], int]:
    named = [str(one).partition(":") for one in said] if isinstance(said, list | tuple) else []
    events = events_known([(source, key) for source, _, key in named], None)
    cases = {event.case for event in events if event.case is not None}
    mine = tuple(sorted(cases_in_scope(scope(request.viewer), cases, request.now)))
    shown = sum(1 for event in events if event.case in mine)
    return mine, len(named) - shown


def _may(request: Request, one: Recommendation) -> frozenset[Deed]:
    """Which deeds may this viewer do to it now? The forms that a page offers; each step asks again."""
    found = set()
    for deed, move in MOVE_BY_DEED.items():
        party = party_of(request.viewer, move.act)
        if party is None or not may_follow(deed, one.state, has_test=one.test is not None):
            continue
        if move.act is Act.ANSWER_RECOMMENDATION:
            theirs = answers(request, party, one) or (deed is Deed.REPLIED and party is Party.MAYORS_OFFICE)
        elif move.act is Act.VERIFY_RECOMMENDATION:
            claim = one.claim
            theirs = claim is not None and claim.party is not party and claim.by != request.viewer.account
        else:
            theirs = move.act is Act.MAKE_RECOMMENDATION and party is one.made_by
        if theirs:
            found.add(deed)
    return frozenset(found)
