"""How sure linkage is, and a pair of the sample, as their pages can look."""

from __future__ import annotations

from dataclasses import replace

from tests.made import link_pages, pair_pages
from tests.made.pages import NOW

from duecare.audit.agreement.agreement import cohen_kappa, gwet_coefficient, raw_agreement
from duecare.audit.agreement.crosstab import Crosstab
from duecare.figure.linkage_error.link_groups import (
    AGE_DIMENSION,
    OFFICER_DEFINED,
    SEX_DIMENSION,
    SOURCE,
    WHOLE,
    Counted,
    Measured,
)
from duecare.figure.linkage_error.linkage_error import LinkError, OfGroup, PeopleRange, Share
from duecare.use_cases.linkage.answer_sampled_pairs import Agreement, ToAnswer
from duecare.use_cases.linkage.measure_linkage_error import LinkageSure
from duecare.vocabulary.unknown import Unknown

_FEW = Unknown("12 settled pairs, at least 30 are needed")
FEW = Share(12, 1, _FEW, _FEW, _FEW)
TABLE = Crosstab(("same", "different", "unsure"), 1, ((60, 4, 1), (3, 40, 0), (0, 2, 5)))
AGREED = Agreement(115, raw_agreement(TABLE), cohen_kappa(TABLE), gwet_coefficient(TABLE))
MEASURED = Measured(
    31_415_927,
    52_000,
    (
        Counted(WHOLE, WHOLE, 81_204, 41, 88_911, 7_748),
        Counted(SEX_DIMENSION, "female", 40_100, 20, 43_300, 3_220),
        Counted(SEX_DIMENSION, "not known", 0, 0, 12, 12),
        Counted(AGE_DIMENSION, "10 to 13", 9_000, 3, 9_990, 993),
    ),
)


def to_answer() -> ToAnswer:
    """The third pair of the second draw."""
    return ToAnswer(2, 7, 3, pair_pages.to_see()[0].records)


def through() -> ToAnswer:
    """Nothing is left."""
    return ToAnswer(2, 40, agreement=AGREED)


def sure() -> LinkageSure:
    """Much is known, of some groups too little is answered."""
    return LinkageSure(
        records=120_431,
        people=PeopleRange(80_114, 78_902, 80_640),
        model="made-up-force-2",
        drawn_at=NOW,
        drawn=400,
        answered=380,
        settled=371,
        error=LinkError(
            Share(190, 4, 0.0012, 0.0004, 0.031),
            Share(380, 9, 0.064, 0.031, 0.118),
            (
                OfGroup(OFFICER_DEFINED, "Black", Share(48, 0, 0.02, 0.004, 0.11), Share(41, 2, 0.17, 0.06, 0.34)),
                OfGroup(
                    OFFICER_DEFINED,
                    "White, north European",
                    Share(90, 0, 0.0, 0.0, 0.04),
                    Share(88, 1, 0.05, 0.02, 0.12),
                ),
                OfGroup(SEX_DIMENSION, "female", Share(99, 1, 0.0, 0.0, 0.05), FEW),
                OfGroup(SOURCE, link_pages.A.source, FEW, FEW),
            ),
        ),
        agreement=AGREED,
        measured=MEASURED,
        measured_words="on 52000 records of a seed it never saw: precision 0.9995, recall 0.9129 of pairs",
    )


def nothing_drawn() -> LinkageSure:
    """Linked, and no more."""
    why = Unknown("no pairs were drawn yet")
    return LinkageSure(12, PeopleRange(11, why, why), "made-up-force-2")


def waiting() -> LinkageSure:
    """As a clerk sees it who is not through."""
    return replace(
        sure(),
        is_waiting=True,
        error=None,
        agreement=None,
        people=nothing_drawn().people,
        measured=None,
        measured_words="",
    )
