"""Duties to children in custody under Code C, made under the Police and Criminal Evidence Act 1984."""

from __future__ import annotations

from duecare.duty.allowance import Hours, LocalHours
from duecare.duty.condition import DetailGiven, OutcomeAmong
from duecare.duty.declaration import Duty, Fact, Rule, Scope, Source
from duecare.duty.finding import Authority
from duecare.rulebook.national.pace_1984 import ACT_URL, CHILDREN_OF_THE_DAY, CUSTODY, INSPECTOR, READ_ON

CODE_NAME = "Police and Criminal Evidence Act 1984, Code C"
YOUTH = Source(
    CODE_NAME,
    "the appropriate adult and the person responsible for welfare are informed as soon as practicable",
    "https://www.policestationagent.com/youth-custody-rights",
    READ_ON,
)


def _informed_duty(duty_name: str, duty_says: str, met_by: tuple[Fact, ...]) -> Duty:
    """Who must be informed as soon as is practicable after a child arrives in custody."""
    return Duty(
        id=f"PACE-code-c-{duty_name}",
        says=f"{duty_says} The Code says as soon as practicable; the hour at which it is late is the force's own.",
        authority=Authority.PROFESSIONAL_GUIDANCE,
        source=YOUTH,
        owed_by="custody_officer",
        scope=Scope.EPISODE,
        who=CHILDREN_OF_THE_DAY,
        starts=((Fact("custody_arrived"),), (Fact("detention_authorised"),)),
        rules=(Rule("CU13", LocalHours("alert", 1)),),
        met_by=met_by,
        episode=CUSTODY,
        ladder=INSPECTOR,
        local=True,
    )


APPROPRIATE_ADULT = _informed_duty(
    "appropriate-adult",
    "An appropriate adult is asked to come to a child in custody.",
    (Fact("appropriate_adult_requested"), Fact("appropriate_adult_arrived")),
)
PERSON_RESPONSIBLE = _informed_duty(
    "person-responsible",
    "The person responsible for the welfare of a child in custody is told where the child is and why.",
    (Fact("told", (OutcomeAmong(("person_responsible", "parent")),)),),
)

CELL_DUTY = Duty(
    id="PACE-code-c-8-8-cell",
    says="A child is placed in a cell only where no other secure accommodation is available and supervision is not"
    " practicable, and the reason is in the custody record.",
    authority=Authority.STATUTE,
    source=Source(CODE_NAME, "paragraphs 8.8 and 8.10", ACT_URL, READ_ON, is_verified=False),
    owed_by="custody_officer",
    scope=Scope.EPISODE,
    who=CHILDREN_OF_THE_DAY,
    starts=((Fact("detainee_placed", (OutcomeAmong(("cell",)),)),),),
    rules=(Rule("CU17", Hours(0)),),
    met_by=(Fact("detainee_placed", (DetailGiven("reason"),)),),
    ended_by=(Fact("detainee_placed"),),
    episode=CUSTODY,
    holds=True,
    ladder=INSPECTOR,
)

DUTIES = (APPROPRIATE_ADULT, PERSON_RESPONSIBLE, CELL_DUTY)
