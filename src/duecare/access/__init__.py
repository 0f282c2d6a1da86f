"""Need to know, decided in one room: who is looking, what they may do to what, and the same rule as a filter.

Pure: things are filled by the steps; nothing is looked up here.
"""

from __future__ import annotations

from duecare.access.act import Act
from duecare.access.may_act import No, Yes, may
from duecare.access.may_open import Scope, scope
from duecare.access.roles import ROLE, ROLES, Reach, Role, grades_blind
from duecare.access.thing import (
    ACCOUNTABLE,
    ACCOUNTS,
    BOARD_CUSTODY,
    BOARD_VISITS,
    DELIVERIES,
    DIGEST,
    FIGURES,
    FINDINGS,
    FRONT,
    GRADES,
    LATE_NOW,
    LEDGER,
    OVERSIGHT,
    PEOPLE,
    PUBLISHED_TOTALS,
    RECOMMENDATIONS,
    REFERRALS,
    RELEASES,
    ROUNDS,
    SAMPLE,
    STANDARDS,
    WORKLIST,
    CaseThing,
    FileThing,
    PersonThing,
    Plain,
    Thing,
)
from duecare.access.viewer import Channel, Viewer

__all__ = [
    "BOARD_CUSTODY",
    "BOARD_VISITS",
    "DELIVERIES",
    "ACCOUNTABLE",
    "ACCOUNTS",
    "DIGEST",
    "FIGURES",
    "FINDINGS",
    "FRONT",
    "GRADES",
    "LATE_NOW",
    "LEDGER",
    "OVERSIGHT",
    "PEOPLE",
    "PUBLISHED_TOTALS",
    "RECOMMENDATIONS",
    "REFERRALS",
    "RELEASES",
    "ROUNDS",
    "SAMPLE",
    "ROLE",
    "ROLES",
    "STANDARDS",
    "WORKLIST",
    "Act",
    "CaseThing",
    "FileThing",
    "Channel",
    "No",
    "PersonThing",
    "Plain",
    "Reach",
    "Role",
    "Scope",
    "Thing",
    "Viewer",
    "Yes",
    "grades_blind",
    "may",
    "scope",
]
