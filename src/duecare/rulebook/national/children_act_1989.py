"""Police protection, Children Act 1989 s.46: 72 hours at most, and whom to tell and ask as soon as practicable."""

from __future__ import annotations

from datetime import date

from duecare.duty.allowance import Hours, LocalHours
from duecare.duty.condition import Condition, DetailGiven, DetailIs, Every, Not, OutcomeAmong
from duecare.duty.declaration import Duty, Episode, Fact, Rule, Rung, Scope, Source
from duecare.duty.finding import Authority
from duecare.rulebook.national.owed_to import CHILD

SECTION_URL = "https://legislation.gov.uk/id/ukpga/1989/41/section/46?timeline=false&view=plain"
READ_ON = date(2026, 11, 25)
TOO_YOUNG = Every((DetailGiven("understands"), DetailIs("understands", False)))
PROTECTED = Episode(opened_by=("police_protection_started",), closed_by=("police_protection_ended",))

POLICE_PROTECTION = Duty(
    id="CA1989-s46-72-hours",
    says="No child is kept in police protection for more than 72 hours.",
    authority=Authority.STATUTE,
    source=Source("Children Act 1989", "section 46(6)", SECTION_URL, READ_ON),
    owed_by="designated_officer",
    scope=Scope.EPISODE,
    who=CHILD,
    starts=((Fact("police_protection_started"),),),
    rules=(Rule("CP1", Hours(72)),),
    met_by=(Fact("police_protection_ended"),),
    episode=PROTECTED,
    ladder=(Rung("designated_officer", -24), Rung("designated_officer", -12), Rung("designated_officer", -4)),
)


def _as_soon_as_practicable(
    duty_name: str,
    duty_says: str,
    provision: str,
    met_by: tuple[Fact, ...],
    excused_by: tuple[Fact, ...] = (),
    where: tuple[Condition, ...] = (),
) -> Duty:
    """What section 46 wants done as soon as is reasonably practicable after a child is taken into police protection."""
    return Duty(
        id=f"CA1989-s46-{duty_name}",
        says=f"{duty_says} The Act says as soon as is reasonably practicable; the hour at which it is late is the force's own.",
        authority=Authority.STATUTE,
        source=Source("Children Act 1989", provision, SECTION_URL, READ_ON),
        owed_by="designated_officer",
        scope=Scope.EPISODE,
        who=CHILD,
        starts=((Fact("police_protection_started", where),),),
        rules=(Rule("CP2", LocalHours("alert", 1)),),
        met_by=met_by,
        excused_by=excused_by,
        episode=PROTECTED,
        ladder=(Rung("designated_officer"), Rung("duty_inspector", 1), Rung("detective_inspector", 4)),
        local=True,
    )


AUTHORITY_WHERE_FOUND = _as_soon_as_practicable(
    "tell-authority-where-found",
    "The local authority in whose area a child taken into police protection was found is told.",
    "section 46(3)",
    (Fact("told", (OutcomeAmong(("authority_found",)),)),),
)
AUTHORITY_OF_RESIDENCE = _as_soon_as_practicable(
    "tell-authority-of-residence",
    "The local authority in whose area a child taken into police protection ordinarily lives is told where the child is.",
    "section 46(3)",
    (Fact("told", (OutcomeAmong(("authority_resident",)),)),),
)
CHILD_TOLD = _as_soon_as_practicable(
    "tell-child",
    "A child taken into police protection is told what is being done and why, unless recorded as not able to understand.",
    "section 46(3)",
    (Fact("told", (OutcomeAmong(("child",)),)),),
    where=(Not(TOO_YOUNG),),
)
WISHES = _as_soon_as_practicable(
    "wishes-and-feelings",
    "The wishes and feelings of a child taken into police protection are found out; a child who does not want to say"
    " is not pressed.",
    "section 46(3)",
    (Fact("wishes_recorded"),),
    (Fact("child_declined"),),
)
INQUIRED = _as_soon_as_practicable(
    "inquired-by-designated-officer",
    "The case of a child taken into police protection is inquired into by the designated officer.",
    "section 46(3)",
    (Fact("protection_inquired"),),
)
PARENTS_TOLD = _as_soon_as_practicable(
    "tell-parents",
    "The parents of a child taken into police protection, or whoever had the care of the child, are told.",
    "section 46(4)",
    (Fact("told", (OutcomeAmong(("parent", "person_responsible")),)),),
)

DUTIES = (
    POLICE_PROTECTION,
    AUTHORITY_WHERE_FOUND,
    AUTHORITY_OF_RESIDENCE,
    CHILD_TOLD,
    WISHES,
    INQUIRED,
    PARENTS_TOLD,
)
