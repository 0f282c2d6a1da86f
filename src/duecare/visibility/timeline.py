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
    timeline = []
    for event in events:
        if event.happened_at.earliest > as_of:
            continue
        provenance = facts.came[(event.source, event.event_id)]
        people = tuple(
            sorted(
                {
                    (facts.whose[participation.record], label_of(participation.record, facts), participation.role)
                    for participation in event.ties
                }
            )
        )
        timeline.append(
            TimelineRow(event, people, provenance.received_at, provenance.delivery, provenance.file, provenance.row)
        )
    return tuple(
        sorted(
            timeline,
            key=lambda timeline_row: (
                timeline_row.event.happened_at,
                timeline_row.event.source,
                timeline_row.event.event_id,
            ),
            reverse=True,
        )
    )
