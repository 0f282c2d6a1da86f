"""How fresh is what each source last told us."""

from __future__ import annotations

from datetime import datetime, timedelta

from duecare.steps.shown import Freshness
from duecare.store import deliveries

STALE_AFTER = timedelta(hours=26)


def fresh(now: datetime) -> tuple[Freshness, ...]:
    """How old is what each source last told us? Older than 26 hours is stale.

    Source:  house rule: one nightly extract and two hours; docs/decisions/0009.
    """
    found = []
    for source, extracted_at, received_at in deliveries.freshness():
        told_at = extracted_at or received_at
        found.append(Freshness(source, extracted_at, received_at, now - told_at > STALE_AFTER))
    return tuple(found)
