"""No police station as a place of safety for a child: Mental Health Act 1983 s.136A."""

from __future__ import annotations

from datetime import date

from duecare.duty.allowance import Hours
from duecare.duty.condition import DetailAmong, IfKnown, KindAmong, Not
from duecare.duty.declaration import During, Duty, Fact, Rule, Scope, Source, Span
from duecare.duty.finding import Authority
from duecare.rulebook.national.pace_1984 import CHILDREN_OF_THE_DAY, CUSTODY, OVERSIGHT

SILENT_IS_NO = Not(KindAmong(("custody_arrived",)))
TO_A_STATION = Fact("custody_arrived", (IfKnown(DetailAmong("reason", ("s136",)), SILENT_IS_NO),))

NO_POLICE_STATION = Duty(
    id="MHA1983-s136A-no-police-station",
    says="No one under 18 is kept at a police station as a place of safety under section 135 or 136.",
    authority=Authority.STATUTE,
    source=Source(
        "Mental Health Act 1983",
        "section 136A, from 11 December 2017",
        "https://britishjournalofnursing.com/content/legal/"
        "use-of-a-police-station-as-a-place-of-safety-for-a-person-in-a-mental-health-crisis",
        date(2026, 11, 25),
        is_verified=False,
    ),
    owed_by="custody_officer",
    scope=Scope.EPISODE,
    who=CHILDREN_OF_THE_DAY,
    starts=((TO_A_STATION, Fact("detained_s136")),),
    rules=(Rule("CU19", Hours(0), in_force=Span(date(2017, 12, 11), None)),),
    met_by=(),
    episode=CUSTODY,
    holds=True,
    during=During(begun_by=(Fact("custody_arrived"),), ended_by=(Fact("custody_left"),)),
    ladder=OVERSIGHT,
)

DUTIES = (NO_POLICE_STATION,)
