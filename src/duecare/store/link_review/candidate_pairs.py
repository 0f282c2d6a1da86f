"""Pairs of records in the order in which the evidence decides least, and what stands of the people they are of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from duecare.person.pair import read_levels
from duecare.record.pole import CaseKey, EventRecord, RecordKey
from duecare.store.database.sql_rows import select
from duecare.store.facts.affected_facts import events_of_records
from duecare.store.facts.fact_lookup import cases_known, events_known
from duecare.store.findings import assessment_runs
from duecare.store.findings.finding_lists import Whose, with_lines
from duecare.store.linkage.linkage_runs import read_record
from duecare.store.linkage.linked_people import all_records_of, link_run_in_force, records_named, whose_are
from duecare.worklist.consequence import Side
from duecare.worklist.danger import KINDS

_COLUMNS: Final = '"a", "b", "weight", "levels", "held"'


@dataclass(frozen=True, slots=True)
class KeptPair:
    """What do two records weigh together by the linkage in force, at which levels, and what holds them apart?

    Shape:   `a` before `b`, as text was; `held` empty where no guard does.
    Units:   bits.
    """

    a: RecordKey
    b: RecordKey
    weight: float
    levels: Mapping[str, str]
    held: str = ""


def nearest(join: float, most: int) -> list[KeptPair]:
    """The pairs that the evidence decides least: so many at most, the nearest to where records join first.

    Shape:   looked up by the index from where records join, upwards and downwards: not every pair is read.
    Units:   `join` in bits.
    """
    found = []
    for compared, order in ((">=", "ASC"), ("<", "DESC")):
        sql = (
            f'SELECT {_COLUMNS} FROM "pair" WHERE "run_id" = %s AND "weight" {compared} %s'
            f' ORDER BY "weight" {order}, "a", "b" LIMIT {int(most)}'
        )
        found += select(sql, [link_run_in_force(), join])
    found.sort(key=lambda row: (abs(row[2] - join), row[0], row[1]))
    return [_pair(*row) for row in found[: int(most)]]


def kept_pair(a: RecordKey, b: RecordKey) -> KeptPair | None:
    """What is kept of these two by the linkage in force? None where they weigh too little to be kept."""
    for one, other in ((a, b), (b, a)):
        sql = f'SELECT {_COLUMNS} FROM "pair" WHERE "run_id" = %s AND "a" = %s AND "b" = %s'
        rows = select(sql, [link_run_in_force(), str(one), str(other)])
        if rows:
            return _pair(*rows[0])
    return None


def sides_of(
    groups: Iterable[frozenset[RecordKey]], *, without: frozenset[str] = frozenset(), every: bool = False
) -> dict[frozenset[RecordKey], Side]:
    """What stands of each of these groups of records, each taken as one person?

    Shape:   nothing of a sealed case, of a restricted one unless `every`, or of the sources `without`: what hangs on a
             link must not tell of what may not be seen. Looked up by index, for all of them at once.
    """
    groups = list(groups)
    records = frozenset[RecordKey]().union(*groups)
    events = [one for one in events_known(events_of_records(records), None) if one.source not in without]
    cases = cases_known({one.case for one in events if one.case is not None}, None)
    shut = {key for key, case in cases.items() if case.sealed or (case.restricted and not every)}
    of: dict[RecordKey, list[EventRecord]] = {}
    roles: dict[RecordKey, set[str]] = {}
    for event in events:
        if event.case in shut:
            continue
        for tie in event.ties:
            of.setdefault(tie.record, []).append(event)
            roles.setdefault(tie.record, set()).add(tie.role)
    owed = _owed({one.case for some in of.values() for one in some if one.case is not None}, records)
    whose = whose_are(records)
    return {group: _side(group, of, roles, owed, whose) for group in groups}


def groups_of(people: Iterable[str]) -> dict[str, frozenset[RecordKey]]:
    """Which records is each of these people made of now? One that was never linked is its own person."""
    wanted = set(people)
    found: dict[str, set[RecordKey]] = {person: set() for person in wanted}
    for record, person in whose_are(all_records_of(wanted) | records_named(wanted)).items():
        if person in found:
            found[person].add(record)
    return {person: frozenset(records) for person, records in found.items()}


def _owed(cases: set[CaseKey], records: Iterable[RecordKey]) -> set[Whose]:
    run = assessment_runs.run_in_force()
    return set() if run is None else with_lines(run.pk, {*cases, *whose_are(records).values()})


def _side(
    group: frozenset[RecordKey],
    of: Mapping[RecordKey, list[EventRecord]],
    roles: Mapping[RecordKey, set[str]],
    owed: set[Whose],
    whose: Mapping[RecordKey, str],
) -> Side:
    mine = {(one.source, one.event_id): one for record in group for one in of.get(record, ())}
    return Side(
        records=group,
        roles=frozenset[str]().union(*(roles.get(record, ()) for record in group)),
        events=tuple(one for one in mine.values() if one.kind in KINDS),
        owed=any(one.case in owed for one in mine.values()) or any(whose[record] in owed for record in group),
    )


def _pair(a: str, b: str, weight: float, levels: str, held: str) -> KeptPair:
    return KeptPair(read_record(a), read_record(b), float(weight), read_levels(levels), held)
