"""A girl in custody is in a woman's care: Children and Young Persons Act 1933 s.31."""

from __future__ import annotations

from datetime import date

from duecare.duty.allowance import LocalHours
from duecare.duty.condition import SubjectSex
from duecare.duty.declaration import Duty, Fact, Rule, Scope, Source
from duecare.duty.finding import Authority
from duecare.rulebook.national.pace_1984 import CHILDREN_OF_THE_DAY, CUSTODY, INSPECTOR

GIRL_IN_CARE_OF_A_WOMAN = Duty(
    id="CYPA1933-s31-woman-assigned",
    says="A girl under 18 is under the care of a named woman while she is detained. The Act says on arrival; the hour at"
    " which it is late is the force's own.",
    authority=Authority.STATUTE,
    source=Source(
        "Children and Young Persons Act 1933",
        "section 31",
        "https://www.legislation.gov.uk/ukpga/Geo5/23-24/12/section/31",
        date(2026, 11, 25),
        is_verified=False,
    ),
    owed_by="custody_officer",
    scope=Scope.EPISODE,
    who=CHILDREN_OF_THE_DAY,
    starts=((Fact("custody_arrived", (SubjectSex("F"),)),),),
    rules=(Rule("CU18", LocalHours("alert", 1)),),
    met_by=(Fact("woman_assigned"),),
    episode=CUSTODY,
    ladder=INSPECTOR,
    local=True,
)

DUTIES = (GIRL_IN_CARE_OF_A_WOMAN,)
