"""How fresh is what each source last told us."""

from __future__ import annotations

from datetime import datetime, timedelta

from duecare.steps.shown import Freshness
from duecare.store import deliveries
from duecare.store.models import AssessRun

STALE_AFTER = timedelta(hours=26)


def fresh(now: datetime, run: AssessRun | None = None) -> tuple[Freshness, ...]:
    """How old is what each source last told us? Older than 26 hours is stale.

    Shape:   with `run`, whether all that each has told us is counted in that assessment, too.

    Source:  house rule: one nightly extract and two hours; docs/decisions/0009.
    """
    found = []
    waiting = deliveries.sources_after(run.upto_delivery) if run else frozenset()
    for source, extracted_at, received_at in deliveries.freshness():
        told_at = extracted_at or received_at
        found.append(Freshness(source, extracted_at, received_at, now - told_at > STALE_AFTER, source not in waiting))
    return tuple(found)
