"""Duties under Working Together to Safeguard Children."""

from __future__ import annotations

from datetime import date

from duecare.duty.allowance import WorkingDays
from duecare.duty.condition import DetailIs, OutcomeAmong
from duecare.duty.declaration import Duty, Fact, Rule, Scope, Source, Who
from duecare.duty.finding import Authority

ICPC_IN_TIME = Duty(
    id="WT-icpc-15-working-days",
    says="An initial child protection conference is held within 15 working days of the strategy discussion that began"
    " the enquiry.",
    authority=Authority.STATUTORY_GUIDANCE,
    source=Source(
        "Working Together to Safeguard Children",
        "initial child protection conference, as given in the Lewisham procedures",
        "https://lewishamchildcare.proceduresonline.com/p_sec_47_enq.html",
        date(2026, 11, 25),
    ),
    owed_by="local_authority",
    scope=Scope.CHILD,
    who=(Who("child"),),
    starts=((Fact("strategy_discussion_held", (DetailIs("s47", True),)),),),
    rules=(Rule("CP4", WorkingDays(15)),),
    met_by=(Fact("conference_held", (OutcomeAmong(("initial",)),)),),
    excused_by=(Fact("s47_ended", (OutcomeAmong(("no_conference",)),)),),
)

DUTIES = (ICPC_IN_TIME,)
