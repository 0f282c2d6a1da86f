"""The force's own duties on grading the risk to a missing child: never low, and always with a reason."""

from __future__ import annotations

from datetime import date

from duecare.duty.allowance import Hours
from duecare.duty.condition import Condition, DetailAmong, DetailGiven, Either, Every, RiskAmong
from duecare.duty.declaration import Duty, Episode, Fact, Rule, Rung, Scope, Source
from duecare.duty.finding import Authority
from duecare.rulebook.national.owed_to import MISSING_CHILD

READ_ON = date(2026, 11, 25)
MISSING = Episode(("missing_reported",), ("missing_returned", "missing_found"))
FOR_CHILDREN = ("high", "medium")
GRADED = Either((RiskAmong(FOR_CHILDREN), Every((RiskAmong(("",)), DetailAmong("risk", FOR_CHILDREN)))))


def _of_every_grade(duty_name: str, duty_says: str, source: Source, source_ref: str, holds: Condition) -> Duty:
    """A rule that every grade given to a missing child keeps: what breaks it stands until a grade that keeps it."""
    kept_fact = Fact("missing_graded", (holds,))
    return Duty(
        id=f"LOCAL-missing-{duty_name}",
        says=duty_says,
        authority=Authority.LOCAL,
        source=source,
        owed_by="duty_inspector",
        scope=Scope.EPISODE,
        who=MISSING_CHILD,
        starts=((Fact("missing_graded"),),),
        rules=(Rule(source_ref, Hours(0)),),
        met_by=(kept_fact,),
        ended_by=(kept_fact,),
        episode=MISSING,
        holds=True,
        ladder=(Rung("duty_inspector"), Rung("detective_inspector", 4)),
        local=True,
    )


NO_LOW_GRADE = _of_every_grade(
    "child-graded-medium-or-high",
    "A missing child is graded medium or high, never low or absent. An older policy had an absent category; the day it"
    " ended is not given by the source, so none is set here.",
    Source(
        "The force's own standard",
        "as reported of the Metropolitan Police",
        "https://www.canschools.co.uk/941/missing-children-and-police-action",
        READ_ON,
    ),
    "MI2",
    GRADED,
)

GRADE_WITH_REASON = _of_every_grade(
    "grade-with-reason",
    "A grade given to a missing child says why: a grade that nobody explains cannot be held against what is known of"
    " the child, as when a child known to be in danger was graded medium for being streetwise.",
    Source(
        "The force's own standard",
        "on the continuum of risk in the authorised professional practice",
        "https://www.college.police.uk/app/missing-persons/risk-identification-assessment-and-management",
        READ_ON,
    ),
    "MI1",
    DetailGiven("reason"),
)

DUTIES = (NO_LOW_GRADE, GRADE_WITH_REASON)
