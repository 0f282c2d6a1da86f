"""Which version of a row was the newest written by a moment, withdrawn ones too; and what is marked to be kept close."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from duecare.record.record_from_body import utc_moment
from duecare.store.database.sql_rows import split_chunks
from duecare.store.models import Fact

FactKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Written:
    """A row's newest version: when it was written, whether it withdraws the row, and what it states."""

    written_at: datetime
    is_withdrawn: bool
    said: dict[str, Any]


def newest_versions(sheet: str, record_keys: Iterable[FactKey], known_at: datetime | None) -> dict[FactKey, Written]:
    """The newest version of each of these rows written by `known_at` (None: all written so far), withdrawn or not.

    Shape:   rows of which nothing had been written by then are not there.
    """
    newest_found: dict[FactKey, tuple[int, bytes, Written]] = {}
    by_source: dict[str, set[str]] = {}
    for source, record_key in record_keys:
        by_source.setdefault(source, set()).add(record_key)
    until = 2**62 if known_at is None else int(known_at.timestamp())
    for source, source_keys in by_source.items():
        for key_chunk in split_chunks(sorted(source_keys)):
            facts = Fact.objects.filter(
                delivery__state="accepted", source=source, sheet=sheet, version_at__lte=until, key__in=key_chunk
            )
            table_rows = facts.values_list("key", "version_at", "sha256", "is_withdrawn", "body")
            for key, version_at, content_hash, is_withdrawn, body_bytes in table_rows:
                held_version = newest_found.get((source, key))
                if held_version is None or (version_at, bytes(content_hash)) > held_version[:2]:
                    row_json = orjson.loads(bytes(body_bytes)) if bytes(body_bytes) else {}
                    newest_found[source, key] = (
                        int(version_at),
                        bytes(content_hash),
                        Written(utc_moment(int(version_at)), bool(is_withdrawn), row_json),
                    )
    return {record_key: written for record_key, (_, _, written) in newest_found.items()}
