"""Danger that a source reports as happening now: a suspect in contact with a child, a child missing and not returned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from duecare.record.pole import EventRecord, RecordKey
from duecare.worklist.item import Danger, DangerKind

ENDS_CONTACT = frozenset({"arrested", "suspect_eliminated"})
RETURNS = frozenset({"missing_returned", "missing_found"})
KINDS = frozenset({"suspect_contact", "missing_reported"}) | ENDS_CONTACT | RETURNS
"""The kinds of event from which danger now is told."""


def danger_now(
    events: Iterable[EventRecord], children: Mapping[RecordKey, str], as_of: datetime, danger_days: int
) -> Danger | None:
    """The danger to these children that is reported as happening now.

    Shape:   `events` are those of the case and of the children, from every source; `children` says which person each of
             their records is of, for one source may report a child missing and another the return. The danger reported
             last counts, a suspect in contact before a child missing.
    Units:   `danger_days`: how long a report of contact counts as now, where no arrest or elimination is later.
    Unknown: an event of which only the day is known counts from the start of that day.
    """
    events_so_far = sorted(
        (event for event in events if event.happened_at.earliest <= as_of),
        key=lambda event: (event.happened_at, event.source, event.event_id),
    )
    contact: datetime | None = None
    missing: dict[str, datetime] = {}
    for event in events_so_far:
        happened_at = event.happened_at.earliest
        if event.kind == "suspect_contact":
            contact = happened_at
        elif event.kind in ENDS_CONTACT:
            contact = None
        elif event.kind == "missing_reported":
            missing.update(
                {
                    children[participation.record]: happened_at
                    for participation in event.ties
                    if participation.record in children
                }
            )
        elif event.kind in RETURNS:
            for participation in event.ties:
                missing.pop(children.get(participation.record, ""), None)
    if contact is not None and contact >= as_of - timedelta(days=danger_days):
        return Danger(DangerKind.SUSPECT_CONTACT, contact)
    if missing:
        return Danger(DangerKind.MISSING, max(missing.values()))
    return None


def ends_at(danger: Danger, danger_days: int) -> datetime | None:
    """When this danger stops counting as now by the mere passing of time; None: it does not."""
    if danger.kind is DangerKind.SUSPECT_CONTACT:
        return danger.reported_at + timedelta(days=danger_days, seconds=1)
    return None
