"""Judgements of two records as written: added, withdrawn once, never changed."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime

from duecare.person.judgement import Judgement
from duecare.store.database.process_locks import process_lock
from duecare.store.models import Judgement as JudgementRow


def one_by_one() -> AbstractContextManager[None]:
    """Hold what is judged of links against everyone else who judges, so that one wins and the rest are told."""
    return process_lock("judgements")


def keep_judgement(judgement: Judgement) -> Judgement:
    """Keep this judgement as the latest; it as it is kept. In a transaction."""
    table_row = JudgementRow.objects.create(
        judgement_id=judgement.judgement_id,
        a_source=judgement.a.source,
        a_record=judgement.a.record_id,
        b_source=judgement.b.source,
        b_record=judgement.b.record_id,
        verdict=judgement.verdict.value,
        by=judgement.by,
        at=judgement.at,
        reason=judgement.reason,
    )
    return Judgement(
        judgement.judgement_id,
        judgement.a,
        judgement.b,
        judgement.verdict,
        judgement.by,
        judgement.at,
        judgement.reason,
        number=table_row.pk,
    )


def take_back(judgement_id: str, *, recorded_at: datetime, account_name: str, reason: str) -> bool:
    """Take this judgement back; False where it has been taken back already. In a transaction."""
    standing = JudgementRow.objects.filter(judgement_id=judgement_id, undone_at=None)
    return standing.update(undone_at=recorded_at, undone_by=account_name, undone_reason=reason) == 1
