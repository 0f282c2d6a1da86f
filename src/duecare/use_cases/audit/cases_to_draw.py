"""Every case on record that is not sealed, as a file that could be drawn."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from duecare.audit.rounds.sampling_frame import File
from duecare.record.pole import CaseKey, CaseRecord, EventRecord
from duecare.store.bulk.all_facts import everything
from duecare.store.facts.fact_lookup import sealed_cases
from duecare.vocabulary.moments import When


def files_held(known_at: datetime) -> list[File]:
    """Every file of the sampling frame, as known then.

    Shape:   what is sealed now, or was then, is not among them. The area is that of the case, else of its first event
             that names one; it was opened when its source says so, else at its first event; the risk is the last grade.
    """
    sealed_keys = sealed_cases()
    frame_files: list[File] = []
    with everything(known_at) as standing_facts:
        sealed_keys |= {case_key for case_key, case_record in standing_facts.cases.items() if case_record.sealed}
        seen_keys: set[CaseKey] = set()
        for case_key, events in standing_facts.of_cases():
            seen_keys.add(case_key)
            if case_key not in sealed_keys:
                frame_files.append(_frame_file(case_key, standing_facts.cases.get(case_key), events))
        frame_files += [
            _frame_file(case_key, case_record, ())
            for case_key, case_record in standing_facts.cases.items()
            if case_key not in seen_keys | sealed_keys
        ]
    return frame_files


def _frame_file(case_key: CaseKey, case_record: CaseRecord | None, events: Iterable[EventRecord]) -> File:
    ordered = sorted(events, key=lambda event: (event.happened_at, event.source, event.event_id))
    first_event: When | None = ordered[0].happened_at if ordered else None
    return File(
        case_key.source,
        case_key.case_ref,
        kind=case_record.kind if case_record else "",
        area=(case_record.area if case_record else "") or next((event.area for event in ordered if event.area), ""),
        opened=(case_record.opened_at if case_record else None) or first_event,
        risk=next((event.risk for event in reversed(ordered) if event.risk), ""),
    )
