"""The linkage in force as it is read and changed piece by piece: its ties, its people, what moves, how frequent terms were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from duecare.person.identity import record_person_id
from duecare.person.pair import read_levels
from duecare.person.regroup import KeyPair, Known, ordered_pair
from duecare.record.kept import utc_moment
from duecare.record.pole import RecordKey
from duecare.store.database.sql_rows import chunks, insert, marks, pour, select, select_nothing
from duecare.store.linkage.linked_people import LINK, keep_members, link_run_in_force
from duecare.store.linkage.record_terms import term_of
from duecare.store.models import LinkMove, LinkRun, Membership, Pointer

MOVES: Final = "link_moves"


@dataclass(frozen=True, slots=True, order=True)
class LinkState:
    """Which run of linkage is in force, and up to which move of a record since?"""

    run: int = 0
    moves: int = 0


def link_state() -> LinkState:
    """By which linkage are people held to be one now?"""
    rows = select('SELECT "run" FROM "pointer" WHERE "name" = %s', [MOVES])
    return LinkState(link_run_in_force(), int(rows[0][0]) if rows else 0)


def hold_linkage() -> LinkRun | None:
    """The run in force, which nobody else changes while this transaction lasts; None where nothing was linked yet."""
    list(Pointer.objects.select_for_update().filter(name=LINK))
    return LinkRun.objects.filter(pk=link_run_in_force()).first()


def records_linked(run: LinkRun) -> int:
    """How many records does this run hold, with those that came one by one since?"""
    rows = select('SELECT count(*) FROM "membership" WHERE "run_id" = %s', [run.pk])
    return int(rows[0][0])


def ties_of(run: LinkRun, records: Iterable[RecordKey]) -> dict[KeyPair, Known]:
    """The pairs kept of these records, with each other and with others."""
    found: dict[KeyPair, Known] = {}
    for some in chunks(sorted(str(record) for record in set(records)), 400):
        for end in ("a", "b"):
            rows = select(
                f'SELECT "a", "b", "weight", "levels" FROM "pair" WHERE "run_id" = %s AND "{end}" IN ({marks(len(some))})',
                [run.pk, *some],
            )
            for a, b, weight, levels in rows:
                found[ordered_pair(read_record(a), read_record(b))] = Known(float(weight), read_levels(levels))
    return found


def read_record(text: str) -> RecordKey:
    """The record named `source:record_id`."""
    source, _, record_id = text.partition(":")
    return RecordKey(source, record_id)


def forget_ties(run: LinkRun, records: Iterable[RecordKey]) -> None:
    """Take away the pairs of these records, which say something else now."""
    for some in chunks(sorted(str(record) for record in set(records)), 400):
        for end in ("a", "b"):
            among = f'"{end}" IN ({marks(len(some))})'
            select_nothing(f'DELETE FROM "pair" WHERE "run_id" = %s AND {among}', [run.pk, *some])


def people_held(run: LinkRun, records: Iterable[RecordKey]) -> dict[RecordKey, str]:
    """Whose are these records by this run? Those that were never linked are left out."""
    by_source: dict[str, list[str]] = {}
    for record in set(records):
        by_source.setdefault(record.source, []).append(record.record_id)
    found: dict[RecordKey, str] = {}
    for source, ids in by_source.items():
        for some in chunks(sorted(ids)):
            rows = select(
                'SELECT "record_id", "person" FROM "membership" WHERE "run_id" = %s AND "source" = %s AND "record_id" IN'
                f" ({marks(len(some))})",
                [run.pk, source, *some],
            )
            found |= {RecordKey(source, record_id): person for record_id, person in rows}
    return found


def first_written(records: Iterable[RecordKey]) -> dict[RecordKey, datetime]:
    """When was the earliest version of each of these records written?"""
    by_source: dict[str, list[str]] = {}
    for record in set(records):
        by_source.setdefault(record.source, []).append(record.record_id)
    found: dict[RecordKey, datetime] = {}
    for source, ids in by_source.items():
        for some in chunks(sorted(ids)):
            rows = select(
                'SELECT f."key", min(f."version_at") FROM "fact" f JOIN "delivery" d ON d."id" = f."delivery_id" WHERE'
                ' d."state" = \'accepted\' AND f."source" = %s AND f."sheet" = \'persons\' AND f."key" IN'
                f' ({marks(len(some))}) GROUP BY f."key"',
                [source, *some],
            )
            found |= {RecordKey(source, key): utc_moment(int(at)) for key, at in rows}
    return found


def move(run: LinkRun, moved: Mapping[RecordKey, tuple[str, str]]) -> None:
    """Give these records to other people, and note that they moved.

    Shape:   record to (person before, person now); empty where it was not linked, or is withdrawn.
    """
    if not moved:
        return
    for record, (_, now) in moved.items():
        Membership.objects.filter(run=run, source=record.source, record_id=record.record_id).delete()
        if now:
            keep_members(run, [(record.source, record.record_id, now)])
    own = {record_person_id(record): record for record in moved}
    people = {now for _, now in moved.values()} | {was for was, _ in moved.values()}
    insert(
        "person_alias",
        ("alias", "source", "record_id"),
        [(person, *own[person]) for person in sorted(people & own.keys())],
        or_ignore=True,
    )
    insert(
        "link_move",
        ("run_id", "source", "record_id", "was", "now"),
        [(run.pk, *record, was, now) for record, (was, now) in sorted(moved.items())],
    )
    last = LinkMove.objects.order_by("-id").values_list("pk", flat=True).first()
    Pointer.objects.update_or_create(name=MOVES, defaults={"run": last or 0})


def moved_since(moves: int) -> tuple[set[RecordKey], set[str]]:
    """Which records moved after this move, and the ids that people have and had?

    Shape:   a record that is not linked is its own person.
    """
    rows = select('SELECT "source", "record_id", "was", "now" FROM "link_move" WHERE "id" > %s', [moves])
    moved = {RecordKey(source, record_id): (was, now) for source, record_id, was, now in rows}
    people = {person for _, _, was, now in rows for person in (was, now)}
    if "" in people:
        people |= {record_person_id(record) for record in moved}
    return set(moved), people - {""}


def keep_terms(run: LinkRun, terms: Iterable[tuple[str, str, int]]) -> None:
    """Keep how many records bore each term: (column, term, number)."""
    pour("link_term", ("run_id", "term", "number"), ((run.pk, term_of(column, term), n) for column, term, n in terms))


def terms_kept(run: LinkRun, terms: Iterable[int]) -> dict[int, int]:
    """How many records bore each of these terms? Those that fewer than two bore are left out."""
    found: dict[int, int] = {}
    for some in chunks(sorted(set(terms))):
        rows = select(
            f'SELECT "term", "number" FROM "link_term" WHERE "run_id" = %s AND "term" IN ({marks(len(some))})',
            [run.pk, *some],
        )
        found |= {int(term): int(number) for term, number in rows}
    return found
