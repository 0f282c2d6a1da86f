"""What of releases was ever seen outside: versions that were published, and those shown before their time to their list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from duecare.disclosure import Earlier, from_kept
from duecare.store.models import Release, ReleasePublished, ReleaseShown, ReleaseVersion


@dataclass(frozen=True, slots=True)
class DisclosedHistory:
    """What was seen outside by one moment, each version once, in the order in which it first was.

    Shape:   `versions` by their keys; `hash` changes with each.
    """

    versions: tuple[int, ...]
    hash: str

    def earlier(self) -> tuple[Earlier, ...]:
        """What clearance must know of each."""
        version_rows = ReleaseVersion.objects.in_bulk(self.versions)
        return tuple(from_kept(version_rows[version_id].inside) for version_id in self.versions)


def seen_versions(besides: int | None = None) -> DisclosedHistory:
    """What was seen outside by now, without the version of this key where one is given: it is no reader of itself."""
    first_seen: dict[int, datetime] = {}
    for row_manager in (ReleaseShown.objects, ReleasePublished.objects):
        for version, seen_at in row_manager.values_list("version_id", "at"):
            first_seen[version] = min(seen_at, first_seen.get(version, seen_at))
    first_seen.pop(besides or 0, None)
    order = tuple(sorted(first_seen, key=lambda version: (first_seen[version], version)))
    names = {
        version_pk: f"{release_slug} {number} {known_by}"
        for version_pk, release_slug, number, known_by in ReleaseVersion.objects.filter(pk__in=order).values_list(
            "pk", "release__slug", "number", "content_hash"
        )
    }
    return DisclosedHistory(order, sha256("\n".join(names[version_pk] for version_pk in order).encode()).hexdigest())


def keep_shown(version: int, account: str, recorded_at: datetime) -> None:
    """Note that this version was shown to this account, where that is not noted yet. Call inside a transaction."""
    ReleaseShown.objects.get_or_create(version_id=version, account=account, defaults={"at": recorded_at})


@dataclass(frozen=True, slots=True)
class ShownTo:
    """An account that was shown a version before its time, and when first."""

    account: str
    version: int
    at: datetime


def shown_to(release_slug: str) -> tuple[ShownTo, ...]:
    """The accounts on its list that were shown a version of this release, in the order in which they saw it."""
    table_rows = ReleaseShown.objects.filter(version__release__slug=release_slug).order_by("at", "pk")
    return tuple(ShownTo(*table_row) for table_row in table_rows.values_list("account", "version__number", "at"))


def hold_all() -> None:
    """Until the transaction ends nothing of any release is drafted, shown or published by anybody else."""
    list(Release.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
