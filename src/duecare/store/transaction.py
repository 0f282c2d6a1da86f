"""One transaction: all of it or nothing, and a clear refusal when the store is busy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import InternalError, OperationalError
from django.db import transaction as django_transaction

from duecare.vocabulary.refusals import Refusal


@contextmanager
def transaction() -> Iterator[None]:
    """Everything inside happens, or nothing does.

    Raises:  STO-002 when another writer holds the store past the lock wait, STO-001 when it fails otherwise.
    """
    try:
        with django_transaction.atomic():
            yield
    except OperationalError as wrong:
        text = str(wrong).lower()
        busy = "locked" in text or "busy" in text or "lock timeout" in text
        raise Refusal("STO-002" if busy else "STO-001", found="" if busy else type(wrong).__name__) from wrong
    except InternalError as wrong:
        raise Refusal("STO-001", found=type(wrong).__name__) from wrong
