"""Who was named as accountable for what, and what was signed off, as kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from duecare.duty.accountable import Charge, Over, SignOff, plain_key
from duecare.store.models import AccountableNamed, SignedOff


def keep_charges(charges: Iterable[Charge]) -> None:
    """Keep that these posts were named."""
    AccountableNamed.objects.bulk_create(
        AccountableNamed(
            over=one.over.value,
            key=one.key,
            post_kind=one.post_kind,
            post_area=one.post_area,
            from_on=one.from_on,
            reason=one.reason,
            named_at=one.named_at,
            named_by=one.named_by,
        )
        for one in charges
    )


def charges(known_at: datetime | None = None) -> tuple[Charge, ...]:
    """Everything that was named, as known at a moment, in the order in which it was."""
    rows = AccountableNamed.objects.order_by("named_at", "pk")
    if known_at is not None:
        rows = rows.filter(named_at__lte=known_at)
    return tuple(
        Charge(
            over=Over(row.over),
            key=row.key,
            post_kind=row.post_kind,
            post_area=row.post_area,
            from_on=row.from_on,
            named_by=row.named_by,
            named_at=row.named_at,
            reason=row.reason,
        )
        for row in rows
    )


def keep_sign_off(signed: SignOff, by: str) -> None:
    """Keep that this was signed off, by which account."""
    SignedOff.objects.create(
        over=signed.over.value,
        key=signed.key,
        officer=signed.officer,
        words=signed.words,
        late=signed.late,
        open=signed.open,
        as_of=signed.as_of,
        at=signed.at,
        by=by,
    )


def sign_offs() -> dict[tuple[Over, str], SignOff]:
    """What was signed off last of each thing, by its key as keys are compared?"""
    found = {}
    for row in SignedOff.objects.order_by("at", "pk"):
        over = Over(row.over)
        one = SignOff(over, row.key, row.officer, row.words, row.at, row.late, row.open, row.as_of)
        found[(over, plain_key(over, row.key))] = one
    return found
