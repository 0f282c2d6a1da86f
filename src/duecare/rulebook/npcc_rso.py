"""Duties under the National Police Chiefs' Council's guidance on registered sex offenders."""

from __future__ import annotations

from datetime import date

from duecare.duty.allowance import ByLatestPlan, ByLatestRisk, Months
from duecare.duty.condition import OutcomeAmong
from duecare.duty.declaration import Away, Duty, Fact, Recurs, Rule, Scope, Source, Span, Superseded, Who
from duecare.duty.finding import Authority

PLANS_FROM = date(2017, 6, 29)

VISIT = Duty(
    id="NPCC-rso-visit",
    says="A registered sex offender is seen at home: until June 2017 by the risk assessed, since then by the plan made"
    " for each. A visit counts only when the person was seen.",
    authority=Authority.PROFESSIONAL_GUIDANCE,
    source=Source(
        "National Police Chiefs' Council, new approach to managing registered sex offenders (29 June 2017)",
        "visits by risk before that day, by the risk management plan since",
        "https://news.npcc.police.uk/releases/new-tailored-approach-to-managing-registered-sex-offenders-introduced",
        date(2026, 11, 25),
    ),
    owed_by="offender_manager",
    scope=Scope.PERSON,
    who=(Who("offender"),),
    starts=((Fact("offender_registered"),),),
    rules=(
        Rule(
            "RO7",
            ByLatestRisk(
                "risk_assessed",
                (("very_high", Months(1)), ("high", Months(3)), ("medium", Months(6)), ("low", Months(12))),
            ),
            in_force=Span(None, date(2017, 6, 28)),
            superseded=Superseded(Fact("visit_plan_set"), PLANS_FROM),
        ),
        Rule("RO8", ByLatestPlan("visit_plan_set", "every"), in_force=Span(PLANS_FROM, None)),
    ),
    met_by=(Fact("visit", (OutcomeAmong(("seen",)),)),),
    attempted_by=(Fact("visit", (OutcomeAmong(("not_seen",)),)),),
    ended_by=(Fact("registration_ended"),),
    away=Away(begins=(Fact("imprisoned"),), ends=(Fact("released_from_prison"),)),
    recurs=Recurs.FROM_DISCHARGE,
    at_most=1000,
)

DUTIES = (VISIT,)
