"""What graders have written so far, concealed under keys of their own.

A draft can be read for as long as the cookie lives that has its key: see `web/audit/draft_key_cookie.py`, which says how
long. Nothing here ages or removes one.
"""

from __future__ import annotations

from datetime import datetime

from duecare.store.audit.file_allocations import OwnFile
from duecare.store.models import DraftGrade


def drafted_files(account: str) -> set[int]:
    """Numbers of the files of which this account has begun a draft."""
    return set(DraftGrade.objects.filter(account=account).values_list("file_id", flat=True))


def draft_of(graded_file: OwnFile) -> bytes | None:
    """What the grader of this file has written so far, concealed; None before anything is."""
    draft_row = DraftGrade.objects.filter(file_id=graded_file.id, account=graded_file.account).first()
    return bytes(draft_row.concealed) if draft_row else None


def keep_draft(graded_file: OwnFile, concealed: bytes, recorded_at: datetime) -> None:
    """Keep what the grader has written so far, in place of what they had."""
    DraftGrade.objects.update_or_create(
        file_id=graded_file.id, account=graded_file.account, defaults={"concealed": concealed, "saved_at": recorded_at}
    )
