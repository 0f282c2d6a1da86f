"""What disagreements of a round were settled on: one new judgement a file, beside the two."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError

from duecare.audit.agreement.disagreements import Settled
from duecare.store.models import Reconciled, Round
from duecare.vocabulary.refusals import Refusal


def keep(file: int, said: Settled, at: datetime) -> None:
    """Keep on what this file was settled.

    Raises:  AUD-043 where it is settled already. Call inside the transaction of the act.
    """
    if Reconciled.objects.filter(file_id=file).exists():
        raise Refusal("AUD-043")
    try:
        Reconciled.objects.create(
            file_id=file,
            by=said.how,
            grade=said.grade,
            suspect=said.suspect,
            narrative=said.narrative,
            accounts=list(said.accounts),
            settled_at=at,
        )
    except IntegrityError as wrong:
        raise Refusal("AUD-043") from wrong


def settled_of(one: Round) -> dict[int, Settled]:
    """On what was each file of this round settled, by the file's number?"""
    return {
        row.file_id: Settled(row.by, row.grade, row.suspect, row.narrative, tuple(row.accounts))
        for row in Reconciled.objects.filter(file__round=one)
    }
