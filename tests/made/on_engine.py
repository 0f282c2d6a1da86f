"""A scene's facts as the tables that an engine is given, so that it judges what the judge does."""

from __future__ import annotations

import json

import duckdb
from tests.made.timelines import Scene

from duecare.duty.engine.engine_protocol import Engine
from duecare.duty.engine.units import day_number, to_micros
from duecare.store.bulk.duckdb_engine import Duck
from duecare.vocabulary.partial_date import PartialDate

EVENTS = {
    "source": "VARCHAR",
    "event_id": "VARCHAR",
    "kind": "VARCHAR",
    "earliest": "BIGINT",
    "latest": "BIGINT",
    "written_at": "BIGINT",
    "case_source": "VARCHAR",
    "case_ref": "VARCHAR",
    "area": "VARCHAR",
    "officer": "VARCHAR",
    "risk": "VARCHAR",
    "outcome": "VARCHAR",
    "detail": "VARCHAR",
}
TIES = dict.fromkeys(("source", "event_id", "record_source", "record_id", "role"), "VARCHAR")
RECORDS = {
    "record_source": "VARCHAR",
    "record_id": "VARCHAR",
    "person": "VARCHAR",
    "born_first": "INTEGER",
    "born_last": "INTEGER",
    "sex": "VARCHAR",
}
CASES = {
    "case_source": "VARCHAR",
    "case_ref": "VARCHAR",
    "kind": "VARCHAR",
    "area": "VARCHAR",
    "closed_earliest": "BIGINT",
    "closed_latest": "BIGINT",
}


def duck() -> Duck:
    """A DuckDB of its own, in memory."""
    return Duck(duckdb.connect(config={"threads": 1}))


def give(engine: Engine, made: Scene) -> None:
    """Load what the scene holds."""
    engine.load(
        "given_event",
        EVENTS,
        [
            (
                e.source,
                e.event_id,
                e.kind,
                to_micros(e.happened_at.earliest),
                to_micros(e.happened_at.latest),
                to_micros(e.written_at),
                e.case.source if e.case else None,
                e.case.case_ref if e.case else None,
                e.area,
                e.officer,
                e.risk,
                e.outcome,
                json.dumps(dict(e.detail)) if e.detail else None,
            )
            for e in made.events
        ],
    )
    engine.load("given_tie", TIES, {(e.source, e.event_id, *t.record, t.role): 0 for e in made.events for t in e.ties})
    records = {t.record for e in made.events for t in e.ties} | set(made.persons)
    engine.load("given_record", RECORDS, [_record(made, key) for key in sorted(records)])
    engine.load(
        "given_case",
        CASES,
        [
            (
                *key,
                case.kind,
                case.area,
                to_micros(case.closed_at.earliest) if case.closed_at else None,
                to_micros(case.closed_at.latest) if case.closed_at else None,
            )
            for key, case in made.cases.items()
        ],
    )


def _record(made, key):
    record = made.persons.get(key)
    born = None
    if record is not None and isinstance(record.born, PartialDate):
        born = record.born
    elif record is not None and record.due_on is not None:
        born = PartialDate(record.due_on, record.due_on)
    first, last = (None, None) if born is None else (day_number(born.earliest), day_number(born.latest))
    return (*key, made.whose.get(key, str(key)), first, last, record.sex if record else "")
