"""Cases under which an event has been named, and cases that some source has called restricted."""

from __future__ import annotations

from collections.abc import Iterable

import orjson

from duecare.record.pole import CaseKey
from duecare.store.database.sql_rows import placeholder_marks, select_rows, split_chunks

FactKey = tuple[str, str]


def cases_of_events(events: Iterable[FactKey]) -> dict[FactKey, set[CaseKey]]:
    """The cases under which some version of each of these events was named; events under none are left out."""
    cases_by_event: dict[FactKey, set[CaseKey]] = {}
    for source, record_keys in _by_source(events).items():
        for key_chunk in split_chunks(record_keys):
            table_rows = select_rows(
                'SELECT DISTINCT "key", "case_source", "case_ref" FROM "fact" WHERE "source" = %s AND "sheet" = %s'
                f' AND "key" IN ({placeholder_marks(len(key_chunk))}) AND "case_ref" IS NOT NULL',
                [source, "events", *key_chunk],
            )
            for record_key, case_source, case_ref in table_rows:
                cases_by_event.setdefault((source, record_key), set()).add(CaseKey(case_source, case_ref))
    return cases_by_event


def ever_restricted(cases: Iterable[CaseKey]) -> set[CaseKey]:
    """Those of these cases that some version of their record called restricted; what stands is for the caller to find out."""
    restricted_cases: set[CaseKey] = set()
    for source, record_keys in _by_source(cases).items():
        for key_chunk in split_chunks(record_keys):
            table_rows = select_rows(
                'SELECT "key", "body" FROM "fact" WHERE "source" = %s AND "sheet" = %s'
                f' AND "key" IN ({placeholder_marks(len(key_chunk))})',
                [source, "cases", *key_chunk],
            )
            restricted_cases |= {
                CaseKey(source, record_key)
                for record_key, body_bytes in table_rows
                if orjson.loads(bytes(body_bytes)).get("restricted")
            }
    return restricted_cases


def _by_source(record_keys: Iterable[FactKey]) -> dict[str, list[str]]:
    keys_by_source: dict[str, set[str]] = {}
    for source, record_key in record_keys:
        keys_by_source.setdefault(source, set()).add(record_key)
    return {source: sorted(source_keys) for source, source_keys in keys_by_source.items()}
