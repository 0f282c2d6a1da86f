"""How the parts of a declaration are said in plain words."""

from __future__ import annotations

from duecare.duty.allowance import (
    Allowance,
    BeforeSchoolDay,
    ByAgeInCase,
    ByLatestPlan,
    ByLatestRisk,
    ByTrigger,
    ByTriggerRisk,
    CalendarDays,
    Fixed,
    FromDetail,
    Hours,
    LocalDays,
    LocalHours,
    LocalMonths,
    LocalWorkingDays,
    Months,
    MonthsFromNextDay,
    OfficeHours,
    Period,
    Plain,
    SchoolDays,
    UntilDetail,
    WorkingDays,
)
from duecare.duty.condition import (
    Accredited,
    AgedAtLeast,
    AgedUnder,
    CaseKindAmong,
    Condition,
    DetailAmong,
    DetailGiven,
    DetailHas,
    DetailIs,
    DetailNumber,
    Either,
    Every,
    IfKnown,
    KindAmong,
    Not,
    OutcomeAmong,
    RiskAmong,
    SubjectSex,
)
from duecare.duty.declaration import Fact

ROWS_IN_A_SENTENCE = 6
SEXES = {"F": "female", "M": "male", "X": "neither female nor male"}


def words(allowance: Allowance) -> str:
    """How is this allowance said?"""
    match allowance:
        case FromDetail() | UntilDetail():
            return _plain(allowance)
        case ByTrigger(table, otherwise):
            rows = "; ".join(f"{' and '.join(condition(one) for one in asked)}: {_plain(row)}" for asked, row in table)
            return f"{rows}; otherwise {_plain(otherwise)}" if otherwise else rows
        case ByTriggerRisk(risks, fixed):
            return f"by the risk on the report: {_table(risks)}; without a grade {_fixed(fixed)}"
        case ByAgeInCase(roles, under, child, grown):
            who = " or ".join(roles)
            return f"{_fixed(child)} where a {who} is under {under} or of unknown age, else {_fixed(grown)}"
        case ByLatestRisk(_, risks):
            return f"by the latest risk assessed: {_table(risks)}"
        case ByLatestPlan():
            return "by the interval of the latest plan"
        case _:
            return _fixed(allowance)


def shortly(allowance: Allowance) -> str:
    """How is this allowance said in a sentence? A long table is only named."""
    if isinstance(allowance, ByTrigger) and len(allowance.table) > ROWS_IN_A_SENTENCE:
        return f"by what started it, one of the {len(allowance.table)} in the table of this duty's page"
    return words(allowance)


def facts(declared: tuple[Fact, ...]) -> str:
    """How are these facts said? Those of which the same conditions must hold, together."""
    together: dict[tuple[Condition, ...], list[str]] = {}
    for fact in declared:
        together.setdefault(fact.where, []).append(f"`{fact.kind}`")
    said = []
    for where, kinds in together.items():
        if not where:
            said.extend(kinds)
        elif len(kinds) == 1:
            said.append(f"{kinds[0]} where {' and '.join(map(condition, where))}")
        else:
            said.append(f"{', '.join(kinds[:-1])} or {kinds[-1]}, each where {' and '.join(map(condition, where))}")
    return ", or ".join(said)


def condition(asked: Condition) -> str:
    """How is this condition said?"""
    match asked:
        case DetailIs(field, wanted):
            return f"{field} is {str(wanted).lower()}"
        case DetailAmong(field, said):
            return f"{field} is {' or '.join(said)}"
        case DetailGiven(field):
            return f"{field} is given"
        case DetailHas(field, names):
            return f"{field} gives {', '.join(names)}"
        case DetailNumber(field, at_least, below):
            bounds = [] if at_least is None else [f"at least {at_least:g}"]
            bounds += [] if below is None else [f"below {below:g}"]
            return f"{field} is {' and '.join(bounds) or 'a number'}"
        case OutcomeAmong(said):
            return f"outcome is {' or '.join(said)}"
        case RiskAmong(said):
            return f"risk is {' or '.join(word or 'not graded' for word in said)}"
        case KindAmong(kinds):
            return f"it is {' or '.join(f'`{kind}`' for kind in kinds)}"
        case CaseKindAmong(kinds):
            return f"the case is of {' or '.join(kind.replace('_', ' ') for kind in kinds)}"
        case AgedAtLeast(age):
            return f"the subject is {age} or over"
        case AgedUnder(age):
            return f"the subject is under {age}"
        case SubjectSex(sex):
            return f"the subject is recorded as {SEXES.get(sex, sex)}"
        case Accredited(needs):
            each = "; ".join(f"`{name}` for {', '.join(kind.replace('_', ' ') for kind in of)}" for name, of in needs)
            return f"its officer is not known to lack the accreditation that the case needs ({each})"
        case IfKnown(first, then):
            return f"({condition(first)}, or where that is not said, {condition(then)})"
        case Not(one):
            inner = condition(one)
            return f"not {inner}" if inner.startswith("(") else f"not ({inner})"
        case Every(several):
            return "(" + " and ".join(condition(one) for one in several) + ")"
        case Either(several):
            return "(" + " or ".join(condition(one) for one in several) + ")"


def _plain(allowance: Plain) -> str:
    match allowance:
        case FromDetail(field, allows, less):
            taken = f", less its {less.replace('_', ' ')}" if less else ""
            return f"{_fixed(allows)} from {field.replace('_', ' ')}, where the start names it{taken}"
        case UntilDetail(field, None):
            return f"until the moment that its {field.replace('_', ' ')} names"
        case UntilDetail(field, fixed) if fixed is not None:
            return f"until the moment that its {field.replace('_', ' ')} names; where it names none, {_fixed(fixed)}"
        case _:
            return _fixed(allowance)


def _fixed(allowance: object) -> str:
    match allowance:
        case Hours(0):
            return "at once"
        case Hours(n):
            return f"{n:g} elapsed hour{'s' * (n != 1)}"
        case LocalHours(_, n):
            return f"{n:g} elapsed hour{'s' * (n != 1)} (the force's own)"
        case CalendarDays(n, True):
            return f"{n} days beginning with the day itself"
        case CalendarDays(n, _):
            return f"{n} days"
        case LocalDays(_, n):
            return f"{n} days (the force's own)"
        case WorkingDays(n):
            return f"{n} working day{'s' * (n != 1)}"
        case LocalWorkingDays(_, n):
            return f"{n} working day{'s' * (n != 1)} (the force's own)"
        case SchoolDays(n):
            return f"{n} school day{'s' * (n != 1)}"
        case BeforeSchoolDay(minute):
            return f"until {minute // 60:02}:{minute % 60:02} of the next school day"
        case OfficeHours(_, n, runs_on, by_choice):
            on = ", running on past closing" if runs_on else ""
            either = "elapsed hours, or office hours if the force counts so" if by_choice else f"office hours{on}"
            return f"{n:g} {either} (the force's own)"
        case Months(n, beginning_with):
            said = f"{n} months" if n != 1 else "one month"
            return f"{said} beginning with the day itself" if beginning_with else said
        case MonthsFromNextDay(n):
            return (f"{n} months" if n != 1 else "one month") + " beginning with the day after"
        case LocalMonths(_, n):
            return (f"{n} months" if n != 1 else "one month") + " (the force's own)"
        case Period(months, days):
            parts = [f"{months} months"] * bool(months) + [f"{days} days"] * bool(days)
            return " and ".join(parts)
        case _:
            raise TypeError(f"{type(allowance).__name__} is not a fixed allowance")


def _table(table: tuple[tuple[str, Fixed], ...]) -> str:
    return ", ".join(f"{grade.replace('_', ' ')} {_fixed(fixed)}" for grade, fixed in table)
