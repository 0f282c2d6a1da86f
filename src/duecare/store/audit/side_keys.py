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


def key_in_force(side: str) -> HeldKey | None:
    """Under which key are a side's judgements concealed here? The last that it made here itself."""
    found = OrganisationKey.objects.filter(side=side, came_at__isnull=True).order_by("-id").first()
    return HeldKey(found.pk, bytes(found.public)) if found else None


def keep_key(side: str, public: bytes, at: datetime, by: str) -> HeldKey:
    """Keep a side's public key; the one in force from now on."""
    return HeldKey(OrganisationKey.objects.create(side=side, public=public, made_at=at, made_by=by).pk, public)


def keep_other_key(side: str, public: bytes, at: datetime, by: str) -> HeldKey:
    """Keep the key that came with the other side's seals; nothing is concealed for it here."""
    came = OrganisationKey.objects.filter(side=side, public=public, came_at__isnull=False).first()
    one = came or OrganisationKey.objects.create(side=side, public=public, made_at=at, made_by=by, came_at=at)
    return HeldKey(one.pk, public)
