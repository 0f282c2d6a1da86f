"""Random names for records and cases, under which the ledger speaks of them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from duecare.person.identity import record_person_id
from duecare.record.pole import RecordKey
from duecare.store.database.sql_rows import chunks, insert, marks, select

RECORD = "record"
CASE = "case"

Name = tuple[str, str, str]


def make_handles(names: Iterable[Name]) -> None:
    """Give each (kind, source, key) a random handle, unless it has one."""
    rows = [
        (kind, source, key, secrets.token_hex(16), record_person_id(RecordKey(source, key)) if kind == RECORD else "")
        for kind, source, key in sorted(set(names))
    ]
    insert("handle", ("kind", "source", "key", "handle", "person"), rows, or_ignore=True)


def handles_of(names: Iterable[Name]) -> set[str]:
    """Under which handles does the ledger speak of these? Missing ones are made."""
    wanted = set(names)
    found = _look_up(wanted)
    missing = wanted - found.keys()
    if missing:
        make_handles(missing)
        found |= _look_up(missing)
    return set(found.values())


def names_among(source: str, values: Iterable[str]) -> set[Name]:
    """Which of these values are the keys of records or cases of this source?"""
    found: set[Name] = set()
    for some in chunks(sorted(set(values))):
        rows = select(
            f'SELECT "kind", "key" FROM "handle" WHERE "source" = %s AND "key" IN ({marks(len(some))})', [source, *some]
        )
        found |= {(str(kind), source, str(key)) for kind, key in rows}
    return found


def _look_up(names: Iterable[Name]) -> dict[Name, str]:
    by_source: dict[tuple[str, str], list[str]] = {}
    for kind, source, key in names:
        by_source.setdefault((kind, source), []).append(key)
    found: dict[Name, str] = {}
    for (kind, source), keys in by_source.items():
        for some in chunks(keys):
            rows = select(
                f'SELECT "key", "handle" FROM "handle" WHERE "kind" = %s AND "source" = %s AND "key" IN ({marks(len(some))})',
                [kind, source, *some],
            )
            found.update({(kind, source, key): handle for key, handle in rows})
    return found
