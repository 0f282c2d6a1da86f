"""The return interview after a child was missing: Department for Education guidance, January 2014."""

from __future__ import annotations

from datetime import date

from duecare.duty.allowance import Hours
from duecare.duty.condition import DetailIs
from duecare.duty.declaration import Duty, Episode, Fact, Rule, Rung, Scope, Source, Unsure, Who
from duecare.duty.finding import Authority

RETURN_INTERVIEW = Duty(
    id="DFE2014-return-interview",
    says="After every time missing, an independent return home interview is held within 72 hours of the return.",
    authority=Authority.STATUTORY_GUIDANCE,
    source=Source(
        "Statutory guidance on children who run away or go missing from home or care (January 2014)",
        "return home interviews, as measured in the study of 2023-24",
        "https://www.missingpeople.org.uk/the-delivery-of-return-interviews-across-england-2023-24",
        date(2026, 11, 25),
    ),
    owed_by="local_authority",
    scope=Scope.EPISODE,
    who=(Who("child", under=18, unsure=Unsure.CANNOT_TELL),),
    starts=((Fact("missing_returned"),), (Fact("missing_found"),)),
    rules=(Rule("MI4", Hours(72)),),
    met_by=(Fact("return_interview_held", (DetailIs("independent", True),)),),
    excused_by=(Fact("return_interview_declined"),),
    episode=Episode(("missing_reported",), ("missing_returned", "missing_found"), owed_after=True),
    ladder=(Rung("missing_coordinator"),),
)

DUTIES = (RETURN_INTERVIEW,)
