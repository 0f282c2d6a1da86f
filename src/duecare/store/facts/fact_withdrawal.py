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
from duecare.store.database.sql_rows import placeholder_marks, select_rows, split_chunks
from duecare.store.facts.received_delivery import ReceivedDelivery
from duecare.store.models import CompleteFile, Fact

FORMS = (".csv", ".parquet", ".xlsx", ".xml")


def sheets_of(source: str, file_name: str) -> set[str]:
    """The sheets of which this file of this source has had rows, in any form."""
    forms = _file_forms(file_name)
    return set(Fact.objects.filter(source=source, file__in=forms).values_list("sheet", flat=True).distinct())


def absent_keys(
    delivery: ReceivedDelivery, file_name: str, sheet: str, present: set[str]
) -> tuple[list[str], int, int]:
    """The keys of this file that a full delivery withdraws, how many of them stood, and of how many standing."""
    assert delivery.extracted_at is not None
    extracted_at = int(delivery.extracted_at.timestamp())
    forms = _file_forms(file_name)
    # Raw: every version of a whole file, of which the ORM reads half as many in a second (0042).
    table_rows = select_rows(
        'SELECT f."key", f."version_at", f."sha256", f."is_withdrawn" FROM "fact" f JOIN "delivery" d ON d."id" ='
        f' f."delivery_id" WHERE f."source" = %s AND f."sheet" = %s AND f."file" IN ({placeholder_marks(len(forms))})'
        " AND d.\"state\" = 'accepted'",
        [delivery.source, sheet, *forms],
    )
    newest: dict[str, tuple[int, bytes, bool]] = {}
    has_older: set[str] = set()
    for record_key, version_at, content_hash, withdrawn in table_rows:
        newest[record_key] = max(
            newest.get(record_key, (0, b"", True)), (version_at, bytes(content_hash), bool(withdrawn))
        )
        if version_at <= extracted_at:
            has_older.add(record_key)
    standing = {record_key for record_key, (_, _, withdrawn) in newest.items() if not withdrawn}
    absent = sorted(has_older - present)
    stood = sum(1 for record_key in absent if record_key in standing and newest[record_key][0] <= extracted_at)
    return absent, stood, len(standing)


def late_withdrawals(delivery: ReceivedDelivery, kept_versions: Iterable[RowVersion]) -> list[RowVersion]:
    """The withdrawals of versions that arrive late: older than a full delivery that did not hold their key."""
    fulls: dict[int, tuple[datetime, set[str]]] = {}
    for number, extracted_at, file_name in CompleteFile.objects.filter(
        delivery__source=delivery.source, delivery__state="accepted", delivery__extracted_at__isnull=False
    ).values_list("delivery__number", "delivery__extracted_at", "file"):
        assert number is not None
        assert extracted_at is not None
        fulls.setdefault(number, (extracted_at, set()))[1].add(PurePath(file_name).stem)
    if not fulls:
        return []
    withdrawals: list[RowVersion] = []
    for version in kept_versions:
        version_at = int((version.version_at or delivery.received_at).timestamp())
        for number, (extracted_at, stems) in fulls.items():
            if version_at <= int(extracted_at.timestamp()) and PurePath(version.file).stem in stems:
                withdrawals.append(_withdrawal_of_version(version, extracted_at, number))
    return _truly_absent(delivery, withdrawals)


def withdrawal_of_key(sheet: str, record_key: str, file_name: str, withdrawn_at: datetime) -> RowVersion:
    """The version that withdraws this key at the extract's time."""
    return RowVersion(sheet, record_key, withdrawn_at.astimezone(UTC), True, b"{}", file_name, 0, rows=0)


def _withdrawal_of_version(version: RowVersion, withdrawn_at: datetime, number: int) -> RowVersion:
    return RowVersion(version.sheet, version.key, withdrawn_at, True, b"{}", version.file, 0, rows=number)


def _truly_absent(delivery: ReceivedDelivery, withdrawals: list[RowVersion]) -> list[RowVersion]:
    """Those whose key no earlier-numbered delivery had brought in a version that full one could have held."""
    absent: dict[tuple[str, str, datetime], RowVersion] = {}
    by_sheet: dict[str, list[RowVersion]] = {}
    for version in withdrawals:
        by_sheet.setdefault(version.sheet, []).append(version)
    for sheet, versions in by_sheet.items():
        for key_chunk in split_chunks(versions):
            record_keys = [version.key for version in key_chunk]
            # Raw: asked for each batch that lands, where the ORM takes twice as long (0042).
            table_rows = select_rows(
                'SELECT f."key", f."version_at", d."number", f."file" FROM "fact" f JOIN "delivery" d ON d."id" ='
                ' f."delivery_id" WHERE f."source" = %s AND f."sheet" = %s AND d."state" = \'accepted\' AND f."key" IN'
                f" ({placeholder_marks(len(record_keys))})",
                [delivery.source, sheet, *record_keys],
            )
            full_deliveries: dict[tuple[str, str], list[tuple[int, int]]] = {}
            for record_key, listed_at, number, file_name in table_rows:
                full_deliveries.setdefault((record_key, PurePath(file_name).stem), []).append((listed_at, number))
            present = select_rows(
                'SELECT p."key", d."number" FROM "present_key" p JOIN "delivery" d ON d."id" = p."delivery_id"'
                ' WHERE d."source" = %s AND p."sheet" = %s AND d."state" = \'accepted\' AND p."key" IN'
                f" ({placeholder_marks(len(record_keys))})",
                [delivery.source, sheet, *record_keys],
            )
            present_rows = set(present)
            for version in key_chunk:
                assert version.version_at is not None
                full_at = int(version.version_at.timestamp())
                same_file = full_deliveries.get((version.key, PurePath(version.file).stem), ())
                if (version.key, version.rows) in present_rows or any(
                    listed_at <= full_at and listed_rows <= version.rows for listed_at, listed_rows in same_file
                ):
                    continue
                absent[(sheet, version.key, version.version_at)] = withdrawal_of_key(
                    sheet, version.key, version.file, version.version_at
                )
    return list(absent.values())


def _file_forms(file_name: str) -> list[str]:
    return [PurePath(file_name).stem + file_form for file_form in FORMS]
