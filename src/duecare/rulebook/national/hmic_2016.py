"""For every child detained, a report to children's services and support on release: HMIC, 25 November 2016."""

from __future__ import annotations

from datetime import date

from duecare.duty.allowance import LocalHours
from duecare.duty.declaration import Duty, Fact, Rule, Rung, Scope, Source, Span
from duecare.duty.finding import Authority
from duecare.rulebook.national.pace_1984 import CHILDREN_OF_THE_DAY

RECOMMENDATION = Source(
    "HMIC, Metropolitan Police Service: national child protection inspection, recommendation 6992 (25 November 2016)",
    "detention practice, with social care",
    "https://www.justiceinspectorates.gov.uk/hmicfrs/?recommendation-theme=partnership-working",
    date(2026, 11, 25),
)
SINCE = Span(date(2016, 11, 25), None)


def _for_every_child(duty_name: str, duty_says: str, start: str, number: str, met_by: str) -> Duty:
    """What is done for every child detained, by an hour that the force sets."""
    return Duty(
        id=f"HMIC2016-{duty_name}",
        says=f"{duty_says} The number of hours is the force's own.",
        authority=Authority.LOCAL,
        source=RECOMMENDATION,
        owed_by="custody_officer",
        scope=Scope.EPISODE,
        who=CHILDREN_OF_THE_DAY,
        starts=((Fact(start),),),
        rules=(Rule("CU20", LocalHours(number, 24), in_force=SINCE),),
        met_by=(Fact(met_by),),
        ladder=(Rung("custody_inspector"),),
        local=True,
    )


REPORT = _for_every_child(
    "report-every-detained-child",
    "A report of a child coming to notice is sent for every child detained.",
    "custody_arrived",
    "report",
    "merlin_submitted",
)
SUPPORT = _for_every_child(
    "support-on-release",
    "When a child leaves custody, support is considered and offered.",
    "custody_left",
    "support",
    "support_offered",
)

DUTIES = (REPORT, SUPPORT)
