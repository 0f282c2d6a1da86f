"""The rows of a timeline, and a case as it stood at a moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from duecare.record.pole import CaseRecord, EventRecord
from duecare.store.facts.fact_lookup import Facts
from duecare.visibility.display_names import label_of
from duecare.visibility.visible import TimelineRow


def as_of_then(case: CaseRecord | None, as_of: datetime) -> CaseRecord | None:
    """This case's record without an opening or closing that had not come by then."""
    if case is None:
        return None
    return replace(
        case,
        opened_at=case.opened_at if case.opened_at and case.opened_at.earliest <= as_of else None,
        closed_at=case.closed_at if case.closed_at and case.closed_at.earliest <= as_of else None,
    )


def timeline_rows(events: Iterable[EventRecord], facts: Facts, as_of: datetime) -> tuple[TimelineRow, ...]:
    """These events with who was in them and where each came from, the latest first."""
    rows = []
    for event in events:
        if event.happened_at.earliest > as_of:
            continue
        came = facts.came[(event.source, event.event_id)]
        people = tuple(sorted({(facts.whose[tie.record], label_of(tie.record, facts), tie.role) for tie in event.ties}))
        rows.append(TimelineRow(event, people, came.received_at, came.delivery, came.file, came.row))
    return tuple(
        sorted(rows, key=lambda row: (row.event.happened_at, row.event.source, row.event.event_id), reverse=True)
    )
