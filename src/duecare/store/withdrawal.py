"""Withdrawal by absence: a key that a full delivery no longer holds is withdrawn at its extract's time.

The rule is one of sets, so that any order of arrival gives the same versions: a key is withdrawn by a full delivery when
it is absent from a file that the delivery holds, and the store has a version of it from that file no newer than the
extract. Ties are not withdrawn so: an event's set goes with the event, and an empty set says so itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from duecare.record.version import RowVersion
from duecare.store.models import Delivery
from duecare.store.rows import chunks, marks, select


def absent_keys(delivery: Delivery, file: str, sheet: str, present: set[str]) -> tuple[list[str], int, int]:
    """Which keys of this file are withdrawn by a full delivery; how many of them stood, of how many standing?"""
    assert delivery.extracted_at is not None
    at = int(delivery.extracted_at.timestamp())
    rows = select(
        'SELECT f."key", f."version_at", f."sha256", f."is_withdrawn" FROM "fact" f JOIN "delivery" d ON d."id" ='
        ' f."delivery_id" WHERE f."source" = %s AND f."sheet" = %s AND f."file" = %s'
        " AND d.\"state\" = 'accepted'",
        [delivery.source, sheet, file],
    )
    newest: dict[str, tuple[int, bytes, bool]] = {}
    has_older: set[str] = set()
    for key, version_at, sha, withdrawn in rows:
        newest[key] = max(newest.get(key, (0, b"", True)), (version_at, bytes(sha), bool(withdrawn)))
        if version_at <= at:
            has_older.add(key)
    standing = {key for key, (_, _, withdrawn) in newest.items() if not withdrawn}
    absent = sorted(has_older - present)
    stood = sum(1 for key in absent if key in standing and newest[key][0] <= at)
    return absent, stood, len(standing)


def late_withdrawals(delivery: Delivery, kept: Iterable[RowVersion]) -> list[RowVersion]:
    """Which withdrawals do versions that arrive late call for: older than a full delivery that did not hold their key?"""
    fulls = [
        (number, int(extracted_at.timestamp()), extracted_at, set(files))
        for number, extracted_at, files in Delivery.objects.filter(
            source=delivery.source, state="accepted", scope="full", extracted_at__isnull=False
        ).values_list("number", "extracted_at", "files")
        if number is not None and extracted_at is not None
    ]
    if not fulls:
        return []
    found: list[RowVersion] = []
    for version in kept:
        if version.sheet == "ties":
            continue
        at = int((version.version_at or delivery.received_at).timestamp())
        for number, full_at, extracted_at, files in fulls:
            if at <= full_at and version.file in files:
                found.append(_withdrawal(version, extracted_at, number))
    return _truly_absent(delivery, found)


def withdrawal(sheet: str, key: str, file: str, at: datetime) -> RowVersion:
    """The version that withdraws this key at the extract's time."""
    return RowVersion(sheet, key, at.astimezone(UTC), True, b"{}", file, 0, rows=0)


def _withdrawal(version: RowVersion, at: datetime, number: int) -> RowVersion:
    return RowVersion(version.sheet, version.key, at, True, b"{}", version.file, 0, rows=number)


def _truly_absent(delivery: Delivery, wanted: list[RowVersion]) -> list[RowVersion]:
    """Those whose key no earlier-numbered delivery had brought in a version that full one could have held."""
    absent: dict[tuple[str, str, datetime], RowVersion] = {}
    by_sheet: dict[str, list[RowVersion]] = {}
    for version in wanted:
        by_sheet.setdefault(version.sheet, []).append(version)
    for sheet, versions in by_sheet.items():
        for some in chunks(versions):
            rows = select(
                'SELECT f."key", f."version_at", d."number" FROM "fact" f JOIN "delivery" d ON d."id" = f."delivery_id"'
                ' WHERE f."source" = %s AND f."sheet" = %s AND d."state" = \'accepted\' AND f."key" IN'
                f" ({marks(len(some))})",
                [delivery.source, sheet, *(version.key for version in some)],
            )
            for version in some:
                assert version.version_at is not None
                full_at = int(version.version_at.timestamp())
                seen = any(k == version.key and at <= full_at and n <= version.rows for k, at, n in rows)
                if not seen:
                    absent[(sheet, version.key, version.version_at)] = withdrawal(
                        sheet, version.key, version.file, version.version_at
                    )
    return list(absent.values())
