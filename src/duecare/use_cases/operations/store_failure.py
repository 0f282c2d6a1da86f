"""Which refusal a failure of the store becomes, where no step's own transaction has caught it."""

from __future__ import annotations

from duecare.store.database.transaction import OUT_OF_ORDER, refused_by
from duecare.vocabulary.refusals import Refusal


def as_refusal(error: BaseException | None) -> Refusal | None:
    """The refusal that this failure comes to; None where it is not the store that failed."""
    return refused_by(error) if isinstance(error, OUT_OF_ORDER) else None
