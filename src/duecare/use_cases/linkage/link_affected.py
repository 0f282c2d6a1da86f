"""Link what deliveries have brought since everything was linked, without linking everything again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from duecare.access.act import Act
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
from duecare.use_cases.linkage.regroup_people import Relinked, joined, relink

AT_RECEIPT = 5_000
SHARE = 0.2
AT_ONCE = 50

Tell = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class LinkedNow:
    """How many records were linked, how many of them changed hands, and is everything that came linked?

    Shape:   `left`: so many records came since that everything should be linked again.
    """

    records: int = 0
    moved: int = 0
    left: int = 0


def link_affected(request: Request, config: Config, *, tell: Tell = lambda _what, _count: None) -> LinkedNow:
    """Link each new, corrected or withdrawn record, unless they are very many, or nothing was linked yet.

    Shape:   some records in one short transaction with the ledger's line; whoever is stopped half-way is gone on from, for
             the run notes last up to which delivery it is linked, and a record linked twice ends the same.
    Raises:  CFG-002, LNK-001 where the policy or the model cannot be read.
    """
    run = current_link_run()
    came = affected_facts.pending(run.upto_delivery) if run is not None else None
    # Not before it is known what came: two records that came together must each be found by the other.
    search_index.bring_up_to_date()
    if run is None or came is None or not came.numbers:
        return LinkedNow()
    new = sorted(affected_facts.brought(came.ids).persons)
    if len(new) > AT_RECEIPT or len(new) > max(SHARE * run.records, AT_ONCE):
        return LinkedNow(left=len(new))
    moved = 0
    for first in range(0, len(new), AT_ONCE):
        moved += _some(request, config, new[first : first + AT_ONCE])
        tell("records linked", min(first + AT_ONCE, len(new)))
    with transaction():
        held = linkage_runs.hold_linkage()
        if held is not None and held.pk == run.pk:
            held.upto_delivery = max(held.upto_delivery, came.upto)
            held.save(update_fields=["upto_delivery"])
    return LinkedNow(len(new), moved)


def _some(request: Request, config: Config, records: list[RecordKey]) -> int:
    with transaction():
        found = relink(config, [], changed=records)
        combined = joined(found)
        parted = _parted(found, combined)
        if combined:
            log_write(
                request,
                Act.LINK,
                names={(RECORD, *one) for one in combined},
                outcome=f"done: {len(found.moved.keys() & combined)} records linked",
            )
        if parted:
            log_write(
                request,
                Act.LINK,
                names={(RECORD, *one) for one in parted},
                outcome=f"done: {len(found.moved.keys() & parted)} records parted",
                logged_as=LedgerAct.ALTERATION,
            )
    return len(found.moved)


def _parted(found: Relinked, combined: set[RecordKey]) -> set[RecordKey]:
    """The records of people who are other people than before though nobody came to them, and of whoever they were."""
    people = {one for key, two in found.moved.items() if all(two) and key not in combined for one in two}
    return all_records_of(people) - combined
