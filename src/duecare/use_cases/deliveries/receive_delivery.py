"""Receive deliveries: each whole or not at all, the same one again recognised, with an account of every row."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC
from pathlib import Path

from duecare.access.act import Act
from duecare.access.thing import DELIVERIES
from duecare.authorisation.authorise import authorise, log_write
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.extract import Delivery as Opened
from duecare.extract import read_delivery
from duecare.rulebook.force_policy import read_policy
from duecare.store.database.process_locks import receiving_lock
from duecare.store.database.transaction import transaction
from duecare.store.facts import delivery_records
from duecare.store.facts.delivery_landing import Counts, land_delivery, sweep_landings, take_away
from duecare.store.facts.received_delivery import ReceivedDelivery, keep_delivery
from duecare.visibility.page_types import DeliveryShown
from duecare.vocabulary.refusals import Refusal

TellProgress = Callable[[str, int], None]
OWN_SOURCE = "duecare"
"""Under this name stand the facts that Duecare itself writes; nobody delivers under it."""


def receive_files(
    request: Request,
    config: Config,
    paths: list[Path],
    *,
    source: str | None = None,
    confirmed: bool = False,
    tell_progress: TellProgress = lambda _file_name, _row_count: None,
) -> list[DeliveryShown]:
    """Receive these deliveries; what became of each.

    Shape:   one answer a path, in order; a delivery refused or held keeps none of the others out.
    Raises:  ACC-003 when the viewer may not receive.
    """
    authorise(request, Act.RECEIVE, DELIVERIES)
    with receiving_lock():
        sweep_landings()
        with ThreadPoolExecutor(max_workers=1) as ahead:
            return [
                _receive_one(request, config, file_path, opening, source, confirmed, tell_progress)
                for file_path, opening in _opened_ahead(request, config, paths, source, ahead)
            ]


def receive_own(request: Request, config: Config, file_path: Path) -> DeliveryShown:
    """Receive a delivery of Duecare's own facts, as part of a step that has authorised itself."""
    with receiving_lock():
        sweep_landings()
        with ThreadPoolExecutor(max_workers=1) as ahead:
            ((_, opening),) = _opened_ahead(request, config, [file_path], OWN_SOURCE, ahead)
            return _receive_one(
                request, config, file_path, opening, OWN_SOURCE, False, lambda _file_name, _row_count: None, is_own=True
            )


def _opened_ahead(
    request: Request, config: Config, paths: list[Path], source: str | None, ahead: ThreadPoolExecutor
) -> Iterator[tuple[Path, Future[Opened]]]:
    """Each delivery, opened while the one before it lands: a reader's start takes longer than a small landing."""

    def begin_opening(file_path: Path) -> Future[Opened]:
        return ahead.submit(
            read_delivery, file_path, source=source, sources_dirs=config.sources, received_at=request.now
        )

    waiting: deque[tuple[Path, Future[Opened]]] = deque()
    try:
        for file_path in paths:
            waiting.append((file_path, begin_opening(file_path)))
            if len(waiting) > 1:
                yield waiting.popleft()
        yield from iter(lambda: waiting.popleft() if waiting else None, None)
    finally:
        for _, opening in waiting:
            if not opening.cancel() and opening.exception() is None:
                opening.result().close()


def _receive_one(
    request: Request,
    config: Config,
    file_path: Path,
    opening: Future[Opened],
    source: str | None,
    confirmed: bool,
    tell_progress: TellProgress,
    *,
    is_own: bool = False,
) -> DeliveryShown:
    delivery = ReceivedDelivery(
        name=file_path.name[:255],
        source=(source or "")[:80],
        received_at=request.now,
    )
    counts = Counts()
    try:
        with opening.result() as opened:
            delivery = _described_delivery(delivery, opened)
            if opened.source.casefold() == OWN_SOURCE and not is_own:
                return _end_delivery(
                    request, delivery, "refused", [str(Refusal("AUD-051", where=file_path.name))], counts, opened
                )
            if opened.extracted_at is None:
                received_at = delivery_records.next_receipt(opened.source, request.now)
                delivery = replace(delivery, received_at=received_at)
            if delivery_records.is_held_already(opened.source, opened.content_sha256):
                return _end_delivery(
                    request, delivery, "duplicate", ["the very same content was accepted before"], counts, opened
                )
            with transaction():
                delivery = keep_delivery(delivery)
            counts = land_delivery(
                delivery, opened.rows(), lambda landed_rows: tell_progress(file_path.name, landed_rows)
            )
            for where, unseen_keys in opened.set_aside_keys.items():
                counts.present.setdefault(where, set()).update(unseen_keys)
                counts.unseen |= {(where[1], unseen_key) for unseen_key in unseen_keys}
            delivery = replace(delivery, files=tuple(opened.files), notes=tuple(opened.notes))
            complete = [opened_file for opened_file in opened.files if opened_file not in opened.keyless]
            return _accept_delivery(request, config, delivery, counts, confirmed, complete)
    except Refusal as refusal:
        if refusal.code.startswith(("STO", "LED")):
            raise
        return _end_delivery(request, delivery, "refused", [str(refusal)], counts, None)


def _accept_delivery(
    request: Request, config: Config, delivery: ReceivedDelivery, counts: Counts, confirmed: bool, complete: list[str]
) -> DeliveryShown:
    if delivery.scope == "full" and delivery.extracted_at is not None:
        absent_count, standing = delivery_records.withdraw_absent(delivery, counts, complete)
        share = read_policy(config.policy).withdrawal_share
        if standing and absent_count / standing > share and not confirmed:
            reason = (
                f"{absent_count} of {standing} standing rows are absent from this full delivery, more than {share:.0%}; nothing"
                " was changed. If that is right, receive it again with --confirm"
            )
            return _end_delivery(request, delivery, "held", [reason], counts, None)
    with transaction():
        if delivery_records.is_held_already(delivery.source, delivery.content_sha256):
            delivery = delivery_records.refuse_delivery(
                delivery, "duplicate", ["the very same content was accepted before"], counts
            )
        else:
            delivery = delivery_records.accept_delivery(delivery, counts)
        log_write(request, Act.RECEIVE, handles=counts.handles, outcome=delivery.state)
    return delivery_shown(delivery)


def _end_delivery(
    request: Request, delivery: ReceivedDelivery, state: str, reasons: list[str], counts: Counts, opened: Opened | None
) -> DeliveryShown:
    if opened is not None:
        counts.rows_in = opened.count_rows()
    if delivery.id is not None:
        take_away(delivery.id)
    with transaction():
        delivery = delivery_records.refuse_delivery(delivery, state, reasons, counts)
        log_write(request, Act.RECEIVE, outcome=state)
    return delivery_shown(delivery)


def _described_delivery(delivery: ReceivedDelivery, opened: Opened) -> ReceivedDelivery:
    return replace(
        delivery,
        source=opened.source,
        sequence=opened.sequence,
        scope=opened.scope,
        extracted_at=opened.extracted_at.astimezone(UTC) if opened.extracted_at else None,
        content_sha256=opened.content_sha256,
        files=tuple(opened.files),
        notes=tuple(opened.notes),
    )


def delivery_shown(delivery: ReceivedDelivery) -> DeliveryShown:
    """A delivery as it is shown."""
    assert delivery.id is not None, "what is shown is kept"
    return DeliveryShown(
        id=delivery.id,
        number=delivery.number,
        name=delivery.name,
        source=delivery.source,
        sequence=delivery.sequence,
        scope=delivery.scope,
        status=delivery.state,
        extracted_at=delivery.extracted_at,
        received_at=delivery.received_at,
        rows_in=delivery.rows_in,
        accepted=delivery.accepted,
        set_aside=delivery.set_aside,
        stale=delivery.stale,
        unchanged=delivery.unchanged,
        refused=delivery.refused,
        reasons=delivery.reasons,
        notes=delivery.notes,
    )
