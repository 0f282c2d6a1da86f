"""Take deliveries in: each whole or not at all, each with an account of every row."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
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
from duecare.store.database.transaction import transaction
from duecare.store.facts import delivery_records
from duecare.store.facts.delivery_landing import Counts, land, sweep, take_away
from duecare.store.facts.delivery_records import Delivery
from duecare.visibility.page_types import DeliveryShown
from duecare.vocabulary.refusals import Refusal

Tell = Callable[[str, int], None]
OWN_SOURCE = "duecare"
"""Under this name stand the facts that Duecare itself writes; nobody delivers under it."""


def receive(
    request: Request,
    config: Config,
    paths: list[Path],
    *,
    source: str | None = None,
    confirmed: bool = False,
    tell: Tell = lambda _name, _rows: None,
) -> list[DeliveryShown]:
    """What became of each of these deliveries?

    Shape:   one answer a path, in order; a delivery refused or held keeps none of the others out.
    Raises:  ACC-003 when the viewer may not receive.
    """
    authorise(request, Act.RECEIVE, DELIVERIES)
    with delivery_records.receiving():
        sweep()
        with ThreadPoolExecutor(max_workers=1) as ahead:
            return [
                _one(request, config, path, opening, source, confirmed, tell)
                for path, opening in _opened_ahead(request, config, paths, source, ahead)
            ]


def receive_own(request: Request, config: Config, path: Path) -> DeliveryShown:
    """Take in a delivery of Duecare's own facts, as part of a step that has asked policy for itself."""
    with delivery_records.receiving():
        sweep()
        with ThreadPoolExecutor(max_workers=1) as ahead:
            ((_, opening),) = _opened_ahead(request, config, [path], OWN_SOURCE, ahead)
            return _one(request, config, path, opening, OWN_SOURCE, False, lambda _name, _rows: None, own=True)


def _opened_ahead(
    request: Request, config: Config, paths: list[Path], source: str | None, ahead: ThreadPoolExecutor
) -> Iterator[tuple[Path, Future[Opened]]]:
    """Each delivery, opened while the one before it lands: a reader's start takes longer than a small landing."""

    def begin(path: Path) -> Future[Opened]:
        return ahead.submit(read_delivery, path, source=source, sources_dirs=config.sources, received_at=request.now)

    waiting: deque[tuple[Path, Future[Opened]]] = deque()
    try:
        for path in paths:
            waiting.append((path, begin(path)))
            if len(waiting) > 1:
                yield waiting.popleft()
        yield from iter(lambda: waiting.popleft() if waiting else None, None)
    finally:
        for _, opening in waiting:
            if not opening.cancel() and opening.exception() is None:
                opening.result().close()


def _one(
    request: Request,
    config: Config,
    path: Path,
    opening: Future[Opened],
    source: str | None,
    confirmed: bool,
    tell: Tell,
    *,
    own: bool = False,
) -> DeliveryShown:
    kept = Delivery(
        name=path.name[:255],
        source=(source or "")[:80],
        scope="changes",
        received_at=request.now,
        state="landing",
    )
    counts = Counts()
    try:
        with opening.result() as opened:
            _describe(kept, opened)
            if opened.source.casefold() == OWN_SOURCE and not own:
                return _end(request, kept, "refused", [str(Refusal("AUD-051", where=path.name))], counts, opened)
            if opened.extracted_at is None:
                kept.received_at = delivery_records.next_receipt(opened.source, request.now)
            if delivery_records.is_held_already(opened.source, opened.content_sha256):
                return _end(request, kept, "duplicate", ["the very same content was accepted before"], counts, opened)
            with transaction():
                kept.save()
            counts = land(kept, opened.rows(), lambda rows: tell(path.name, rows))
            for where, keys in opened.set_aside_keys.items():
                counts.present.setdefault(where, set()).update(keys)
                counts.unseen |= {(where[1], key) for key in keys}
            kept.files = list(opened.files)
            kept.notes = list(opened.notes)
            complete = [file for file in opened.files if file not in opened.keyless]
            return _accept(request, config, kept, counts, confirmed, complete)
    except Refusal as refusal:
        if refusal.code.startswith(("STO", "LED")):
            raise
        return _end(request, kept, "refused", [str(refusal)], counts, None)


def _accept(
    request: Request, config: Config, kept: Delivery, counts: Counts, confirmed: bool, complete: list[str]
) -> DeliveryShown:
    if kept.scope == "full" and kept.extracted_at is not None:
        gone, standing = delivery_records.withdraw_absent(kept, counts, complete)
        share = read_policy(config.policy).withdrawal_share
        if standing and gone / standing > share and not confirmed:
            reason = (
                f"{gone} of {standing} standing rows are absent from this full delivery, more than {share:.0%}; nothing"
                " was changed. If that is right, receive it again with --confirm"
            )
            return _end(request, kept, "held", [reason], counts, None)
    with transaction():
        if delivery_records.is_held_already(kept.source, kept.content_sha256):
            delivery_records.refuse(kept, "duplicate", ["the very same content was accepted before"], counts)
        else:
            delivery_records.accept(kept, counts)
        log_write(request, Act.RECEIVE, handles=counts.handles, outcome=kept.state)
    return shown(kept)


def _end(
    request: Request, kept: Delivery, state: str, reasons: list[str], counts: Counts, opened: Opened | None
) -> DeliveryShown:
    if opened is not None:
        counts.rows_in = opened.count_rows()
    if kept.pk is not None:
        take_away(kept)
    with transaction():
        kept.save()
        delivery_records.refuse(kept, state, reasons, counts)
        log_write(request, Act.RECEIVE, outcome=state)
    return shown(kept)


def _describe(kept: Delivery, opened: Opened) -> None:
    kept.source = opened.source
    kept.sequence = opened.sequence
    kept.scope = opened.scope
    kept.extracted_at = opened.extracted_at.astimezone(UTC) if opened.extracted_at else None
    kept.content_sha256 = opened.content_sha256
    kept.files = list(opened.files)
    kept.notes = list(opened.notes)


def shown(kept: Delivery) -> DeliveryShown:
    """A delivery as it is shown."""
    return DeliveryShown(
        id=kept.pk,
        number=kept.number,
        name=kept.name,
        source=kept.source,
        sequence=kept.sequence,
        scope=kept.scope,
        status=kept.state,
        extracted_at=kept.extracted_at,
        received_at=kept.received_at,
        rows_in=kept.rows_in,
        accepted=kept.accepted,
        set_aside=kept.set_aside,
        stale=kept.stale,
        unchanged=kept.unchanged,
        refused=kept.refused,
        reasons=tuple(kept.reasons),
        notes=tuple(kept.notes),
    )
