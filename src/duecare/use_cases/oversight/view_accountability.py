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
from duecare.recommendation.recommendation_at_moment import Recommendation, fold_recommendation
from duecare.recommendation.recommendation_fact import Deed
from duecare.rulebook.all_duties import all_duties
from duecare.rulebook.force_policy import read_policy
from duecare.store.facts.fact_lookup import sealed_cases
from duecare.store.facts.officer_roster import known_roster
from duecare.store.findings import assessment_runs
from duecare.store.oversight import accountable_posts as kept
from duecare.store.oversight import recommendation_facts
from duecare.visibility.accountability_pages import AccountableShown, Answerable
from duecare.visibility.sealed_filter import sealed_people
from duecare.vocabulary.london_clock import LONDON, london_day

AREA_POST = "bcu_lead"


def read_accountable(request: Request, config: Config, on_day: date | None = None) -> AccountableShown:
    """Who is accountable for what, on a day (today unless given).

    Shape:   every duty of the rulebook, every area for which a post exists or in which a case lies, and every open
             recommendation, whether named or not: what nobody was named for is vacant too.
    Raises:  ACC-003 when the viewer may not see it.
    """
    authorise(request, Act.READ_ACCOUNTABLE, ACCOUNTABLE)
    accountable_page = who_answers(request, config, on_day or request.now.astimezone(LONDON).date())
    log_read(request, Act.READ_ACCOUNTABLE)
    return accountable_page


def who_answers(request: Request, config: Config, on_day: date, *, counted: bool = True) -> AccountableShown:
    """The same, for a step that has asked policy itself and writes its own line in the ledger; with what is late, or not."""
    officers, posts = known_roster(None)
    held_roster, grace = Roster(officers, posts), read_policy(config.policy).absence_grace
    names = {plain_number(officer_row.officer): officer_row.name for officer_row in officers if officer_row.name}
    recommended = [recommendation for recommendation in _folded_recommendations(request.now) if recommendation.is_open]
    charges, signed = (*_owning_charges(recommended), *kept.named_charges()), kept.sign_offs()
    by_duty, by_area = _finding_counts(request) if counted else (None, None)
    own_number = plain_number(request.viewer.officer)

    def accountable_of(
        charge_over: Over, charge_key: str, charge_title: str, counts: Mapping[str, tuple[int, int]] | None
    ) -> Answerable:
        officer_found = accountable_officer(charges, charge_over, charge_key, on_day, held_roster, grace)
        late_count, still_open = (
            (None, None) if counts is None else counts.get(plain_key(charge_over, charge_key), (0, 0))
        )
        is_mine = bool(own_number) and plain_number(officer_found.officer) == own_number
        return Answerable(
            officer_found,
            charge_title,
            names.get(plain_number(officer_found.officer), ""),
            late_count,
            still_open,
            signed.get((charge_over, plain_key(charge_over, charge_key))),
            is_mine,
        )

    every_charge = [accountable_of(Over.DUTY, duty_rule.id, duty_rule.says, by_duty) for duty_rule in all_duties()]
    every_charge += [
        accountable_of(Over.AREA, force_area, "", by_area)
        for force_area in areas_of(post_row.area for post_row in posts)
    ]
    every_charge += [
        accountable_of(Over.RECOMMENDATION, recommendation.number, recommendation.title, None)
        for recommendation in recommended
    ]
    return AccountableShown(on_day, tuple(every_charge))


def _folded_recommendations(as_of_moment: datetime) -> Iterable[Recommendation]:
    folded = (fold_recommendation(facts, as_of_moment) for facts in recommendation_facts.facts_by_number().values())
    return (recommendation for recommendation in folded if recommendation is not None)


def _owning_charges(recommended: Iterable[Recommendation]) -> tuple[Charge, ...]:
    """Whoever owns a recommendation in its register is accountable for it from that day, until another is named here."""
    return tuple(
        Charge(
            Over.RECOMMENDATION,
            recommendation.number,
            deed_fact.text("owner_post"),
            deed_fact.text("owner_area"),
            london_day(deed_fact.happened_at.earliest),
            deed_fact.by,
            deed_fact.noted_at,
        )
        for recommendation in recommended
        for deed_fact in recommendation.of(Deed.MADE, Deed.OWNER_NAMED)
        if deed_fact.text("owner_post") or deed_fact.text("owner_officer")
    )


def areas_of(area_names: Iterable[str]) -> tuple[str, ...]:
    """The areas named, each once, as first written."""
    areas_found: dict[str, str] = {}
    for force_area in sorted(filter(None, area_names)):
        areas_found.setdefault(plain_key(Over.AREA, force_area), force_area)
    return tuple(areas_found.values())


def _finding_counts(
    request: Request,
) -> tuple[Mapping[str, tuple[int, int]] | None, Mapping[str, tuple[int, int]] | None]:
    if Act.READ_LATE_NOW not in request.viewer.acts:
        return None, None
    assess_run = assessment_runs.run_in_force()
    if assess_run is None:
        return {}, {}
    cases, people = sealed_cases(), sealed_people()
    as_of_moment = list_moment(assess_run, request.now)
    counted = assessment_runs.counts_by_duty(assess_run.id, as_of_moment, cases, people)
    by_duty = {plain_number(duty_id): counts for duty_id, counts in counted.items()}
    return by_duty, assessment_runs.counts_by_area(assess_run.id, as_of_moment, cases, people)


def as_of(request: Request) -> datetime | None:
    """The moment as at which the counts stand; None before the first assessment."""
    assess_run = assessment_runs.run_in_force()
    return list_moment(assess_run, request.now) if assess_run else None
