"""Which cases an event has been named under, and which cases some source has called restricted."""

from __future__ import annotations

from collections.abc import Iterable

import orjson

from duecare.record.pole import CaseKey
from duecare.store.database.sql_rows import chunks, marks, select

Key = tuple[str, str]


def cases_of_events(events: Iterable[Key]) -> dict[Key, set[CaseKey]]:
    """Under which cases has some version of these events been named? Those under none are not there."""
    found: dict[Key, set[CaseKey]] = {}
    for source, keys in _by_source(events).items():
        for some in chunks(keys):
            rows = select(
                'SELECT DISTINCT "key", "case_source", "case_ref" FROM "fact" WHERE "source" = %s AND "sheet" = %s'
                f' AND "key" IN ({marks(len(some))}) AND "case_ref" IS NOT NULL',
                [source, "events", *some],
            )
            for key, case_source, case_ref in rows:
                found.setdefault((source, key), set()).add(CaseKey(case_source, case_ref))
    return found


def ever_restricted(cases: Iterable[CaseKey]) -> set[CaseKey]:
    """Which of these cases has some version of their record called restricted? What stands is for the caller to ask."""
    found: set[CaseKey] = set()
    for source, keys in _by_source(cases).items():
        for some in chunks(keys):
            rows = select(
                'SELECT "key", "body" FROM "fact" WHERE "source" = %s AND "sheet" = %s'
                f' AND "key" IN ({marks(len(some))})',
                [source, "cases", *some],
            )
            found |= {CaseKey(source, key) for key, body in rows if orjson.loads(bytes(body)).get("restricted")}
    return found


def _by_source(keys: Iterable[Key]) -> dict[str, list[str]]:
    found: dict[str, set[str]] = {}
    for source, key in keys:
        found.setdefault(source, set()).add(key)
    return {source: sorted(some) for source, some in found.items()}
