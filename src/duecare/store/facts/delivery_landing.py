"""Lands the rows of a delivery unseen (accepted, older, unchanged, a second of one key and time), then publishes them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

import orjson

from duecare.record.record_from_body import time_of
from duecare.record.version import RowVersion, SetAside
from duecare.store.database.sql_rows import insert_rows, placeholder_marks, select_nothing, select_rows, split_chunks
from duecare.store.database.transaction import transaction
from duecare.store.facts.fact_withdrawal import late_withdrawals
from duecare.store.facts.received_delivery import ReceivedDelivery
from duecare.store.ledger.opaque_ids import CASE_KIND, RECORD, LedgerRef, handles_of, make_handles
from duecare.store.models import Delivery

BATCH_SECONDS = 0.1
FIRST_BATCH = 500
LARGEST_BATCH = 5_000

LANDED = ("event_tie", "fact", "set_aside_row", "defect", "present_key", "complete_file")

SAME_TIME = ("written_at", "another version of this row has the same time; the one with the larger SHA-256 counts")

FACT_COLUMNS = (
    "delivery_id",
    "source",
    "sheet",
    "key",
    "version_at",
    "is_by_receipt",
    "sha256",
    "is_withdrawn",
    "body",
    "file",
    "row",
    "is_sealed",
    "kind",
    "happened_at",
    "case_source",
    "case_ref",
    "officer",
)

Group = tuple[int, list[RowVersion]]
HeldVersions = dict[tuple[str, str], list[tuple[int, bytes, bool]]]


@dataclass(slots=True)
class Counts:
    """What became of the rows so far.

    Shape:   of a full delivery, `present` are the keys it holds by (file, sheet), and `unseen` those (sheet, key) of
             them of which no version as old as the extract is held.
    """

    rows_in: int = 0
    accepted: int = 0
    set_aside: int = 0
    stale: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    handles: set[str] = field(default_factory=set)
    present: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    unseen: set[tuple[str, str]] = field(default_factory=set)


def sweep_landings() -> int:
    """Take away every landing that was never accepted; the number of them. Call only under the receive lock."""
    removed_count = 0
    for delivery_id in list(Delivery.objects.filter(state="landing").values_list("pk", flat=True)):
        take_away(delivery_id)
        with transaction():
            Delivery.objects.filter(pk=delivery_id).delete()
        removed_count += 1
    return removed_count


def take_away(delivery_id: int) -> None:
    """Take away the rows of a landing, by transactions short enough for pages to be served meanwhile."""
    for table in LANDED:  # raw: the ORM cannot delete so many rows at a time
        batch_select = f'SELECT "id" FROM "{table}" WHERE "delivery_id" = %s LIMIT {LARGEST_BATCH}'
        while select_rows(batch_select, [delivery_id]):
            with transaction():
                select_nothing(f'DELETE FROM "{table}" WHERE "id" IN ({batch_select})', [delivery_id])


def land_delivery(
    delivery: ReceivedDelivery,
    row_versions: Iterable[RowVersion | SetAside],
    report_progress: Callable[[int], None] = lambda _: None,
) -> Counts:
    """Put these rows under the landing `delivery`, batch by batch.

    Shape:   versions of one delivered row come one after another; `report_progress` hears how many rows have been read.
    """
    counts = Counts()
    batch_size = FIRST_BATCH
    groups = _group_rows(row_versions)
    while batch := _take_groups(groups, batch_size):
        began = time.monotonic()
        with transaction():
            _keep_batch(delivery, batch, counts)
        spent = time.monotonic() - began
        batch_size = max(50, min(LARGEST_BATCH, int(batch_size * min(2.0, BATCH_SECONDS / max(spent, 0.001)))))
        report_progress(counts.rows_in)
    return counts


def fact_row(delivery: ReceivedDelivery, version: RowVersion) -> tuple[object, ...]:
    """This version as a row of the table of facts, in the order of `FACT_COLUMNS`."""
    return _fact_values(delivery, version)


def _take_groups(groups: Iterator[Group | SetAside], batch_size: int) -> list[Group | SetAside]:
    batch: list[Group | SetAside] = []
    for group in groups:
        batch.append(group)
        if len(batch) >= batch_size:
            break
    return batch


def _group_rows(row_versions: Iterable[RowVersion | SetAside]) -> Iterator[Group | SetAside]:
    same_rows: list[RowVersion] = []
    for row_version in row_versions:
        if same_rows and (
            isinstance(row_version, SetAside)
            or (row_version.file, row_version.row) != (same_rows[0].file, same_rows[0].row)
        ):
            yield sum(version.rows for version in same_rows), same_rows
            same_rows = []
        if isinstance(row_version, SetAside):
            yield row_version
        else:
            same_rows.append(row_version)
    if same_rows:
        yield sum(version.rows for version in same_rows), same_rows


def _keep_batch(delivery: ReceivedDelivery, batch: list[Group | SetAside], counts: Counts) -> None:
    asides = [batch_item for batch_item in batch if isinstance(batch_item, SetAside)]
    groups = [batch_item for batch_item in batch if not isinstance(batch_item, SetAside)]
    newest = _newest_versions(delivery, (version for _, versions in groups for version in versions))
    kept_versions: list[RowVersion] = []
    for weight, versions in groups:
        outcomes = {_row_outcome(delivery, version, newest, kept_versions) for version in versions}
        outcome = next(outcome_word for outcome_word in ("accepted", "stale", "unchanged") if outcome_word in outcomes)
        setattr(counts, outcome, getattr(counts, outcome) + weight)
        counts.rows_in += weight
        if delivery.scope == "full":
            _note_present(delivery, versions, newest, counts)
    counts.set_aside += len(asides)
    counts.rows_in += len(asides)
    names = [ledger_name for version in kept_versions for ledger_name in _ledger_names(delivery.source, version)]
    make_handles(names)
    counts.handles |= handles_of(names)
    kept_versions.extend(late_withdrawals(delivery, kept_versions))
    insert_rows("fact", FACT_COLUMNS, [_fact_values(delivery, version) for version in kept_versions])
    insert_rows(
        "event_tie",
        ("delivery_id", "source", "event_id", "record_source", "record_id"),
        _tie_values(delivery, kept_versions),
    )
    insert_rows(
        "set_aside_row",
        ("delivery_id", "file", "row", "column", "reason", "remedy", "original"),
        [
            (
                delivery.id,
                set_aside_row.file,
                set_aside_row.row,
                set_aside_row.column,
                set_aside_row.reason,
                set_aside_row.remedy,
                orjson.dumps(set_aside_row.original).decode(),
            )
            for set_aside_row in asides
        ],
    )
    insert_rows(
        "defect",
        ("delivery_id", "file", "row", "column", "reason"),
        [
            (delivery.id, kept_version.file, kept_version.row, column, reason)
            for kept_version in kept_versions
            for column, reason in kept_version.notes
        ],
    )


def _note_present(delivery: ReceivedDelivery, versions: list[RowVersion], newest: HeldVersions, counts: Counts) -> None:
    assert delivery.extracted_at is not None
    extracted = int(delivery.extracted_at.timestamp())
    for version in versions:
        counts.present.setdefault((version.file, version.sheet), set()).add(version.key)
        if newest[version.sheet, version.key][0][0] > extracted:
            counts.unseen.add((version.sheet, version.key))


def _newest_versions(delivery: ReceivedDelivery, versions: Iterable[RowVersion]) -> HeldVersions:
    """The versions held of each key, those of this landing among them, oldest first."""
    keys_by_sheet: dict[str, set[str]] = {}
    for version in versions:
        keys_by_sheet.setdefault(version.sheet, set()).add(version.key)
    held_versions: HeldVersions = {}
    for sheet, record_keys in keys_by_sheet.items():
        for key_chunk in split_chunks(sorted(record_keys)):
            # Raw: asked for each batch that lands, where the ORM takes twice as long (0042).
            table_rows = select_rows(
                'SELECT f."key", f."version_at", f."sha256", f."is_by_receipt" FROM "fact" f JOIN "delivery" d ON'
                ' d."id" = f."delivery_id" WHERE f."source" = %s AND f."sheet" = %s AND f."key" IN'
                f' ({placeholder_marks(len(key_chunk))}) AND (d."state" = \'accepted\' OR d."id" = %s)',
                [delivery.source, sheet, *key_chunk, delivery.id],
            )
            for record_key, version_at, content_hash, by_receipt in table_rows:
                held_versions.setdefault((sheet, record_key), []).append(
                    (version_at, bytes(content_hash), bool(by_receipt))
                )
    for key_versions in held_versions.values():
        key_versions.sort()
    return held_versions


def _row_outcome(
    delivery: ReceivedDelivery, version: RowVersion, newest: HeldVersions, kept_versions: list[RowVersion]
) -> str:
    version_at = _version_at(delivery, version)
    by_receipt = version.version_at is None
    key_versions = newest.setdefault((version.sheet, version.key), [])
    content_hash = version.sha256
    if by_receipt and key_versions and key_versions[-1][1] == content_hash:
        return "unchanged"
    if any(held_version[:2] == (version_at, content_hash) for held_version in key_versions):
        return "unchanged"
    is_newest = not key_versions or (version_at, content_hash) > key_versions[-1][:2]
    if any(held_version[0] == version_at for held_version in key_versions):
        version = replace(version, notes=(*version.notes, SAME_TIME))
    key_versions.append((version_at, content_hash, by_receipt))
    key_versions.sort()
    kept_versions.append(version)
    return "accepted" if is_newest else "stale"


def _version_at(delivery: ReceivedDelivery, version: RowVersion) -> int:
    return int((version.version_at or delivery.received_at).timestamp())


def _fact_values(delivery: ReceivedDelivery, version: RowVersion) -> tuple[object, ...]:
    event_kind, happened_at, case_source, case_ref, officer = _looked_up_by(delivery.source, version)
    return (
        delivery.id,
        delivery.source,
        version.sheet,
        version.key,
        _version_at(delivery, version),
        version.version_at is None,
        version.sha256,
        version.withdrawn,
        version.body,
        version.file,
        version.row,
        version.sheet in {"cases", "persons"} and b'"sealed":true' in version.body,
        event_kind,
        happened_at,
        case_source,
        case_ref,
        officer,
    )


LookedUpBy = tuple[str | None, int | None, str | None, str | None, str | None]


def _looked_up_by(source: str, version: RowVersion) -> LookedUpBy:
    if version.sheet != "events" or version.withdrawn:
        return None, None, None, None, None
    row_body = orjson.loads(version.body)
    case_ref = row_body.get("case_ref")
    happened_at = int(time_of(row_body["happened_at"]).earliest.timestamp())
    officer = str(row_body.get("officer") or "").strip().casefold() or None
    return (
        row_body["kind"],
        happened_at,
        (row_body.get("case_source") or source) if case_ref else None,
        case_ref,
        officer,
    )


def _tie_values(delivery: ReceivedDelivery, kept_versions: list[RowVersion]) -> list[tuple[object, ...]]:
    return [
        (delivery.id, delivery.source, version.key, record_source, record_id)
        for version in kept_versions
        if version.sheet == "ties"
        for record_source, record_id in {
            (involvement[0], involvement[1]) for involvement in orjson.loads(version.body).get("ties", [])
        }
    ]


def _ledger_names(source: str, version: RowVersion) -> list[LedgerRef]:
    if version.sheet == "persons":
        return [(RECORD, source, version.key)]
    if version.sheet == "cases":
        return [(CASE_KIND, source, version.key)]
    if version.sheet == "events":
        _, _, case_source, case_ref, _ = _looked_up_by(source, version)
        return [(CASE_KIND, case_source, case_ref)] if case_source and case_ref else []
    if version.sheet == "ties":
        return [(RECORD, involvement[0], involvement[1]) for involvement in orjson.loads(version.body).get("ties", [])]
    return []
