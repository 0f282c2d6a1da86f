"""Link what was received since everything was linked, without linking everything again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from duecare.access.act import Act
from duecare.assessment.incremental_limits import RECORDS_AT_RECEIPT, SHARE_AT_RECEIPT
from duecare.authorisation.authorise import log_write
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.ledger import Act as LedgerAct
from duecare.record.pole import RecordKey
from duecare.store.database.transaction import transaction
from duecare.store.facts import affected_facts
from duecare.store.ledger.opaque_ids import RECORD
from duecare.store.linkage import linkage_runs
from duecare.store.linkage.linked_people import all_records_of, current_link_run
from duecare.store.search import search_index
from duecare.use_cases.linkage.regroup_people import RegroupResult, joined_records, regroup_records

AT_ONCE = 50

TellProgress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class LinkedNow:
    """How many records were linked, how many of them moved to another person, and whether everything received is linked.

    Shape:   `left`: so many records came since that everything should be linked again.
    """

    records: int = 0
    moved: int = 0
    left: int = 0


def link_affected(
    request: Request, config: Config, *, tell_progress: TellProgress = lambda _step_name, _count: None
) -> LinkedNow:
    """Link each new, corrected or withdrawn record, unless they are very many, or nothing was linked yet.

    Shape:   some records in one short transaction with the ledger's line; whoever is stopped half-way is gone on from, for
             the run notes last up to which delivery it is linked, and a record linked twice ends the same.
    Raises:  CFG-002, LNK-001 where the policy or the model cannot be read.
    """
    link_run = current_link_run()
    deliveries_pending = affected_facts.pending_deliveries(link_run.upto_delivery) if link_run is not None else None
    # Not before it is known what came: two records that came together must each be found by the other.
    search_index.update_index()
    if link_run is None or deliveries_pending is None or not deliveries_pending.numbers:
        return LinkedNow()
    new_records = sorted(affected_facts.delivered_facts(deliveries_pending.ids).persons)
    if len(new_records) > RECORDS_AT_RECEIPT or len(new_records) > max(SHARE_AT_RECEIPT * link_run.records, AT_ONCE):
        return LinkedNow(left=len(new_records))
    moved = 0
    for first_place in range(0, len(new_records), AT_ONCE):
        moved += _link_some(request, config, new_records[first_place : first_place + AT_ONCE])
        tell_progress("records linked", min(first_place + AT_ONCE, len(new_records)))
    with transaction():
        link_run_held = linkage_runs.hold_linkage()
        if link_run_held is not None and link_run_held.id == link_run.id:
            linkage_runs.keep_linked_upto(link_run_held, deliveries_pending.upto)
    return LinkedNow(len(new_records), moved)


def _link_some(request: Request, config: Config, records: list[RecordKey]) -> int:
    with transaction():
        relinked = regroup_records(config, [], changed=records)
        combined = joined_records(relinked)
        parted = _parted_records(relinked, combined)
        if combined:
            log_write(
                request,
                Act.LINK,
                names={(RECORD, *record_key) for record_key in combined},
                outcome=f"done: {len(relinked.moved.keys() & combined)} records linked",
            )
        if parted:
            log_write(
                request,
                Act.LINK,
                names={(RECORD, *record_key) for record_key in parted},
                outcome=f"done: {len(relinked.moved.keys() & parted)} records parted",
                logged_as=LedgerAct.ALTERATION,
            )
    return len(relinked.moved)


def _parted_records(relinked: RegroupResult, combined: set[RecordKey]) -> set[RecordKey]:
    """The records of people who are other people than before though nobody came to them, and of whoever they were."""
    people = {
        person_id
        for record_key, moved_pair in relinked.moved.items()
        if all(moved_pair) and record_key not in combined
        for person_id in moved_pair
    }
    return all_records_of(people) - combined
