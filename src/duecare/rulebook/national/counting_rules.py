"""Recording a crime in time: Home Office Counting Rules for recorded crime."""

from __future__ import annotations

from datetime import date

from duecare.duty.allowance import LocalHours
from duecare.duty.condition import DetailGiven, DetailIs
from duecare.duty.declaration import Duty, Fact, Rule, Scope, Source
from duecare.duty.finding import Authority
from duecare.rulebook.national.owed_to import CHILD_OR_VICTIM, SUPERVISOR

CRIME_RECORDED = Duty(
    id="HOCR-record-crime",
    says="A report of a crime against a child is recorded as one, or the reason why it is none is recorded, within 24"
    " hours. The number is told by people of the field, and was larger before about 2015: it is the force's own.",
    authority=Authority.PROFESSIONAL_GUIDANCE,
    source=Source(
        "Home Office Counting Rules for recorded crime",
        "general rules: a report is a crime on the balance of probability, with no credible evidence to the contrary",
        "https://docslib.org/doc/8138175/crime-recording-general-rules",
        date(2026, 11, 25),
        is_verified=False,
    ),
    owed_by="supervisor",
    scope=Scope.CHILD,
    who=CHILD_OR_VICTIM,
    starts=((Fact("concern_reported", (DetailGiven("crime"), DetailIs("crime", True))),),),
    rules=(Rule("CP16", LocalHours("recording", 24)),),
    met_by=(Fact("crime_recorded"), Fact("crime_not_recorded")),
    ladder=SUPERVISOR,
    local=True,
)

DUTIES = (CRIME_RECORDED,)
