"""What the Children Act 1989 requires of a local authority for a child refused bail."""

from __future__ import annotations

from datetime import date

from duecare.duty.allowance import LocalHours
from duecare.duty.condition import DetailIs
from duecare.duty.declaration import Duty, Fact, Rule, Scope, Source, Standing
from duecare.duty.finding import Authority
from duecare.rulebook.national.pace_1984 import CHILDREN_OF_THE_DAY, CUSTODY, INSPECTOR

ACCEPT_REQUEST = Duty(
    id="CA1989-s21-accept-request",
    says="Asked to take a child refused bail, the local authority provides accommodation: for a place that need not be"
    " secure the duty is absolute, for a secure one it never is and nothing starts. The hour at which it is late is the"
    " force's own.",
    authority=Authority.STATUTE,
    source=Source(
        "Children Act 1989",
        "section 21(2)(b)",
        "https://appropriateadult.org.uk/policy/children-young-people/transfers-to-local-authority-accommodation",
        date(2026, 11, 25),
    ),
    owed_by="local_authority",
    scope=Scope.EPISODE,
    who=CHILDREN_OF_THE_DAY,
    starts=((Fact("accommodation_requested", (DetailIs("secure", False),)),),),
    rules=(Rule("CU14", LocalHours("alert", 2)),),
    met_by=(Fact("accommodation_provided"),),
    standing=Standing(),
    attempted_by=(Fact("accommodation_refused"),),
    episode=CUSTODY,
    ladder=INSPECTOR,
    local=True,
)

DUTIES = (ACCEPT_REQUEST,)
