"""What disagreements of a round were settled on: one new judgement a file, beside the two."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError

from duecare.audit.agreement.disagreements import Settled
from duecare.store.audit.audit_round import AuditRound
from duecare.store.models import Reconciled
from duecare.vocabulary.refusals import Refusal


def keep_reconciled(file_number: int, settlement: Settled, recorded_at: datetime) -> None:
    """Keep on what this file was settled.

    Raises:  AUD-043 where it is settled already. Call inside the transaction of the act.
    """
    if Reconciled.objects.filter(file_id=file_number).exists():
        raise Refusal("AUD-043")
    try:
        Reconciled.objects.create(
            file_id=file_number,
            by=settlement.how,
            grade=settlement.grade,
            suspect=settlement.suspect,
            narrative=settlement.narrative,
            accounts=list(settlement.accounts),
            settled_at=recorded_at,
        )
    except IntegrityError as failure:
        raise Refusal("AUD-043") from failure


def settled_of(audit_round: AuditRound) -> dict[int, Settled]:
    """The settlement of each file of this round, by the file's number."""
    return {
        table_row.file_id: Settled(
            table_row.by, table_row.grade, table_row.suspect, table_row.narrative, tuple(table_row.accounts)
        )
        for table_row in Reconciled.objects.filter(file__round=audit_round.id)
    }
