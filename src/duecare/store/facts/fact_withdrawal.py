"""Withdrawal by absence: a key that a full delivery no longer holds is withdrawn at its extract's time.

The rule is one of sets, so that any order of arrival gives the same versions: a key is withdrawn by a full delivery when
it is absent from a file that the delivery holds, and the store has a version of it from that file no newer than the
extract. Which form a file comes in (CSV, Parquet, a workbook) does not matter. Sets of ties are withdrawn like any
other key: an event that a full `ties` file no longer names has nobody tied to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import PurePath

from duecare.record.version import RowVersion
from duecare.store.database.sql_rows import chunks, marks, select
from duecare.store.models import CompleteFile, Delivery

FORMS = (".csv", ".parquet", ".xlsx", ".xml")


def sheets_of(source: str, file: str) -> set[str]:
    """Of which sheets has this file of this source brought rows, in any form?"""
    forms = _forms(file)
    rows = select(
        f'SELECT DISTINCT "sheet" FROM "fact" WHERE "source" = %s AND "file" IN ({marks(len(forms))})', [source, *forms]
    )
    return {sheet for (sheet,) in rows}


def absent_keys(delivery: Delivery, file: str, sheet: str, present: set[str]) -> tuple[list[str], int, int]:
    """Which keys of this file are withdrawn by a full delivery; how many of them stood, of how many standing?"""
    assert delivery.extracted_at is not None
    at = int(delivery.extracted_at.timestamp())
    forms = _forms(file)
    rows = select(
        'SELECT f."key", f."version_at", f."sha256", f."is_withdrawn" FROM "fact" f JOIN "delivery" d ON d."id" ='
        f' f."delivery_id" WHERE f."source" = %s AND f."sheet" = %s AND f."file" IN ({marks(len(forms))})'
        " AND d.\"state\" = 'accepted'",
        [delivery.source, sheet, *forms],
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
    fulls: dict[int, tuple[datetime, set[str]]] = {}
    for number, extracted_at, file in CompleteFile.objects.filter(
        delivery__source=delivery.source, delivery__state="accepted", delivery__extracted_at__isnull=False
    ).values_list("delivery__number", "delivery__extracted_at", "file"):
        assert number is not None
        assert extracted_at is not None
        fulls.setdefault(number, (extracted_at, set()))[1].add(PurePath(file).stem)
    if not fulls:
        return []
    found: list[RowVersion] = []
    for version in kept:
        at = int((version.version_at or delivery.received_at).timestamp())
        for number, (extracted_at, stems) in fulls.items():
            if at <= int(extracted_at.timestamp()) and PurePath(version.file).stem in stems:
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
            keys = [version.key for version in some]
            rows = select(
                'SELECT f."key", f."version_at", d."number", f."file" FROM "fact" f JOIN "delivery" d ON d."id" ='
                ' f."delivery_id" WHERE f."source" = %s AND f."sheet" = %s AND d."state" = \'accepted\' AND f."key" IN'
                f" ({marks(len(keys))})",
                [delivery.source, sheet, *keys],
            )
            seen: dict[tuple[str, str], list[tuple[int, int]]] = {}
            for key, at, number, file in rows:
                seen.setdefault((key, PurePath(file).stem), []).append((at, number))
            present = select(
                'SELECT p."key", d."number" FROM "present_key" p JOIN "delivery" d ON d."id" = p."delivery_id"'
                ' WHERE d."source" = %s AND p."sheet" = %s AND d."state" = \'accepted\' AND p."key" IN'
                f" ({marks(len(keys))})",
                [delivery.source, sheet, *keys],
            )
            held = set(present)
            for version in some:
                assert version.version_at is not None
                full_at = int(version.version_at.timestamp())
                same = seen.get((version.key, PurePath(version.file).stem), ())
                if (version.key, version.rows) in held or any(at <= full_at and n <= version.rows for at, n in same):
                    continue
                absent[(sheet, version.key, version.version_at)] = withdrawal(
                    sheet, version.key, version.file, version.version_at
                )
    return list(absent.values())


def _forms(file: str) -> list[str]:
    return [PurePath(file).stem + form for form in FORMS]
