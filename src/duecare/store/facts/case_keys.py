"""Cases under which an event has been named, and cases that some source has called restricted."""

from __future__ import annotations

from collections.abc import Iterable

import orjson

from duecare.record.pole import CaseKey
from duecare.store.database.sql_rows import split_chunks
from duecare.store.models import Fact

FactKey = tuple[str, str]


def cases_of_events(events: Iterable[FactKey]) -> dict[FactKey, set[CaseKey]]:
    """The cases under which some version of each of these events was named; events under none are left out."""
    cases_by_event: dict[FactKey, set[CaseKey]] = {}
    for source, record_keys in _by_source(events).items():
        for key_chunk in split_chunks(record_keys):
            facts = Fact.objects.filter(source=source, sheet="events", key__in=key_chunk, case_ref__isnull=False)
            for record_key, case_source, case_ref in facts.values_list("key", "case_source", "case_ref").distinct():
                if case_source is not None and case_ref is not None:
                    cases_by_event.setdefault((source, record_key), set()).add(CaseKey(case_source, case_ref))
    return cases_by_event


def ever_restricted(cases: Iterable[CaseKey]) -> set[CaseKey]:
    """Those of these cases that some version of their record called restricted; what stands is for the caller to find out."""
    restricted_cases: set[CaseKey] = set()
    for source, record_keys in _by_source(cases).items():
        for key_chunk in split_chunks(record_keys):
            facts = Fact.objects.filter(source=source, sheet="cases", key__in=key_chunk)
            restricted_cases |= {
                CaseKey(source, record_key)
                for record_key, body_bytes in facts.values_list("key", "body")
                if orjson.loads(bytes(body_bytes)).get("restricted")
            }
    return restricted_cases


def _by_source(record_keys: Iterable[FactKey]) -> dict[str, list[str]]:
    keys_by_source: dict[str, set[str]] = {}
    for source, record_key in record_keys:
        keys_by_source.setdefault(source, set()).add(record_key)
    return {source: sorted(source_keys) for source, source_keys in keys_by_source.items()}
