"""Which version of a row was the newest written by a moment, withdrawn ones too; and what is marked to be kept close."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from duecare.record.kept import utc_moment
from duecare.store.database.sql_rows import chunks, marks, select

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Written:
    """When was a row's newest version written, does it withdraw the row, and what does it say?"""

    written_at: datetime
    is_withdrawn: bool
    said: dict[str, Any]


def newest(sheet: str, keys: Iterable[Key], known_at: datetime | None) -> dict[Key, Written]:
    """The newest version of each of these rows written by `known_at` (None: all written so far), withdrawn or not.

    Shape:   rows of which nothing had been written by then are not there.
    """
    found: dict[Key, tuple[int, bytes, Written]] = {}
    by_source: dict[str, set[str]] = {}
    for source, key in keys:
        by_source.setdefault(source, set()).add(key)
    until = 2**62 if known_at is None else int(known_at.timestamp())
    for source, wanted in by_source.items():
        for some in chunks(sorted(wanted)):
            rows = select(
                'SELECT f."key", f."version_at", f."sha256", f."is_withdrawn", f."body" FROM "fact" f JOIN "delivery" d'
                ' ON d."id" = f."delivery_id" WHERE d."state" = \'accepted\' AND f."source" = %s AND f."sheet" = %s AND'
                f' f."version_at" <= %s AND f."key" IN ({marks(len(some))})',
                [source, sheet, until, *some],
            )
            for key, at, sha, gone, body in rows:
                held = found.get((source, key))
                if held is None or (at, bytes(sha)) > held[:2]:
                    said = orjson.loads(bytes(body)) if bytes(body) else {}
                    found[source, key] = (int(at), bytes(sha), Written(utc_moment(int(at)), bool(gone), said))
    return {key: written for key, (_, _, written) in found.items()}
