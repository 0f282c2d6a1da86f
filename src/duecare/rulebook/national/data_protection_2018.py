"""Reporting a personal data breach to the Commissioner within 72 hours: Data Protection Act 2018 s.67."""

from __future__ import annotations

from datetime import date

from duecare.duty.allowance import Hours
from duecare.duty.declaration import Duty, Fact, Rule, Rung, Scope, Source, Span
from duecare.duty.finding import Authority

BREACH_REPORTED = Duty(
    id="DPA2018-s67-breach-72-hours",
    says="A personal data breach is reported to the Information Commissioner within 72 hours of the force becoming aware"
    " of it, where feasible; a later report gives the reasons. It counts from the day on which the Act was"
    " passed.",
    authority=Authority.STATUTE,
    source=Source(
        "Data Protection Act 2018",
        "section 67",
        "https://www.legislation.gov.uk/ukpga/2018/12/section/67",
        date(2026, 11, 25),
    ),
    owed_by="data_protection_officer",
    scope=Scope.CASE,
    starts=((Fact("data_breach_known"),),),
    rules=(Rule("AL7", Hours(72), in_force=Span(date(2018, 5, 23))),),
    met_by=(Fact("data_breach_reported"),),
    late_excused_by_detail=("reason", "AL7: reported late, and the reasons were given"),
    ladder=(
        Rung("data_protection_officer", -24),
        Rung("data_protection_officer"),
        Rung("chief_officer_lead", 24),
    ),
)

DUTIES = (BREACH_REPORTED,)
