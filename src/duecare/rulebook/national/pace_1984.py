"""Duties under the Police and Criminal Evidence Act 1984 to children in custody: reviews, limits, accommodation, court."""

from __future__ import annotations

from datetime import date

from duecare.duty.allowance import Hours, LocalHours, LocalWorkingDays, UntilDetail
from duecare.duty.condition import AgedAtLeast, DetailAmong, Either, Every, OutcomeAmong
from duecare.duty.declaration import During, Duty, Episode, Fact, Recurs, Rule, Rung, Scope, Source, Span, Standing, Who
from duecare.duty.finding import Authority

ACT_NAME = "Police and Criminal Evidence Act 1984"
ACT_URL = "https://www.legislation.gov.uk/ukpga/1984/60"
READ_ON = date(2026, 11, 25)
CHILDREN = (Who("detainee", under=18),)
CHILDREN_OF_THE_DAY = (
    Who("detainee", under=17, in_force=Span(None, date(2015, 10, 25))),
    Who("detainee", under=18, in_force=Span(date(2015, 10, 26), None)),
)
"""Who is a child in custody: 17-year-olds too since 26 October 2015 (CU12)."""
CUSTODY = Episode(opened_by=("custody_arrived",), closed_by=("custody_left",))
INSPECTOR = (Rung("custody_inspector"),)
OVERSIGHT = (*INSPECTOR, Rung("chief_officer_lead", 24))

SENIOR = (
    "superintendent",
    "detective_superintendent",
    "chief_superintendent",
    "detective_chief_superintendent",
    "commander",
    "deputy_assistant_commissioner",
    "assistant_commissioner",
    "deputy_commissioner",
    "commissioner",
    "assistant_chief_constable",
    "deputy_chief_constable",
    "chief_constable",
)
INSPECTORS = ("inspector", "detective_inspector", "chief_inspector", "detective_chief_inspector", *SENIOR)
CUSTODY_OFFICERS = ("custody_officer", "custody_sergeant", "sergeant", "detective_sergeant", *INSPECTORS)

REVIEW = Duty(
    id="PACE-s40-review",
    says="Detention is reviewed within six hours of being authorised, and then at most every nine hours; a review put"
    " off for a recorded reason does not put off the next.",
    authority=Authority.STATUTE,
    source=Source(ACT_NAME, "section 40(3) to (7)", ACT_URL, READ_ON),
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


def _reviewer_duty(review_when: str, duty_says: str, ranks: tuple[str, ...], during: During) -> Duty:
    """Who may review the detention of a child, before or after charge: each review by itself."""
    return Duty(
        id=f"PACE-s40-reviewer-{review_when}-charge",
        says=duty_says,
        authority=Authority.STATUTE,
        source=Source(ACT_NAME, "section 40(1)", ACT_URL, READ_ON),
        owed_by="custody_inspector",
        scope=Scope.EPISODE,
        who=CHILDREN_OF_THE_DAY,
        starts=((Fact("detention_reviewed"),),),
        rules=(Rule("CU3", Hours(0)),),
        met_by=(Fact("detention_reviewed", (DetailAmong("reviewer_rank", ranks),)),),
        ended_by=(Fact("detention_reviewed"),),
        episode=CUSTODY,
        holds=True,
        during=during,
        ladder=INSPECTOR,
    )


REVIEWER_BEFORE_CHARGE = _reviewer_duty(
    "before",
    "Before charge, detention is reviewed by an inspector or above. That the officer is not directly involved in the"
    " investigation is for a person to see.",
    INSPECTORS,
    During(begun_by=(Fact("detention_authorised"),), ended_by=(Fact("charged"), Fact("custody_left"))),
)
REVIEWER_AFTER_CHARGE = _reviewer_duty(
    "after",
    "After charge, detention is reviewed by a custody officer.",
    CUSTODY_OFFICERS,
    During(begun_by=(Fact("charged"),), ended_by=(Fact("custody_arrived"), Fact("custody_left"))),
)

ACCOMMODATION = Duty(
    id="PACE-s38-accommodation",
    says="A child refused bail after charge is moved to local authority accommodation, unless a certificate says why"
    " not.",
    authority=Authority.STATUTE,
    source=Source(ACT_NAME, "section 38(6) and (7)", ACT_URL, READ_ON),
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
    ladder=INSPECTOR,
    local=True,
)

TO_COURT = Fact("custody_left", (OutcomeAmong(("court",)),))

CERTIFICATE = Duty(
    id="PACE-s38-certificate-at-court",
    says="Where a child refused bail was kept in police detention, the certificate that says why is produced to the court"
    " before which the child is first brought.",
    authority=Authority.STATUTE,
    source=Source(ACT_NAME, "section 38(7)", ACT_URL, READ_ON),
    owed_by="custody_officer",
    scope=Scope.EPISODE,
    who=CHILDREN_OF_THE_DAY,
    starts=((Fact("court_appeared"),), (TO_COURT,)),
    once=True,
    rules=(Rule("CU9", Hours(0)),),
    met_by=(Fact("certificate_produced"),),
    standing=Standing(ended_by=(Fact("custody_arrived"),)),
    ended_by=tuple(
        Fact(event_kind) for event_kind in ("custody_arrived", "convicted", "acquitted", "no_further_action")
    ),
    during=During(begun_by=(Fact("bail_refused"),), ended_by=(Fact("accommodation_provided"), Fact("custody_arrived"))),
    ladder=OVERSIGHT,
)

FIRST_SITTING = Duty(
    id="PACE-s46-first-sitting",
    says="A child refused bail after charge is brought before the first sitting of the court: court_at of the refusal names"
    " it. Where nobody says when that is, the force's own number of working days counts.",
    authority=Authority.STATUTE,
    source=Source(ACT_NAME, "section 46(2)", ACT_URL, READ_ON),
    owed_by="custody_officer",
    scope=Scope.EPISODE,
    who=CHILDREN_OF_THE_DAY,
    starts=((Fact("bail_refused"),),),
    rules=(Rule("CU10", UntilDetail("court_at", LocalWorkingDays("first_sitting", 1))),),
    met_by=(Fact("court_appeared"), TO_COURT),
    ended_by=(Fact("custody_left", (OutcomeAmong(("bailed", "released")),)),),
    ladder=INSPECTOR,
    local=True,
)

DUTIES = (REVIEW, REVIEWER_BEFORE_CHARGE, REVIEWER_AFTER_CHARGE, ACCOMMODATION, CERTIFICATE, FIRST_SITTING)
