"""A careful plain-Python loop over the same rules: one timeline after another, each handed to the judge."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

import duckdb

from duecare.duty.assess import assess_duties
from duecare.duty.declaration import Scope
from duecare.duty.engine.units import day_of, moment_of
from duecare.duty.finding import Finding
from duecare.duty.roster import Roster
from duecare.record.pole import CaseKey, CaseRecord, EventRecord, InvolvementRow, PersonRecord, RecordKey
from duecare.rulebook.all_duties import all_duties
from duecare.rulebook.force_policy import Policy
from duecare.timeline.weave import weave_case, weave_person
from duecare.vocabulary.moments import When
from duecare.vocabulary.partial_date import PartialDate


def loop(engine: duckdb.DuckDBPyConnection, roster: Roster, as_of: datetime, policy: Policy) -> Iterator[Finding]:
    """Every finding of the given tables that this connection holds, read into memory first."""
    ties: dict[tuple[str, str], list[InvolvementRow]] = {}
    for source, event_id, origin, record, role in engine.execute("FROM given_tie").fetchall():
        ties.setdefault((source, event_id), []).append(InvolvementRow(RecordKey(origin, record), role))
    persons, whose, records = {}, {}, {}
    for origin, record, person, first, last, sex in engine.execute("FROM given_record").fetchall():
        key = RecordKey(origin, record)
        born = {} if first is None else {"born": PartialDate(day_of(first), day_of(last))}
        persons[key], whose[key] = PersonRecord(key, sex=sex, **born), person
        records.setdefault(person, []).append(key)
    cases = {
        CaseKey(source, ref): CaseRecord(CaseKey(source, ref), kind, area)
        for source, ref, kind, area, _, _ in engine.execute("FROM given_case").fetchall()
    }
    by_case: dict[CaseKey, list[EventRecord]] = {}
    by_person: dict[str, set[CaseKey]] = {}
    for row in engine.execute("FROM given_event").fetchall():
        event = _event(row, tuple(ties.get((row[0], row[1]), ())))
        assert event.case is not None
        by_case.setdefault(event.case, []).append(event)
        for tie in event.ties:
            by_person.setdefault(whose[tie.record], set()).add(event.case)
    of_case = [duty for duty in all_duties() if duty.scope is Scope.CASE]
    of_person = [duty for duty in all_duties() if duty.scope is not Scope.CASE]
    for key, events in by_case.items():
        own = {record: persons[record] for event in events for record, _ in ((t.record, t.role) for t in event.ties)}
        yield from assess_duties(weave_case(key, cases[key], events, own, whose), of_case, roster, as_of, policy)
    for person, keys in by_person.items():
        events = [event for key in keys for event in by_case[key]]
        own = {tie.record: persons[tie.record] for event in events for tie in event.ties}
        held = {key: cases[key] for key in sorted(keys)}
        timeline = weave_person(person, records[person], events, held, own, whose)
        yield from assess_duties(timeline, of_person, roster, as_of, policy)


def _event(row: tuple, ties: tuple[InvolvementRow, ...]) -> EventRecord:
    (
        source,
        event_id,
        kind,
        earliest,
        latest,
        written_at,
        case_source,
        case_ref,
        area,
        officer,
        risk,
        outcome,
        detail,
    ) = row
    return EventRecord(
        source=source,
        event_id=event_id,
        kind=kind,
        happened_at=When(moment_of(earliest), moment_of(latest)),
        written_at=moment_of(written_at),
        case=CaseKey(case_source, case_ref),
        area=area,
        officer=officer,
        risk=risk,
        outcome=outcome,
        detail=json.loads(detail) if detail else {},
        ties=ties,
    )
