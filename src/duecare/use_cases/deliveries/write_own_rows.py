"""A few rows that Duecare itself writes: one delivery of its own, landed and accepted in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from duecare.access.act import Act
from duecare.authorisation.authorise import log_write
from duecare.authorisation.request import Request
from duecare.ledger import Act as LedgerAct
from duecare.record.contract import POLE_SHEETS
from duecare.record.row_reader import Fault, RowRead, row_reader, spoilt_fault, write_body
from duecare.record.version import RowVersion
from duecare.store.database.transaction import transaction
from duecare.store.facts import delivery_records
from duecare.store.facts.delivery_landing import land_delivery
from duecare.store.facts.received_delivery import ReceivedDelivery, keep_delivery
from duecare.use_cases.deliveries.receive_delivery import OWN_SOURCE
from duecare.vocabulary.moments import iso_text
from duecare.vocabulary.refusals import Refusal

SheetRows = Mapping[str, Sequence[Mapping[str, str]]]
_ORDER: Final = ("cases", "persons", "events", "ties")


def keep_own(
    request: Request,
    read_act: Act,
    delivery_name: str,
    sheet_rows: SheetRows,
    *,
    outcome: str,
    logged_as: LedgerAct = LedgerAct.COLLECTION,
) -> int:
    """Keep these rows as one delivery of the source `duecare`, and its line in the ledger; the delivery's number.

    Shape:   by sheet of the neutral layout, every row with its `written_at`. Read by the same contract as what other
             systems send, but here, without files or a reader's process: the words are of a form, not of a stranger's
             file. All of it is one transaction, so that nothing is ever left landing. Call while holding
             `deliveries.receiving()`.
    Raises:  AUD-050 where a row does not keep the contract: nothing was written.
    """
    versions = list(_row_versions(sheet_rows, request.now))
    delivery = ReceivedDelivery(
        name=delivery_name[:255],
        source=OWN_SOURCE,
        received_at=delivery_records.next_receipt(OWN_SOURCE, request.now),
        content_sha256=_content_digest(versions),
        files=tuple(f"{sheet}.csv" for sheet in _ORDER if sheet_rows.get(sheet)),
    )
    with transaction():
        if delivery_records.is_held_already(OWN_SOURCE, delivery.content_sha256):
            raise Refusal("AUD-050", found="duplicate")
        landing = keep_delivery(delivery)
        counts = land_delivery(landing, versions)
        accepted = delivery_records.accept_delivery(landing, counts)
        log_write(request, read_act, handles=counts.handles, outcome=outcome, logged_as=logged_as)
    return accepted.number or 0


def _row_versions(sheet_rows: SheetRows, received_at: datetime) -> Iterator[RowVersion]:
    for sheet in _ORDER:
        sheet_rows_said = sheet_rows.get(sheet, ())
        columns = POLE_SHEETS[sheet].names
        read_row = row_reader(POLE_SHEETS[sheet], columns, extracted_at=None, received_at=iso_text(received_at))
        rows_read: list[tuple[int, RowRead]] = []
        for number, sheet_row in enumerate(sheet_rows_said, start=2):
            texts = [sheet_row.get(column, "") for column in columns]
            row_read = read_row(texts)
            if isinstance(row_read, Fault):
                raise Refusal("AUD-050", faults=(f"{sheet}, {row_read.column}: {row_read.reason}",))
            rows_read.append((number, row_read))
        if sheet == "ties":
            yield from _involvement_sets(rows_read)
            continue
        for number, row_read in rows_read:
            row_body = write_body(row_read.body)
            if row_body is None:
                raise Refusal("AUD-050", faults=(_spoilt_reason(sheet, sheet_rows_said[number - 2]),))
            yield RowVersion(
                sheet,
                row_read.key,
                _moment_of(row_read.version),
                row_read.withdrawn,
                row_body,
                f"{sheet}.csv",
                number,
                notes=row_read.notes,
            )


def _involvement_sets(rows_read: Sequence[tuple[int, RowRead]]) -> Iterator[RowVersion]:
    """The ties of one event are one set."""
    events: dict[str, list[tuple[int, RowRead]]] = {}
    for number, row_read in rows_read:
        events.setdefault(row_read.key, []).append((number, row_read))
    for event, own_rows in events.items():
        involvements = {
            (str(own_row.body.get("source") or OWN_SOURCE), str(own_row.body["record_id"]), str(own_row.body["role"]))
            for _, own_row in own_rows
        }
        written = max((own_row.version for _, own_row in own_rows if own_row.version), default=None)
        set_body = write_body({"ties": sorted(involvements)})
        if set_body is None:
            raise Refusal("AUD-050", faults=("ties: a character that cannot be stored",))
        yield RowVersion(
            "ties", event, _moment_of(written), False, set_body, "ties.csv", own_rows[0][0], rows=len(own_rows)
        )


def _spoilt_reason(sheet: str, sheet_row: Mapping[str, str]) -> str:
    columns = POLE_SHEETS[sheet].names
    fault_found = spoilt_fault(columns, [sheet_row.get(column, "") for column in columns])
    return (
        f"{sheet}, {fault_found.column}: {fault_found.reason}"
        if fault_found
        else f"{sheet}: something that cannot be stored"
    )


def _moment_of(moment_text: str | None) -> datetime | None:
    return datetime.fromisoformat(moment_text) if moment_text else None


def _content_digest(versions: Sequence[RowVersion]) -> str:
    digest = hashlib.sha256(OWN_SOURCE.encode())
    for row_version in versions:
        digest.update(
            f"\x1e{row_version.sheet}\x1f{row_version.key}\x1f{row_version.version_at}\x1f".encode()
            + row_version.sha256
        )
    return digest.hexdigest()
