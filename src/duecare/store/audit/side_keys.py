"""The public keys for which a side's judgements are concealed; the private halves are never here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from duecare.store.models import OrganisationKey


@dataclass(frozen=True, slots=True)
class HeldKey:
    """A side's public key."""

    id: int
    public: bytes


def key_in_force(side_name: str) -> HeldKey | None:
    """The key under which a side's judgements are concealed here: the last that it made here itself."""
    key_row = OrganisationKey.objects.filter(side=side_name, came_at__isnull=True).order_by("-id").first()
    return HeldKey(key_row.pk, bytes(key_row.public)) if key_row else None


def keep_key(side_name: str, public: bytes, recorded_at: datetime, account_name: str) -> HeldKey:
    """Keep a side's public key; the one in force from now on."""
    return HeldKey(
        OrganisationKey.objects.create(side=side_name, public=public, made_at=recorded_at, made_by=account_name).pk,
        public,
    )


def keep_other_key(side_name: str, public: bytes, recorded_at: datetime, account_name: str) -> HeldKey:
    """Keep the key that came with the other side's seals; nothing is concealed for it here."""
    known_key = OrganisationKey.objects.filter(side=side_name, public=public, came_at__isnull=False).first()
    key_row = known_key or OrganisationKey.objects.create(
        side=side_name, public=public, made_at=recorded_at, made_by=account_name, came_at=recorded_at
    )
    return HeldKey(key_row.pk, public)
