"""The force's own duties while a suspect is under investigation: supervisor reviews, victim and suspect updated."""

from __future__ import annotations

from datetime import date

from duecare.duty.allowance import LocalDays
from duecare.duty.condition import OutcomeAmong
from duecare.duty.declaration import Duty, Fact, Recurs, Rule, Scope, Source
from duecare.duty.finding import Authority
from duecare.rulebook.national.owed_to import SUPERVISOR

OVER_FACTS = tuple(
    Fact(event_kind)
    for event_kind in (
        "charged",
        "cautioned",
        "no_further_action",
        "bailed",
        "suspect_eliminated",
        "convicted",
        "acquitted",
    )
)


def _while_under_investigation(duty_name: str, duty_says: str, owed_by: str, met_by: Fact) -> Duty:
    """What is done again and again while a suspect is released under investigation."""
    return Duty(
        id=f"LOCAL-rui-{duty_name}",
        says=f"{duty_says} The number of days is the force's own.",
        authority=Authority.LOCAL,
        source=Source(
            "The force's own standard",
            "AL10; no national figure was found for those released under investigation, as bail is given limits",
            "https://www.saunders.co.uk/news/recent-changes-to-police-bail-rules/",
            date(2026, 11, 25),
        ),
        owed_by=owed_by,
        scope=Scope.CASE,
        starts=((Fact("released_under_investigation"),),),
        rules=(Rule("AL10", LocalDays("every", 28)),),
        met_by=(met_by,),
        ended_by=OVER_FACTS,
        ended_with_case=True,
        recurs=Recurs.FROM_DISCHARGE,
        at_most=200,
        ladder=SUPERVISOR,
        local=True,
    )


REVIEW = _while_under_investigation(
    "supervisor-review",
    "A case whose suspect is released under investigation is reviewed by a supervisor.",
    "supervisor",
    Fact("supervisor_reviewed"),
)
VICTIM = _while_under_investigation(
    "victim-updated",
    "The victim is told how things stand while the suspect is released under investigation.",
    "investigator",
    Fact("victim_updated"),
)
SUSPECT = _while_under_investigation(
    "suspect-updated",
    "The suspect released under investigation is told how things stand.",
    "investigator",
    Fact("told", (OutcomeAmong(("suspect",)),)),
)

DUTIES = (REVIEW, VICTIM, SUSPECT)
