"""Index look-ups for incremental assessment: which events, cases and people a delivery or re-linkage affects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from duecare.record.pole import CaseKey, RecordKey
from duecare.store.database.sql_rows import placeholder_marks, select_rows, split_chunks
from duecare.store.linkage.linkage_runs import LinkState, moved_since
from duecare.store.models import Delivery, Fact, LinkRun

FactKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Pending:
    """The accepted deliveries that come after one, and how many versions they delivered, at most."""

    upto: int
    numbers: tuple[int, ...]
    ids: tuple[int, ...]
    rows: int


@dataclass(slots=True)
class TouchedFacts:
    """What some deliveries state something new of; `has_roster`: of officers or posts."""

    events: set[FactKey] = field(default_factory=set)
    persons: set[RecordKey] = field(default_factory=set)
    cases: set[CaseKey] = field(default_factory=set)
    has_roster: bool = False


def pending_deliveries(after: int) -> Pending:
    """Accepted deliveries that come after this number."""
    delivery_rows = list(
        Delivery.objects.filter(state="accepted", number__gt=after)
        .order_by("number")
        .values_list("number", "pk", "accepted", "stale", "withdrawn")
    )
    return Pending(
        upto=max((number for number, *_ in delivery_rows if number), default=after),
        numbers=tuple(number for number, *_ in delivery_rows if number),
        ids=tuple(delivery_pk for _, delivery_pk, *_ in delivery_rows),
        rows=sum(accepted + stale + withdrawn for _, _, accepted, stale, withdrawn in delivery_rows),
    )


def delivered_facts(deliveries: Iterable[int]) -> TouchedFacts:
    """What these deliveries, by their ids, say that is new."""
    delivered = TouchedFacts()
    for delivery_chunk in split_chunks(deliveries):
        facts = Fact.objects.filter(delivery_id__in=delivery_chunk)
        for source, sheet, record_key in facts.values_list("source", "sheet", "key").distinct():
            if sheet in {"events", "ties"}:
                delivered.events.add((source, record_key))
            elif sheet == "persons":
                delivered.persons.add(RecordKey(source, record_key))
            elif sheet == "cases":
                delivered.cases.add(CaseKey(source, record_key))
            else:
                delivered.has_roster = True
    return delivered


def cases_of_events(events: Iterable[FactKey]) -> set[CaseKey]:
    """Cases under which some version of one of these events was named."""
    table_rows = _by_source(
        'SELECT DISTINCT "case_source", "case_ref" FROM "fact" WHERE "source" = %s AND "sheet" = \'events\' AND'
        ' "case_ref" IS NOT NULL AND "key" IN',
        events,
    )
    return {CaseKey(source, case_ref) for source, case_ref in table_rows}


def records_of_events(events: Iterable[FactKey]) -> set[RecordKey]:
    """Records that some version of one of these events named."""
    table_rows = _by_source(
        'SELECT DISTINCT "record_source", "record_id" FROM "event_tie" WHERE "source" = %s AND "event_id" IN', events
    )
    return {RecordKey(source, record_id) for source, record_id in table_rows}


def tied_in_roles(events: Iterable[FactKey], roles: frozenset[str]) -> dict[FactKey, set[RecordKey]]:
    """The records that some version of each of these events named in one of these roles."""
    table_rows = _by_source(
        'SELECT "source", "key", "body" FROM "fact" WHERE "source" = %s AND "sheet" = \'ties\' AND "key" IN', events
    )
    records_by_event: dict[FactKey, set[RecordKey]] = {}
    for source, record_key, body_bytes in table_rows:
        tied_records = {
            RecordKey(involvement[0], involvement[1])
            for involvement in orjson.loads(bytes(body_bytes)).get("ties", ())
            if involvement[2] in roles
        }
        if tied_records:
            records_by_event.setdefault((source, record_key), set()).update(tied_records)
    return records_by_event


def of_kinds(events: Iterable[FactKey], kinds: Iterable[str]) -> set[FactKey]:
    """Those of these events that were of one of these kinds in some version."""
    kind_list = "', '".join(sorted(kinds))
    return set(
        _by_source(
            'SELECT DISTINCT "source", "key" FROM "fact" WHERE "source" = %s AND "sheet" = \'events\' AND "kind" IN'
            f" ('{kind_list}') AND \"key\" IN",
            events,
        )
    )


def events_of_cases(cases: Iterable[CaseKey]) -> set[FactKey]:
    """Events with some version named under one of these cases."""
    return set(
        _by_source('SELECT DISTINCT "source", "key" FROM "fact" WHERE "case_source" = %s AND "case_ref" IN', cases)
    )


def events_of_records(records: Iterable[RecordKey]) -> set[FactKey]:
    """Events with some version that names one of these records."""
    return set(
        _by_source('SELECT DISTINCT "source", "event_id" FROM "event_tie" WHERE "record_source" = %s AND "record_id" IN',
                   records)
    )  # fmt: skip


def events_of_officers(officers: Iterable[str], kinds: Iterable[str] = ()) -> set[FactKey]:
    """Events with some version that names one of these officers' numbers, of these kinds where any are given."""
    officer_names = sorted({officer.strip().casefold() for officer in officers} - {""})
    kind_names = sorted(kinds)
    event_keys: set[FactKey] = set()
    for key_chunk in split_chunks(officer_names):
        facts = Fact.objects.filter(officer__in=key_chunk)
        if kind_names:
            facts = facts.filter(kind__in=kind_names)
        event_keys.update(facts.values_list("source", "key").distinct())
    return event_keys


def moved_by_link(before: LinkState, after: LinkState) -> tuple[set[RecordKey], set[str]] | None:
    """The records that changed hands between two states of linkage, and the ids that people have and had.

    Shape:   None where the earlier run is no longer kept. A record that was not linked was its own person.
    """
    if before.run and not LinkRun.objects.filter(pk=before.run).exists():
        return None
    moved = moved_since(before.moves)
    if before.run == after.run:
        return moved
    # Raw: by source and key, not by a foreign key, so the ORM cannot join them.
    own_person = 'coalesce({0}."person", h."person")'
    sql_text = (
        f'SELECT h."source", h."key", {own_person.format("a")}, {own_person.format("b")} FROM "handle" h'
        ' LEFT JOIN "membership" a ON a."run_id" = %s AND a."source" = h."source" AND a."record_id" = h."key"'
        ' LEFT JOIN "membership" b ON b."run_id" = %s AND b."source" = h."source" AND b."record_id" = h."key"'
        f" WHERE h.\"kind\" = 'record' AND {own_person.format('a')} <> {own_person.format('b')}"
    )
    table_rows = select_rows(sql_text, [before.run, after.run])
    records = {RecordKey(source, record_key) for source, record_key, _, _ in table_rows}
    return records | moved[0], {person for table_row in table_rows for person in table_row[2:]} | moved[1]


def _by_source(sql_text: str, record_keys: Iterable[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
    by_source: dict[str, list[str]] = {}
    for source, record_key in record_keys:
        by_source.setdefault(source, []).append(record_key)
    for source, of_it in sorted(by_source.items()):
        for key_chunk in split_chunks(sorted(of_it)):
            # Raw: asked step by step for each case that is assessed, where the ORM takes 12 to 20 times as long (0042).
            yield from select_rows(f"{sql_text} ({placeholder_marks(len(key_chunk))})", [source, *key_chunk])
