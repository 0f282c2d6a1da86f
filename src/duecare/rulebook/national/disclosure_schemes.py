"""Sarah's law and Clare's law: how fast applications are checked and decided (CSODS and DVDS guidance)."""

from __future__ import annotations

from datetime import date, timedelta

from duecare.duty.allowance import CalendarDays, Hours, LocalDays
from duecare.duty.condition import OutcomeAmong
from duecare.duty.declaration import Duty, Fact, Rule, Scope, Source, Span
from duecare.duty.finding import Authority
from duecare.rulebook.national.owed_to import MASH_RUNGS

READ_ON = date(2026, 11, 25)
GUIDANCE = date(2023, 4, 1)
CHILD_SCHEME = ((Fact("disclosure_requested", (OutcomeAmong(("csods",)),)),),)
DECIDED = (Fact("disclosure_decided"), Fact("disclosure_made"))

CHECKED = Duty(
    id="CSODS-checks-24-hours",
    says="The first checks on an application under the child sex offender disclosure scheme are made within 24 hours,"
    " and whoever is at risk now is protected. Since the month of the guidance, April 2023.",
    authority=Authority.PROFESSIONAL_GUIDANCE,
    source=Source(
        "Child sex offender disclosure scheme, Home Office guidance (April 2023)",
        "initial checks, as told to applicants by Avon and Somerset Police",
        "https://staging.avonandsomerset.police.uk/request/child-sex-offender-disclosure-scheme-sarahs-law",
        READ_ON,
    ),
    owed_by="mash_lead",
    scope=Scope.CASE,
    starts=CHILD_SCHEME,
    rules=(Rule("CP13", Hours(24), in_force=Span(GUIDANCE)),),
    met_by=(Fact("disclosure_checked"),),
    ladder=MASH_RUNGS,
)

ENDED = Duty(
    id="CSODS-end-to-end",
    says="An application under the child sex offender disclosure scheme is decided. The sources conflict (28, 35 and 45"
    " days), so the number of days is the force's own.",
    authority=Authority.PROFESSIONAL_GUIDANCE,
    source=Source(
        "Child sex offender disclosure scheme",
        "the whole of an application: 45 days by this source, 28 in the guidance of 2023 as told by people of the field",
        "https://www.cambs.police.uk/information-and-services/Child-protection/Sarahs-Law",
        READ_ON,
        is_verified=False,
    ),
    owed_by="mash_lead",
    scope=Scope.CASE,
    starts=CHILD_SCHEME,
    rules=(Rule("CP14", LocalDays("end_to_end", 28)),),
    met_by=DECIDED,
    ladder=MASH_RUNGS,
    local=True,
)

DOMESTIC = Duty(
    id="DVDS-28-days",
    says="An application under the domestic violence disclosure scheme is decided within 28 days, before the present"
    " guidance within 35. The guidance bears April 2023 and no day: the first of that month is taken.",
    authority=Authority.STATUTORY_GUIDANCE,
    source=Source(
        "Domestic violence disclosure scheme, guidance under the Domestic Abuse Act 2021, section 77",
        "the whole of an application; the month is that of https://www.gov.uk/government/publications/"
        "domestic-violence-disclosure-scheme-pilot-guidance/domestic-violence-disclosure-scheme-accessible",
        "https://reducingtherisk.org.uk/"
        "newly-published-guidance-on-clares-law-domestic-violence-disclosure-scheme-dvds/",
        READ_ON,
    ),
    owed_by="mash_lead",
    scope=Scope.CASE,
    starts=((Fact("disclosure_requested", (OutcomeAmong(("dvds",)),)),),),
    rules=(
        Rule("CP15", CalendarDays(35), in_force=Span(None, GUIDANCE - timedelta(days=1))),
        Rule("CP15", CalendarDays(28), in_force=Span(GUIDANCE)),
    ),
    met_by=DECIDED,
    ladder=MASH_RUNGS,
)

DUTIES = (CHECKED, ENDED, DOMESTIC)
