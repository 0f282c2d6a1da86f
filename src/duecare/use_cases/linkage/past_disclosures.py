"""Who was shown, or given, two people as one: what rested on a link that is taken back, for those who must correct it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from duecare.access.act import Act
from duecare.ledger import Act as LedgerAct
from duecare.record.pole import RecordKey
from duecare.store.audit.sealed_grades import blind_since
from duecare.store.ledger import ledger_entries
from duecare.store.ledger.opaque_ids import RECORD, handles_of

SHOWN = (LedgerAct.CONSULTATION, LedgerAct.DISCLOSURE)
OF_JUDGING = tuple(
    f"{judging_act.title}: " for judging_act in (Act.JUDGE_LINK, Act.READ_JUDGEMENTS, Act.READ_DISCLOSED)
)


@dataclass(frozen=True, slots=True)
class Disclosed:
    """The ledger entry in which records of both were shown or given: when, by or to whom, and for what."""

    number: int
    at: datetime
    actor: str
    act: str
    purpose: str
    recipient: str


def disclosed_together(
    first_records: Iterable[RecordKey], second_records: Iterable[RecordKey], since: datetime
) -> tuple[Disclosed, ...]:
    """The acts since then that named records of both these people.

    Shape:   oldest first; judging the link itself is none of them. An act that named both for another reason is listed
             too: the ledger holds whom an act showed, and not as whom. What graders and leads do while a round is blind is
             left out, unsaid: that somebody opened this file would tell to whom it was allotted.
    Source:  Data Protection Act 2018, s.62(4), for what the log may be read, and s.48, by which those to whom it was
             disclosed are told, read 2026-11-26.
    """
    blind = blind_since()
    entries_found = ledger_entries.that_name_both(SHOWN, since, _opaque_ids(first_records), _opaque_ids(second_records))
    return tuple(
        Disclosed(entry.number, entry.at, entry.actor, entry.act.value, entry.purpose, entry.recipient)
        for entry in entries_found
        if not entry.purpose.startswith(OF_JUDGING) and (entry.actor not in blind or entry.at < blind[entry.actor])
    )


def together_since(first_record: RecordKey, second_record: RecordKey, otherwise: datetime) -> datetime:
    """Since when these two can have been of one person: since the first combination that names both."""
    entries_found = ledger_entries.that_name_both(
        (LedgerAct.COMBINATION,), None, _opaque_ids([first_record]), _opaque_ids([second_record])
    )
    return min((entry.at for entry in entries_found), default=otherwise)


def _opaque_ids(records: Iterable[RecordKey]) -> set[str]:
    return handles_of({(RECORD, *record) for record in records})
