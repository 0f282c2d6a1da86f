"""Duties whose limit no national text sets: the force's own standards."""

from __future__ import annotations

from datetime import date

from duecare.duty.allowance import ByAgeInCase, ByTriggerRisk, LocalHours
from duecare.duty.declaration import Duty, Fact, Rule, Rung, Scope, Source, Standing, Who
from duecare.duty.finding import Authority

ALLOCATE_INVESTIGATOR = Duty(
    id="LOCAL-allocate-investigator",
    says="A named investigator is allocated to the case, and whenever nobody is left, another.",
    authority=Authority.LOCAL,
    source=Source(
        "The force's own standard",
        "AL1; no national figure was found, and 17 days was reported as a failing",
        "https://www.aol.co.uk/2016/11/24/met-police-making-serious-errors-in-child-abuse-cases-inspect/",
        date(2026, 11, 25),
    ),
    owed_by="supervisor",
    scope=Scope.CASE,
    starts=((Fact("concern_reported"), Fact("crime_recorded")),),
    once=True,
    rules=(Rule("AL1", ByAgeInCase(("child", "victim"), 18, LocalHours("child", 24), LocalHours("otherwise", 72))),),
    met_by=(Fact("investigator_allocated"),),
    standing=Standing(ended_by=(Fact("investigator_released"),), by_officer=True, restarts=True),
    ended_with_case=True,
    at_most=200,
    ladder=(Rung("supervisor"), Rung("detective_inspector", 24), Rung("chief_officer_lead", 72)),
    local=True,
)

SEE_THE_CHILD = Duty(
    id="LOCAL-see-the-child",
    says="The child is seen or spoken to, the sooner the graver the risk.",
    authority=Authority.LOCAL,
    source=Source(
        "The force's own standard",
        "AL2; no national figure was found, and 11 days was reported as a failing",
        "https://www.careappointments.co.uk/care-news/england/item/"
        "43382-watchdog-finds-significant-weaknesses-in-met-police-child-protection-investigations",
        date(2026, 11, 25),
    ),
    owed_by="investigator",
    scope=Scope.CHILD,
    who=(Who("child"), Who("victim", under=18)),
    starts=((Fact("concern_reported"),), (Fact("crime_recorded"),)),
    rules=(
        Rule(
            "AL2",
            ByTriggerRisk(
                (
                    ("red", LocalHours("red", 1)),
                    ("amber", LocalHours("amber", 24)),
                    ("green", LocalHours("green", 72)),
                    ("blue", LocalHours("blue", 72)),
                ),
                LocalHours("amber", 24),
            ),
        ),
    ),
    met_by=(Fact("child_seen"), Fact("child_contacted")),
    attempted_by=(Fact("child_seen_attempted"),),
    ended_with_case=True,
    ladder=(Rung("supervisor"),),
    local=True,
)

DUTIES = (ALLOCATE_INVESTIGATOR, SEE_THE_CHILD)
