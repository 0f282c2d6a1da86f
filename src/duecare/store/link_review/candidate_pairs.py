"""Pairs of records as kept, those nearest to the join threshold first; `worklist/pair_order` puts them in the order shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from duecare.person.pair import read_levels
from duecare.record.pole import CaseKey, EventRecord, RecordKey
from duecare.store.facts.affected_facts import events_of_records
from duecare.store.facts.fact_lookup import cases_known, events_known
from duecare.store.findings import assessment_runs
from duecare.store.findings.finding_lists import Whose, with_lines
from duecare.store.linkage.linkage_runs import read_record
from duecare.store.linkage.linked_people import all_records_of, link_run_in_force, records_named, whose_are
from duecare.store.models import Pair
from duecare.worklist.danger import KINDS
from duecare.worklist.pair_order import Side

_COLUMNS = ("a", "b", "weight", "levels", "held")


@dataclass(frozen=True, slots=True)
class KeptPair:
    """What two records weigh together by the linkage in force, at which levels, and what keeps them apart.

    Shape:   `a` before `b`, as text was; `held` empty where no guard does.
    Units:   bits.
    """

    a: RecordKey
    b: RecordKey
    weight: float
    levels: Mapping[str, str]
    held: str = ""


def nearest_pairs(join_weight: float, most_pairs: int) -> list[KeptPair]:
    """The pairs that the evidence decides least: so many at most, the nearest to where records join first.

    Shape:   looked up by the index from where records join, upwards and downwards: not every pair is read.
    Units:   `join_weight` in bits.
    """
    pairs = Pair.objects.filter(run_id=link_run_in_force()).values_list(*_COLUMNS)
    upwards = pairs.filter(weight__gte=join_weight).order_by("weight", "a", "b")
    downwards = pairs.filter(weight__lt=join_weight).order_by("-weight", "a", "b")
    pairs_found = [*upwards[:most_pairs], *downwards[:most_pairs]]
    pairs_found.sort(key=lambda pair_row: (abs(pair_row[2] - join_weight), pair_row[0], pair_row[1]))
    return [_read_pair(*pair_row) for pair_row in pairs_found[:most_pairs]]


def kept_pair(record_a: RecordKey, record_b: RecordKey) -> KeptPair | None:
    """What is kept of these two by the linkage in force; None where they weigh too little to be kept."""
    for first_record, second_record in ((record_a, record_b), (record_b, record_a)):
        pairs = Pair.objects.filter(run_id=link_run_in_force(), a=str(first_record), b=str(second_record))
        pair_row = pairs.values_list(*_COLUMNS).first()
        if pair_row is not None:
            return _read_pair(*pair_row)
    return None


def sides_of(
    groups: Iterable[frozenset[RecordKey]], *, without: frozenset[str] = frozenset(), with_restricted: bool = False
) -> dict[frozenset[RecordKey], Side]:
    """What stands of each of these groups of records, each taken as one person.

    Shape:   nothing of a sealed case, of a restricted one unless `with_restricted`, or of the sources `without`: what hangs on a
             link must not tell of what may not be seen. Looked up by index, for all of them at once.
    """
    groups = list(groups)
    records = frozenset[RecordKey]().union(*groups)
    events = [
        event_record
        for event_record in events_known(events_of_records(records), None)
        if event_record.source not in without
    ]
    cases = cases_known({event_record.case for event_record in events if event_record.case is not None}, None)
    hidden_cases = {
        case_key
        for case_key, case_record in cases.items()
        if case_record.sealed or (case_record.restricted and not with_restricted)
    }
    events_by_record: dict[RecordKey, list[EventRecord]] = {}
    roles: dict[RecordKey, set[str]] = {}
    for event in events:
        if event.case in hidden_cases:
            continue
        for involvement in event.ties:
            events_by_record.setdefault(involvement.record, []).append(event)
            roles.setdefault(involvement.record, set()).add(involvement.role)
    owed_lines = _owed_lines(
        {
            event_record.case
            for record_events in events_by_record.values()
            for event_record in record_events
            if event_record.case is not None
        },
        records,
    )
    person_of_record = whose_are(records)
    return {group: _read_side(group, events_by_record, roles, owed_lines, person_of_record) for group in groups}


def groups_of(people: Iterable[str]) -> dict[str, frozenset[RecordKey]]:
    """The records of which each of these people is made now; one that was never linked is its own person."""
    person_ids = set(people)
    records_by_person: dict[str, set[RecordKey]] = {person: set() for person in person_ids}
    for record, person in whose_are(all_records_of(person_ids) | records_named(person_ids)).items():
        if person in records_by_person:
            records_by_person[person].add(record)
    return {person: frozenset(records) for person, records in records_by_person.items()}


def _owed_lines(cases: set[CaseKey], records: Iterable[RecordKey]) -> set[Whose]:
    assess_run = assessment_runs.run_in_force()
    return set() if assess_run is None else with_lines(assess_run.id, {*cases, *whose_are(records).values()})


def _read_side(
    group: frozenset[RecordKey],
    events_by_record: Mapping[RecordKey, list[EventRecord]],
    roles: Mapping[RecordKey, set[str]],
    owed_lines: set[Whose],
    person_of_record: Mapping[RecordKey, str],
) -> Side:
    own_events = {
        (event_record.source, event_record.event_id): event_record
        for record in group
        for event_record in events_by_record.get(record, ())
    }
    return Side(
        records=group,
        roles=frozenset[str]().union(*(roles.get(record, ()) for record in group)),
        events=tuple(event_record for event_record in own_events.values() if event_record.kind in KINDS),
        owed=any(event_record.case in owed_lines for event_record in own_events.values())
        or any(person_of_record[record] in owed_lines for record in group),
    )


def _read_pair(record_a: str, record_b: str, weight: float, levels: str, held_by: str) -> KeptPair:
    return KeptPair(read_record(record_a), read_record(record_b), float(weight), read_levels(levels), held_by)
