"""The lasting id of a person, made from their earliest record, and which person an earlier id now stands for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from duecare.record.pole import RecordKey

_SEPARATOR = "\x1f"
_LATEST = datetime.max.replace(tzinfo=UTC)


def record_person_id(record_key: RecordKey) -> str:
    """The person id of a person founded by this record.

    Shape:   first 16 hex digits of the SHA-256 of source and record_id joined by U+001F.
    """
    return hashlib.sha256(_SEPARATOR.join(record_key).encode()).hexdigest()[:16]


def founding_record(records: Iterable[tuple[datetime | None, RecordKey]]) -> RecordKey:
    """The record that founds a person of these records: the earliest known, then the smallest key.

    Unknown: a record without a time comes after all that have one.
    Raises:  ValueError where there is no record.
    """
    return min(records, key=lambda dated_record: (dated_record[0] or _LATEST, dated_record[1]))[1]


def person_aliases(person_of: Mapping[RecordKey, str], earlier: Iterable[str]) -> dict[str, str]:
    """The id now of each person known by one of these earlier ids.

    Shape:   earlier id to present id, only where the two differ. An earlier id is that of a record that founded a
             person then; whoever holds that record now is the one who answers.
    """
    earlier_ids = set(earlier)
    aliases_found = {}
    for record_key, person in person_of.items():
        own_id = record_person_id(record_key)
        if own_id != person and own_id in earlier_ids:
            aliases_found[own_id] = person
    return aliases_found
