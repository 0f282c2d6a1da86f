"""What judging a duty needs besides its own facts: the moment, the roster, the force's terms, ages in the case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from duecare.duty.condition import About
from duecare.duty.force_terms import Terms
from duecare.duty.roster import Roster
from duecare.record.pole import EventRecord


@dataclass(slots=True)
class EvaluationContext:
    """What a chain of occurrences stands on besides its facts.

    Shape:   `has_child`: is anyone in the case in one of these roles under this age then; `about`: what is known of an
             event besides itself.
    """

    as_of: datetime
    roster: Roster
    terms: Terms
    has_child: Callable[[tuple[str, ...], int, datetime], bool]
    about: Callable[[EventRecord], About]
