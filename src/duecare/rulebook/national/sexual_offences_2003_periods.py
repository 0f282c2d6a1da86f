"""How long a registration lasts under section 82 of the Sexual Offences Act 2003, by sentence and age."""

from __future__ import annotations

from duecare.duty.allowance import ByTrigger, FromDetail, Months
from duecare.duty.condition import (
    AgedUnder,
    Condition,
    DetailIs,
    DetailNumber,
    Either,
    Every,
    IfKnown,
    Not,
    OutcomeAmong,
)
from duecare.duty.declaration import Fact

UNLIMITED = (
    "life",
    "life_imprisonment",
    "ipp",
    "imprisonment_for_public_protection",
    "hospital_order",
    "indefinite",
    "custody_30_months_or_more",
)
CUSTODIAL = (
    "imprisonment",
    "prison",
    "custody",
    "detention",
    "suspended",
    "suspended_sentence",
    "custody_under_30_months",
)
TRAINING = ("detention_and_training_order", "dto")
CAUTIONS = ("caution", "youth_caution", "conditional_caution")
DISCHARGE = ("conditional_discharge",)
OTHERS = (
    "community",
    "community_order",
    "fine",
    "referral_order",
    "youth_rehabilitation_order",
    "other",
)
DISCHARGED_FOR = (6, 9, 12, 18, 24, 36)
JUST_OVER_SIX = 6.01

YOUNG = IfKnown(DetailIs("under_18", True), AgedUnder(18))


def _sentence_months(at_least: float | None = None, below: float | None = None) -> Condition:
    return IfKnown(DetailNumber("custodial_months", at_least, below), DetailNumber("months", at_least, below))


def _from_relevant_date(months: int) -> FromDetail:
    return FromDetail("relevant_date", Months(months, beginning_with=True))


CLASSES: tuple[tuple[tuple[Condition, ...], int], ...] = (
    ((OutcomeAmong(CAUTIONS),), 2),
    ((OutcomeAmong(TRAINING), DetailNumber("custodial_months", below=JUST_OVER_SIX)), 7),
    ((OutcomeAmong(TRAINING), DetailNumber("custodial_months", below=30)), 10),
    ((OutcomeAmong(CUSTODIAL), _sentence_months(below=JUST_OVER_SIX)), 7),
    ((OutcomeAmong(CUSTODIAL), _sentence_months(below=30)), 10),
    ((OutcomeAmong(OTHERS),), 5),
)

PERIOD = ByTrigger(
    (
        *(
            ((OutcomeAmong(DISCHARGE), DetailNumber("months", months, months + 1)), _from_relevant_date(months))
            for months in DISCHARGED_FOR
        ),
        *(
            period_row
            for conditions, years in CLASSES
            for period_row in (
                ((*conditions, YOUNG), _from_relevant_date(years * 6)),
                (conditions, _from_relevant_date(years * 12)),
            )
        ),
    )
)
"""What each class of sentence comes to, in years, halved for the young; a conditional discharge is never halved."""

STARTS_A_PERIOD = Fact(
    "offender_registered",
    (Not(Either((OutcomeAmong(UNLIMITED), Every((OutcomeAmong(CUSTODIAL), _sentence_months(at_least=30)))))),),
)
"""A registration that will end. A sentence without a limit starts nothing."""
