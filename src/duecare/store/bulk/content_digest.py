"""One hash of the stored content: equal for two stores with the same content, in whatever order it came."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.db import connection

from duecare.store.database.sql_rows import select_rows, stream_rows
from duecare.store.linkage.linked_people import link_run_in_force, standing_judgements


def facts_digest() -> str:
    """The hash over every version of every fact: no receipt time, no delivery; each version once."""
    total = hashlib.sha256()
    last_key: tuple[object, ...] | None = None
    sql_text = (
        'SELECT f."source", f."sheet", f."key", f."version_at", f."sha256", f."is_by_receipt" FROM "fact" f JOIN'
        ' "delivery" d ON d."id" = f."delivery_id" WHERE d."state" = \'accepted\''
        f' ORDER BY {_bytewise_order("source")}, f."sheet", {_bytewise_order("key")}, f."version_at", f."sha256"'
    )
    for table_rows in stream_rows(sql_text):
        for source, sheet, record_key, version_at, content_hash, by_receipt in table_rows:
            digest_row = (source, sheet, record_key, None if by_receipt else version_at, bytes(content_hash))
            if digest_row != last_key:
                total.update(
                    _digest_line(
                        source, sheet, record_key, "" if by_receipt else str(version_at), bytes(content_hash).hex()
                    )
                )
                last_key = digest_row
    return total.hexdigest()


def people_digest() -> str:
    """The hash over people as sets of `source:record_id`, never their ids."""
    people: dict[str, list[str]] = {}
    sql_text = 'SELECT "person", "source", "record_id" FROM "membership" WHERE "run_id" = %s'
    for table_rows in stream_rows(sql_text, [link_run_in_force()]):
        for person, source, record_id in table_rows:
            people.setdefault(person, []).append(f"{source}:{record_id}")
    return hash_of("|".join(sorted(records)) for records in people.values())


def judgements_digest() -> str:
    """The hash over human judgements that have not been undone."""
    return hash_of(
        f"{judgement.a}|{judgement.b}|{judgement.verdict.value}|{judgement.at.isoformat()}"
        for judgement in standing_judgements()
        if judgement.undone_at is None
    )


def grades_digest() -> str:
    """The hash over the seals of opened grades: what is not opened leaves no trace here."""
    table_rows = select_rows(
        'SELECT s."seal", s."side" FROM "audit_sealed" s JOIN "audit_opened" o ON o."sealed_id" = s."id"'
    )
    return hash_of(f"{seal_text}|{side_name}" for seal_text, side_name in table_rows)


def latest_written() -> int:
    """When the latest version that is not versioned by its receipt was written; 0 when there is none."""
    table_rows = select_rows(
        'SELECT max(f."version_at") FROM "fact" f JOIN "delivery" d ON d."id" = f."delivery_id"'
        ' WHERE d."state" = \'accepted\' AND f."is_by_receipt" = %s',
        [False],
    )
    return int(table_rows[0][0] or 0)


def hash_of(lines: Iterable[str]) -> str:
    """SHA-256 over these lines in order of their text."""
    total = hashlib.sha256()
    for text_line in sorted(lines):
        total.update(_digest_line(text_line))
    return total.hexdigest()


def _digest_line(*parts: object) -> bytes:
    return "\x1f".join(str(line_part) for line_part in parts).encode() + b"\n"


def _bytewise_order(column: str) -> str:
    return f'f."{column}" COLLATE "C"' if connection.vendor == "postgresql" else f'f."{column}"'
