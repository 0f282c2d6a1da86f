"""Records that only sealed cases speak of: where the case does not exist for somebody, neither do they."""

from __future__ import annotations

from collections.abc import Collection

from duecare.record.pole import CaseKey, RecordKey
from duecare.store.facts.affected_facts import events_of_cases, events_of_records, records_of_events
from duecare.store.facts.fact_lookup import events_known


def records_only_in(cases: Collection[CaseKey]) -> set[RecordKey]:
    """Records of people who take part in events of these cases, and in no other event that stands now.

    Shape:   a record that takes part in an event of no case, or of another case, is not among them.
    """
    if not cases:
        return set()
    records = records_of_events(events_of_cases(cases))
    inside: set[RecordKey] = set()
    outside: set[RecordKey] = set()
    for event in events_known(events_of_records(records), None):
        (inside if event.case in cases else outside).update(involvement.record for involvement in event.ties)
    return (inside & records) - outside
