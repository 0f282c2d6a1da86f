"""Why two reckonings of one case or person differ: each step between them is reckoned, and each fact is tried without."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

from duecare.assessment.facts_at import (
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
from duecare.assessment.rules_in_force import Reckoning
from duecare.duty.finding import Finding
from duecare.record.pole import RecordKey

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

    Shape:   `items` empty for rules, links and time. `together`: no one of them alone makes the difference. `moves`: it
             moves the state, and not only something else that the finding says.
    """

    why: Why
    items: tuple[Item, ...] = ()
    together: bool = False
    moves: bool = True


@dataclass(frozen=True, slots=True)
class Change:
    """One finding at two moments, and why it differs; None where it is not there.

    Shape:   `causes` in the order of the steps from the one to the other; `cause` the last that moves the state, a row
             before the clock, else the last. `records` are those that linkage gave other company.
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


def differences(
    unit: Unit, then: Reckoning, now: Reckoning, links_then: int | None, links_now: int | None
) -> list[Change]:
    """Which findings of this case or person differ between the two reckonings, and why?

    Shape:   from the one to the other by five steps, each reckoned: the rules, the links, what was written since of what
             had happened by then, the clock alone, what happened since. A row is a cause where the finding would be
             otherwise in the end, had that row alone stayed as it was. A finding that ends as it began is not listed.
    """
    first = hold(unit, then, links_then)
    relinked = first if links_then == links_now else hold(unit, then, links_now)
    known = hold(unit, now, links_now)
    start = reckon(first, then, then.as_of)
    end = reckon(known, now, now.as_of)
    changed = _changed(start, end)
    if not changed:
        return []
    by_rule = reckon(first, now, then.as_of)
    by_link = by_rule if relinked is first else reckon(relinked, now, then.as_of)
    by_known = reckon(known, now, then.as_of)
    written = written_between(
        (item for item in different(relinked, known) if _had_happened(item, then.as_of)), then.known_at, now.known_at
    )
    came = coming(known, then.as_of, now.as_of)
    alone = reckon(taken_back(known, came), now, now.as_of) if came else end

    late = _blamed(
        changed,
        end,
        _tried(changed, start, end, written),
        lambda item: reckon(taken_back(known, [item], relinked), now, now.as_of),
    )
    new = _blamed(
        changed,
        end,
        _tried(changed, alone, end, came),
        lambda item: reckon(taken_back(known, [item]), now, now.as_of),
    )
    records = _regrouped(first, relinked)
    found = []
    for which in changed:
        states = [step.get(which) for step in (start, by_rule, by_link, by_known, alone, end)]
        causes = _causes(states, (late[which], written), (new[which], came))
        is_linked = any(cause.why is Why.CHANGED_LINK for cause in causes)
        found.append(Change(states[0], states[-1], causes, _leading(causes), records if is_linked else ()))
    return found


Found = Finding | None
Blamed = tuple[list[Item], bool]


def _causes(states: list[Found], late: tuple[Blamed, list[Item]], new: tuple[Blamed, list[Item]]) -> tuple[Caused, ...]:
    """The causes of one finding, from what each step left of it."""
    start, by_rule, by_link, by_known, alone, end = states
    found: list[Caused] = []
    if not is_same(start, by_rule):
        found.append(Caused(Why.CHANGED_RULE, moves=_moves(start, by_rule)))
    if not is_same(by_rule, by_link):
        found.append(Caused(Why.CHANGED_LINK, moves=_moves(by_rule, by_link)))
    (mine, moves), written = late
    if mine:
        found += _grouped(mine, False, moves)
    elif not is_same(by_link, by_known):
        found += _grouped(_near(by_link, by_known, written), True, _moves(by_link, by_known))
    if not is_same(by_known, end):
        (mine, moves), came = new
        if is_same(alone, end):
            found.append(Caused(Why.TIME_PASSED, moves=_moves(by_known, end)))
        elif mine:
            found.append(Caused(Why.NEW_FACT, tuple(mine), moves=moves))
        else:
            found.append(Caused(Why.NEW_FACT, tuple(_near(alone, end, came)), together=True, moves=_moves(alone, end)))
    return tuple(found)


def _leading(causes: tuple[Caused, ...]) -> Caused:
    moving = [cause for cause in causes if cause.moves]
    rows = [cause for cause in moving if cause.why is not Why.TIME_PASSED]
    return (rows or moving or list(causes))[-1]


def _moves(before: Found, after: Found) -> bool:
    return (before.state if before else None) != (after.state if after else None)


def _changed(before: Mapping[Which, Finding], after: Mapping[Which, Finding]) -> list[Which]:
    names = sorted(before.keys() | after.keys(), key=str)
    return [which for which in names if not is_same(before.get(which), after.get(which))]


def _blamed(
    changed: list[Which],
    end: Mapping[Which, Finding],
    items: list[Item],
    without: Callable[[Item], Mapping[Which, Finding]],
) -> dict[Which, Blamed]:
    """Which rows, each by itself, would leave each finding otherwise in the end; and would one of them move its state?"""
    found: dict[Which, list[Item]] = {which: [] for which in changed}
    moving: set[Which] = set()
    for item in items:
        otherwise = without(item)
        for which in changed:
            if not is_same(otherwise.get(which), end.get(which)):
                found[which].append(item)
                if _moves(otherwise.get(which), end.get(which)):
                    moving.add(which)
    return {which: (found[which], which in moving) for which in changed}


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


def _near(before: Found, after: Found, items: list[Item]) -> list[Item]:
    """Those of these rows on which the finding rests in the one and not in the other, else all of them."""
    named = _rests_on(before) ^ _rests_on(after)
    return [item for item in items if item.key[:2] in named] or items[:MOST_TRIED]


def _rests_on(finding: Finding | None) -> set[tuple[str, ...]]:
    return {(fact.source, fact.event_id) for fact in finding.evidence} if finding else set()


def _grouped(items: list[Item], together: bool, moves: bool) -> list[Caused]:
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
    return [Caused(why, tuple(some), together, moves) for why, some in kinds.items()]


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
