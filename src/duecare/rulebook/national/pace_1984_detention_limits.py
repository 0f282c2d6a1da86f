"""How long a child may be detained without charge under the Police and Criminal Evidence Act 1984, from arrival."""

from __future__ import annotations

from duecare.duty.allowance import FromDetail, Hours
from duecare.duty.condition import DetailAmong, IfKnown, KindAmong, Not
from duecare.duty.declaration import Duty, Fact, Pause, Rule, Rung, Scope, Source
from duecare.duty.finding import Authority
from duecare.rulebook.national.pace_1984 import (
    ACT_NAME,
    ACT_URL,
    CHILDREN_OF_THE_DAY,
    CUSTODY,
    INSPECTOR,
    OVERSIGHT,
    READ_ON,
    SENIOR,
)

NOT_FOR_AN_OFFENCE = DetailAmong("reason", ("warrant", "breach", "s136"))
ARRIVED = Fact("custody_arrived", (IfKnown(Not(NOT_FOR_AN_OFFENCE), KindAmong(("custody_arrived",))),))
"""Arrived under arrest or to answer bail; an arrival without a reason is held to be under arrest."""


def _limit_duty(
    duty_name: str,
    source_ref: str,
    hours: int,
    duty_says: str,
    provision: str,
    ended_by: tuple[Fact, ...],
    *,
    is_verified: bool = True,
) -> Duty:
    """So many hours from the relevant time, less what was spent before bail; time in hospital stands still."""
    return Duty(
        id=f"PACE-{duty_name}-{hours}-hours",
        says=f"{duty_says} Hours of an earlier stay on the same matter count, the time on bail does not.",
        authority=Authority.STATUTE,
        source=Source(ACT_NAME, provision, ACT_URL, READ_ON, is_verified=is_verified),
        owed_by="custody_officer",
        scope=Scope.EPISODE,
        who=CHILDREN_OF_THE_DAY,
        starts=((ARRIVED,),),
        rules=(Rule(source_ref, FromDetail("relevant_time", Hours(hours), less_minutes="earlier_minutes")),),
        met_by=(Fact("charged"), Fact("custody_left")),
        ended_by=ended_by,
        episode=CUSTODY,
        pause=Pause(begins=(Fact("hospital_admitted"),), ends=(Fact("hospital_discharged"),)),
        ladder=(Rung("custody_inspector", -4), *OVERSIGHT, Rung("detective_superintendent")),
    )


LIMIT_24 = _limit_duty(
    "s41",
    "CU5",
    24,
    "A child is not held without charge for more than 24 hours from the relevant time, unless a superintendent has extended"
    " detention before then.",
    "section 41; bail and earlier custody by section 47(6)",
    (Fact("detention_extended"), Fact("further_detention_granted")),
)
LIMIT_36 = _limit_duty(
    "s42",
    "CU6",
    36,
    "Even extended, a child is not held without charge for more than 36 hours from the relevant time, unless a court has"
    " granted a warrant of further detention before then.",
    "section 42(1)",
    (Fact("further_detention_granted"),),
)
LIMIT_96 = _limit_duty(
    "s44",
    "CU7",
    96,
    "No child is held without charge for more than 96 hours from the relevant time, whatever warrants were granted.",
    "sections 43 and 44",
    (),
    is_verified=False,
)

EXTENDED_BY = Duty(
    id="PACE-s42-superintendent",
    says="Detention without charge past 24 hours is extended by a superintendent or above.",
    authority=Authority.STATUTE,
    source=Source(ACT_NAME, "section 42(1)", ACT_URL, READ_ON),
    owed_by="detective_superintendent",
    scope=Scope.EPISODE,
    who=CHILDREN_OF_THE_DAY,
    starts=((Fact("detention_extended"),),),
    rules=(Rule("CU6", Hours(0)),),
    met_by=(Fact("detention_extended", (DetailAmong("rank", SENIOR),)),),
    ended_by=(Fact("detention_extended"),),
    episode=CUSTODY,
    holds=True,
    ladder=INSPECTOR,
)

DUTIES = (LIMIT_24, LIMIT_36, LIMIT_96, EXTENDED_BY)
