"""What a registered sex offender notifies, and by when: Sexual Offences Act 2003, Part 2."""

from __future__ import annotations

from datetime import date

from duecare.duty.allowance import ByTrigger, CalendarDays, FromDetail, Hours, Months, UntilDetail
from duecare.duty.condition import DetailGiven, KindAmong, OutcomeAmong
from duecare.duty.declaration import Away, During, Duty, Fact, Recurs, Rule, Scope, Source, Standing, Who
from duecare.duty.finding import Authority
from duecare.rulebook.national.owed_to import SUPERVISOR
from duecare.rulebook.national.sexual_offences_2003_periods import PERIOD, STARTS_A_PERIOD

ACT_NAME = "Sexual Offences Act 2003"
ACT_URL = "https://www.legislation.gov.uk/ukpga/2003/42"
REGULATIONS = "Sexual Offences Act 2003 (Notification Requirements) (England and Wales) Regulations 2012, SI 2012/1876"
REGULATIONS_URL = (
    "https://gov.uk/government/publications/"
    "sexual-offences-act-2003-notification-requirements-england-and-wales-regulations-2012"
)
READ_ON = date(2026, 11, 25)

OFFENDER = (Who("offender"),)
THREE_DAYS = CalendarDays(3, beginning_with=True)
SIX_DAYS = CalendarDays(6, beginning_with=True)
INITIAL = Fact("notification_made", (OutcomeAmong(("initial",)),))
CHANGE = Fact("notification_made", (OutcomeAmong(("change", "initial")),))
NOTIFIED_FACTS = (CHANGE, Fact("address_notified"))
ENDED = (Fact("registration_ended"),)
REGISTERED = During(begun_by=(Fact("offender_registered"),), ended_by=ENDED)
CONFINED_KINDS = ("imprisoned", "remanded", "hospital_admitted")
FREED = ("released_from_prison", "hospital_discharged")
AWAY_ABROAD = Away(
    begins=tuple(Fact(event_kind) for event_kind in (*CONFINED_KINDS, "left_uk")),
    ends=tuple(Fact(event_kind) for event_kind in (*FREED, "returned_uk")),
)

INITIAL_NOTIFICATION = Duty(
    id="SOA2003-s83-initial-notification",
    says="Someone who becomes subject to notification tells the police within three days beginning with the relevant"
    " date; time in custody, in hospital or abroad is left out. Convicted or cautioned: screens say which.",
    authority=Authority.STATUTE,
    source=Source(ACT_NAME, "section 83(1) and (6)", ACT_URL, READ_ON),
    owed_by="offender_manager",
    scope=Scope.PERSON,
    who=OFFENDER,
    starts=((Fact("offender_registered"),),),
    rules=(Rule("RO1", FromDetail("relevant_date", THREE_DAYS)),),
    met_by=(INITIAL,),
    standing=Standing(ended_by=ENDED),
    ended_by=(INITIAL, *ENDED),
    away=AWAY_ABROAD,
    ladder=SUPERVISOR,
)

CHANGES = Duty(
    id="SOA2003-s84-changes",
    says="A registered person tells the police within three days beginning with the event: another name, another home"
    " address, seven days' stay elsewhere, a prescribed change (such as a bank card or an identity document), or release"
    " from custody or hospital. Time in custody, in hospital or abroad is left out.",
    authority=Authority.STATUTE,
    source=Source(ACT_NAME, "section 84(1) and (5)", ACT_URL, READ_ON),
    owed_by="offender_manager",
    scope=Scope.PERSON,
    who=OFFENDER,
    starts=((Fact("change_known"), *(Fact(event_kind) for event_kind in FREED)),),
    rules=(Rule("RO2", THREE_DAYS),),
    met_by=NOTIFIED_FACTS,
    ended_by=(*NOTIFIED_FACTS, *ENDED),
    away=AWAY_ABROAD,
    during=REGISTERED,
    ladder=SUPERVISOR,
)

ADVANCE_NOTICE = Duty(
    id="SOA2003-s84-advance-notice",
    says="Where a change told in advance has not come about within three days of the date stated, the registered person"
    " says so within six days beginning with that date. Time in custody, in hospital or abroad is left out.",
    authority=Authority.STATUTE,
    source=Source(ACT_NAME, "section 84(4) and (5)", ACT_URL, READ_ON),
    owed_by="offender_manager",
    scope=Scope.PERSON,
    who=OFFENDER,
    starts=((Fact("advance_notice_given"),),),
    rules=(
        Rule(
            "RO3",
            ByTrigger(
                (
                    ((KindAmong((*FREED, "returned_uk")),), SIX_DAYS),
                    ((DetailGiven("stated_date"),), FromDetail("stated_date", SIX_DAYS)),
                )
            ),
        ),
    ),
    met_by=(Fact("advance_notice_withdrawn"),),
    ended_by=tuple(Fact(event_kind) for event_kind in ("advance_notice_withdrawn", "change_known", "address_notified"))
    + ENDED,
    away=AWAY_ABROAD,
    ladder=SUPERVISOR,
)

PERIODIC = Duty(
    id="SOA2003-s85-periodic-notification",
    says="A registered person notifies again within a year of the last notification, of whichever kind; after custody or"
    " hospital, within three days. After a stay abroad it is the later of the year's end and three days from the return:"
    " the return's notify_by names it.",
    authority=Authority.STATUTE,
    source=Source(ACT_NAME, "section 85(1) to (3)", ACT_URL, READ_ON),
    owed_by="offender_manager",
    scope=Scope.PERSON,
    who=OFFENDER,
    starts=((Fact("notification_made"),),),
    rules=(
        Rule(
            "RO4",
            ByTrigger(
                (
                    ((KindAmong(FREED),), THREE_DAYS),
                    ((KindAmong(("returned_uk",)),), UntilDetail("notify_by")),
                ),
                Months(12),
            ),
        ),
    ),
    met_by=(Fact("notification_made"),),
    ended_by=ENDED,
    away=AWAY_ABROAD,
    recurs=Recurs.FROM_DISCHARGE,
    at_most=200,
    ladder=SUPERVISOR,
)

WEEKLY = Duty(
    id="SOA2003-weekly-notification",
    says="A registered person without a fixed address notifies every seven days; after custody or hospital, within three"
    " days.",
    authority=Authority.STATUTE,
    source=Source(
        f"{REGULATIONS}; {ACT_NAME}", "no sole or main residence; section 85(3) to (6)", REGULATIONS_URL, READ_ON
    ),
    owed_by="offender_manager",
    scope=Scope.PERSON,
    who=OFFENDER,
    starts=((Fact("no_fixed_address_started"),),),
    rules=(Rule("RO5", ByTrigger((((KindAmong(FREED),), THREE_DAYS),), CalendarDays(7))),),
    met_by=(Fact("notification_made"),),
    ended_by=(Fact("no_fixed_address_ended"), *ENDED),
    away=Away(
        begins=tuple(Fact(event_kind) for event_kind in CONFINED_KINDS),
        ends=tuple(Fact(event_kind) for event_kind in FREED),
    ),
    recurs=Recurs.FROM_DISCHARGE,
    at_most=500,
    ladder=SUPERVISOR,
)

CHILD_HOUSEHOLD = Duty(
    id="SOA2003-child-household",
    says="A registered person who lives in a household with a child under 18 notifies it within three days beginning with"
    " the event.",
    authority=Authority.STATUTE,
    source=Source(REGULATIONS, "residence with a child", REGULATIONS_URL, READ_ON, is_verified=False),
    owed_by="offender_manager",
    scope=Scope.PERSON,
    who=OFFENDER,
    starts=((Fact("child_household_started"),),),
    rules=(Rule("RO5", THREE_DAYS),),
    met_by=(CHANGE,),
    ended_by=ENDED,
    ladder=SUPERVISOR,
)

TRAVEL = Duty(
    id="SOA2003-travel-notification",
    says="A registered person notifies all travel abroad before leaving. How long before is not judged: that part of the"
    " text is not yet verified.",
    authority=Authority.STATUTE,
    source=Source(REGULATIONS, "foreign travel", REGULATIONS_URL, READ_ON, is_verified=False),
    owed_by="offender_manager",
    scope=Scope.PERSON,
    who=OFFENDER,
    starts=((Fact("left_uk"),),),
    rules=(Rule("RO5", Hours(0)),),
    met_by=(Fact("travel_notified"),),
    standing=Standing(ended_by=(Fact("returned_uk"),)),
    ended_by=(Fact("returned_uk"), *ENDED),
    during=REGISTERED,
    ladder=SUPERVISOR,
)

NOTIFICATION_PERIOD = Duty(
    id="SOA2003-s82-notification-period",
    says="A registration ends when the period that the sentence or caution sets has run: ten, seven, five or two years"
    " beginning with the relevant date, halved for someone under 18 on it; of a detention and training order only the"
    " custodial part counts. Life, imprisonment for public protection, 30 months or more, and hospital orders have no end.",
    authority=Authority.STATUTE,
    source=Source(ACT_NAME, "section 82", ACT_URL, READ_ON),
    owed_by="offender_manager",
    scope=Scope.PERSON,
    who=OFFENDER,
    starts=((STARTS_A_PERIOD,),),
    rules=(Rule("RO6", PERIOD),),
    met_by=ENDED,
    ladder=SUPERVISOR,
)

DUTIES = (
    INITIAL_NOTIFICATION,
    CHANGES,
    ADVANCE_NOTICE,
    PERIODIC,
    WEEKLY,
    CHILD_HOUSEHOLD,
    TRAVEL,
    NOTIFICATION_PERIOD,
)
