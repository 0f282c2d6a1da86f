"""What is held, as one hash: equal for two stores that hold the same, whatever the order in which it came."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.db import connection

from duecare.store.database.sql_rows import select, stream
from duecare.store.linkage.linked_people import judgements, link_run_in_force


def facts_digest() -> str:
    """The hash over every version of every fact: no receipt time, no delivery; each version once."""
    total = hashlib.sha256()
    last: tuple[object, ...] | None = None
    sql = (
        'SELECT f."source", f."sheet", f."key", f."version_at", f."sha256", f."is_by_receipt" FROM "fact" f JOIN'
        ' "delivery" d ON d."id" = f."delivery_id" WHERE d."state" = \'accepted\''
        f' ORDER BY {_bytewise("source")}, f."sheet", {_bytewise("key")}, f."version_at", f."sha256"'
    )
    for rows in stream(sql):
        for source, sheet, key, version_at, sha, by_receipt in rows:
            row = (source, sheet, key, None if by_receipt else version_at, bytes(sha))
            if row != last:
                total.update(_line(source, sheet, key, "" if by_receipt else str(version_at), bytes(sha).hex()))
                last = row
    return total.hexdigest()


def people_digest() -> str:
    """The hash over people as sets of `source:record_id`, never their ids."""
    people: dict[str, list[str]] = {}
    sql = 'SELECT "person", "source", "record_id" FROM "membership" WHERE "run_id" = %s'
    for rows in stream(sql, [link_run_in_force()]):
        for person, source, record_id in rows:
            people.setdefault(person, []).append(f"{source}:{record_id}")
    return hash_of("|".join(sorted(records)) for records in people.values())


def judgements_digest() -> str:
    """The hash over human judgements that have not been undone."""
    return hash_of(f"{j.a}|{j.b}|{j.verdict.value}|{j.at.isoformat()}" for j in judgements() if j.undone_at is None)


def grades_digest() -> str:
    """The hash over the seals of opened grades: what is not opened leaves no trace here."""
    rows = select('SELECT s."seal", s."side" FROM "audit_sealed" s JOIN "audit_opened" o ON o."sealed_id" = s."id"')
    return hash_of(f"{seal}|{side}" for seal, side in rows)


def latest_written() -> int:
    """When was the latest version written that is not versioned by its receipt? 0 when there is none."""
    rows = select(
        'SELECT max(f."version_at") FROM "fact" f JOIN "delivery" d ON d."id" = f."delivery_id"'
        ' WHERE d."state" = \'accepted\' AND f."is_by_receipt" = %s',
        [False],
    )
    return int(rows[0][0] or 0)


def hash_of(lines: Iterable[str]) -> str:
    """SHA-256 over these lines in order of their text."""
    total = hashlib.sha256()
    for line in sorted(lines):
        total.update(_line(line))
    return total.hexdigest()


def _line(*parts: object) -> bytes:
    return "\x1f".join(str(part) for part in parts).encode() + b"\n"


def _bytewise(column: str) -> str:
    return f'f."{column}" COLLATE "C"' if connection.vendor == "postgresql" else f'f."{column}"'
