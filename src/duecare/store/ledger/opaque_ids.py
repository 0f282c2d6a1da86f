"""Random names for records and cases, under which the ledger speaks of them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from duecare.person.identity import record_person_id
from duecare.record.pole import RecordKey
from duecare.store.database.sql_rows import insert_rows, placeholder_marks, select_rows, split_chunks
from duecare.store.models import Handle

RECORD = "record"
CASE_KIND = "case"

LedgerRef = tuple[str, str, str]


def make_handles(names: Iterable[LedgerRef]) -> None:
    """Give each (kind, source, key) a random handle, unless it has one."""
    table_rows = [
        (
            ref_kind,
            source,
            ref_key,
            secrets.token_hex(16),
            record_person_id(RecordKey(source, ref_key)) if ref_kind == RECORD else "",
        )
        for ref_kind, source, ref_key in sorted(set(names))
    ]
    insert_rows("handle", ("kind", "source", "key", "handle", "person"), table_rows, or_ignore=True)


def handles_of(names: Iterable[LedgerRef]) -> set[str]:
    """The handles under which the ledger names these; missing ones are made."""
    wanted_names = set(names)
    handles_found = _look_up(wanted_names)
    missing = wanted_names - handles_found.keys()
    if missing:
        make_handles(missing)
        handles_found |= _look_up(missing)
    return set(handles_found.values())


def names_among(source: str, values: Iterable[str]) -> set[LedgerRef]:
    """Those of these values that are the keys of records or cases of this source."""
    names_found: set[LedgerRef] = set()
    for key_chunk in split_chunks(sorted(set(values))):
        handles = Handle.objects.filter(source=source, key__in=key_chunk).values_list("kind", "key")
        names_found |= {(ref_kind, source, ref_key) for ref_kind, ref_key in handles}
    return names_found


def _look_up(names: Iterable[LedgerRef]) -> dict[LedgerRef, str]:
    by_source: dict[tuple[str, str], list[str]] = {}
    for ref_kind, source, ref_key in names:
        by_source.setdefault((ref_kind, source), []).append(ref_key)
    handles_found: dict[LedgerRef, str] = {}
    for (ref_kind, source), ref_keys in by_source.items():
        for key_chunk in split_chunks(ref_keys):
            # Raw: asked for every line of the ledger, where the ORM takes 2 to 18 times as long (0042).
            table_rows = select_rows(
                'SELECT "key", "handle" FROM "handle" WHERE "kind" = %s AND "source" = %s'
                f' AND "key" IN ({placeholder_marks(len(key_chunk))})',
                [ref_kind, source, *key_chunk],
            )
            handles_found.update({(ref_kind, source, ref_key): handle for ref_key, handle in table_rows})
    return handles_found
