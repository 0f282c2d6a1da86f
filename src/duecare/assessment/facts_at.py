"""One case's or one person's facts as known at one moment, by one linkage: worked out as they are, or without some of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar, cast

from duecare.assessment.rules_in_force import AssessmentContext
from duecare.duty.finding import Finding
from duecare.duty.roster import Roster
from duecare.record.pole import CaseKey, CaseRecord, EventRecord, OfficerRecord, PersonRecord, PostRecord, RecordKey
from duecare.store.facts.fact_lookup import Facts, facts_of_case, facts_of_person
from duecare.store.facts.fact_versions import newest_versions
from duecare.store.linkage.linked_people import linked_as, members_of, whose_are

Unit = CaseKey | str
Which = tuple[str, str, str | None]
Row = EventRecord | PersonRecord | CaseRecord | OfficerRecord | PostRecord
RowKey = tuple[str, ...]
K = TypeVar("K")
R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Slot:
    """The facts that one timeline is woven from: a case's own (`person` empty), or one person's."""

    person: str
    records: tuple[RecordKey, ...]
    facts: Facts


@dataclass(frozen=True, slots=True)
class FactsAt:
    """What is held of one case or one person, and of the officers and posts?

    Shape:   `case` is the case asked for, else None: then every finding about the person and their cases is worked out.
    """

    case: CaseKey | None
    slots: Mapping[str, Slot]
    officers: tuple[OfficerRecord, ...]
    posts: tuple[PostRecord, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One row that is not the same before and after: which, and what it said; None where it is not there.

    Shape:   `sheet` and `key` name it: (source, key) of events, persons and cases; officers and posts by what they are
             known under. `is_moved`: it is, or was, in another case or of other people.
    """

    sheet: str
    key: RowKey
    before: Row | None
    after: Row | None
    written_at: datetime | None = None
    was_written_at: datetime | None = None
    is_moved: bool = False


def hold(fact_unit: Unit, context: AssessmentContext, links: int | None) -> FactsAt:
    """What is held of this case, or of whoever holds this person's records, as known then, by that linkage?

    Shape:   a person is named by the id they have today.
    """
    own_events = () if isinstance(fact_unit, CaseKey) else members_of(fact_unit)
    slots: dict[str, Slot] = {}
    with linked_as(links):
        if isinstance(fact_unit, CaseKey):
            facts = facts_of_case(fact_unit, context.known_at)
            slots[""] = Slot("", (), facts)
            people = {
                facts.whose[participation.record]
                for event_item in facts.events
                for participation in event_item.ties
                if participation.role in context.roles
            }
        else:
            people = set(whose_are(own_events).values())
        for person in sorted(people):
            slots[person] = Slot(person, *facts_of_person(person, context.known_at))
    return FactsAt(
        fact_unit if isinstance(fact_unit, CaseKey) else None, slots, context.roster.officers, context.roster.posts
    )


def findings_from(loaded_facts: FactsAt, context: AssessmentContext, as_of: datetime) -> dict[Which, Finding]:
    """Every finding of what is held, at that moment, by this policy.

    Shape:   by (finding, source, case_ref), which together name one row.
    """
    at = AssessmentContext(context.policy, Roster(loaded_facts.officers, loaded_facts.posts), as_of, context.known_at)
    return {
        (finding_item.finding, finding_item.source, finding_item.case_ref): finding_item
        for fact_slot in loaded_facts.slots.values()
        for finding_item in _of(loaded_facts, fact_slot, at)
    }


def _of(loaded_facts: FactsAt, fact_slot: Slot, context: AssessmentContext) -> Iterator[Finding]:
    if not fact_slot.person:
        assert loaded_facts.case is not None
        yield from context.case(loaded_facts.case, fact_slot.facts)
        return
    results = context.person(fact_slot.person, fact_slot.records, fact_slot.facts)
    if loaded_facts.case is not None:
        yield from (finding for finding in results if finding.case == loaded_facts.case)
        return
    yield from results
    own_events = set(fact_slot.records)
    cases = {
        event.case
        for event in fact_slot.facts.events
        if any(participation.record in own_events for participation in event.ties)
    }
    for record_key in sorted(case_record for case_record in cases if case_record is not None):
        yield from context.case(record_key, fact_slot.facts)


def rows_of(loaded_facts: FactsAt) -> dict[tuple[str, RowKey], Row]:
    """Every row held, by its sheet and key."""
    results: dict[tuple[str, RowKey], Row] = {}
    for fact_slot in loaded_facts.slots.values():
        results.update(
            (("events", (event_item.source, event_item.event_id)), event_item) for event_item in fact_slot.facts.events
        )
        results.update(
            (("persons", tuple(record_key)), person) for record_key, person in fact_slot.facts.persons.items()
        )
        results.update(
            (("cases", tuple(record_key)), case_record) for record_key, case_record in fact_slot.facts.cases.items()
        )
    results.update((("officers", _officer(fact_row)), fact_row) for fact_row in loaded_facts.officers)
    results.update((("posts", _post(fact_row)), fact_row) for fact_row in loaded_facts.posts)
    return results


def different(old_items: FactsAt, new_items: FactsAt) -> list[Item]:
    """Which rows are not the same in the one as in the other?"""
    before, after = rows_of(old_items), rows_of(new_items)
    names = sorted(before.keys() | after.keys())
    return [
        Item(*field_name, before.get(field_name), after.get(field_name))
        for field_name in names
        if before.get(field_name) != after.get(field_name)
    ]


def written_between(items: Iterable[Item], earlier_state: datetime | None, now: datetime | None) -> list[Item]:
    """Those of these rows of which something was written between the two moments, each with when.

    Shape:   a row is left out that had been written all along, and is only seen now because another leads to it.
    """
    items = list(items)
    looked_up = ("events", "persons", "cases")
    record_keys = {
        sheet: [(index_number.key[0], index_number.key[1]) for index_number in items if index_number.sheet == sheet]
        for sheet in (*looked_up, "ties")
    }
    record_keys["ties"] = record_keys["events"]
    old_items = {
        sheet: newest_versions(sheet, batch_items, earlier_state) for sheet, batch_items in record_keys.items()
    }
    new_items = {sheet: newest_versions(sheet, batch_items, now) for sheet, batch_items in record_keys.items()}
    results = []
    for fact_item in items:
        if fact_item.sheet not in looked_up:
            results.append(
                replace(fact_item, written_at=_written(fact_item.after), was_written_at=_written(fact_item.before))
            )
            continue
        record_key = (fact_item.key[0], fact_item.key[1])
        sheets = ("events", "ties") if fact_item.sheet == "events" else (fact_item.sheet,)
        earlier_rows = [old_items[sheet].get(record_key) for sheet in sheets]
        later_rows = [new_items[sheet].get(record_key) for sheet in sheets]
        if earlier_rows == later_rows:
            continue
        stood = earlier_rows[0] is not None and not earlier_rows[0].is_withdrawn
        stands = later_rows[0] is not None and not later_rows[0].is_withdrawn
        results.append(
            replace(
                fact_item,
                written_at=max(first_item.written_at for first_item in later_rows if first_item is not None),
                was_written_at=max(
                    (first_item.written_at for first_item in earlier_rows if first_item is not None), default=None
                ),
                is_moved=(fact_item.before is None and stood) or (fact_item.after is None and stands),
            )
        )
    return results


def _written(fact_row: Row | None) -> datetime | None:
    return getattr(fact_row, "written_at", None)


def coming(loaded_facts: FactsAt, after: datetime, until: datetime) -> list[Item]:
    """Which of these rows tell of what happened after the one moment, up to the other; and what they were without it?"""
    results = []
    for (sheet, record_key), fact_row in sorted(rows_of(loaded_facts).items(), key=lambda row_pair: row_pair[0]):
        without = _without(fact_row, after, until)
        if without != fact_row:
            results.append(Item(sheet, record_key, without, fact_row, _written(fact_row)))
    return results


def _without(fact_row: Row, after: datetime, until: datetime) -> Row | None:
    def is_new(moment: datetime | None) -> bool:
        return moment is not None and after < moment <= until

    match fact_row:
        case EventRecord():
            return None if is_new(fact_row.happened_at.earliest) else fact_row
        case CaseRecord():
            return (
                replace(fact_row, closed_at=None)
                if fact_row.closed_at and is_new(fact_row.closed_at.earliest)
                else fact_row
            )
        case OfficerRecord():
            return replace(fact_row, absent_from=None, absent_to=None) if is_new(fact_row.absent_from) else fact_row
        case PostRecord():
            return None if is_new(fact_row.from_) else fact_row
        case PersonRecord():
            return fact_row


def taken_back(loaded_facts: FactsAt, items: Iterable[Item], old_items: FactsAt | None = None) -> FactsAt:
    """What is held, had these rows stayed as they were before?

    Shape:   `old_items` is where they are taken from; without it a row that was not there before is only left out.
    """
    items = list(items)
    return FactsAt(
        loaded_facts.case,
        {
            field_name: _slot_back(fact_slot, items, old_items.slots.get(field_name) if old_items else None)
            for field_name, fact_slot in loaded_facts.slots.items()
        },
        tuple(_rows_back(loaded_facts.officers, _officer, items, "officers")),
        tuple(_rows_back(loaded_facts.posts, _post, items, "posts")),
    )


def _slot_back(fact_slot: Slot, items: list[Item], old_items: Slot | None) -> Slot:
    facts = fact_slot.facts
    events = {(event_item.source, event_item.event_id): event_item for event_item in facts.events}
    persons, cases = dict(facts.persons), dict(facts.cases)
    earlier_rows = (
        {(event_item.source, event_item.event_id) for event_item in old_items.facts.events} if old_items else set()
    )
    for fact_item in items:
        match fact_item.sheet:
            case "events":
                record_key = (fact_item.key[0], fact_item.key[1])
                is_here = record_key in earlier_rows if old_items else record_key in events
                _put(events, record_key, fact_item.before if is_here else None)
            case "persons":
                record = RecordKey(fact_item.key[0], fact_item.key[1])
                if record in persons or (old_items and record in old_items.facts.persons):
                    _put(persons, record, fact_item.before)
            case "cases":
                case_record = CaseKey(fact_item.key[0], fact_item.key[1])
                if case_record in cases or (old_items and case_record in old_items.facts.cases):
                    _put(cases, case_record, fact_item.before)
    person_by_record = {**old_items.facts.whose, **facts.whose} if old_items else facts.whose
    return replace(
        fact_slot,
        facts=replace(facts, events=tuple(events.values()), persons=persons, cases=cases, whose=person_by_record),
    )


def _put(fact_rows: dict[K, R], record_key: K, fact_row: Row | None) -> None:
    if fact_row is None:
        fact_rows.pop(record_key, None)
    else:
        fact_rows[record_key] = cast(R, fact_row)


def _rows_back(fact_rows: Iterable[R], field_name: Callable[[R], RowKey], items: list[Item], sheet: str) -> Iterator[R]:
    taken_rows = {fact_item.key: fact_item.before for fact_item in items if fact_item.sheet == sheet}
    yield from (fact_row for fact_row in fact_rows if field_name(fact_row) not in taken_rows)
    yield from (cast(R, fact_row) for fact_row in taken_rows.values() if fact_row is not None)


def _officer(fact_row: OfficerRecord) -> RowKey:
    return fact_row.source, fact_row.officer, str(fact_row.from_), str(fact_row.absent_from)


def _post(fact_row: PostRecord) -> RowKey:
    return fact_row.source, fact_row.post, str(fact_row.from_)
