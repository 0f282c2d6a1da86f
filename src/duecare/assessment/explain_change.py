"""Why two results of one case or person differ: each step between them is worked out, and each fact is tried without."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

from duecare.assessment.facts_at import (
    FactsAt,
    Item,
    Unit,
    Which,
    coming,
    different,
    findings_from,
    hold,
    taken_back,
    written_between,
)
from duecare.assessment.rules_in_force import AssessmentContext
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
class ChangeCause:
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
    causes: tuple[ChangeCause, ...]
    cause: ChangeCause
    records: tuple[RecordKey, ...] = ()

    @property
    def finding(self) -> Finding:
        """The finding as it is after, else as it was."""
        results = self.after or self.before
        assert results is not None
        return results

    @property
    def differs(self) -> tuple[str, ...]:
        """In which fields do the two differ? Empty where one of them is not there."""
        if self.before is None or self.after is None:
            return ()
        return tuple(
            field_name for field_name in COMPARED if getattr(self.before, field_name) != getattr(self.after, field_name)
        )


def is_same(first_item: Finding | None, other_item: Finding | None) -> bool:
    """Do these two say the same, but for how late it is by now?"""
    if first_item is None or other_item is None:
        return first_item is other_item
    return all(getattr(first_item, field_name) == getattr(other_item, field_name) for field_name in COMPARED)


def explain_differences(
    fact_unit: Unit,
    earlier_state: AssessmentContext,
    later_state: AssessmentContext,
    links_then: int | None,
    links_now: int | None,
) -> list[Change]:
    """Which findings of this case or person differ between the two results, and why?

    Shape:   from the one to the other by five steps, each worked out: the rules, the links, what was written since of what
             had happened by then, the clock alone, what happened since. A row is a cause where the finding would be
             otherwise in the end, had that row alone stayed as it was. A finding that ends as it began is not listed.
    """
    first_finding = hold(fact_unit, earlier_state, links_then)
    relinked = first_finding if links_then == links_now else hold(fact_unit, earlier_state, links_now)
    known_moment = hold(fact_unit, later_state, links_now)
    start = findings_from(first_finding, earlier_state, earlier_state.as_of)
    end_moment = findings_from(known_moment, later_state, later_state.as_of)
    changed = _changed_items(start, end_moment)
    if not changed:
        return []
    by_rule = findings_from(first_finding, later_state, earlier_state.as_of)
    by_link = by_rule if relinked is first_finding else findings_from(relinked, later_state, earlier_state.as_of)
    by_known = findings_from(known_moment, later_state, earlier_state.as_of)
    written = written_between(
        (fact_item for fact_item in different(relinked, known_moment) if _had_happened(fact_item, earlier_state.as_of)),
        earlier_state.known_at,
        later_state.known_at,
    )
    facts_added = coming(known_moment, earlier_state.as_of, later_state.as_of)
    alone = (
        findings_from(taken_back(known_moment, facts_added), later_state, later_state.as_of)
        if facts_added
        else end_moment
    )

    late_items = _blamed_items(
        changed,
        end_moment,
        _trial_result(changed, start, end_moment, written),
        lambda fact_item: findings_from(
            taken_back(known_moment, [fact_item], relinked), later_state, later_state.as_of
        ),
    )
    new_items = _blamed_items(
        changed,
        end_moment,
        _trial_result(changed, alone, end_moment, facts_added),
        lambda fact_item: findings_from(taken_back(known_moment, [fact_item]), later_state, later_state.as_of),
    )
    records = _regrouped_records(first_finding, relinked)
    found_causes = []
    for chosen_items in changed:
        states = [time_step.get(chosen_items) for time_step in (start, by_rule, by_link, by_known, alone, end_moment)]
        causes = _causes_between(states, (late_items[chosen_items], written), (new_items[chosen_items], facts_added))
        is_linked = any(cause.why is Why.CHANGED_LINK for cause in causes)
        found_causes.append(Change(states[0], states[-1], causes, _leading_rows(causes), records if is_linked else ()))
    return found_causes


Found = Finding | None
Blamed = tuple[list[Item], bool]


def _causes_between(
    states: list[Found], late_items: tuple[Blamed, list[Item]], new_items: tuple[Blamed, list[Item]]
) -> tuple[ChangeCause, ...]:
    """The causes of one finding, from what each step left of it."""
    start, by_rule, by_link, by_known, alone, end_moment = states
    found_causes: list[ChangeCause] = []
    if not is_same(start, by_rule):
        found_causes.append(ChangeCause(Why.CHANGED_RULE, moves=_time_moves(start, by_rule)))
    if not is_same(by_rule, by_link):
        found_causes.append(ChangeCause(Why.CHANGED_LINK, moves=_time_moves(by_rule, by_link)))
    (own_causes, moves), written = late_items
    if own_causes:
        found_causes += _grouped_causes(own_causes, False, moves)
    elif not is_same(by_link, by_known):
        found_causes += _grouped_causes(_near_items(by_link, by_known, written), True, _time_moves(by_link, by_known))
    if not is_same(by_known, end_moment):
        (own_causes, moves), facts_added = new_items
        if is_same(alone, end_moment):
            found_causes.append(ChangeCause(Why.TIME_PASSED, moves=_time_moves(by_known, end_moment)))
        elif own_causes:
            found_causes.append(ChangeCause(Why.NEW_FACT, tuple(own_causes), moves=moves))
        else:
            found_causes.append(
                ChangeCause(
                    Why.NEW_FACT,
                    tuple(_near_items(alone, end_moment, facts_added)),
                    together=True,
                    moves=_time_moves(alone, end_moment),
                )
            )
    return tuple(found_causes)


def _leading_rows(causes: tuple[ChangeCause, ...]) -> ChangeCause:
    moving = [cause for cause in causes if cause.moves]
    fact_rows = [cause for cause in moving if cause.why is not Why.TIME_PASSED]
    return (fact_rows or moving or list(causes))[-1]


def _time_moves(before: Found, after: Found) -> bool:
    return (before.state if before else None) != (after.state if after else None)


def _changed_items(before: Mapping[Which, Finding], after: Mapping[Which, Finding]) -> list[Which]:
    names = sorted(before.keys() | after.keys(), key=str)
    return [chosen_items for chosen_items in names if not is_same(before.get(chosen_items), after.get(chosen_items))]


def _blamed_items(
    changed: list[Which],
    end_moment: Mapping[Which, Finding],
    items: list[Item],
    without: Callable[[Item], Mapping[Which, Finding]],
) -> dict[Which, Blamed]:
    """Which rows, each by itself, would leave each finding otherwise in the end; and would one of them move its state?"""
    blamed_items: dict[Which, list[Item]] = {chosen_items: [] for chosen_items in changed}
    moving: set[Which] = set()
    for fact_item in items:
        otherwise = without(fact_item)
        for chosen_items in changed:
            if not is_same(otherwise.get(chosen_items), end_moment.get(chosen_items)):
                blamed_items[chosen_items].append(fact_item)
                if _time_moves(otherwise.get(chosen_items), end_moment.get(chosen_items)):
                    moving.add(chosen_items)
    return {chosen_items: (blamed_items[chosen_items], chosen_items in moving) for chosen_items in changed}


def _trial_result(
    changed: list[Which], before: Mapping[Which, Finding], after: Mapping[Which, Finding], items: list[Item]
) -> list[Item]:
    """Which rows are worth trying: all, or where they are very many, those that some finding rests on."""
    if len(items) <= MOST_TRIED:
        return items
    named_records = {
        evidence_fact
        for chosen_items in changed
        for evidence_fact in _rests_on(before.get(chosen_items)) ^ _rests_on(after.get(chosen_items))
    }
    numbers = {
        told_step.person
        for chosen_items in changed
        for finding in (before.get(chosen_items), after.get(chosen_items))
        if finding
        for told_step in finding.told
    }
    near_items = [
        fact_item
        for fact_item in items
        if fact_item.sheet in {"cases", "persons"} or fact_item.key[:2] in named_records
    ]
    return near_items + [
        fact_item
        for fact_item in items
        if fact_item.sheet in {"officers", "posts"} and _record_names(fact_item) & numbers
    ]


def _record_names(fact_item: Item) -> set[str | None]:
    said_names = (fact_row for fact_row in (fact_item.before, fact_item.after) if fact_row is not None)
    return {
        getattr(fact_row, field_name, None)
        for fact_row in said_names
        for field_name in ("officer", "holder", "supervisor")
    }


def _near_items(before: Found, after: Found, items: list[Item]) -> list[Item]:
    """Those of these rows on which the finding rests in the one and not in the other, else all of them."""
    named_records = _rests_on(before) ^ _rests_on(after)
    return [fact_item for fact_item in items if fact_item.key[:2] in named_records] or items[:MOST_TRIED]


def _rests_on(finding: Finding | None) -> set[tuple[str, ...]]:
    return {(evidence_fact.source, evidence_fact.event_id) for evidence_fact in finding.evidence} if finding else set()


def _grouped_causes(items: list[Item], together: bool, moves: bool) -> list[ChangeCause]:
    kinds: dict[Why, list[Item]] = {}
    for fact_item in items:
        if fact_item.is_moved:
            cause_kind = Why.CHANGED_FACT
        elif fact_item.before is None:
            cause_kind = Why.LATE_FACT
        elif fact_item.after is None:
            cause_kind = Why.WITHDRAWN_FACT
        else:
            cause_kind = Why.CHANGED_FACT
        kinds.setdefault(cause_kind, []).append(fact_item)
    return [ChangeCause(cause_kind, tuple(batch_items), together, moves) for cause_kind, batch_items in kinds.items()]


def _had_happened(fact_item: Item, as_of: datetime) -> bool:
    if fact_item.sheet != "events":
        return True
    fact_rows = (fact_row for fact_row in (fact_item.before, fact_item.after) if fact_row is not None)
    return any(fact_row.happened_at.earliest <= as_of for fact_row in fact_rows)  # type: ignore[union-attr]


def _regrouped_records(old_items: FactsAt, new_items: FactsAt) -> tuple[RecordKey, ...]:
    """Which records have other company by the one linkage than by the other?"""

    def company(loaded_facts: FactsAt) -> dict[RecordKey, frozenset[RecordKey]]:
        return {
            record_key: frozenset(fact_slot.records)
            for fact_slot in loaded_facts.slots.values()
            for record_key in fact_slot.records
        }

    before, after = company(old_items), company(new_items)
    return tuple(
        sorted(
            record_key for record_key in before.keys() | after.keys() if before.get(record_key) != after.get(record_key)
        )
    )
