"""Which cases and people are touched by what happens between two moments, or by an officer's coming and going."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import orjson

from duecare.record.pole import CaseKey, RecordKey
from duecare.store.rows import chunks, marks, select
from duecare.vocabulary.kinds import EVENT_KINDS

ALLOCATES = ("investigator_allocated", "offender_manager_allocated")


def named_between(after: datetime, until: datetime) -> tuple[set[CaseKey], set[RecordKey]]:
    """Which cases and records has some version of an event that happened after the one moment, up to the other?"""
    kinds = sorted(EVENT_KINDS)
    rows = select(
        f'SELECT DISTINCT "source", "key", "case_source", "case_ref" FROM "fact" WHERE "kind" IN ({marks(len(kinds))})'
        ' AND "happened_at" > %s AND "happened_at" <= %s',
        [*kinds, int(after.timestamp()), int(until.timestamp())],
    )
    cases = {CaseKey(source, ref) for _, _, source, ref in rows if source and ref}
    return cases, _tied({(source, key) for source, key, _, _ in rows})


def cases_of_officers(officers: Iterable[str]) -> set[CaseKey]:
    """Which cases has some version of an event given to one of these officers?"""
    wanted = {officer.strip().casefold() for officer in officers}
    if not wanted:
        return set()
    rows = select(
        f'SELECT "case_source", "case_ref", "body" FROM "fact" WHERE "kind" IN ({marks(len(ALLOCATES))}) AND "case_ref"'
        " IS NOT NULL",
        ALLOCATES,
    )
    return {
        CaseKey(source, ref)
        for source, ref, body in rows
        if str(orjson.loads(bytes(body)).get("officer", "")).strip().casefold() in wanted
    }


def _tied(events: set[tuple[str, str]]) -> set[RecordKey]:
    by_source: dict[str, list[str]] = {}
    for source, key in events:
        by_source.setdefault(source, []).append(key)
    found: set[RecordKey] = set()
    for source, keys in by_source.items():
        for some in chunks(sorted(keys)):
            rows = select(
                'SELECT DISTINCT "record_source", "record_id" FROM "event_tie" WHERE "source" = %s AND "event_id" IN'
                f" ({marks(len(some))})",
                [source, *some],
            )
            found |= {RecordKey(*row) for row in rows}
    return found
