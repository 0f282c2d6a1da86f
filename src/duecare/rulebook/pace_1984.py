"""Duties under the Police and Criminal Evidence Act 1984 to children in custody."""

from __future__ import annotations

from datetime import date

from duecare.duty.allowance import Hours, LocalHours
from duecare.duty.condition import AgedAtLeast, DetailAmong, Either, Every
from duecare.duty.declaration import Duty, Episode, Fact, Recurs, Rule, Rung, Scope, Source, Standing, Who
from duecare.duty.finding import Authority

URL = "https://www.legislation.gov.uk/ukpga/1984/60"
CHILDREN = (Who("detainee", under=18),)
CUSTODY = Episode(opened_by=("custody_arrived",), closed_by=("custody_left",))

REVIEW = Duty(
    id="PACE-s40-review",
    says="Detention is reviewed within six hours of being authorised, and then at most every nine hours; a review put"
    " off for a recorded reason does not put off the next.",
    authority=Authority.STATUTE,
    source=Source("Police and Criminal Evidence Act 1984", "section 40(3) to (7)", URL, date(2026, 11, 25)),
    owed_by="custody_inspector",
    scope=Scope.EPISODE,
    who=CHILDREN,
    starts=((Fact("detention_authorised"),),),
    rules=(Rule("CU1", Hours(6), later=(("CU2", Hours(9)),)),),
    met_by=(Fact("detention_reviewed"),),
    episode=CUSTODY,
    recurs=Recurs.FROM_DUE,
    at_most=24,
    late_excused_by_detail=("postponed_reason", "CU4: the review was put off, and the reason was recorded"),
)

ACCOMMODATION = Duty(
    id="PACE-s38-accommodation",
    says="A child refused bail after charge is moved to local authority accommodation, unless a certificate says why"
    " not.",
    authority=Authority.STATUTE,
    source=Source("Police and Criminal Evidence Act 1984", "section 38(6) and (7)", URL, date(2026, 11, 25)),
    owed_by="custody_officer",
    scope=Scope.EPISODE,
    who=CHILDREN,
    starts=((Fact("bail_refused"),),),
    rules=(Rule("CU8", LocalHours("alert", 2)),),
    met_by=(Fact("accommodation_provided"),),
    standing=Standing(),
    excused_by=(
        Fact(
            "detention_certified",
            (Either((DetailAmong("ground", ("a",)), Every((DetailAmong("ground", ("b",)), AgedAtLeast(12))))),),
        ),
    ),
    attempted_by=(Fact("accommodation_requested"), Fact("accommodation_refused")),
    episode=CUSTODY,
    ladder=(Rung("custody_inspector"),),
    local=True,
)

DUTIES = (REVIEW, ACCOMMODATION)
