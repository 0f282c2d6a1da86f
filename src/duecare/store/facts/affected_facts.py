"""What deliveries brought, and what a change of linkage moved: looked up by index, so that only that is reckoned anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from duecare.record.pole import CaseKey, RecordKey
from duecare.store.database.sql_rows import chunks, marks, select
from duecare.store.linkage.linkage_runs import LinkState, moved_since
from duecare.store.models import Delivery, LinkRun

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Pending:
    """Which accepted deliveries come after one, and how many versions did they bring, at most?"""

    upto: int
    numbers: tuple[int, ...]
    ids: tuple[int, ...]
    rows: int


@dataclass(slots=True)
class Brought:
    """What did some deliveries say something new of? `has_roster`: of officers or posts."""

    events: set[Key] = field(default_factory=set)
    persons: set[RecordKey] = field(default_factory=set)
    cases: set[CaseKey] = field(default_factory=set)
    has_roster: bool = False


def pending(after: int) -> Pending:
    """Which accepted deliveries come after this number?"""
    found = list(
        Delivery.objects.filter(state="accepted", number__gt=after)
        .order_by("number")
        .values_list("number", "pk", "accepted", "stale", "withdrawn")
    )
    return Pending(
        upto=max((number for number, *_ in found if number), default=after),
        numbers=tuple(number for number, *_ in found if number),
        ids=tuple(pk for _, pk, *_ in found),
        rows=sum(accepted + stale + withdrawn for _, _, accepted, stale, withdrawn in found),
    )


def brought(deliveries: Iterable[int]) -> Brought:
    """What do these deliveries, by their ids, say something new of?"""
    found = Brought()
    for some in chunks(deliveries):
        rows = select(
            f'SELECT DISTINCT "source", "sheet", "key" FROM "fact" WHERE "delivery_id" IN ({marks(len(some))})', some
        )
        for source, sheet, key in rows:
            if sheet in {"events", "ties"}:
                found.events.add((source, key))
            elif sheet == "persons":
                found.persons.add(RecordKey(source, key))
            elif sheet == "cases":
                found.cases.add(CaseKey(source, key))
            else:
                found.has_roster = True
    return found


def cases_of_events(events: Iterable[Key]) -> set[CaseKey]:
    """Under which cases was some version of one of these events named?"""
    rows = _by_source(
        'SELECT DISTINCT "case_source", "case_ref" FROM "fact" WHERE "source" = %s AND "sheet" = \'events\' AND'
        ' "case_ref" IS NOT NULL AND "key" IN',
        events,
    )
    return {CaseKey(source, ref) for source, ref in rows}


def records_of_events(events: Iterable[Key]) -> set[RecordKey]:
    """Which records did some version of one of these events name?"""
    rows = _by_source(
        'SELECT DISTINCT "record_source", "record_id" FROM "event_tie" WHERE "source" = %s AND "event_id" IN', events
    )
    return {RecordKey(source, record_id) for source, record_id in rows}


def tied_in_roles(events: Iterable[Key], roles: frozenset[str]) -> dict[Key, set[RecordKey]]:
    """Which records did some version of each of these events name in one of these roles?"""
    rows = _by_source(
        'SELECT "source", "key", "body" FROM "fact" WHERE "source" = %s AND "sheet" = \'ties\' AND "key" IN', events
    )
    found: dict[Key, set[RecordKey]] = {}
    for source, key, body in rows:
        tied = {RecordKey(tie[0], tie[1]) for tie in orjson.loads(bytes(body)).get("ties", ()) if tie[2] in roles}
        if tied:
            found.setdefault((source, key), set()).update(tied)
    return found


def of_kinds(events: Iterable[Key], kinds: Iterable[str]) -> set[Key]:
    """Which of these events were of one of these kinds in some version?"""
    wanted = "', '".join(sorted(kinds))
    return set(
        _by_source(
            'SELECT DISTINCT "source", "key" FROM "fact" WHERE "source" = %s AND "sheet" = \'events\' AND "kind" IN'
            f" ('{wanted}') AND \"key\" IN",
            events,
        )
    )


def events_of_cases(cases: Iterable[CaseKey]) -> set[Key]:
    """Which events have some version named under one of these cases?"""
    return set(
        _by_source('SELECT DISTINCT "source", "key" FROM "fact" WHERE "case_source" = %s AND "case_ref" IN', cases)
    )


def events_of_records(records: Iterable[RecordKey]) -> set[Key]:
    """Which events have some version that names one of these records?"""
    return set(
        _by_source('SELECT DISTINCT "source", "event_id" FROM "event_tie" WHERE "record_source" = %s AND "record_id" IN',
                   records)
    )  # fmt: skip


def events_of_officers(officers: Iterable[str], kinds: Iterable[str] = ()) -> set[Key]:
    """Which events have some version that names one of these officers' numbers, of these kinds where any are given?"""
    wanted = sorted({officer.strip().casefold() for officer in officers} - {""})
    only = sorted(kinds)
    found: set[Key] = set()
    for some in chunks(wanted):
        among = f' AND "kind" IN ({marks(len(only))})' if only else ""
        sql = f'SELECT DISTINCT "source", "key" FROM "fact" WHERE "officer" IN ({marks(len(some))}){among}'
        found.update((source, key) for source, key in select(sql, [*some, *only]))
    return found


def moved_by_link(before: LinkState, now: LinkState) -> tuple[set[RecordKey], set[str]] | None:
    """Whose records changed hands between two states of linkage, and the ids that people have and had?

    Shape:   None where the earlier run is no longer kept. A record that was not linked was its own person.
    """
    if before.run and not LinkRun.objects.filter(pk=before.run).exists():
        return None
    moved = moved_since(before.moves)
    if before.run == now.run:
        return moved
    own = 'coalesce({0}."person", h."person")'
    sql = (
        f'SELECT h."source", h."key", {own.format("a")}, {own.format("b")} FROM "handle" h'
        ' LEFT JOIN "membership" a ON a."run_id" = %s AND a."source" = h."source" AND a."record_id" = h."key"'
        ' LEFT JOIN "membership" b ON b."run_id" = %s AND b."source" = h."source" AND b."record_id" = h."key"'
        f" WHERE h.\"kind\" = 'record' AND {own.format('a')} <> {own.format('b')}"
    )
    rows = select(sql, [before.run, now.run])
    records = {RecordKey(source, key) for source, key, _, _ in rows}
    return records | moved[0], {person for row in rows for person in row[2:]} | moved[1]


def _by_source(sql: str, keys: Iterable[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
    by_source: dict[str, list[str]] = {}
    for source, key in keys:
        by_source.setdefault(source, []).append(key)
    for source, of_it in sorted(by_source.items()):
        for some in chunks(sorted(of_it)):
            yield from select(f"{sql} ({marks(len(some))})", [source, *some])
