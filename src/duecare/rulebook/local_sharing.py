"""The force's own duties with partners: strategy discussions and meetings, hub (MASH) decisions, conferences attended."""

from __future__ import annotations

from datetime import date

from duecare.duty.allowance import ByTriggerRisk, Hours, LocalDays, LocalWorkingDays, OfficeHours
from duecare.duty.condition import DetailAmong, DetailGiven, DetailIs, Every, Not, OutcomeAmong, RiskAmong
from duecare.duty.declaration import Duty, Fact, Rule, Scope, Source
from duecare.duty.finding import Authority
from duecare.rulebook.national.owed_to import CHILD, CHILD_OR_VICTIM, MASH_RUNGS

LEWISHAM = "https://lewishamchildcare.proceduresonline.com/p_sec_47_enq.html"
SURREY = "https://www.accountabilityindex.uk/pfd/7272526/"
MISSED = "https://www.breakingnewstime.com/met-police-still-failing-on-child-protection-policies-report-finds/"
READ_ON = date(2026, 11, 25)

BY_TELEPHONE = Every((DetailGiven("by"), DetailAmong("by", ("telephone",))))
ATTENDED = DetailIs("police_attended", True)

STRATEGY_DISCUSSION = Duty(
    id="LOCAL-strategy-discussion",
    says="Where significant harm is suspected, a strategy discussion asked for is held on the same day.",
    authority=Authority.LOCAL,
    source=Source("London child protection procedures, as given by Lewisham", "strategy discussion", LEWISHAM, READ_ON),
    owed_by="local_authority",
    scope=Scope.CHILD,
    who=CHILD_OR_VICTIM,
    starts=((Fact("strategy_discussion_requested"),),),
    rules=(Rule("CP3", LocalDays("discussion", 0)),),
    met_by=(Fact("strategy_discussion_held"),),
    ladder=MASH_RUNGS,
    local=True,
)

MEETING_AFTER_TELEPHONE = Duty(
    id="LOCAL-strategy-meeting-after-telephone",
    says="An urgent strategy discussion by telephone is followed by a meeting of all agencies within five working days.",
    authority=Authority.LOCAL,
    source=Source("London child protection procedures, as given by Lewisham", "strategy discussion", LEWISHAM, READ_ON),
    owed_by="local_authority",
    scope=Scope.CHILD,
    who=CHILD_OR_VICTIM,
    starts=((Fact("strategy_discussion_held", (BY_TELEPHONE,)),),),
    rules=(Rule("CP3", LocalWorkingDays("meeting", 5)),),
    met_by=(Fact("strategy_discussion_held", (Not(BY_TELEPHONE),)),),
    ladder=MASH_RUNGS,
    local=True,
)

MASH_TRIAGE = Duty(
    id="LOCAL-mash-triage",
    says="A police notification is decided on in the multi-agency safeguarding hub: red within four hours of its office,"
    " running on past closing; amber, or not graded, within 24 hours; green within 72. A blue one is not shared.",
    authority=Authority.LOCAL,
    source=Source(
        "Surrey's times for the hub, as given in a report to a coroner", "red, amber, green", SURREY, READ_ON
    ),
    owed_by="mash_lead",
    scope=Scope.CASE,
    starts=((Fact("mash_received", (Not(RiskAmong(("blue",))),)),),),
    rules=(
        Rule(
            "CP9",
            ByTriggerRisk(
                (
                    ("red", OfficeHours("red", 4, runs_on=True)),
                    ("amber", OfficeHours("amber", 24, by_choice=True)),
                    ("green", OfficeHours("green", 72, by_choice=True)),
                ),
                OfficeHours("amber", 24, by_choice=True),
            ),
        ),
    ),
    met_by=(Fact("mash_decided"),),
    ladder=MASH_RUNGS,
    local=True,
)


def _attended_meeting(duty_name: str, meeting: str, event_kind: str, *where: OutcomeAmong) -> Duty:
    """That the police attend a meeting: a rule about the meeting itself, until they attend the next one."""
    attended = Fact(event_kind, (*where, ATTENDED))
    return Duty(
        id=f"LOCAL-police-attend-{duty_name}",
        says=f"The police attend {meeting} about a child.",
        authority=Authority.LOCAL,
        source=Source("The force's own standard", "a meeting missed was reported as a failing", MISSED, READ_ON),
        owed_by="detective_inspector",
        scope=Scope.CHILD,
        who=CHILD,
        starts=((Fact(event_kind, where),),),
        rules=(Rule("SC37", Hours(0)),),
        met_by=(attended,),
        ended_by=(attended,),
        ended_with_case=True,
        holds=True,
        ladder=MASH_RUNGS,
        local=True,
    )


ATTEND_DISCUSSION = _attended_meeting("strategy-discussion", "every strategy discussion", "strategy_discussion_held")
ATTEND_CONFERENCE = _attended_meeting(
    "conference",
    "every initial child protection conference",
    "conference_held",
    OutcomeAmong(("initial",)),
)

DUTIES = (STRATEGY_DISCUSSION, MEETING_AFTER_TELEPHONE, MASH_TRIAGE, ATTEND_DISCUSSION, ATTEND_CONFERENCE)
