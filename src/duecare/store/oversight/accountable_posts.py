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
            over=charge.over.value,
            key=charge.key,
            post_kind=charge.post_kind,
            post_area=charge.post_area,
            from_on=charge.from_on,
            reason=charge.reason,
            named_at=charge.named_at,
            named_by=charge.named_by,
        )
        for charge in charges
    )


def named_charges(known_at: datetime | None = None) -> tuple[Charge, ...]:
    """Everything that was named, as known at a moment, in the order in which it was."""
    table_rows = AccountableNamed.objects.order_by("named_at", "pk")
    if known_at is not None:
        table_rows = table_rows.filter(named_at__lte=known_at)
    return tuple(
        Charge(
            over=Over(table_row.over),
            key=table_row.key,
            post_kind=table_row.post_kind,
            post_area=table_row.post_area,
            from_on=table_row.from_on,
            named_by=table_row.named_by,
            named_at=table_row.named_at,
            reason=table_row.reason,
        )
        for table_row in table_rows
    )


def keep_sign_off(signed: SignOff, account_name: str) -> None:
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
        by=account_name,
    )


def sign_offs() -> dict[tuple[Over, str], SignOff]:
    """The last sign-off of each thing, by its key as keys are compared."""
    latest_sign_offs = {}
    for table_row in SignedOff.objects.order_by("at", "pk"):
        over_kind = Over(table_row.over)
        signed_off = SignOff(
            over_kind,
            table_row.key,
            table_row.officer,
            table_row.words,
            table_row.at,
            table_row.late,
            table_row.open,
            table_row.as_of,
        )
        latest_sign_offs[(over_kind, plain_key(over_kind, table_row.key))] = signed_off
    return latest_sign_offs
