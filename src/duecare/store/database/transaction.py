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
    except OUT_OF_ORDER as failure:
        raise refused_by(failure) from failure


def refused_by(failure: OperationalError | InternalError | InterfaceError) -> Refusal:
    """The refusal that a database which is busy, gone or broken comes to; none of its own words are kept."""
    failure_text = str(failure).lower()
    if isinstance(failure, OperationalError) and (
        "locked" in failure_text or "busy" in failure_text or "lock timeout" in failure_text
    ):
        return Refusal("STO-002")
    return Refusal("STO-001", found=type(failure).__name__)
