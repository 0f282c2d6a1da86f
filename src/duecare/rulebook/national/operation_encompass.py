"""Duties under Operation Encompass: the school hears of domestic abuse before the child is next there."""

from __future__ import annotations

from datetime import date

from duecare.duty.allowance import BeforeSchoolDay, Hours
from duecare.duty.condition import AgedAtLeast, DetailAmong, DetailHas, Either, OutcomeAmong
from duecare.duty.declaration import Duty, Fact, Rule, Scope, Source, Span, Who
from duecare.duty.finding import Authority
from duecare.rulebook.national.owed_to import MASH_RUNGS

ARTICLE_URL = "https://www.hcrlaw.com/news-and-insights/operation-encompass-greater-awareness-and-consistency-needed"
READ_ON = date(2026, 11, 25)
PASSED = date(2024, 5, 24)
GUIDANCE = date(2025, 11, 1)
PUPIL = (Who("child", under=18), Who("victim", under=18))
IN_RECEPTION = AgedAtLeast(4)
SCHOOLS_BEGIN = 8 * 60 + 30
CONTENT = (
    "name",
    "date_of_birth",
    "reference",
    "happened",
    "place",
    "present",
    "voice",
    "others_present",
    "circumstances",
)
COMPLETE = Fact("school_notified", (Either((DetailHas("content", CONTENT), DetailAmong("content", ("complete",)))),))

SCHOOL_NOTIFIED = Duty(
    id="VPA2024-encompass-school-notified",
    says="The school or college of a child related to someone in a domestic abuse incident, present or not, is notified"
    " before the next school day begins, taken to be at 08:30 (of a child taught at home, the local authority's"
    " officer). From reception, taken to be the age of four, to 17. The Act itself says as soon as reasonably"
    " practicable; the source does not give the day on which it came into force, so it counts from the day it was passed.",
    authority=Authority.STATUTE,
    source=Source(
        "Victims and Prisoners Act 2024, and Home Office guidance on Operation Encompass (November 2025)",
        "notification of the school, as summarised by its source",
        ARTICLE_URL,
        READ_ON,
    ),
    owed_by="mash_lead",
    scope=Scope.CHILD,
    who=PUPIL,
    starts=((Fact("concern_reported", (DetailAmong("concern", ("domestic_abuse",)), IN_RECEPTION)),),),
    rules=(Rule("CP10", BeforeSchoolDay(SCHOOLS_BEGIN), in_force=Span(PASSED)),),
    met_by=(Fact("school_notified"), Fact("told", (OutcomeAmong(("school",)),))),
    ladder=MASH_RUNGS,
)

SCHOOL_TOLD_ALL = Duty(
    id="HO2025-encompass-content",
    says="What the school is told names the child and the birth date, the police reference, when and where it happened,"
    " whether the child was present and where, what the child said, who else was there, and the circumstances. Since the month of"
    " the guidance.",
    authority=Authority.STATUTORY_GUIDANCE,
    source=Source(
        "Home Office guidance on Operation Encompass (November 2025)",
        "content of the notification",
        ARTICLE_URL,
        READ_ON,
    ),
    owed_by="mash_lead",
    scope=Scope.CHILD,
    who=PUPIL,
    starts=((Fact("school_notified"),),),
    rules=(Rule("CP11", Hours(0), in_force=Span(GUIDANCE)),),
    met_by=(COMPLETE,),
    ended_by=(COMPLETE,),
    ended_with_case=True,
    holds=True,
    ladder=MASH_RUNGS,
)

DUTIES = (SCHOOL_NOTIFIED, SCHOOL_TOLD_ALL)
