"""Duties about bail before charge, under the Police and Criminal Evidence Act 1984 as it stood on the day of the arrest."""

from __future__ import annotations

from datetime import date

from duecare.duty.allowance import CalendarDays, Hours, MonthsFromNextDay, UntilDetail
from duecare.duty.condition import DetailGiven
from duecare.duty.declaration import During, Duty, Fact, Recurs, Rule, Rung, Scope, Source, Span, Standing, Who
from duecare.duty.finding import Authority
from duecare.rulebook.national.owed_to import SUPERVISOR
from duecare.rulebook.national.pace_1984 import ACT_NAME, READ_ON

CONCLUDED = tuple(
    Fact(event_kind) for event_kind in ("charged", "cautioned", "no_further_action", "convicted", "acquitted")
)
INVESTIGATED = During(
    begun_by=(Fact("arrested"), Fact("custody_arrived"), Fact("suspect_identified")),
    ended_by=(*CONCLUDED, Fact("suspect_eliminated")),
)
BY_COURT = ("AL8", UntilDetail("until"))

BAIL_PERIOD = Duty(
    id="PACE-s47ZB-bail-period",
    says="Bail before charge is extended by an officer of the rank the Act names, then by a court, or ended, before it runs"
    " out; when it lapses, so do the conditions that protect a child. The limits follow the day of the arrest, and count"
    " from the day after it: before 3 April 2017 there is none.",
    authority=Authority.STATUTE,
    source=Source(
        ACT_NAME,
        "section 47ZB, and section 45(3)(a) of the Police, Crime, Sentencing and Courts Act 2022",
        "https://www.legislation.gov.uk/ukpga/2022/32/part/2/chapter/4/crossheading/precharge-bail?view=plain",
        READ_ON,
    ),
    owed_by="investigator",
    scope=Scope.PERSON,
    who=(Who("suspect"), Who("detainee"), Who("offender")),
    starts=((Fact("bailed"),),),
    rules=(
        Rule(
            "AL8",
            CalendarDays(28),
            in_force=Span(date(2017, 4, 3), date(2022, 10, 27)),
            later=(("AL8", MonthsFromNextDay(3)), BY_COURT),
        ),
        Rule(
            "AL8",
            MonthsFromNextDay(3),
            in_force=Span(date(2022, 10, 28), None),
            later=(("AL8", MonthsFromNextDay(6)), ("AL8", MonthsFromNextDay(9)), BY_COURT),
        ),
    ),
    met_by=(Fact("bail_extended"),),
    ended_by=(
        Fact("bail_ended"),
        Fact("released_under_investigation"),
        Fact("suspect_eliminated"),
        *CONCLUDED,
    ),
    recurs=Recurs.FROM_DISCHARGE,
    at_most=50,
    during=INVESTIGATED,
    dated_by=(Fact("arrested"),),
    ladder=(Rung("supervisor", -72), Rung("supervisor"), Rung("detective_inspector")),
)

VIEWS_BEFORE_CONDITIONS = Duty(
    id="PACE-bail-victims-views",
    says="The victim's views are sought before conditions of bail before charge are set or varied.",
    authority=Authority.STATUTE,
    source=Source(
        "Pre-charge bail: statutory guidance, under the Police and Criminal Evidence Act 1984",
        "seeking the views of victims",
        "https://gov.uk/government/publications/pre-charge-bail-statutory-guidance/"
        "pre-charge-bail-statutory-guidance-accessible",
        READ_ON,
    ),
    owed_by="investigator",
    scope=Scope.CASE,
    starts=((Fact("bailed", (DetailGiven("conditions"),)), Fact("bail_varied")),),
    rules=(Rule("AL9", Hours(0), in_force=Span(date(2022, 10, 28), None)),),
    met_by=(Fact("victim_wishes"),),
    standing=Standing(ended_by=(Fact("bail_ended"),)),
    ended_by=(Fact("bail_varied"), Fact("bail_ended"), *CONCLUDED),
    ended_with_case=True,
    during=INVESTIGATED,
    ladder=SUPERVISOR,
)

DUTIES = (BAIL_PERIOD, VIEWS_BEFORE_CONDITIONS)
