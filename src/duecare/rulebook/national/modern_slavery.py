"""Duties to a child who may be a victim of modern slavery: the national referral mechanism."""

from __future__ import annotations

from datetime import date

from duecare.duty.allowance import LocalHours, LocalWorkingDays
from duecare.duty.declaration import Duty, Fact, Rule, Scope, Source, Span
from duecare.duty.finding import Authority
from duecare.rulebook.national.owed_to import CHILD_OR_VICTIM, MASH_RUNGS, PARTNER

GUIDANCE_URL = (
    "https://www.gov.uk/government/publications/national-referral-mechanism-guidance-for-child-first-responders"
)
READ_ON = date(2026, 11, 25)
PASSED = date(2015, 3, 26)

REFERRED = Duty(
    id="MSA2015-nrm-referral",
    says="A child suspected to be a victim of modern slavery is referred to the national referral mechanism; a child's"
    " consent is not needed. No text sets an hour: the one at which it is late is the force's own. It counts"
    " from the day on which the Act was passed.",
    authority=Authority.STATUTE,
    source=Source(
        "Modern Slavery Act 2015, and guidance for child first responders",
        "duty of a first responder",
        GUIDANCE_URL,
        READ_ON,
        is_verified=False,
    ),
    owed_by="investigator",
    scope=Scope.CHILD,
    who=CHILD_OR_VICTIM,
    starts=((Fact("exploitation_suspected"),),),
    rules=(Rule("CP12", LocalHours("alert", 24), in_force=Span(PASSED)),),
    met_by=(Fact("nrm_referred"),),
    ladder=MASH_RUNGS,
    local=True,
)

DECIDED = Duty(
    id="NRM-reasonable-grounds",
    says="The competent authority decides within five working days of a referral whether there are reasonable grounds:"
    " a target, not a limit of the law.",
    authority=Authority.STATUTORY_GUIDANCE,
    source=Source(
        "National referral mechanism guidance", "reasonable-grounds decision", GUIDANCE_URL, READ_ON, is_verified=False
    ),
    owed_by="competent_authority",
    scope=Scope.CHILD,
    who=CHILD_OR_VICTIM,
    starts=((Fact("nrm_referred"),),),
    rules=(Rule("CP12", LocalWorkingDays("decision", 5)),),
    met_by=(Fact("nrm_decided"),),
    ladder=PARTNER,
    local=True,
)

DUTIES = (REFERRED, DECIDED)
