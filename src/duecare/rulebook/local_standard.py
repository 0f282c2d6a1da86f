"""A force's own standard for one duty, and the duty with that standard put in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from duecare.duty.allowance import (
    Allowance,
    BeforeSchoolDay,
    ByAgeInCase,
    ByLatestPlan,
    ByLatestRisk,
    ByTrigger,
    ByTriggerRisk,
    Fixed,
    FromDetail,
    LocalDays,
    LocalHours,
    LocalMonths,
    LocalWorkingDays,
    OfficeHours,
    Plain,
    SchoolDays,
    UntilDetail,
    parts_of,
)
from duecare.duty.declaration import Duty, Rule, Span

Closed = tuple[tuple[date, date], ...]
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Standard:
    """Which hours, days or months has the force set for one duty, and who has adopted them, from which day?

    Shape:   `by_office_clock` among the numbers says that the force counts that duty's hours while its office is open.
    """

    duty: str
    hours: tuple[tuple[str, float], ...]
    adopted_by: str = ""
    adopted_from: date | None = None


def numbers_of(duty: Duty) -> dict[tuple[str, str], float]:
    """Which numbers may a force set for this duty, under which table and name, and what is suggested?"""
    found: dict[tuple[str, str], float] = {}
    for rule in duty.rules:
        for _, allowance in rule.turns:
            for fixed in parts_of(allowance):
                match fixed:
                    case LocalHours(name, suggested):
                        found["hours", name] = suggested
                    case OfficeHours(name, suggested):
                        found["hours", name] = suggested
                        found["hours", "opens"], found["hours", "closes"] = fixed.opens, fixed.closes
                    case LocalDays(name, suggested):
                        found["days", name] = suggested
                    case LocalWorkingDays(name, suggested):
                        found["working_days", name] = suggested
                    case LocalMonths(name, suggested):
                        found["months", name] = suggested
    return found


@lru_cache(maxsize=512)
def applied(duty: Duty, standards: tuple[Standard, ...], closed: Closed) -> Duty:
    """This duty with the force's numbers in place of those suggested, and its school holidays.

    Shape:   of several standards each holds from the day it was adopted to the day before the next; the first holds
             for all time before too. A rule that several hold within is split between them.
    """
    numbers = standards or (Standard(duty.id, ()),)
    rules = []
    for rule in duty.rules:
        for number, standard in enumerate(numbers):
            first = standard.adopted_from if number else None
            following = numbers[number + 1].adopted_from if number + 1 < len(numbers) else None
            span = _common(rule.in_force, Span(first, following and following - ONE_DAY))
            if span is not None:
                rules.append(_set(rule, dict(standard.hours), closed, span))
    return replace(duty, rules=tuple(rules))


def _common(one: Span, other: Span) -> Span | None:
    first = max((day for day in (one.first, other.first) if day is not None), default=None)
    last = min((day for day in (one.last, other.last) if day is not None), default=None)
    return None if first is not None and last is not None and first > last else Span(first, last)


def _set(rule: Rule, hours: Mapping[str, float], closed: Closed, span: Span) -> Rule:
    later = tuple((ref, _allowance(allows, hours, closed)) for ref, allows in rule.later)
    return replace(rule, allows=_allowance(rule.allows, hours, closed), later=later, in_force=span)


def _allowance(allows: Allowance, hours: Mapping[str, float], closed: Closed) -> Allowance:
    def fixed(one: Fixed) -> Fixed:
        return _fixed(one, hours, closed)

    match allows:
        case ByTrigger(rows, otherwise):
            return ByTrigger(
                tuple((asked, _plain(row, hours, closed)) for asked, row in rows),
                None if otherwise is None else _plain(otherwise, hours, closed),
            )
        case ByTriggerRisk(risks, other):
            return ByTriggerRisk(tuple((risk, fixed(one)) for risk, one in risks), fixed(other))
        case ByAgeInCase():
            return replace(allows, child=fixed(allows.child), otherwise=fixed(allows.otherwise))
        case ByLatestRisk(kind, risks):
            return ByLatestRisk(kind, tuple((risk, fixed(one)) for risk, one in risks))
        case ByLatestPlan():
            return allows
        case _:
            return _plain(allows, hours, closed)


def _plain(allows: Plain, hours: Mapping[str, float], closed: Closed) -> Plain:
    match allows:
        case FromDetail():
            return replace(allows, allows=_fixed(allows.allows, hours, closed))
        case UntilDetail(field, otherwise):
            return UntilDetail(field, None if otherwise is None else _fixed(otherwise, hours, closed))
        case _:
            return _fixed(allows, hours, closed)


def _fixed(fixed: Fixed, hours: Mapping[str, float], closed: Closed) -> Fixed:
    match fixed:
        case LocalHours(name, suggested):
            return LocalHours(name, hours.get(name, suggested))
        case LocalDays(name, days):
            return LocalDays(name, int(hours.get(name, days)))
        case LocalWorkingDays(name, days):
            return LocalWorkingDays(name, int(hours.get(name, days)))
        case LocalMonths(name, months):
            return LocalMonths(name, int(hours.get(name, months)))
        case SchoolDays() | BeforeSchoolDay():
            return replace(fixed, closed=closed)
        case OfficeHours(name, suggested):
            n = hours.get(name, suggested)
            if fixed.by_choice and not hours.get("by_office_clock", 0):
                return LocalHours(name, n)
            opens, closes = hours.get("opens", fixed.opens), hours.get("closes", fixed.closes)
            return replace(fixed, suggested=n, opens=opens, closes=closes)
        case _:
            return fixed
