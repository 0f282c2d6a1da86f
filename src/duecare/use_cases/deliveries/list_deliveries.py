"""Which deliveries came, what became of their rows, and what was set aside."""

from __future__ import annotations

from duecare.access.act import Act
from duecare.access.thing import DELIVERIES
from duecare.assessment.source_freshness import source_freshness
from duecare.authorisation.authorise import authorise, log_read, log_write
from duecare.authorisation.request import Request
from duecare.config import read_config
from duecare.extract.mapping import load_mapping
from duecare.extract.mendable_file import write_mendable
from duecare.extract.set_aside_row_keys import key_set_aside
from duecare.record.version import SetAside
from duecare.store.database.transaction import transaction
from duecare.store.facts import delivery_records
from duecare.store.facts.fact_lookup import ties_of_event
from duecare.store.facts.received_delivery import ReceivedDelivery
from duecare.store.ledger.opaque_ids import names_among
from duecare.use_cases.deliveries.receive_delivery import delivery_shown
from duecare.visibility.page_types import DeliveriesPage, DeliveryPage, SetAsideShown
from duecare.vocabulary import page_sizes
from duecare.vocabulary.refusals import Refusal


def read_deliveries(request: Request, page_number: int = 1) -> DeliveriesPage:
    """The deliveries received, newest first.

    Raises:  ACC-003 when the viewer may not see them.
    """
    authorise(request, Act.READ_DELIVERIES, DELIVERIES)
    deliveries, total = delivery_records.page_of_deliveries(page_number, page_sizes.DELIVERIES)
    log_read(request, Act.READ_DELIVERIES)
    pages = max(1, -(-total // page_sizes.DELIVERIES))
    return DeliveriesPage(
        tuple(delivery_shown(delivery) for delivery in deliveries),
        total,
        page_number,
        pages,
        source_freshness(request.now),
    )


def read_delivery(request: Request, delivery_id: int) -> DeliveryPage:
    """What became of this delivery's rows.

    Shape:   at most 500 rows set aside are shown, without their content; all of them can be taken out. Those that have
             been received again since are only counted, as far as was looked.
    Raises:  ACC-003 when the viewer may not see it, EXT-030 when there is none.
    """
    authorise(request, Act.READ_DELIVERIES, DELIVERIES)
    delivery = delivery_records.one_delivery(delivery_id)
    log_read(request, Act.READ_DELIVERIES)
    if delivery is None:
        raise Refusal("EXT-030", where=f"delivery {delivery_id}")
    rows_left: list[SetAside] = []
    received_again = 0
    for batch_rows in delivery_records.set_aside_batches(delivery_id):
        still = _still_to_mend(delivery, batch_rows)
        rows_left += still
        received_again += len(batch_rows) - len(still)
        if len(rows_left) >= page_sizes.ROWS_SET_ASIDE:
            break
    aside = tuple(
        SetAsideShown(aside_row.file, aside_row.row, aside_row.column, aside_row.reason, aside_row.remedy)
        for aside_row in rows_left[: page_sizes.ROWS_SET_ASIDE]
    )
    return DeliveryPage(
        delivery_shown(delivery), aside, tuple(delivery_records.count_defects(delivery_id)), received_again
    )


def read_numbered_delivery(request: Request, number: int) -> DeliveryPage:
    """The page of the accepted delivery with this number, as `receive` gives it.

    Raises:  ACC-003 when the viewer may not see it, EXT-030 when there is none.
    """
    authorise(request, Act.READ_DELIVERIES, DELIVERIES)
    return read_delivery(request, delivery_records.id_of_number(number) or 0)


def export_set_aside(request: Request, delivery_id: int, file_name: str) -> bytes:
    """The rows of one file that were set aside, as CSV to be corrected and received again.

    Shape:   without those that have been received again since.
    Raises:  ACC-003 when the viewer may not take them out, EXT-030 when there are none.
    """
    authorise(request, Act.EXPORT_SET_ASIDE, DELIVERIES)
    delivery = delivery_records.one_delivery(delivery_id)
    set_aside_rows = (
        _still_to_mend(delivery, delivery_records.set_aside_rows(delivery_id, file_name)) if delivery else []
    )
    if delivery is None or not set_aside_rows:
        log_read(request, Act.READ_DELIVERIES)
        raise Refusal("EXT-030", where=f"delivery {delivery_id}, file {file_name}")
    source = delivery.source
    content = write_mendable(
        set_aside_rows,
        lambda event_id: ties_of_event(source, event_id),
    ).encode()
    names_disclosed = names_among(
        source, (cell_text for aside_row in set_aside_rows for _, cell_text in aside_row.original)
    )
    with transaction():
        log_write(
            request,
            Act.EXPORT_SET_ASIDE,
            names=names_disclosed,
            outcome=f"done: {len(set_aside_rows)} rows of delivery {delivery_id}",
        )
    return content


def _still_to_mend(delivery: ReceivedDelivery, set_aside_rows: list[SetAside]) -> list[SetAside]:
    """Those of these rows of which nothing has been received since.

    Unknown: a row that does not tell what it is of is still to be corrected; so is each one where the mapping of its source
             cannot be read any more.
    """
    try:
        mapping = load_mapping(delivery.source, read_config().sources)
    except Refusal:
        return set_aside_rows
    aside_keys = [key_set_aside(mapping, aside_row.file, aside_row.original) for aside_row in set_aside_rows]
    received_keys = delivery_records.received_since(
        delivery, {aside_key for aside_key in aside_keys if aside_key is not None}
    )
    return [
        aside_row
        for aside_row, aside_key in zip(set_aside_rows, aside_keys, strict=True)
        if aside_key not in received_keys
    ]
