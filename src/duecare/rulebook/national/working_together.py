"""Referrals, assessments, conferences, core groups, serious incidents: Working Together to Safeguard Children."""

from __future__ import annotations

from datetime import date

from duecare.duty.allowance import LocalMonths, LocalWorkingDays, WorkingDays
from duecare.duty.condition import DetailGiven, DetailIs, Either, Every, Not, OutcomeAmong
from duecare.duty.declaration import Duty, Fact, Recurs, Rule, Scope, Source
from duecare.duty.finding import Authority
from duecare.rulebook.national.owed_to import CHILD, CHILD_OR_VICTIM, PARTNER

TITLE = "Working Together to Safeguard Children"
LEWISHAM = "https://lewishamchildcare.proceduresonline.com/p_sec_47_enq.html"
READ_ON = date(2026, 11, 25)

NOTHING_MORE = Every((DetailGiven("no_further_action"), DetailIs("no_further_action", True)))

ICPC_IN_TIME = Duty(
    id="WT-icpc-15-working-days",
    says="An initial child protection conference is held within 15 working days of the strategy discussion that began"
    " the enquiry.",
    authority=Authority.STATUTORY_GUIDANCE,
    source=Source(TITLE, "initial child protection conference, as given in the Lewisham procedures", LEWISHAM, READ_ON),
    owed_by="local_authority",
    scope=Scope.CHILD,
    who=CHILD,
    starts=((Fact("strategy_discussion_held", (DetailIs("s47", True),)),),),
    rules=(Rule("CP4", WorkingDays(15)),),
    met_by=(Fact("conference_held", (OutcomeAmong(("initial",)),)),),
    excused_by=(Fact("s47_ended", (OutcomeAmong(("no_conference",)),)),),
)

ASSESSMENT = Duty(
    id="WT-assessment-45-working-days",
    says="A social-work assessment is completed within 45 working days of the referral; a referral on which the"
    " authority decides to take no further action needs none.",
    authority=Authority.STATUTORY_GUIDANCE,
    source=Source(TITLE, "assessment, as given in the Lewisham procedures", LEWISHAM, READ_ON),
    owed_by="local_authority",
    scope=Scope.CHILD,
    who=CHILD,
    starts=((Fact("referral_received", (Not(NOTHING_MORE),)),),),
    rules=(Rule("CP5", WorkingDays(45)),),
    met_by=(Fact("assessment_completed"),),
    excused_by=(Fact("referral_decided", (OutcomeAmong(("no_further_action",)),)),),
    ladder=PARTNER,
)

REFERRAL_DECIDED = Duty(
    id="WT-referral-decision",
    says="The local authority decides within a working day what it will do about a referral.",
    authority=Authority.STATUTORY_GUIDANCE,
    source=Source(TITLE, "decision on a referral", LEWISHAM, READ_ON, is_verified=False),
    owed_by="local_authority",
    scope=Scope.CHILD,
    who=CHILD,
    starts=((Fact("referral_received"),),),
    rules=(Rule("CP6", LocalWorkingDays("decision", 1)),),
    met_by=(Fact("referral_decided"),),
    ladder=PARTNER,
    local=True,
)

INITIAL = Fact(
    "conference_held",
    (OutcomeAmong(("initial",)), Either((Not(DetailGiven("plan")), DetailIs("plan", True)))),
)

CORE_GROUP = Duty(
    id="WT-core-group",
    says="The core group meets within ten working days of the initial child protection conference, unless that"
    " conference made no plan.",
    authority=Authority.STATUTORY_GUIDANCE,
    source=Source(TITLE, "core group", LEWISHAM, READ_ON, is_verified=False),
    owed_by="local_authority",
    scope=Scope.CHILD,
    who=CHILD,
    starts=((INITIAL,), (Fact("plan_started"),)),
    rules=(Rule("CP6", LocalWorkingDays("core_group", 10)),),
    met_by=(Fact("core_group_held"),),
    ended_by=(Fact("plan_ended"),),
    ladder=PARTNER,
    local=True,
)

REVIEW_CONFERENCE = Duty(
    id="WT-review-conference",
    says="A child protection plan is reviewed by a conference within three months of the initial one, and then every"
    " six months, while the plan lasts.",
    authority=Authority.STATUTORY_GUIDANCE,
    source=Source(TITLE, "review conference", LEWISHAM, READ_ON, is_verified=False),
    owed_by="local_authority",
    scope=Scope.CHILD,
    who=CHILD,
    starts=((INITIAL,), (Fact("plan_started"),)),
    rules=(Rule("CP6", LocalMonths("first_review", 3), later=(("CP6", LocalMonths("later_review", 6)),)),),
    met_by=(Fact("conference_held", (OutcomeAmong(("review",)),)),),
    ended_by=(Fact("plan_ended"),),
    recurs=Recurs.FROM_DISCHARGE,
    at_most=60,
    ladder=PARTNER,
    local=True,
)

PANEL = Duty(
    id="WT-serious-incident-5-working-days",
    says="The national panel is notified within five working days of the local authority knowing, or suspecting, that"
    " a child who was abused or neglected has died or been seriously harmed.",
    authority=Authority.STATUTORY_GUIDANCE,
    source=Source(
        TITLE,
        "serious incident notification, on the duty of the Children Act 2004, section 16C",
        "https://staffsscb.org.uk/serious-incident-notification-the-process/",
        READ_ON,
    ),
    owed_by="local_authority",
    scope=Scope.CHILD,
    who=CHILD_OR_VICTIM,
    starts=((Fact("serious_harm_known"),),),
    rules=(Rule("CP7", WorkingDays(5)),),
    met_by=(Fact("panel_notified"), Fact("told", (OutcomeAmong(("panel",)),))),
    ladder=PARTNER,
)

RAPID_REVIEW = Duty(
    id="WT-rapid-review-15-working-days",
    says="The safeguarding partners complete a rapid review within 15 working days of notifying the national panel.",
    authority=Authority.STATUTORY_GUIDANCE,
    source=Source(
        TITLE,
        "rapid review, as given by the Havering partnership",
        "https://safeguardinghavering.org.uk/childrenpartnership/safeguarding-practice-reviews/",
        READ_ON,
    ),
    owed_by="safeguarding_partners",
    scope=Scope.CHILD,
    who=CHILD_OR_VICTIM,
    starts=((Fact("panel_notified"),), (Fact("told", (OutcomeAmong(("panel",)),)),)),
    rules=(Rule("CP8", WorkingDays(15)),),
    met_by=(Fact("rapid_review_held"),),
    ladder=PARTNER,
)

DUTIES = (ICPC_IN_TIME, ASSESSMENT, REFERRAL_DECIDED, CORE_GROUP, REVIEW_CONFERENCE, PANEL, RAPID_REVIEW)
