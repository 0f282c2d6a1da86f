"""Every case that is held and not sealed, as a file that could be drawn."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from duecare.audit.rounds.sampling_frame import File
from duecare.record.pole import CaseKey, CaseRecord, EventRecord
from duecare.store.bulk.all_facts import everything
from duecare.store.facts.fact_lookup import sealed_cases
from duecare.vocabulary.moments import When


def files_held(known_at: datetime) -> list[File]:
    """Which files are there, as known then?

    Shape:   what is sealed now, or was then, is not among them. The area is that of the case, else of its first event
             that names one; it was opened when its source says so, else at its first event; the risk is the last grade.
    """
    shut = sealed_cases()
    found: list[File] = []
    with everything(known_at) as held:
        shut |= {key for key, case in held.cases.items() if case.sealed}
        seen: set[CaseKey] = set()
        for key, events in held.of_cases():
            seen.add(key)
            if key not in shut:
                found.append(_file(key, held.cases.get(key), events))
        found += [_file(key, case, ()) for key, case in held.cases.items() if key not in seen | shut]
    return found


def _file(key: CaseKey, case: CaseRecord | None, events: Iterable[EventRecord]) -> File:
    ordered = sorted(events, key=lambda event: (event.happened_at, event.source, event.event_id))
    first: When | None = ordered[0].happened_at if ordered else None
    return File(
        key.source,
        key.case_ref,
        kind=case.kind if case else "",
        area=(case.area if case else "") or next((event.area for event in ordered if event.area), ""),
        opened=(case.opened_at if case else None) or first,
        risk=next((event.risk for event in reversed(ordered) if event.risk), ""),
    )
