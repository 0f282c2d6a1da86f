"""Telling victims of each step and of progress: Code of Practice for Victims of Crime."""

from __future__ import annotations

from datetime import date

from duecare.duty.allowance import ByAgeInCase, LocalDays, WorkingDays
from duecare.duty.condition import CaseKindAmong, Not
from duecare.duty.declaration import Duty, Fact, Recurs, Rule, Scope, Source
from duecare.duty.finding import Authority
from duecare.rulebook.national.owed_to import SUPERVISOR

TITLE = "Code of Practice for Victims of Crime"
CODE_URL = "https://brainscape.com/flashcards/victims-code-11660862/packs/20501876"
READ_ON = date(2026, 11, 25)
STEPS = (
    "arrested",
    "bailed",
    "bail_extended",
    "bail_varied",
    "bail_ended",
    "released_under_investigation",
    "charged",
    "cautioned",
    "no_further_action",
)

UPDATED = Duty(
    id="VCOP-victim-told-of-step",
    says="The victim is told that a suspect was arrested, bailed, charged or released, or that nothing more will be"
    " done: within one working day where a child is a victim, else within five. A custody record is no case with a"
    " victim; the step is taken from the record of the crime.",
    authority=Authority.STATUTORY_GUIDANCE,
    source=Source(
        TITLE, "updates to victims, enhanced rights of under-18s, as given by a training text", CODE_URL, READ_ON
    ),
    owed_by="investigator",
    scope=Scope.CASE,
    starts=(tuple(Fact(event_kind, (Not(CaseKindAmong(("custody",))),)) for event_kind in STEPS),),
    rules=(Rule("CP17", ByAgeInCase(("child", "victim"), 18, WorkingDays(1), WorkingDays(5))),),
    met_by=(Fact("victim_updated"),),
    ladder=SUPERVISOR,
)

PROGRESS = Duty(
    id="VCOP-progress-every-28-days",
    says="While the case is open the victim hears at least every 28 days how it goes, even that nothing is new. The"
    " number is a common local standard.",
    authority=Authority.LOCAL,
    source=Source(TITLE, "progress updates, as given by a training text", CODE_URL, READ_ON),
    owed_by="investigator",
    scope=Scope.CASE,
    starts=((Fact("crime_recorded"), Fact("victim_updated")),),
    rules=(Rule("CP18", LocalDays("every", 28)),),
    met_by=(Fact("victim_updated"),),
    ended_with_case=True,
    recurs=Recurs.FROM_DISCHARGE,
    at_most=200,
    ladder=SUPERVISOR,
    local=True,
)

DUTIES = (UPDATED, PROGRESS)
