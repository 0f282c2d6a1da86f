"""One transaction: all of it or nothing, and a clear refusal when the store is busy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import InterfaceError, InternalError, OperationalError
from django.db import transaction as django_transaction

from duecare.vocabulary.refusals import Refusal

OUT_OF_ORDER = (OperationalError, InternalError, InterfaceError)


@contextmanager
def transaction() -> Iterator[None]:
    """Everything inside happens, or nothing does.

    Raises:  STO-002 when another writer holds the store past the lock wait, STO-001 when it fails otherwise.
    """
    try:
        with django_transaction.atomic():
            yield
    except OUT_OF_ORDER as wrong:
        raise refused_by(wrong) from wrong


def refused_by(wrong: OperationalError | InternalError | InterfaceError) -> Refusal:
    """Which refusal does a database that is busy, gone or broken come to? None of its own words are kept."""
    text = str(wrong).lower()
    if isinstance(wrong, OperationalError) and ("locked" in text or "busy" in text or "lock timeout" in text):
        return Refusal("STO-002")
    return Refusal("STO-001", found=type(wrong).__name__)
