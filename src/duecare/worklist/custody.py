"""The children in custody now, where they are kept, and after how long a stay is taken to have ended unrecorded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from duecare.record.pole import CaseKey, EventRecord, RecordKey
from duecare.vocabulary.moments import When

LONGEST_STAY: Final = timedelta(days=14)
"""A stay of more than this is taken to be a departure that was not recorded."""


@dataclass(frozen=True, slots=True)
class Detained:
    """One stay in custody that has not ended.

    Shape:   texts are empty where no source says; `arrived` is as exact as the source says it.
    """

    records: frozenset[RecordKey]
    case: CaseKey | None
    area: str
    arrived_at: datetime
    placed_in: str
    adult: str
    accommodation: str
    bail_refused: bool
    arrived: When


def detained_now(records: frozenset[RecordKey], events: Iterable[EventRecord], as_of: datetime) -> Detained | None:
    """The state of this person's custody at `as_of`; None: no arrival, or they have left since."""
    own_events = sorted(
        (
            event
            for event in events
            if event.happened_at.earliest <= as_of
            and any(participation.record in records for participation in event.ties)
        ),
        key=lambda event: (event.happened_at, event.source, event.event_id),
    )
    detained: Detained | None = None
    for event in own_events:
        if event.kind == "custody_arrived":
            happened_at = event.happened_at
            detained = Detained(records, event.case, event.area, happened_at.earliest, "", "", "", False, happened_at)
        elif event.kind == "custody_left":
            detained = None
        elif detained is not None:
            detained = _after_event(detained, event)
    return detained


REVIEW_WORDS = {
    "detainee_placed": "placed_in",
    "appropriate_adult_requested": "adult",
    "appropriate_adult_arrived": "adult",
    "accommodation_requested": "accommodation",
    "accommodation_refused": "accommodation",
    "accommodation_provided": "accommodation",
}


def _after_event(detained: Detained, event: EventRecord) -> Detained:
    if event.kind == "bail_refused":
        return replace(detained, bail_refused=True)
    if event.kind not in REVIEW_WORDS:
        return detained
    outcome = event.outcome if event.kind == "detainee_placed" else event.kind.rsplit("_", 1)[1]
    match REVIEW_WORDS[event.kind]:
        case "placed_in":
            return replace(detained, placed_in=outcome)
        case "adult":
            return replace(detained, adult=outcome)
        case _:
            return replace(detained, accommodation=outcome)
