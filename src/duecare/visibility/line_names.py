"""Names and ages of the people in list lines, for viewers who may open them; a page of lines is looked up at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from duecare.access.act import Act
from duecare.record.pole import CaseKey, EventRecord, PersonRecord, RecordKey
from duecare.store.facts.fact_lookup import Facts, facts_of_lines
from duecare.visibility.case_scope import person_thing
from duecare.visibility.display_names import NOT_ARRIVED, birth_date_of, name_and_age
from duecare.visibility.page_types import NOBODY_NAMED, LineNames, NamedPerson
from duecare.visibility.sealed_filter import marked_as_now
from duecare.visibility.view import Visibility
from duecare.visibility.visible import VisibleName
from duecare.vocabulary.ages import is_under_age
from duecare.vocabulary.london_clock import london_day

CHILD_ROLES = frozenset({"child", "victim", "detainee"})

Line = tuple[CaseKey | None, Iterable[str]]
"""The case of a line and the people it is about."""

RolesInCase = dict[CaseKey, dict[str, set[str]]]
"""By case, the people tied into it and their roles there."""


def line_names(
    visible: Visibility, lines: Iterable[Line], as_of: datetime, known_at: datetime | None = None
) -> LineNames:
    """The people of these lines and the children of their cases, as far as the viewer may open them.

    Shape:   `lines` have passed `visible`. Nobody is named by a record that is not shown. The age is that on the day of
             `as_of`. With `known_at`, people are named as known then, if the viewer may open them now.
    """
    if Act.OPEN_PERSON not in visible.request.viewer.acts:
        return NOBODY_NAMED
    asked_lines = [(case, frozenset(people)) for case, people in lines]
    cases = {case for case, _ in asked_lines if case is not None}
    without_case = {person for case, people in asked_lines if case is None for person in people}
    facts_now = facts_of_lines(cases, without_case, None)
    facts_then = facts_now if known_at is None else marked_as_now(facts_of_lines(cases, without_case, known_at))
    visible = visible.for_cases(event.case for event in facts_now.events)
    shown_facts = visible.facts_shown(facts_then)
    roles_by_case = _roles_by_case(shown_facts, cases, as_of)
    records_by_person = _records_by_person(shown_facts.persons, shown_facts.whose)
    tied_children = {
        case: {
            person
            for person, roles in roles_by_person.items()
            if roles & CHILD_ROLES and not _is_adult(visible.records_shown(records_by_person[person]), as_of)
        }
        for case, roles_by_person in roles_by_case.items()
    }
    wanted = set().union(*tied_children.values()) | {
        person
        for case, people in asked_lines
        for person in people
        if (person in roles_by_case[case] if case is not None else person not in visible.sealed.people)
    }
    named = {
        person: NamedPerson(person, words)
        for person in sorted(_people_who_open(visible, wanted, facts_now))
        if (words := _words_of(visible, records_by_person[person], as_of)) is not None
    }
    names = LineNames(named)
    return replace(names, children=tuple((case, names.named(tied_children[case])) for case in sorted(tied_children)))


def _roles_by_case(facts: Facts, cases: Iterable[CaseKey], as_of: datetime) -> RolesInCase:
    roles_by_case: RolesInCase = {case: {} for case in cases}
    for event in facts.events:
        if event.case in roles_by_case and event.happened_at.earliest <= as_of:
            for involvement in event.ties:
                person = facts.whose[involvement.record]
                roles_by_case[event.case].setdefault(person, set()).add(involvement.role)
    return roles_by_case


def _records_by_person(
    records: Mapping[RecordKey, PersonRecord], person_of_record: Mapping[RecordKey, str]
) -> dict[str, list[PersonRecord]]:
    records_by_person: dict[str, list[PersonRecord]] = defaultdict(list)
    for record_key, record in records.items():
        records_by_person[person_of_record[record_key]].append(record)
    return records_by_person


def _people_who_open(visible: Visibility, people: Iterable[str], facts: Facts) -> set[str]:
    """Those of these people whom the viewer may open by what these facts say of their cases."""
    keys_by_person: dict[str, set[RecordKey]] = defaultdict(set)
    for record_key, person in facts.whose.items():
        keys_by_person[person].add(record_key)
    events_by_case: dict[CaseKey | None, list[EventRecord]] = defaultdict(list)
    cases_by_person: dict[str, set[CaseKey]] = defaultdict(set)
    events_without_case: dict[str, list[EventRecord]] = defaultdict(list)
    for event in facts.events:
        events_by_case[event.case].append(event)
        for person in {facts.whose[involvement.record] for involvement in event.ties}:
            if event.case is None:
                events_without_case[person].append(event)
            else:
                cases_by_person[person].add(event.case)
    opened = set()
    for person in people:
        own_events = [event for case in cases_by_person[person] for event in events_by_case[case]]
        own_facts = replace(facts, events=(*own_events, *events_without_case[person]))
        thing = person_thing(person, keys_by_person[person], own_facts, visible.request.now)
        if visible.scope.admits_person(thing):
            opened.add(person)
    return opened


def _words_of(visible: Visibility, records: Iterable[PersonRecord], as_of: datetime) -> VisibleName | None:
    """The name and age by these records; None where records have arrived and none of them is shown."""
    arrived = list(records)
    if not arrived:
        return VisibleName(NOT_ARRIVED)
    shown_records = visible.records_shown(arrived)
    return VisibleName(name_and_age(shown_records, as_of)) if shown_records else None


def _is_adult(records: Iterable[PersonRecord], as_of: datetime) -> bool:
    """Whether the person of these records is certainly 18 or over."""
    birth_date = birth_date_of(tuple(records))
    return birth_date is not None and is_under_age(birth_date, 18, london_day(as_of)) is False
