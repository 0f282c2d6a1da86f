"""Duties that rest on facts that no source has ever reported: late there may only mean that nobody reported it."""

from __future__ import annotations

from collections.abc import Iterable

from duecare.duty.declaration import Duty
from duecare.store.database import health_check
from duecare.store.facts.fact_lookup import sealed_cases


def unreported_duties(duties: Iterable[Duty]) -> frozenset[str]:
    """Those of these duties for which no source has ever reported a fact of any kind that could discharge them.

    Shape:   ids; what a sealed case tells counts for nobody. A duty that nothing can discharge, or that only its own start
             can, is never among them.
    """
    asked = [duty_rule for duty_rule in duties if duty_rule.met_by and not duty_rule.holds]
    kinds_asked = [fact_rule.kind for duty_rule in asked for fact_rule in duty_rule.met_by]
    kinds_held = health_check.kinds_held(kinds_asked, without=sealed_cases())
    return frozenset(
        duty_rule.id for duty_rule in asked if kinds_held.isdisjoint(fact_rule.kind for fact_rule in duty_rule.met_by)
    )
