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
    """The hours, days or months the force has set for one duty, who adopted them, and from which day.

    Shape:   `by_office_clock` among the numbers says that the force counts that duty's hours while its office is open.
    """

    duty: str
    hours: tuple[tuple[str, float], ...]
    adopted_by: str = ""
    adopted_from: date | None = None


def numbers_of(local_duty: Duty) -> dict[tuple[str, str], float]:
    """The numbers a force may set for this duty, by table and name, with the suggested values."""
    numbers_found: dict[tuple[str, str], float] = {}
    for duty_rule in local_duty.rules:
        for _, allowance in duty_rule.turns:
            for fixed in parts_of(allowance):
                match fixed:
                    case LocalHours(number_name, suggested):
                        numbers_found["hours", number_name] = suggested
                    case OfficeHours(number_name, suggested):
                        numbers_found["hours", number_name] = suggested
                        numbers_found["hours", "opens"], numbers_found["hours", "closes"] = fixed.opens, fixed.closes
                    case LocalDays(number_name, suggested):
                        numbers_found["days", number_name] = suggested
                    case LocalWorkingDays(number_name, suggested):
                        numbers_found["working_days", number_name] = suggested
                    case LocalMonths(number_name, suggested):
                        numbers_found["months", number_name] = suggested
    return numbers_found


@lru_cache(maxsize=512)
def apply_standards(local_duty: Duty, standards: tuple[Standard, ...], closed: Closed) -> Duty:
    """This duty with the force's numbers in place of those suggested, and its school holidays.

    Shape:   of several standards each holds from the day it was adopted to the day before the next; the first holds
             for all time before too. A rule that several hold within is split between them.
    """
    numbers = standards or (Standard(local_duty.id, ()),)
    rules = []
    for duty_rule in local_duty.rules:
        for number, standard in enumerate(numbers):
            first_day = standard.adopted_from if number else None
            following = numbers[number + 1].adopted_from if number + 1 < len(numbers) else None
            common_span = _common_span(duty_rule.in_force, Span(first_day, following and following - ONE_DAY))
            if common_span is not None:
                rules.append(_set_rule(duty_rule, dict(standard.hours), closed, common_span))
    return replace(local_duty, rules=tuple(rules))


def _common_span(one_span: Span, other_span: Span) -> Span | None:
    first_day = max(
        (calendar_day for calendar_day in (one_span.first, other_span.first) if calendar_day is not None), default=None
    )
    last_day = min(
        (calendar_day for calendar_day in (one_span.last, other_span.last) if calendar_day is not None), default=None
    )
    return (
        None if first_day is not None and last_day is not None and first_day > last_day else Span(first_day, last_day)
    )


def _set_rule(duty_rule: Rule, hours: Mapping[str, float], closed: Closed, rule_span: Span) -> Rule:
    later = tuple((source_ref, _set_allowance(allows, hours, closed)) for source_ref, allows in duty_rule.later)
    return replace(duty_rule, allows=_set_allowance(duty_rule.allows, hours, closed), later=later, in_force=rule_span)


def _set_allowance(allows: Allowance, hours: Mapping[str, float], closed: Closed) -> Allowance:
    def set_fixed(fixed_allowance: Fixed) -> Fixed:
        return _set_fixed(fixed_allowance, hours, closed)

    match allows:
        case ByTrigger(trigger_rows, otherwise):
            return ByTrigger(
                tuple((asked, _set_plain(plain_row, hours, closed)) for asked, plain_row in trigger_rows),
                None if otherwise is None else _set_plain(otherwise, hours, closed),
            )
        case ByTriggerRisk(risks, other_allowance):
            return ByTriggerRisk(
                tuple((risk_grade, set_fixed(fixed_allowance)) for risk_grade, fixed_allowance in risks),
                set_fixed(other_allowance),
            )
        case ByAgeInCase():
            return replace(allows, child=set_fixed(allows.child), otherwise=set_fixed(allows.otherwise))
        case ByLatestRisk(risk_kind, risks):
            return ByLatestRisk(
                risk_kind, tuple((risk_grade, set_fixed(fixed_allowance)) for risk_grade, fixed_allowance in risks)
            )
        case ByLatestPlan():
            return allows
        case _:
            return _set_plain(allows, hours, closed)


def _set_plain(allows: Plain, hours: Mapping[str, float], closed: Closed) -> Plain:
    match allows:
        case FromDetail():
            return replace(allows, allows=_set_fixed(allows.allows, hours, closed))
        case UntilDetail(field, otherwise):
            return UntilDetail(field, None if otherwise is None else _set_fixed(otherwise, hours, closed))
        case _:
            return _set_fixed(allows, hours, closed)


def _set_fixed(fixed: Fixed, hours: Mapping[str, float], closed: Closed) -> Fixed:
    match fixed:
        case LocalHours(number_name, suggested):
            return LocalHours(number_name, hours.get(number_name, suggested))
        case LocalDays(number_name, local_days):
            return LocalDays(number_name, int(hours.get(number_name, local_days)))
        case LocalWorkingDays(number_name, local_days):
            return LocalWorkingDays(number_name, int(hours.get(number_name, local_days)))
        case LocalMonths(number_name, months):
            return LocalMonths(number_name, int(hours.get(number_name, months)))
        case SchoolDays() | BeforeSchoolDay():
            return replace(fixed, closed=closed)
        case OfficeHours(number_name, suggested):
            local_number = hours.get(number_name, suggested)
            if fixed.by_choice and not hours.get("by_office_clock", 0):
                return LocalHours(number_name, local_number)
            opens, closes = hours.get("opens", fixed.opens), hours.get("closes", fixed.closes)
            return replace(fixed, suggested=local_number, opens=opens, closes=closes)
        case _:
            return fixed
