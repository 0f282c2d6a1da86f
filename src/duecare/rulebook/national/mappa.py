"""How often agencies meet about an offender managed at MAPPA level 2 or 3: guidance on public protection arrangements."""

from __future__ import annotations

from datetime import date

from duecare.duty.allowance import LocalDays
from duecare.duty.condition import DetailAmong, Not
from duecare.duty.declaration import Duty, Fact, Recurs, Rule, Scope, Source, Who
from duecare.duty.finding import Authority
from duecare.rulebook.national.owed_to import SUPERVISOR


def _meetings_duty(level: str, suggested: int, duty_says: str) -> Duty:
    """Meetings about an offender managed at this level."""
    at_level = DetailAmong("level", (level,))
    return Duty(
        id=f"MAPPA-level-{level}-meeting",
        says=f"While someone is managed at level {level}, the agencies meet every {duty_says}, as told by people of the field;"
        " the number of days is the force's own.",
        authority=Authority.STATUTORY_GUIDANCE,
        source=Source(
            "Multi-agency public protection arrangements",
            f"level {level}: the interval between meetings",
            "https://norfolkmappa.org.uk/how-are-mappa-offenders-managed/",
            date(2026, 11, 25),
            is_verified=False,
        ),
        owed_by="offender_manager",
        scope=Scope.PERSON,
        who=(Who("offender"),),
        starts=((Fact("mappa_level_set", (at_level,)),),),
        rules=(Rule("RO12", LocalDays("meet", suggested)),),
        met_by=(Fact("mappa_meeting_held"),),
        ended_by=(Fact("mappa_level_set", (Not(at_level),)), Fact("registration_ended")),
        recurs=Recurs.FROM_DISCHARGE,
        at_most=500,
        ladder=SUPERVISOR,
        local=True,
    )


LEVEL_2 = _meetings_duty("2", 84, "8 to 12 weeks")
LEVEL_3 = _meetings_duty("3", 42, "4 to 6 weeks")

DUTIES = (LEVEL_2, LEVEL_3)
