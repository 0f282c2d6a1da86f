"""One case's or one person's facts as known at one moment, by one linkage: reckoned as they are, or without some of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar, cast

from duecare.assessment.rules_in_force import Reckoning
from duecare.duty.finding import Finding
from duecare.duty.roster import Roster
from duecare.record.pole import CaseKey, CaseRecord, EventRecord, OfficerRecord, PersonRecord, PostRecord, RecordKey
from duecare.store.facts.fact_lookup import Facts, facts_of_case, facts_of_person
from duecare.store.facts.fact_versions import newest
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
class Held:
    """What is held of one case or one person, and of the officers and posts?

    Shape:   `case` is the case asked for, else None: then every finding about the person and their cases is reckoned.
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


def hold(unit: Unit, by: Reckoning, links: int | None) -> Held:
    """What is held of this case, or of whoever holds this person's records, as known then, by that linkage?

    Shape:   a person is named by the id they have today.
    """
    own = () if isinstance(unit, CaseKey) else members_of(unit)
    slots: dict[str, Slot] = {}
    with linked_as(links):
        if isinstance(unit, CaseKey):
            facts = facts_of_case(unit, by.known_at)
            slots[""] = Slot("", (), facts)
            people = {facts.whose[tie.record] for e in facts.events for tie in e.ties if tie.role in by.roles}
        else:
            people = set(whose_are(own).values())
        for person in sorted(people):
            slots[person] = Slot(person, *facts_of_person(person, by.known_at))
    return Held(unit if isinstance(unit, CaseKey) else None, slots, by.roster.officers, by.roster.posts)


def reckon(held: Held, by: Reckoning, as_of: datetime) -> dict[Which, Finding]:
    """Every finding of what is held, at that moment, by this policy.

    Shape:   by (finding, source, case_ref), which together name one row.
    """
    at = Reckoning(by.policy, Roster(held.officers, held.posts), as_of, by.known_at)
    return {(f.finding, f.source, f.case_ref): f for slot in held.slots.values() for f in _of(held, slot, at)}


def _of(held: Held, slot: Slot, by: Reckoning) -> Iterator[Finding]:
    if not slot.person:
        assert held.case is not None
        yield from by.case(held.case, slot.facts)
        return
    found = by.person(slot.person, slot.records, slot.facts)
    if held.case is not None:
        yield from (finding for finding in found if finding.case == held.case)
        return
    yield from found
    own = set(slot.records)
    cases = {event.case for event in slot.facts.events if any(tie.record in own for tie in event.ties)}
    for key in sorted(case for case in cases if case is not None):
        yield from by.case(key, slot.facts)


def rows_of(held: Held) -> dict[tuple[str, RowKey], Row]:
    """Every row held, by its sheet and key."""
    found: dict[tuple[str, RowKey], Row] = {}
    for slot in held.slots.values():
        found.update((("events", (e.source, e.event_id)), e) for e in slot.facts.events)
        found.update((("persons", tuple(key)), person) for key, person in slot.facts.persons.items())
        found.update((("cases", tuple(key)), case) for key, case in slot.facts.cases.items())
    found.update((("officers", _officer(row)), row) for row in held.officers)
    found.update((("posts", _post(row)), row) for row in held.posts)
    return found


def different(old: Held, new: Held) -> list[Item]:
    """Which rows are not the same in the one as in the other?"""
    before, after = rows_of(old), rows_of(new)
    names = sorted(before.keys() | after.keys())
    return [Item(*name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)]


def written_between(items: Iterable[Item], then: datetime | None, now: datetime | None) -> list[Item]:
    """Those of these rows of which something was written between the two moments, each with when.

    Shape:   a row is left out that had been written all along, and is only seen now because another leads to it.
    """
    items = list(items)
    looked_up = ("events", "persons", "cases")
    keys = {sheet: [(i.key[0], i.key[1]) for i in items if i.sheet == sheet] for sheet in (*looked_up, "ties")}
    keys["ties"] = keys["events"]
    old = {sheet: newest(sheet, some, then) for sheet, some in keys.items()}
    new = {sheet: newest(sheet, some, now) for sheet, some in keys.items()}
    found = []
    for item in items:
        if item.sheet not in looked_up:
            found.append(replace(item, written_at=_written(item.after), was_written_at=_written(item.before)))
            continue
        key = (item.key[0], item.key[1])
        sheets = ("events", "ties") if item.sheet == "events" else (item.sheet,)
        were = [old[sheet].get(key) for sheet in sheets]
        are = [new[sheet].get(key) for sheet in sheets]
        if were == are:
            continue
        stood = were[0] is not None and not were[0].is_withdrawn
        stands = are[0] is not None and not are[0].is_withdrawn
        found.append(
            replace(
                item,
                written_at=max(one.written_at for one in are if one is not None),
                was_written_at=max((one.written_at for one in were if one is not None), default=None),
                is_moved=(item.before is None and stood) or (item.after is None and stands),
            )
        )
    return found


def _written(row: Row | None) -> datetime | None:
    return getattr(row, "written_at", None)


def coming(held: Held, after: datetime, until: datetime) -> list[Item]:
    """Which of these rows tell of what happened after the one moment, up to the other; and what they were without it?"""
    found = []
    for (sheet, key), row in sorted(rows_of(held).items(), key=lambda pair: pair[0]):
        without = _without(row, after, until)
        if without != row:
            found.append(Item(sheet, key, without, row, _written(row)))
    return found


def _without(row: Row, after: datetime, until: datetime) -> Row | None:
    def is_new(moment: datetime | None) -> bool:
        return moment is not None and after < moment <= until

    match row:
        case EventRecord():
            return None if is_new(row.happened_at.earliest) else row
        case CaseRecord():
            return replace(row, closed_at=None) if row.closed_at and is_new(row.closed_at.earliest) else row
        case OfficerRecord():
            return replace(row, absent_from=None, absent_to=None) if is_new(row.absent_from) else row
        case PostRecord():
            return None if is_new(row.from_) else row
        case PersonRecord():
            return row


def taken_back(held: Held, items: Iterable[Item], old: Held | None = None) -> Held:
    """What is held, had these rows stayed as they were before?

    Shape:   `old` is where they are taken from; without it a row that was not there before is only left out.
    """
    items = list(items)
    return Held(
        held.case,
        {name: _slot_back(slot, items, old.slots.get(name) if old else None) for name, slot in held.slots.items()},
        tuple(_rows_back(held.officers, _officer, items, "officers")),
        tuple(_rows_back(held.posts, _post, items, "posts")),
    )


def _slot_back(slot: Slot, items: list[Item], old: Slot | None) -> Slot:
    facts = slot.facts
    events = {(e.source, e.event_id): e for e in facts.events}
    persons, cases = dict(facts.persons), dict(facts.cases)
    were = {(e.source, e.event_id) for e in old.facts.events} if old else set()
    for item in items:
        match item.sheet:
            case "events":
                key = (item.key[0], item.key[1])
                is_here = key in were if old else key in events
                _put(events, key, item.before if is_here else None)
            case "persons":
                record = RecordKey(item.key[0], item.key[1])
                if record in persons or (old and record in old.facts.persons):
                    _put(persons, record, item.before)
            case "cases":
                case = CaseKey(item.key[0], item.key[1])
                if case in cases or (old and case in old.facts.cases):
                    _put(cases, case, item.before)
    whose = {**old.facts.whose, **facts.whose} if old else facts.whose
    return replace(slot, facts=replace(facts, events=tuple(events.values()), persons=persons, cases=cases, whose=whose))


def _put(rows: dict[K, R], key: K, row: Row | None) -> None:
    if row is None:
        rows.pop(key, None)
    else:
        rows[key] = cast(R, row)


def _rows_back(rows: Iterable[R], name: Callable[[R], RowKey], items: list[Item], sheet: str) -> Iterator[R]:
    back = {item.key: item.before for item in items if item.sheet == sheet}
    yield from (row for row in rows if name(row) not in back)
    yield from (cast(R, row) for row in back.values() if row is not None)


def _officer(row: OfficerRecord) -> RowKey:
    return row.source, row.officer, str(row.from_), str(row.absent_from)


def _post(row: PostRecord) -> RowKey:
    return row.source, row.post, str(row.from_)
