"""Every officer and post, as known at a moment, kept in the process while no delivery says anything new of them."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from duecare.record.kept import officer_of, post_of
from duecare.record.pole import OfficerRecord, PostRecord
from duecare.store.database.sql_rows import select
from duecare.store.facts.fact_lookup import COLUMNS, SEEN, HeldVersion, winners


def roster(
    known_at: datetime | None, *, upto: int | None = None
) -> tuple[tuple[OfficerRecord, ...], tuple[PostRecord, ...]]:
    """Every officer and post, as known at a moment; with `upto`, by the deliveries up to that number.

    Shape:   kept in this process until another delivery says something of officers or posts: every page asks for it.
    """
    return _roster(roster_rows(), known_at, upto)


def roster_rows() -> tuple[tuple[object, ...], ...]:
    """What changes whenever a delivery says something of officers or posts, and only then?"""
    last = select(
        'SELECT "number", "content_sha256" FROM "delivery" WHERE "state" = %s ORDER BY 1 DESC LIMIT 1', ["accepted"]
    )
    return _roster_rows(tuple(last))


@lru_cache(maxsize=1)
def _roster_rows(last: tuple[object, ...]) -> tuple[tuple[object, ...], ...]:
    """How many rows of officers and posts are there, and which came last, by source?"""
    del last
    sources = select('SELECT DISTINCT "source" FROM "delivery" WHERE "state" = %s ORDER BY 1', ["accepted"])
    return tuple(
        (
            source,
            *select(f'SELECT count(*), max(f."id") {SEEN} AND f."source" = %s AND f."sheet" = %s', [source, sheet])[0],
        )
        for (source,) in sources
        for sheet in ("officers", "posts")
    )


@lru_cache(maxsize=4)
def _roster(
    rows: tuple[tuple[object, ...], ...], known_at: datetime | None, upto: int | None
) -> tuple[tuple[OfficerRecord, ...], tuple[PostRecord, ...]]:
    del rows
    officers = [
        officer_of(source, v.key, v.body, int(v.version_at.timestamp()))
        for source, v in _standing_of_sheet("officers", known_at, upto)
    ]
    posts = [
        post_of(source, v.key, v.body, int(v.version_at.timestamp()))
        for source, v in _standing_of_sheet("posts", known_at, upto)
    ]
    return tuple(officers), tuple(posts)


def _standing_of_sheet(sheet: str, known_at: datetime | None, upto: int | None) -> list[tuple[str, HeldVersion]]:
    last = 2**62 if upto is None else upto
    found: list[tuple[str, HeldVersion]] = []
    # Source by source: a sheet alone is no key of the index, and there are millions of events beside the officers.
    for (source,) in select('SELECT DISTINCT "source" FROM "delivery" WHERE "state" = %s ORDER BY 1', ["accepted"]):
        rows = select(
            f'SELECT {COLUMNS} {SEEN} AND f."source" = %s AND f."sheet" = %s AND d."number" <= %s',
            [source, sheet, last],
        )
        found += [(source, v) for v in winners(rows, known_at)]
    return found
