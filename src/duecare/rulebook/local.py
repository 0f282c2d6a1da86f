"""The force's own duties: allocate an investigator, see the child, supervisor review, information read, image referral."""

from __future__ import annotations

from datetime import date

from duecare.duty.allowance import ByAgeInCase, ByTrigger, ByTriggerRisk, LocalDays, LocalHours
from duecare.duty.condition import Accredited, DetailAmong, Not
from duecare.duty.declaration import Duty, Fact, Recurs, Rule, Rung, Scope, Source, Standing
from duecare.duty.finding import Authority
from duecare.rulebook.national.owed_to import CHILD_OR_VICTIM, UP_THE_LINE

READ_ON = date(2026, 11, 25)
NO_CLOCK = "no national figure was found"
TRAINED = Accredited(
    (
        ("child_abuse_investigator", ("child_concern", "exploitation", "online", "s47_enquiry")),
        ("sex_offender_manager", ("offender",)),
    )
)

ALLOCATE_INVESTIGATOR = Duty(
    id="LOCAL-allocate-investigator",
    says="A named investigator is allocated to the case, and whenever nobody is left, another. One known to lack the"
    " accreditation that such a case needs (AL6) does not count.",
    authority=Authority.LOCAL,
    source=Source(
        "The force's own standard",
        "AL1, AL6; no national figure was found, and 17 days was reported as a failing",
        "https://www.aol.co.uk/2016/11/24/met-police-making-serious-errors-in-child-abuse-cases-inspect/",
        READ_ON,
    ),
    owed_by="supervisor",
    scope=Scope.CASE,
    starts=((Fact("concern_reported"), Fact("crime_recorded")),),
    once=True,
    rules=(Rule("AL1", ByAgeInCase(("child", "victim"), 18, LocalHours("child", 24), LocalHours("otherwise", 72))),),
    met_by=(Fact("investigator_allocated", (TRAINED,)),),
    attempted_by=(Fact("investigator_allocated", (Not(TRAINED),)),),
    standing=Standing(ended_by=(Fact("investigator_released"),), by_officer=True, restarts=True),
    ended_with_case=True,
    at_most=200,
    ladder=UP_THE_LINE,
    local=True,
)

SEE_THE_CHILD = Duty(
    id="LOCAL-see-the-child",
    says="The child is seen or spoken to, the sooner the graver the risk.",
    authority=Authority.LOCAL,
    source=Source(
        "The force's own standard",
        "AL2; no national figure was found, and 11 days was reported as a failing",
        "https://www.careappointments.co.uk/care-news/england/item/"
        "43382-watchdog-finds-significant-weaknesses-in-met-police-child-protection-investigations",
        READ_ON,
    ),
    owed_by="investigator",
    scope=Scope.CHILD,
    who=CHILD_OR_VICTIM,
    starts=((Fact("concern_reported"),), (Fact("crime_recorded"),)),
    rules=(
        Rule(
            "AL2",
            ByTriggerRisk(
                (
                    ("red", LocalHours("red", 1)),
                    ("amber", LocalHours("amber", 24)),
                    ("green", LocalHours("green", 72)),
                    ("blue", LocalHours("blue", 72)),
                ),
                LocalHours("amber", 24),
            ),
        ),
    ),
    met_by=(Fact("child_seen"), Fact("child_contacted")),
    attempted_by=(Fact("child_seen_attempted"),),
    ended_with_case=True,
    ladder=(Rung("supervisor"),),
    local=True,
)

SUPERVISOR_REVIEW = Duty(
    id="LOCAL-supervisor-review",
    says="A supervisor reviews the case within a day of the report, within a week of that, and then every 28 days.",
    authority=Authority.LOCAL,
    source=Source(
        "The force's own standard",
        f"AL3; {NO_CLOCK}, and weak supervision and drift were reported as failings",
        "https://www.careappointments.co.uk/care-news/england/item/"
        "43382-watchdog-finds-significant-weaknesses-in-met-police-child-protection-investigations",
        READ_ON,
    ),
    owed_by="supervisor",
    scope=Scope.CASE,
    starts=((Fact("concern_reported"), Fact("crime_recorded")),),
    once=True,
    rules=(
        Rule(
            "AL3",
            LocalHours("first", 24),
            later=(("AL3", LocalDays("second", 7)), ("AL3", LocalDays("later", 28))),
        ),
    ),
    met_by=(Fact("supervisor_reviewed"),),
    ended_with_case=True,
    recurs=Recurs.FROM_DISCHARGE,
    at_most=200,
    ladder=UP_THE_LINE,
    local=True,
)

INFORMATION_READ = Duty(
    id="LOCAL-information-read",
    says="What comes in about a child, by e-mail or from a partner, is read within the hour.",
    authority=Authority.LOCAL,
    source=Source(
        "The force's own standard",
        f"AL4; {NO_CLOCK}, and 14 hours unread was reported as a failing",
        "https://blackmereconsulting.com/mets-siloed-it-systems-putting-children-at-risk-report/",
        READ_ON,
    ),
    owed_by="supervisor",
    scope=Scope.CHILD,
    who=CHILD_OR_VICTIM,
    starts=((Fact("information_received"),),),
    rules=(Rule("AL4", LocalHours("child", 1)),),
    met_by=(Fact("information_read"), Fact("information_acted")),
    ladder=(Rung("supervisor"), Rung("duty_inspector", 1), Rung("detective_inspector", 4)),
    local=True,
)

IMAGES_ACTED_ON = Duty(
    id="LOCAL-image-referral",
    says="A referral about indecent images ends in an arrest or a warrant carried out, the sooner the higher its band."
    " The hours that forces set for the bands are not public: these are only a suggestion.",
    authority=Authority.LOCAL,
    source=Source(
        "The force's own standard",
        f"AL5; the bands are public, {NO_CLOCK}, and 96 days to a warrant was reported as a failing",
        "https://slideplayer.com./slide/13902239",
        READ_ON,
    ),
    owed_by="investigator",
    scope=Scope.CASE,
    starts=((Fact("image_referral_received"),),),
    rules=(
        Rule(
            "AL5",
            ByTrigger(
                (
                    ((DetailAmong("band", ("very_high",)),), LocalHours("very_high", 24)),
                    ((DetailAmong("band", ("high",)),), LocalDays("high", 7)),
                    ((DetailAmong("band", ("medium",)),), LocalDays("medium", 14)),
                    ((DetailAmong("band", ("low",)),), LocalDays("low", 30)),
                )
            ),
        ),
    ),
    met_by=(Fact("arrested"), Fact("warrant_executed")),
    attempted_by=(Fact("warrant_applied"),),
    ended_with_case=True,
    ladder=UP_THE_LINE,
    local=True,
)


def _referred_back(duty_name: str, duty_says: str, met_by: str, number: tuple[str, float]) -> Duty:
    """What a force does about a case that inspectors send back because a child is still at risk."""
    return Duty(
        id=f"LOCAL-referral-back-{duty_name}",
        says=f"A case that a grader refers back, because a child is still at risk, is {duty_says}.",
        authority=Authority.LOCAL,
        source=Source(
            "The force's own standard",
            "referral back; no response time has been published",
            "https://www.willispalmer.com/met-slammed-over-child-protection-failures/",
            READ_ON,
        ),
        owed_by="detective_inspector",
        scope=Scope.CASE,
        starts=((Fact("case_referred_back"),),),
        rules=(Rule("SC41", LocalHours(*number)),),
        met_by=(Fact(met_by),),
        ladder=(Rung("detective_inspector"), Rung("chief_officer_lead", 24)),
        local=True,
    )


REFERRAL_ACKNOWLEDGED = _referred_back("acknowledged", "acknowledged", "referral_acknowledged", ("acknowledged", 4))
REFERRAL_ACTIONED = _referred_back(
    "actioned", "acted on, and the action recorded", "referral_actioned", ("actioned", 24)
)

DUTIES = (
    ALLOCATE_INVESTIGATOR,
    SEE_THE_CHILD,
    SUPERVISOR_REVIEW,
    INFORMATION_READ,
    IMAGES_ACTED_ON,
    REFERRAL_ACKNOWLEDGED,
    REFERRAL_ACTIONED,
)
