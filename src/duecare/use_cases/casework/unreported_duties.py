"""Which duties rest on facts that no source has ever told: late there may only mean that nobody told us."""

from __future__ import annotations

from collections.abc import Iterable

from duecare.duty.declaration import Duty
from duecare.store.database import health_check


def unreported_duties(duties: Iterable[Duty]) -> frozenset[str]:
    """Of which of these duties has no source ever told a fact of any kind that could discharge it?

    Shape:   ids; a duty that nothing can discharge, or that only its own start can, is never among them.
    """
    asked = [duty for duty in duties if duty.met_by and not duty.holds]
    held = health_check.kinds_held(fact.kind for duty in asked for fact in duty.met_by)
    return frozenset(duty.id for duty in asked if held.isdisjoint(fact.kind for fact in duty.met_by))
