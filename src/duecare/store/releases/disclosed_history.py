"""What of releases was ever seen outside: versions that were published, and those shown before their time to their list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from duecare.disclosure import Earlier, from_kept
from duecare.store.models import Release, ReleasePublished, ReleaseShown, ReleaseVersion


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen outside by one moment, each version once, in the order in which it first was.

    Shape:   `versions` by their keys; `hash` changes with each.
    """

    versions: tuple[int, ...]
    hash: str

    def earlier(self) -> tuple[Earlier, ...]:
        """What clearance must know of each."""
        held = ReleaseVersion.objects.in_bulk(self.versions)
        return tuple(from_kept(held[one].inside) for one in self.versions)


def seen(besides: int | None = None) -> Seen:
    """What was seen outside by now? Without the version of this key, where one is given: it is no reader of itself."""
    first: dict[int, datetime] = {}
    for rows in (ReleaseShown.objects, ReleasePublished.objects):
        for version, at in rows.values_list("version_id", "at"):
            first[version] = min(at, first.get(version, at))
    first.pop(besides or 0, None)
    order = tuple(sorted(first, key=lambda version: (first[version], version)))
    names = {
        pk: f"{slug} {number} {known_by}"
        for pk, slug, number, known_by in ReleaseVersion.objects.filter(pk__in=order).values_list(
            "pk", "release__slug", "number", "content_hash"
        )
    }
    return Seen(order, sha256("\n".join(names[one] for one in order).encode()).hexdigest())


def keep_shown(version: int, account: str, at: datetime) -> None:
    """Note that this version was shown to this account, where that is not noted yet. Call inside a transaction."""
    ReleaseShown.objects.get_or_create(version_id=version, account=account, defaults={"at": at})


@dataclass(frozen=True, slots=True)
class ShownTo:
    """Who was shown which version before its time, first when?"""

    account: str
    version: int
    at: datetime


def shown_to(slug: str) -> tuple[ShownTo, ...]:
    """Who on its list was shown a version of this release, in the order of their looks?"""
    rows = ReleaseShown.objects.filter(version__release__slug=slug).order_by("at", "pk")
    return tuple(ShownTo(*row) for row in rows.values_list("account", "version__number", "at"))


def hold_all() -> None:
    """Until the transaction ends nothing of any release is drafted, shown or published by anybody else."""
    list(Release.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
