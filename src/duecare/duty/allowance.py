"""How long a duty may take: elapsed hours, days, working days or months, fixed or taken from the case."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from duecare.vocabulary.calendar import OutsideCalendar, add_months, add_working_days
from duecare.vocabulary.moments import end_of_day, london_day
from duecare.vocabulary.unknown import Unknown


@dataclass(frozen=True, slots=True)
class Hours:
    """So many elapsed hours."""

    n: float


@dataclass(frozen=True, slots=True)
class LocalHours:
    """Elapsed hours that the force's own policy sets under this name; `suggested` where it sets none."""

    name: str
    suggested: float


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """So many days. `beginning_with`: the day of the event is day one, else it is day nought."""

    n: int
    beginning_with: bool = False


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """So many working days of England and Wales; the day of the event is day nought."""

    n: int


@dataclass(frozen=True, slots=True)
class Months:
    """So many months; a day that the month lacks becomes its last day."""

    n: int


@dataclass(frozen=True, slots=True)
class Period:
    """Months, then days, of one written period; so that a plan may say a year, two weeks or a month and ten days."""

    months: int
    days: int


Fixed = Hours | LocalHours | CalendarDays | WorkingDays | Months | Period


@dataclass(frozen=True, slots=True)
class ByTriggerRisk:
    """By the risk grade that the triggering event carries; `otherwise` where it carries none of these."""

    table: tuple[tuple[str, Fixed], ...]
    otherwise: Fixed


@dataclass(frozen=True, slots=True)
class ByAgeInCase:
    """`child` where anyone in the case in one of these roles is under this age, or of unknown age, then."""

    roles: tuple[str, ...]
    under: int
    child: Fixed
    otherwise: Fixed


@dataclass(frozen=True, slots=True)
class ByLatestRisk:
    """By the latest event of this kind, by its risk grade; each new one reckons the limit anew from the same start."""

    kind: str
    table: tuple[tuple[str, Fixed], ...]


@dataclass(frozen=True, slots=True)
class ByLatestPlan:
    """By the latest event of this kind, by the ISO 8601 period in a field of its detail; reckoned anew by each."""

    kind: str
    field: str


Allowance = Fixed | ByTriggerRisk | ByAgeInCase | ByLatestRisk | ByLatestPlan

_ISO_PERIOD = re.compile(
    r"P(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?)?"
)


@lru_cache(maxsize=16384)
def due(start: datetime, allowance: Fixed) -> tuple[datetime, date | None]:
    """What is the last instant in time, and for anything but hours, the last day?

    Units:   hours are elapsed; days end at 23:59:59 Europe/London.
    Raises:  OutsideCalendar where working days run past the years whose bank holidays are known.
    """
    if isinstance(allowance, Hours | LocalHours):
        hours = allowance.n if isinstance(allowance, Hours) else allowance.suggested
        return start + timedelta(seconds=round(hours * 3600)), None
    last = _last_day(london_day(start), allowance)
    return end_of_day(last), last


def _last_day(day: date, allowance: CalendarDays | WorkingDays | Months | Period) -> date:
    match allowance:
        case CalendarDays(n, beginning_with):
            return day + timedelta(days=n - 1 if beginning_with else n)
        case WorkingDays(n):
            return add_working_days(day, n)
        case Months(n):
            return add_months(day, n)
        case Period(months, days):
            return add_months(day, months) + timedelta(days=days)


def due_or_unknown(start: datetime, allowance: Fixed) -> tuple[datetime, date | None] | Unknown:
    """The same, or why it cannot be told."""
    try:
        return due(start, allowance)
    except (OutsideCalendar, OverflowError, ValueError):
        return Unknown("the limit falls outside the years whose calendar is known")


def read_period(text: str) -> Period | Hours | Unknown:
    """What does this ISO 8601 period allow?

    Unknown: no period, an empty one, or one that mixes days and hours.
    """
    match = _ISO_PERIOD.fullmatch(text.strip().upper())
    if match is None or not any(match.groups()):
        return Unknown("the plan's interval is not an ISO 8601 period")
    years, months, weeks, days, hours, minutes = (int(part or 0) for part in match.groups())
    if hours or minutes:
        if years or months or weeks or days:
            return Unknown("the plan's interval mixes days and hours")
        return Hours(hours + minutes / 60)
    if not (years or months or weeks or days):
        return Unknown("the plan's interval is nought")
    return Period(years * 12 + months, weeks * 7 + days)


def words(allowance: Allowance) -> str:
    """How is this allowance said?"""
    match allowance:
        case Hours(n):
            return f"{n:g} elapsed hours"
        case LocalHours(_, n):
            return f"{n:g} elapsed hours (the force's own)"
        case CalendarDays(n, True):
            return f"{n} days beginning with the day itself"
        case CalendarDays(n, _):
            return f"{n} days"
        case WorkingDays(n):
            return f"{n} working days"
        case Months(n):
            return f"{n} months" if n != 1 else "one month"
        case Period(months, days):
            said = [f"{months} months"] * bool(months) + [f"{days} days"] * bool(days)
            return " and ".join(said)
        case ByTriggerRisk(table, otherwise):
            return f"by the risk on the report: {_table(table)}; without a grade {words(otherwise)}"
        case ByAgeInCase(roles, under, child, otherwise):
            who = " or ".join(roles)
            return f"{words(child)} where a {who} is under {under} or of unknown age, else {words(otherwise)}"
        case ByLatestRisk(_, table):
            return f"by the latest risk assessed: {_table(table)}"
        case ByLatestPlan():
            return "by the interval of the latest plan"


def _table(table: tuple[tuple[str, Fixed], ...]) -> str:
    return ", ".join(f"{grade.replace('_', ' ')} {words(fixed)}" for grade, fixed in table)
