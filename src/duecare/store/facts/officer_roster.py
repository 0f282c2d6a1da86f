"""Every officer and post as known at a moment, cached in the process until a delivery changes them."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from duecare.record.pole import OfficerRecord, PostRecord
from duecare.record.record_from_body import officer_of, post_of
from duecare.store.database.sql_rows import select_rows
from duecare.store.facts.fact_lookup import COLUMNS, SEEN_FACTS, HeldVersion, standing_winners
from duecare.store.models import Delivery


def known_roster(
    known_at: datetime | None, *, upto_delivery: int | None = None
) -> tuple[tuple[OfficerRecord, ...], tuple[PostRecord, ...]]:
    """Every officer and post, as known at a moment; with `upto_delivery`, by the deliveries up to that number.

    Shape:   kept in this process until another delivery says something of officers or posts: every page asks for it.
    """
    return _read_roster(roster_rows(), known_at, upto_delivery)


def roster_rows() -> tuple[tuple[object, ...], ...]:
    """A mark that changes whenever a delivery states something of officers or posts, and only then."""
    # Raw: asked for each case and person that is assessed, where the ORM takes 18 times as long (decision 0042).
    last_delivery = select_rows(
        'SELECT "number", "content_sha256" FROM "delivery" WHERE "state" = %s ORDER BY 1 DESC LIMIT 1', ["accepted"]
    )
    return _roster_rows(tuple(last_delivery))


@lru_cache(maxsize=1)
def _roster_rows(last_delivery: tuple[object, ...]) -> tuple[tuple[object, ...], ...]:
    """How many rows of officers and posts there are, and which came last, by source."""
    del last_delivery
    return tuple(
        (
            source,
            *select_rows(  # raw: for the order of the join that SEEN_FACTS gives
                f'SELECT count(*), max(f."id") {SEEN_FACTS} AND f."source" = %s AND f."sheet" = %s', [source, sheet]
            )[0],
        )
        for source in _accepted_sources()
        for sheet in ("officers", "posts")
    )


def _accepted_sources() -> list[str]:
    accepted = Delivery.objects.filter(state="accepted")
    return list(accepted.order_by("source").values_list("source", flat=True).distinct())


@lru_cache(maxsize=4)
def _read_roster(
    table_rows: tuple[tuple[object, ...], ...], known_at: datetime | None, upto_delivery: int | None
) -> tuple[tuple[OfficerRecord, ...], tuple[PostRecord, ...]]:
    del table_rows
    officers = [
        officer_of(source, held_version.key, held_version.body, int(held_version.version_at.timestamp()))
        for source, held_version in _standing_of_sheet("officers", known_at, upto_delivery)
    ]
    posts = [
        post_of(source, held_version.key, held_version.body, int(held_version.version_at.timestamp()))
        for source, held_version in _standing_of_sheet("posts", known_at, upto_delivery)
    ]
    return tuple(officers), tuple(posts)


def _standing_of_sheet(
    sheet: str, known_at: datetime | None, upto_delivery: int | None
) -> list[tuple[str, HeldVersion]]:
    last_number = 2**62 if upto_delivery is None else upto_delivery
    standing_versions: list[tuple[str, HeldVersion]] = []
    # Source by source: a sheet alone is no key of the index, and there are millions of events beside the officers.
    for source in _accepted_sources():
        table_rows = select_rows(  # raw: for the order of the join that SEEN_FACTS gives
            f'SELECT {COLUMNS} {SEEN_FACTS} AND f."source" = %s AND f."sheet" = %s AND d."number" <= %s',
            [source, sheet, last_number],
        )
        standing_versions += [(source, held_version) for held_version in standing_winners(table_rows, known_at)]
    return standing_versions
