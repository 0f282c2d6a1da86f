"""Deliveries as kept: accepted or refused, the latest accepted of each source, and whether one with the same hash came before.

What goes into that hash is decided in `extract/delivery`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import Count, Max

from duecare.record.version import SetAside
from duecare.store.database.sql_rows import insert_rows, split_chunks
from duecare.store.database.transaction import transaction
from duecare.store.facts.delivery_landing import FACT_COLUMNS, LANDED, Counts, fact_row, select_nothing
from duecare.store.facts.fact_withdrawal import absent_keys, sheets_of, withdrawal_of_key
from duecare.store.facts.received_delivery import ReceivedDelivery, keep_delivery, read_delivery_row
from duecare.store.models import Defect, Delivery, Fact, Handle, SetAsideRow


def is_held_already(source: str, content_sha256: str) -> bool:
    """True where a delivery with this very content has been accepted from this source."""
    return Delivery.objects.filter(source=source, content_sha256=content_sha256, state="accepted").exists()


def withdraw_absent(delivery: ReceivedDelivery, counts: Counts, complete: Iterable[str]) -> tuple[int, int]:
    """Under a full delivery, withdraw what its complete files no longer hold; how many of it stood, and of how many."""
    assert delivery.extracted_at is not None
    withdrawn_count, standing = 0, 0
    complete = sorted(complete)
    for complete_file in complete:
        known_sheets = {sheet for file_name, sheet in counts.present if file_name == complete_file}
        for sheet in sorted(known_sheets | sheets_of(delivery.source, complete_file)):
            absent, stood, all_standing = absent_keys(
                delivery, complete_file, sheet, counts.present.get((complete_file, sheet), set())
            )
            withdrawn_count += stood
            standing += all_standing
            for key_chunk in split_chunks(absent, 500):
                with transaction():
                    fact_rows = [
                        fact_row(delivery, withdrawal_of_key(sheet, record_key, complete_file, delivery.extracted_at))
                        for record_key in key_chunk
                    ]
                    insert_rows("fact", FACT_COLUMNS, fact_rows)
    for unseen in split_chunks(sorted(counts.unseen), 500):
        with transaction():
            insert_rows(
                "present_key", ("delivery_id", "sheet", "key"), ((delivery.id, *present_key) for present_key in unseen)
            )
    with transaction():
        insert_rows("complete_file", ("delivery_id", "file"), ((delivery.id, file_name) for file_name in complete))
    counts.withdrawn = withdrawn_count
    return withdrawn_count, standing


def accept_delivery(delivery: ReceivedDelivery, counts: Counts) -> ReceivedDelivery:
    """Make everything of this delivery seen at once; it as accepted. Call inside the last transaction."""
    highest = Delivery.objects.aggregate(highest=Max("number"))["highest"] or 0
    return keep_delivery(
        replace(
            delivery,
            number=highest + 1,
            state="accepted",
            rows_in=counts.rows_in,
            accepted=counts.accepted,
            set_aside=counts.set_aside,
            stale=counts.stale,
            unchanged=counts.unchanged,
            withdrawn=counts.withdrawn,
        )
    )


def refuse_delivery(delivery: ReceivedDelivery, state: str, reasons: Iterable[str], counts: Counts) -> ReceivedDelivery:
    """Take away what landed and keep why; it as kept. `state` is refused, held or duplicate. In a transaction."""
    if delivery.id is not None:
        for table in LANDED:  # raw: by name, as `take_away` empties the same tables
            select_nothing(f'DELETE FROM "{table}" WHERE "delivery_id" = %s', [delivery.id])
    is_duplicate = state == "duplicate"
    return keep_delivery(
        replace(
            delivery,
            state=state,
            reasons=tuple(reasons),
            rows_in=counts.rows_in,
            unchanged=counts.rows_in if is_duplicate else delivery.unchanged,
            refused=delivery.refused if is_duplicate else counts.rows_in,
        )
    )


def last_number() -> int:
    """The number of the latest accepted delivery; 0 when there is none."""
    return Delivery.objects.aggregate(highest=Max("number"))["highest"] or 0


def page_of_deliveries(page_number: int, per_page: int) -> tuple[list[ReceivedDelivery], int]:
    """One page of deliveries, newest first, and how many there are."""
    everything = Delivery.objects.exclude(state="landing").order_by("-id")
    page_rows = everything[(page_number - 1) * per_page : page_number * per_page]
    return [read_delivery_row(table_row) for table_row in page_rows], everything.count()


def one_delivery(delivery_id: int) -> ReceivedDelivery | None:
    """The delivery with this id, unless it is still landing."""
    table_row = Delivery.objects.exclude(state="landing").filter(pk=delivery_id).first()
    return read_delivery_row(table_row) if table_row is not None else None


def id_of_number(number: int) -> int | None:
    """The id of the accepted delivery with this number; None where there is none."""
    return Delivery.objects.filter(number=number).values_list("pk", flat=True).first()


def set_aside_rows(delivery_id: int, file_name: str) -> list[SetAside]:
    """The rows of this file of this delivery that were set aside."""
    table_rows = SetAsideRow.objects.filter(delivery_id=delivery_id, file=file_name).order_by("row", "id")
    return [_read_set_aside(table_row) for table_row in table_rows]


def set_aside_batches(delivery_id: int, batch_size: int = 2_000) -> Iterator[list[SetAside]]:
    """The rows of this delivery that were set aside, some thousands at a time: a hostile delivery has as many as it likes."""
    table_rows = SetAsideRow.objects.filter(delivery_id=delivery_id).order_by("file", "row", "id")
    yield from split_chunks(map(_read_set_aside, table_rows.iterator(chunk_size=batch_size)), batch_size)


def received_since(delivery: ReceivedDelivery, record_keys: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of these (sheet, key) of its source of which a delivery accepted after this one has a version."""
    if delivery.number is None:
        return set()
    by_sheet: dict[str, set[str]] = {}
    for sheet, record_key in record_keys:
        by_sheet.setdefault(sheet, set()).add(record_key)
    received_keys: set[tuple[str, str]] = set()
    for sheet, sheet_keys in by_sheet.items():
        for key_chunk in split_chunks(sorted(sheet_keys)):
            later_facts = Fact.objects.filter(
                source=delivery.source,
                sheet=sheet,
                key__in=key_chunk,
                delivery__state="accepted",
                delivery__number__gt=delivery.number,
            )
            received_keys |= {
                (sheet, record_key) for record_key in later_facts.values_list("key", flat=True).distinct()
            }
    return received_keys


def count_defects(delivery_id: int) -> list[tuple[str, str, int]]:
    """Which defects were noted in this delivery, and how often: (column, reason, count)."""
    defect_rows = Defect.objects.filter(delivery_id=delivery_id).values("column", "reason").annotate(n=Count("id"))
    return [
        (table_row["column"], table_row["reason"], table_row["n"]) for table_row in defect_rows.order_by("-n", "column")
    ]


def latest_accepted_of_each_source() -> list[tuple[str, datetime | None, datetime]]:
    """Of each source: the latest time of extract and of receipt of its accepted deliveries; one sent twice counts once."""
    table_rows = (
        Delivery.objects.filter(state="accepted")
        .values("source")
        .annotate(extracted=Max("extracted_at"), received=Max("received_at"))
        .order_by("source")
    )
    return [(table_row["source"], table_row["extracted"], table_row["received"]) for table_row in table_rows]


def source_watermarks() -> tuple[tuple[str, int, str, str], ...]:
    """The latest accepted delivery of each source: (source, number, name, when it was extracted)."""
    last_delivery: dict[str, Delivery] = {}
    for delivery in Delivery.objects.filter(state="accepted", number__isnull=False).order_by("number"):
        last_delivery[delivery.source] = delivery
    return tuple(
        (
            source,
            delivery.number or 0,
            delivery.name,
            delivery.extracted_at.isoformat() if delivery.extracted_at else "",
        )
        for source, delivery in sorted(last_delivery.items())
    )


def sources_after(number: int) -> frozenset[str]:
    """The sources with an accepted delivery that comes after this number."""
    later = Delivery.objects.filter(state="accepted", number__gt=number)
    return frozenset(later.values_list("source", flat=True))


def count_cases() -> int:
    """The number of cases named by any source."""
    return Handle.objects.filter(kind="case").count()


def next_receipt(source: str, current_moment: datetime) -> datetime:
    """When a delivery of this source that names no time of its own is received: at least a second after the one before it.

    Shape:   rows without any time are versioned by receipt, so two deliveries of one command must not share theirs.
    """
    last_received = Delivery.objects.filter(source=source, state="accepted").aggregate(last=Max("received_at"))["last"]
    return max(current_moment, last_received + timedelta(seconds=1)) if last_received else current_moment


def _read_set_aside(table_row: SetAsideRow) -> SetAside:
    return SetAside(
        table_row.file,
        table_row.row,
        table_row.column,
        table_row.reason,
        table_row.remedy,
        tuple((column_name, cell_text) for column_name, cell_text in table_row.original),
    )
