"""Visits to registered sex offenders by risk and plan, reactive management, ARMS assessment: national police guidance."""

from __future__ import annotations

from datetime import date

from duecare.duty.allowance import ByLatestPlan, ByLatestRisk, Hours, LocalDays, LocalHours, LocalMonths, Months
from duecare.duty.condition import Accredited, DetailAmong, IfKnown, KindAmong, Not, OutcomeAmong, RiskAmong
from duecare.duty.declaration import (
    Away,
    During,
    Duty,
    Fact,
    Recurs,
    Rule,
    Scope,
    Source,
    Span,
    Standing,
    Superseded,
    Who,
)
from duecare.duty.finding import Authority
from duecare.rulebook.national.owed_to import SUPERVISOR

READ_ON = date(2026, 11, 25)
PLANS_FROM = date(2017, 6, 29)
OFFENDER = (Who("offender"),)
ENDED = (Fact("registration_ended"),)
PRISON = Away(begins=(Fact("imprisoned"),), ends=(Fact("released_from_prison"),))

VISIT = Duty(
    id="NPCC-rso-visit",
    says="A registered sex offender is seen at home: until June 2017 by the risk assessed, since then by the plan made"
    " for each. A visit counts only when the person was seen.",
    authority=Authority.PROFESSIONAL_GUIDANCE,
    source=Source(
        "National Police Chiefs' Council, new approach to managing registered sex offenders (29 June 2017)",
        "visits by risk before that day, by the risk management plan since",
        "https://news.npcc.police.uk/releases/new-tailored-approach-to-managing-registered-sex-offenders-introduced",
        READ_ON,
    ),
    owed_by="offender_manager",
    scope=Scope.PERSON,
    who=OFFENDER,
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
    ended_by=ENDED,
    away=PRISON,
    recurs=Recurs.FROM_DISCHARGE,
    at_most=1000,
)

REACTIVE = Source(
    "National Police Chiefs' Council, reactive management of registered sex offenders (29 June 2017)",
    "assessed as low for at least three years; new intelligence or change triggers a review",
    "https://hmicfrs.justiceinspectorates.gov.uk/glossary/reactive-management/",
    READ_ON,
)

REACTIVE_ONLY_IF_LOW = Duty(
    id="NPCC-reactive-only-if-low",
    says="Only someone whose latest assessment is low is managed reactively, without home visits. That it has been low for"
    " three years is for a person to read in the assessments.",
    authority=Authority.PROFESSIONAL_GUIDANCE,
    source=REACTIVE,
    owed_by="offender_manager",
    scope=Scope.PERSON,
    who=OFFENDER,
    starts=((Fact("reactive_management_started"),),),
    rules=(Rule("RO9", Hours(0), in_force=Span(PLANS_FROM, None)),),
    met_by=(Fact("risk_assessed", (RiskAmong(("low",)),)),),
    standing=Standing(ended_by=(Fact("risk_assessed", (Not(RiskAmong(("low",))),)),)),
    ended_by=(Fact("reactive_management_ended"), *ENDED),
    ladder=SUPERVISOR,
)

REACTIVE_REVIEW = Duty(
    id="NPCC-reactive-review",
    says="New information about someone managed reactively, or a change, is reviewed; the review may bring visits back."
    " The number of days is the force's own.",
    authority=Authority.PROFESSIONAL_GUIDANCE,
    source=REACTIVE,
    owed_by="offender_manager",
    scope=Scope.PERSON,
    who=(Who("offender"), Who("suspect")),
    starts=((Fact("information_received"), Fact("concern_reported"), Fact("change_known")),),
    rules=(Rule("RO9", LocalDays("review", 7), in_force=Span(PLANS_FROM, None)),),
    met_by=(Fact("reactive_reviewed"), Fact("reactive_management_ended")),
    ended_by=ENDED,
    during=During(
        begun_by=(Fact("reactive_management_started"),), ended_by=(Fact("reactive_management_ended"), *ENDED)
    ),
    ladder=SUPERVISOR,
    local=True,
)

NEEDS = Accredited((("sex_offender_manager", ("offender",)),))

OFFENDER_MANAGER = Duty(
    id="NPCC-named-offender-manager",
    says="Every registered sex offender has a named manager who is accredited for it; whenever nobody is left, another is"
    " named. The number of hours is the force's own.",
    authority=Authority.PROFESSIONAL_GUIDANCE,
    source=Source(
        "College of Policing, managing sexual offenders and violent offenders",
        "managing public protection information: a named manager for each offender",
        "https://www.college.police.uk/app/major-investigation-and-public-protection/"
        "managing-sexual-offenders-and-violent-offenders/managing-public-protection-information",
        READ_ON,
    ),
    owed_by="supervisor",
    scope=Scope.PERSON,
    who=OFFENDER,
    starts=((Fact("offender_registered"),),),
    rules=(Rule("RO10", LocalHours("allocate", 72)),),
    met_by=(Fact("offender_manager_allocated", (NEEDS,)),),
    standing=Standing(ended_by=(Fact("offender_manager_released"),), by_officer=True, restarts=True),
    attempted_by=(Fact("offender_manager_allocated", (Not(NEEDS),)),),
    ended_by=ENDED,
    at_most=200,
    ladder=SUPERVISOR,
    local=True,
)

ARMS_ASSESSED = Fact("risk_assessed", (IfKnown(DetailAmong("tool", ("arms",)), KindAmong(("risk_assessed",))),))
ARMS_SOURCE = Source(
    "Active risk management system (ARMS) for registered sex offenders",
    "reassessment at least every 12 months or on change, as told by people of the field",
    "https://www.college.police.uk/app/major-investigation-and-public-protection/"
    "managing-sexual-offenders-and-violent-offenders/managing-public-protection-information",
    READ_ON,
    is_verified=False,
)

REASSESSMENT = Duty(
    id="ARMS-reassessment",
    says="The risk of a registered sex offender is assessed anew at least every 12 months; an assessment that names no tool"
    " counts.",
    authority=Authority.PROFESSIONAL_GUIDANCE,
    source=ARMS_SOURCE,
    owed_by="offender_manager",
    scope=Scope.PERSON,
    who=OFFENDER,
    starts=((ARMS_ASSESSED,), (Fact("offender_registered"),)),
    rules=(Rule("RO11", LocalMonths("reassess", 12)),),
    met_by=(ARMS_ASSESSED,),
    ended_by=ENDED,
    away=PRISON,
    recurs=Recurs.FROM_DISCHARGE,
    at_most=200,
    ladder=SUPERVISOR,
    local=True,
)

REASSESSMENT_ON_CHANGE = Duty(
    id="ARMS-reassessment-on-change",
    says="The risk of a registered sex offender is assessed anew when something changes; the number of days is the force's"
    " own.",
    authority=Authority.PROFESSIONAL_GUIDANCE,
    source=ARMS_SOURCE,
    owed_by="offender_manager",
    scope=Scope.PERSON,
    who=OFFENDER,
    starts=((Fact("change_known"),),),
    rules=(Rule("RO11", LocalDays("reassess", 28)),),
    met_by=(ARMS_ASSESSED,),
    ended_by=(Fact("imprisoned"), *ENDED),
    ladder=SUPERVISOR,
    local=True,
)

DUTIES = (
    VISIT,
    REACTIVE_ONLY_IF_LOW,
    REACTIVE_REVIEW,
    OFFENDER_MANAGER,
    REASSESSMENT,
    REASSESSMENT_ON_CHANGE,
)
