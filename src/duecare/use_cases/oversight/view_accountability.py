"""Who is accountable for every duty, borough and recommendation on a day, and what is vacant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from duecare.access.act import Act
from duecare.access.thing import ACCOUNTABLE
from duecare.assessment.list_moment import list_moment
from duecare.authorisation.authorise import authorise, log_read
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.duty.accountable import Charge, Over, accountable_officer, plain_key
from duecare.duty.roster import Roster, plain_number
from duecare.recommendation.fact import Deed
from duecare.recommendation.folded import Recommendation, fold_recommendation
from duecare.rulebook.all_duties import all_duties
from duecare.rulebook.force_policy import read_policy
from duecare.store.facts.fact_lookup import sealed_cases
from duecare.store.facts.officer_roster import roster
from duecare.store.findings import assessment_runs
from duecare.store.oversight import accountable_posts as kept
from duecare.store.oversight import recommendation_facts
from duecare.visibility.accountability_pages import AccountableShown, Answerable
from duecare.visibility.sealed_filter import sealed_people
from duecare.vocabulary.moments import LONDON, london_day

AREA_POST = "bcu_lead"


def read_accountable(request: Request, config: Config, on: date | None = None) -> AccountableShown:
    """Who is accountable for what, on a day (today unless given)?

    Shape:   every duty of the rulebook, every area for which a post exists or in which a case lies, and every open
             recommendation, whether named or not: what nobody was named for is vacant too.
    Raises:  ACC-003 when the viewer may not see it.
    """
    authorise(request, Act.READ_ACCOUNTABLE, ACCOUNTABLE)
    shown = who_answers(request, config, on or request.now.astimezone(LONDON).date())
    log_read(request, Act.READ_ACCOUNTABLE)
    return shown


def who_answers(request: Request, config: Config, on: date, *, counted: bool = True) -> AccountableShown:
    """The same, for a step that has asked policy itself and writes its own line in the ledger; with what is late, or not."""
    officers, posts = roster(None)
    held, grace = Roster(officers, posts), read_policy(config.policy).absence_grace
    names = {plain_number(one.officer): one.name for one in officers if one.name}
    recommended = [one for one in _recommended(request.now) if one.is_open]
    charges, signed = (*_owning(recommended), *kept.charges()), kept.sign_offs()
    by_duty, by_area = _counts(request) if counted else (None, None)
    mine = plain_number(request.viewer.officer)

    def of(over: Over, key: str, says: str, counts: Mapping[str, tuple[int, int]] | None) -> Answerable:
        who = accountable_officer(charges, over, key, on, held, grace)
        late, still_open = (None, None) if counts is None else counts.get(plain_key(over, key), (0, 0))
        is_mine = bool(mine) and plain_number(who.officer) == mine
        return Answerable(
            who,
            says,
            names.get(plain_number(who.officer), ""),
            late,
            still_open,
            signed.get((over, plain_key(over, key))),
            is_mine,
        )

    every = [of(Over.DUTY, duty.id, duty.says, by_duty) for duty in all_duties()]
    every += [of(Over.AREA, area, "", by_area) for area in areas_of(post.area for post in posts)]
    every += [of(Over.RECOMMENDATION, one.number, one.title, None) for one in recommended]
    return AccountableShown(on, tuple(every))


def _recommended(at: datetime) -> Iterable[Recommendation]:
    folded = (fold_recommendation(facts, at) for facts in recommendation_facts.facts_by_number().values())
    return (one for one in folded if one is not None)


def _owning(recommended: Iterable[Recommendation]) -> tuple[Charge, ...]:
    """Whoever owns a recommendation in its register is accountable for it from that day, until another is named here."""
    return tuple(
        Charge(
            Over.RECOMMENDATION,
            one.number,
            fact.text("owner_post"),
            fact.text("owner_area"),
            london_day(fact.happened_at.earliest),
            fact.by,
            fact.noted_at,
        )
        for one in recommended
        for fact in one.of(Deed.MADE, Deed.OWNER_NAMED)
        if fact.text("owner_post") or fact.text("owner_officer")
    )


def areas_of(named: Iterable[str]) -> tuple[str, ...]:
    """Which areas are there, each once, as first written?"""
    found: dict[str, str] = {}
    for area in sorted(filter(None, named)):
        found.setdefault(plain_key(Over.AREA, area), area)
    return tuple(found.values())


def _counts(request: Request) -> tuple[Mapping[str, tuple[int, int]] | None, Mapping[str, tuple[int, int]] | None]:
    if Act.READ_LATE_NOW not in request.viewer.acts:
        return None, None
    run = assessment_runs.run_in_force()
    if run is None:
        return {}, {}
    cases, people = sealed_cases(), sealed_people()
    at = list_moment(run, request.now)
    counted = assessment_runs.counts_by_duty(run.pk, at, cases, people)
    by_duty = {plain_number(duty): counts for duty, counts in counted.items()}
    return by_duty, assessment_runs.counts_by_area(run.pk, at, cases, people)


def as_of(request: Request) -> datetime | None:
    """The moment as at which the counts stand; None before the first assessment."""
    run = assessment_runs.run_in_force()
    return list_moment(run, request.now) if run else None
