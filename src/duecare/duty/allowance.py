"""How long a duty may take: the words of a declaration for it, fixed or read from the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duecare.duty.condition import Condition


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
    """So many days. `beginning_with`: the day of the event is day 1, else it is day 0."""

    n: int
    beginning_with: bool = False


@dataclass(frozen=True, slots=True)
class LocalDays:
    """Days that the force's own policy sets under this name; `suggested` where it sets none. The day itself is day 0."""

    name: str
    suggested: int


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """So many working days of England and Wales; the day of the event is day 0."""

    n: int


@dataclass(frozen=True, slots=True)
class LocalWorkingDays:
    """Working days that the force's own policy sets under this name; `suggested` where it sets none."""

    name: str
    suggested: int


@dataclass(frozen=True, slots=True)
class SchoolDays:
    """So many school days; the day of the event is day 0.

    Shape:   a working day outside `closed`, the school holidays that the policy names, from day to day.
    """

    n: int
    closed: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, slots=True)
class BeforeSchoolDay:
    """Until this minute of the clock in London on the next school day on which it is still to come.

    Shape:   `minute` counts from midnight; `closed` as for school days.
    """

    minute: int
    closed: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """Hours counted while an office is open, on working days; a start outside them counts from the next opening.

    Shape:   the force sets the number under `name`, and `opens` and `closes` as hours of the clock. `runs_on`: once
             begun, the hours run past closing. `by_choice`: elapsed hours unless the force sets `by_office_clock` to 1.
    """

    name: str
    suggested: float
    runs_on: bool = False
    by_choice: bool = False
    opens: float = 9
    closes: float = 17


@dataclass(frozen=True, slots=True)
class Months:
    """So many months; a day that the month lacks becomes its last day. `beginning_with`: the day itself is the first."""

    n: int
    beginning_with: bool = False


@dataclass(frozen=True, slots=True)
class MonthsFromNextDay:
    """So many months beginning with the day after the event."""

    n: int


@dataclass(frozen=True, slots=True)
class LocalMonths:
    """Months that the force's own policy sets under this name; `suggested` where it sets none."""

    name: str
    suggested: int


@dataclass(frozen=True, slots=True)
class Period:
    """Months, then days, of one written period; so that a plan may say a year, two weeks or a month and ten days."""

    months: int
    days: int


Fixed = (
    Hours
    | LocalHours
    | CalendarDays
    | LocalDays
    | WorkingDays
    | LocalWorkingDays
    | SchoolDays
    | BeforeSchoolDay
    | OfficeHours
    | Months
    | MonthsFromNextDay
    | LocalMonths
    | Period
)


@dataclass(frozen=True, slots=True)
class FromDetail:
    """From the moment or day that this field of the trigger's detail names; from the start where it is silent.

    Shape:   `less_minutes` is a field with minutes already spent, taken off a limit in hours.
    Unknown: the limit, where a field holds what cannot be read.
    """

    field: str
    allows: Fixed
    less_minutes: str = ""


@dataclass(frozen=True, slots=True)
class UntilDetail:
    """Until the moment, or the end of the day, that this field of the trigger's detail names; else `otherwise`.

    Unknown: the limit, where the field holds what cannot be read, or is silent and there is no other.
    """

    field: str
    otherwise: Fixed | None = None


Plain = Fixed | FromDetail | UntilDetail


@dataclass(frozen=True, slots=True)
class ByTrigger:
    """By the first row with conditions that are all true of the trigger; `otherwise` where there is none.

    Unknown: the limit, where a condition that decides is not known, or no row fits and there is no other.
    """

    table: tuple[tuple[tuple[Condition, ...], Plain], ...]
    otherwise: Plain | None = None


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
    """By the latest event of this kind, by its risk grade; each new one sets the limit again from the same start."""

    kind: str
    table: tuple[tuple[str, Fixed], ...]


@dataclass(frozen=True, slots=True)
class ByLatestPlan:
    """By the latest event of this kind, by the ISO 8601 period in a field of its detail; set again by each."""

    kind: str
    field: str


Allowance = Plain | ByTrigger | ByTriggerRisk | ByAgeInCase | ByLatestRisk | ByLatestPlan


def parts_of(allowance: Allowance) -> tuple[Fixed, ...]:
    """The fixed allowances that this one may come down to."""
    match allowance:
        case FromDetail(_, allows, _):
            return (allows,)
        case UntilDetail(_, otherwise):
            return () if otherwise is None else (otherwise,)
        case ByTrigger(table, otherwise):
            allowances = [allows for _, allows in table] + ([] if otherwise is None else [otherwise])
            return tuple(fixed for row_allowance in allowances for fixed in parts_of(row_allowance))
        case ByTriggerRisk(table, fixed):
            return (*(row_allowance for _, row_allowance in table), fixed)
        case ByAgeInCase(_, _, child, otherwise_):
            return child, otherwise_
        case ByLatestRisk(_, table):
            return tuple(row_allowance for _, row_allowance in table)
        case ByLatestPlan():
            return ()
        case _:
            return (allowance,)
