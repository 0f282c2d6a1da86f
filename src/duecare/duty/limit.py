"""When an occurrence is due: its allowance, reckoned anew where a later fact changes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from duecare.duty.allowance import (
    Allowance,
    ByAgeInCase,
    ByLatestPlan,
    ByLatestRisk,
    ByTriggerRisk,
    Fixed,
    LocalHours,
    due_or_unknown,
    read_period,
)
from duecare.duty.facts import Placed, Reading
from duecare.duty.occurrence import Occurrence
from duecare.record.pole import EventRecord
from duecare.vocabulary.moments import end_of_day, london_day
from duecare.vocabulary.unknown import Unknown

IsChildInCase = Callable[[tuple[str, ...], int, datetime], bool]


def set_limit(
    row: Occurrence,
    allowance: Allowance,
    reading: Reading,
    hours: dict[str, float],
    has_child: IsChildInCase,
    *,
    base: datetime | None,
    until: datetime | None,
) -> None:
    """When is this occurrence due?

    Shape:   sets `due_at` and `due_on`, else `unknown`. `base` is where the limit is reckoned from when that is not the
             start (never earlier than the start, then); facts after `until` change nothing.
    """
    origin = base or row.started_at
    if isinstance(allowance, ByLatestRisk | ByLatestPlan):
        _follow(row, allowance, reading, hours, origin, base is not None, until)
        return
    if isinstance(allowance, ByTriggerRisk):
        grade = row.trigger.event.risk.strip().casefold().replace(" ", "_") if row.trigger.event else ""
        fixed = dict(allowance.table).get(grade, allowance.otherwise)
    elif isinstance(allowance, ByAgeInCase):
        child = has_child(allowance.roles, allowance.under, row.started_at)
        fixed = allowance.child if child else allowance.otherwise
    else:
        fixed = allowance
    _put(row, _resolved(fixed, hours), origin, row.started_at if base is not None else None)


def _follow(
    row: Occurrence,
    allowance: ByLatestRisk | ByLatestPlan,
    reading: Reading,
    hours: dict[str, float],
    origin: datetime,
    is_rebased: bool,
    until: datetime | None,
) -> None:
    says = "risk assessed" if isinstance(allowance, ByLatestRisk) else "plan set"
    row.unknown = f"no {says} is known, so the limit cannot be told"
    standing: Placed | None = None
    later: list[Placed] = []
    for fact in reading.of(f"sets:{allowance.kind}"):
        if fact.at <= row.started_at:
            standing = fact
        elif until is None or fact.at <= until:
            later.append(fact)
    if standing is not None:
        _read_and_put(row, allowance, standing, hours, origin, row.started_at if is_rebased else None)
    for fact in later:
        _read_and_put(row, allowance, fact, hours, origin, fact.at)


def _read_and_put(
    row: Occurrence,
    allowance: ByLatestRisk | ByLatestPlan,
    fact: Placed,
    hours: dict[str, float],
    origin: datetime,
    floor: datetime | None,
) -> None:
    assert fact.event is not None
    fixed = _said(allowance, fact.event)
    if isinstance(fixed, Unknown):
        row.due_at, row.due_on, row.unknown = None, None, fixed.reason
    else:
        _put(row, _resolved(fixed, hours), origin, floor)


def _said(allowance: ByLatestRisk | ByLatestPlan, event: EventRecord) -> Fixed | Unknown:
    if isinstance(allowance, ByLatestRisk):
        grade = event.risk.strip().casefold().replace(" ", "_").replace("-", "_")
        return dict(allowance.table).get(grade, Unknown("the latest risk assessed has no grade that sets a limit"))
    return read_period(str(event.detail.get(allowance.field, "")))


def _resolved(fixed: Fixed, hours: dict[str, float]) -> Fixed:
    if isinstance(fixed, LocalHours):
        return LocalHours(fixed.name, hours.get(fixed.name, fixed.suggested))
    return fixed


def _put(row: Occurrence, fixed: Fixed, origin: datetime, floor: datetime | None) -> None:
    reckoned = due_or_unknown(origin, fixed)
    if isinstance(reckoned, Unknown):
        row.due_at, row.due_on, row.unknown = None, None, reckoned.reason
        return
    row.due_at, row.due_on = reckoned
    if floor is not None and row.due_at < floor:
        row.due_at = floor
        if row.due_on is not None:
            row.due_on = london_day(floor)
            row.due_at = end_of_day(row.due_on)
