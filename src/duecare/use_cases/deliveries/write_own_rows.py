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
from duecare.record.read import Fault, RowRead, row_reader, spoilt_fault, write_body
from duecare.record.version import RowVersion
from duecare.store.database.transaction import transaction
from duecare.store.facts import delivery_records
from duecare.store.facts.delivery_landing import land
from duecare.store.models import Delivery
from duecare.use_cases.deliveries.receive_delivery import OWN_SOURCE
from duecare.vocabulary.moments import iso_text
from duecare.vocabulary.refusals import Refusal

Rows = Mapping[str, Sequence[Mapping[str, str]]]
_ORDER: Final = ("cases", "persons", "events", "ties")


def keep_own(
    request: Request, act: Act, name: str, rows: Rows, *, outcome: str, logged_as: LedgerAct = LedgerAct.COLLECTION
) -> int:
    """Keep these rows as one delivery of the source `duecare`, and its line in the ledger; the delivery's number.

    Shape:   by sheet of the neutral layout, every row with its `written_at`. Read by the same contract as what other
             systems send, but here, without files or a reader's process: the words are of a form, not of a stranger's
             file. All of it is one transaction, so that nothing is ever left landing. Call while holding
             `deliveries.receiving()`.
    Raises:  AUD-050 where a row does not keep the contract: nothing was written.
    """
    versions = list(_versions(rows, request.now))
    kept = Delivery(
        name=name[:255],
        source=OWN_SOURCE,
        scope="changes",
        received_at=delivery_records.next_receipt(OWN_SOURCE, request.now),
        state="landing",
        content_sha256=_content(versions),
        files=[f"{sheet}.csv" for sheet in _ORDER if rows.get(sheet)],
    )
    with transaction():
        if delivery_records.is_held_already(OWN_SOURCE, kept.content_sha256):
            raise Refusal("AUD-050", found="duplicate")
        kept.save()
        counts = land(kept, versions)
        delivery_records.accept(kept, counts)
        log_write(request, act, handles=counts.handles, outcome=outcome, logged_as=logged_as)
    return kept.number or 0


def _versions(rows: Rows, received_at: datetime) -> Iterator[RowVersion]:
    for sheet in _ORDER:
        said = rows.get(sheet, ())
        columns = POLE_SHEETS[sheet].names
        read = row_reader(POLE_SHEETS[sheet], columns, extracted_at=None, received_at=iso_text(received_at))
        found: list[tuple[int, RowRead]] = []
        for number, row in enumerate(said, start=2):
            texts = [row.get(column, "") for column in columns]
            one = read(texts)
            if isinstance(one, Fault):
                raise Refusal("AUD-050", faults=(f"{sheet}, {one.column}: {one.reason}",))
            found.append((number, one))
        if sheet == "ties":
            yield from _sets(found)
            continue
        for number, one in found:
            body = write_body(one.body)
            if body is None:
                raise Refusal("AUD-050", faults=(_spoilt(sheet, said[number - 2]),))
            yield RowVersion(
                sheet, one.key, _moment(one.version), one.withdrawn, body, f"{sheet}.csv", number, notes=one.notes
            )


def _sets(found: Sequence[tuple[int, RowRead]]) -> Iterator[RowVersion]:
    """The ties of one event are one set."""
    events: dict[str, list[tuple[int, RowRead]]] = {}
    for number, one in found:
        events.setdefault(one.key, []).append((number, one))
    for event, own in events.items():
        ties = {
            (str(o.body.get("source") or OWN_SOURCE), str(o.body["record_id"]), str(o.body["role"])) for _, o in own
        }
        written = max((o.version for _, o in own if o.version), default=None)
        body = write_body({"ties": sorted(ties)})
        if body is None:
            raise Refusal("AUD-050", faults=("ties: a character that cannot be kept",))
        yield RowVersion("ties", event, _moment(written), False, body, "ties.csv", own[0][0], rows=len(own))


def _spoilt(sheet: str, row: Mapping[str, str]) -> str:
    columns = POLE_SHEETS[sheet].names
    wrong = spoilt_fault(columns, [row.get(column, "") for column in columns])
    return f"{sheet}, {wrong.column}: {wrong.reason}" if wrong else f"{sheet}: what cannot be kept"


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _content(versions: Sequence[RowVersion]) -> str:
    digest = hashlib.sha256(OWN_SOURCE.encode())
    for one in versions:
        digest.update(f"\x1e{one.sheet}\x1f{one.key}\x1f{one.version_at}\x1f".encode() + one.sha256)
    return digest.hexdigest()
