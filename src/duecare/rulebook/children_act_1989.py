"""Duties under the Children Act 1989."""

from __future__ import annotations

from datetime import date

from duecare.duty.allowance import Hours
from duecare.duty.declaration import Duty, Episode, Fact, Rule, Rung, Scope, Source, Who
from duecare.duty.finding import Authority

POLICE_PROTECTION = Duty(
    id="CA1989-s46-72-hours",
    says="No child is kept in police protection for more than 72 hours.",
    authority=Authority.STATUTE,
    source=Source(
        "Children Act 1989",
        "section 46(6)",
        "https://legislation.gov.uk/id/ukpga/1989/41/section/46?timeline=false&view=plain",
        date(2026, 11, 25),
    ),
    owed_by="designated_officer",
    scope=Scope.EPISODE,
    who=(Who("child"),),
    starts=((Fact("police_protection_started"),),),
    rules=(Rule("CP1", Hours(72)),),
    met_by=(Fact("police_protection_ended"),),
    episode=Episode(opened_by=("police_protection_started",), closed_by=("police_protection_ended",)),
    ladder=(Rung("designated_officer", -24), Rung("designated_officer", -12), Rung("designated_officer", -4)),
)

DUTIES = (POLICE_PROTECTION,)
