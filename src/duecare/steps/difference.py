"""Why two reckonings of one case or person differ: each step between them is reckoned, and each fact is tried without."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

from duecare.duty.finding import Finding
from duecare.record.pole import RecordKey
from duecare.steps.held_then import (
    Held,
    Item,
    Unit,
    Which,
    coming,
    different,
    hold,
    reckon,
    taken_back,
    written_between,
)
from duecare.steps.reckoning import Reckoning

MOST_TRIED = 300
# What says nothing new by itself: lateness grows with every hour, and ids name what is compared.
NOT_COMPARED = frozenset({"finding", "duty", "authority", "late_by_hours", "occurrence", "case_ref", "source"})
COMPARED = tuple(field.name for field in fields(Finding) if field.name not in NOT_COMPARED)


class Why(StrEnum):
    """By what does a finding differ between two moments?"""

    CHANGED_RULE = "changed_rule"
    CHANGED_LINK = "changed_link"
    LATE_FACT = "late_fact"
    CHANGED_FACT = "changed_fact"
    WITHDRAWN_FACT = "withdrawn_fact"
    NEW_FACT = "new_fact"
    TIME_PASSED = "time_passed"


@dataclass(frozen=True, slots=True)
class Caused:
    """By which kind of cause, and by which rows?

    Shape:   `items` empty for rules, links and time. `together`: no one of them alone makes the difference.
    """

    why: Why
    items: tuple[Item, ...] = ()
    together: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One finding at two moments, and why it differs; None where it is not there.

    Shape:   `causes` in the order of the steps from the one to the other; `cause` the last that changed the state, else
             the last. `records` are those that linkage gave other company.
    """

    before: Finding | None
    after: Finding | None
    causes: tuple[Caused, ...]
    cause: Caused
    records: tuple[RecordKey, ...] = ()

    @property
    def finding(self) -> Finding:
        """The finding as it is after, else as it was."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def differs(self) -> tuple[str, ...]:
        """In which fields do the two differ? Empty where one of them is not there."""
        if self.before is None or self.after is None:
            return ()
        return tuple(name for name in COMPARED if getattr(self.before, name) != getattr(self.after, name))


def is_same(one: Finding | None, other: Finding | None) -> bool:
    """Do these two say the same, but for how late it is by now?"""
    if one is None or other is None:
        return one is other
    return all(getattr(one, name) == getattr(other, name) for name in COMPARED)


@dataclass(frozen=True, slots=True)
class _Step:
    """One step: what it left of each finding, and by what each that it changed was changed."""

    after: Mapping[Which, Finding]
    by: Mapping[Which, tuple[Caused, ...]]


def differences(
    unit: Unit, then: Reckoning, now: Reckoning, links_then: int | None, links_now: int | None
) -> list[Change]:
    """Which findings of this case or person differ between the two reckonings, and why?

    Shape:   from the one to the other by five steps, each reckoned: the rules, the links, what was written since of what
             had happened by then, the clock alone, what happened since. A finding that ends as it began is not listed.
    """
    first = hold(unit, then, links_then)
    relinked = first if links_then == links_now else hold(unit, then, links_now)
    known = hold(unit, now, links_now)
    start = reckon(first, then, then.as_of)
    steps: list[_Step] = []

    by_rule = reckon(first, now, then.as_of)
    steps.append(_Step(by_rule, _all(start, by_rule, Why.CHANGED_RULE)))
    by_link = by_rule if relinked is first else reckon(relinked, now, then.as_of)
    steps.append(_Step(by_link, _all(by_rule, by_link, Why.CHANGED_LINK)))
    by_known = reckon(known, now, then.as_of)
    steps.append(_Step(by_known, _by_rows(by_link, by_known, relinked, known, then, now)))
    end = reckon(known, now, now.as_of)
    steps.append(_clock(by_known, end, known, now, then.as_of))

    records = _regrouped(first, relinked)
    found = []
    for which in sorted(start.keys() | end.keys(), key=str):
        if is_same(start.get(which), end.get(which)):
            continue
        causes = [cause for step in steps for cause in step.by.get(which, ())]
        moved = _last_that_moved_the_state(which, start, steps)
        is_linked = any(cause.why is Why.CHANGED_LINK for cause in causes)
        found.append(
            Change(
                start.get(which),
                end.get(which),
                tuple(causes),
                moved or causes[-1],
                records if is_linked else (),
            )
        )
    return found


def _last_that_moved_the_state(which: Which, start: Mapping[Which, Finding], steps: Iterable[_Step]) -> Caused | None:
    before, moved = start.get(which), None
    for step in steps:
        after = step.after.get(which)
        if (after.state if after else None) != (before.state if before else None) and step.by.get(which):
            moved = step.by[which][-1]
        before = after
    return moved


def _all(before: Mapping[Which, Finding], after: Mapping[Which, Finding], why: Why) -> dict[Which, tuple[Caused, ...]]:
    return {which: (Caused(why),) for which in _changed(before, after)}


def _changed(before: Mapping[Which, Finding], after: Mapping[Which, Finding]) -> list[Which]:
    names = sorted(before.keys() | after.keys(), key=str)
    return [which for which in names if not is_same(before.get(which), after.get(which))]


def _by_rows(
    before: Mapping[Which, Finding],
    after: Mapping[Which, Finding],
    old: Held,
    new: Held,
    then: Reckoning,
    now: Reckoning,
) -> dict[Which, tuple[Caused, ...]]:
    """What was written between the two moments of knowing: each row is put back by itself, and what then differs is its."""
    changed = _changed(before, after)
    if not changed:
        return {}
    had_happened = (item for item in different(old, new) if _had_happened(item, then.as_of))
    items = written_between(had_happened, then.known_at, now.known_at)
    tried = _tried(changed, before, after, items)
    found = _without_each(changed, after, tried, lambda item: reckon(taken_back(new, [item], old), now, then.as_of))
    return {which: _grouped(found[which], _together(which, before, after, items)) for which in changed}


def _clock(
    before: Mapping[Which, Finding], after: Mapping[Which, Finding], held: Held, by: Reckoning, last: datetime
) -> _Step:
    """The clock moved: what it alone would have made, and what the facts of that time made of it."""
    changed = _changed(before, after)
    found: dict[Which, tuple[Caused, ...]] = {}
    if changed:
        items = coming(held, last, by.as_of)
        alone = reckon(taken_back(held, items), by, by.as_of) if items else after
        new = [which for which in changed if not is_same(alone.get(which), after.get(which))]
        tried = _tried(new, alone, after, items)
        causes = _without_each(new, after, tried, lambda item: reckon(taken_back(held, [item]), by, by.as_of))
        for which in changed:
            if which not in causes:
                found[which] = (Caused(Why.TIME_PASSED),)
                continue
            mine = causes[which]
            found[which] = (
                Caused(Why.NEW_FACT, tuple(mine))
                if mine
                else Caused(Why.NEW_FACT, tuple(_together(which, alone, after, items)), together=True),
            )
    return _Step(after, found)


def _without_each(
    changed: list[Which],
    after: Mapping[Which, Finding],
    items: list[Item],
    reckoned: Callable[[Item], Mapping[Which, Finding]],
) -> dict[Which, list[Item]]:
    found: dict[Which, list[Item]] = {which: [] for which in changed}
    for item in items if changed else ():
        without = reckoned(item)
        for which in changed:
            if not is_same(without.get(which), after.get(which)):
                found[which].append(item)
    return found


def _tried(
    changed: list[Which], before: Mapping[Which, Finding], after: Mapping[Which, Finding], items: list[Item]
) -> list[Item]:
    """Which rows are worth trying: all, or where they are very many, those that some finding rests on."""
    if len(items) <= MOST_TRIED:
        return items
    named = {fact for which in changed for fact in _rests_on(before.get(which)) ^ _rests_on(after.get(which))}
    numbers = {
        told.person
        for which in changed
        for finding in (before.get(which), after.get(which))
        if finding
        for told in finding.told
    }
    near = [item for item in items if item.sheet in {"cases", "persons"} or item.key[:2] in named]
    return near + [item for item in items if item.sheet in {"officers", "posts"} and _names(item) & numbers]


def _names(item: Item) -> set[str | None]:
    said = (row for row in (item.before, item.after) if row is not None)
    return {getattr(row, name, None) for row in said for name in ("officer", "holder", "supervisor")}


def _together(
    which: Which, before: Mapping[Which, Finding], after: Mapping[Which, Finding], items: list[Item]
) -> list[Item]:
    named = _rests_on(before.get(which)) ^ _rests_on(after.get(which))
    return [item for item in items if item.key[:2] in named] or items[:MOST_TRIED]


def _rests_on(finding: Finding | None) -> set[tuple[str, ...]]:
    return {(fact.source, fact.event_id) for fact in finding.evidence} if finding else set()


def _grouped(mine: list[Item], together: list[Item]) -> tuple[Caused, ...]:
    items, jointly = (mine, False) if mine else (together, True)
    kinds: dict[Why, list[Item]] = {}
    for item in items:
        if item.is_moved:
            why = Why.CHANGED_FACT
        elif item.before is None:
            why = Why.LATE_FACT
        elif item.after is None:
            why = Why.WITHDRAWN_FACT
        else:
            why = Why.CHANGED_FACT
        kinds.setdefault(why, []).append(item)
    return tuple(Caused(why, tuple(some), jointly) for why, some in kinds.items())


def _had_happened(item: Item, as_of: datetime) -> bool:
    if item.sheet != "events":
        return True
    rows = (row for row in (item.before, item.after) if row is not None)
    return any(row.happened_at.earliest <= as_of for row in rows)  # type: ignore[union-attr]


def _regrouped(old: Held, new: Held) -> tuple[RecordKey, ...]:
    """Which records have other company by the one linkage than by the other?"""

    def company(held: Held) -> dict[RecordKey, frozenset[RecordKey]]:
        return {key: frozenset(slot.records) for slot in held.slots.values() for key in slot.records}

    before, after = company(old), company(new)
    return tuple(sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key)))
