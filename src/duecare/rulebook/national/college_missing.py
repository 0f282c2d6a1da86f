"""Missing children, College of Policing guidance: reviews of the search, and the prevention interview on return."""

from __future__ import annotations

from datetime import date

from duecare.duty.allowance import LocalHours, UntilDetail
from duecare.duty.declaration import Duty, Episode, Fact, Recurs, Rule, Rung, Scope, Source
from duecare.duty.finding import Authority
from duecare.rulebook.national.owed_to import MISSING_CHILD

TITLE = "Authorised professional practice: missing persons"
READ_ON = date(2026, 11, 25)
MISSING = Episode(("missing_reported",), ("missing_returned", "missing_found"))
RETURNED = Episode(("missing_reported",), ("missing_returned", "missing_found"), owed_after=True)

REVIEWED = Duty(
    id="APP-missing-review",
    says="While a child is missing, the risk and the actions are reviewed, each time by when the review before it said."
    " Where none said so, by the force's own hours: eight hours without any action was reported as a failing.",
    authority=Authority.PROFESSIONAL_GUIDANCE,
    source=Source(
        TITLE,
        "reviewing officers: the reviewer sets the next review date",
        "https://www.college.police.uk/app/major-investigation-and-public-protection/missing-persons/"
        "missing-persons-quick-reference-guides/reviewing-officers",
        READ_ON,
    ),
    owed_by="duty_inspector",
    scope=Scope.EPISODE,
    who=MISSING_CHILD,
    starts=((Fact("missing_reported"),),),
    rules=(Rule("MI3", UntilDetail("next_review_at", LocalHours("review", 8))),),
    met_by=(Fact("missing_reviewed"),),
    episode=MISSING,
    recurs=Recurs.FROM_DISCHARGE,
    at_most=200,
    ladder=(Rung("duty_inspector"), Rung("detective_inspector", 4), Rung("chief_officer_lead", 24)),
    local=True,
)

PREVENTION = Duty(
    id="APP-missing-prevention-interview",
    says="After every return the police see the child, to learn of harm and to prevent the next time. The guidance says"
    " as soon as possible; the hour at which it is late is the force's own.",
    authority=Authority.PROFESSIONAL_GUIDANCE,
    source=Source(
        TITLE,
        "prevention interview on return",
        "https://www.college.police.uk/app/missing-persons/risk-identification-assessment-and-management",
        READ_ON,
        is_verified=False,
    ),
    owed_by="duty_inspector",
    scope=Scope.EPISODE,
    who=MISSING_CHILD,
    starts=((Fact("missing_returned"),), (Fact("missing_found"),)),
    rules=(Rule("MI5", LocalHours("alert", 24)),),
    met_by=(Fact("prevention_interview_held"),),
    episode=RETURNED,
    ladder=(Rung("duty_inspector"), Rung("missing_coordinator", 24)),
    local=True,
)

DUTIES = (REVIEWED, PREVENTION)
