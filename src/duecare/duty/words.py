"""The parts of a declaration in plain words."""

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


def allowance_words(allowance: Allowance) -> str:
    """This allowance in words."""
    match allowance:
        case FromDetail() | UntilDetail():
            return _plain_allowance(allowance)
        case ByTrigger(table, otherwise):
            row_words = "; ".join(
                f"{' and '.join(condition_words(condition) for condition in conditions)}: {_plain_allowance(row_allowance)}"
                for conditions, row_allowance in table
            )
            return f"{row_words}; otherwise {_plain_allowance(otherwise)}" if otherwise else row_words
        case ByTriggerRisk(risks, fixed):
            return f"by the risk on the report: {_table_words(risks)}; without a grade {_fixed_allowance(fixed)}"
        case ByAgeInCase(roles, under, child, grown):
            role_words = " or ".join(roles)
            for_a_child, for_adults = _fixed_allowance(child), _fixed_allowance(grown)
            return f"{for_a_child} where a {role_words} is under {under} or of unknown age, else {for_adults}"
        case ByLatestRisk(_, risks):
            return f"by the latest risk assessed: {_table_words(risks)}"
        case ByLatestPlan():
            return "by the interval of the latest plan"
        case _:
            return _fixed_allowance(allowance)


def short_allowance(allowance: Allowance) -> str:
    """This allowance in words within a sentence; a long table is only named."""
    if isinstance(allowance, ByTrigger) and len(allowance.table) > ROWS_IN_A_SENTENCE:
        return f"by what started it, one of the {len(allowance.table)} in the table of this duty's page"
    return allowance_words(allowance)


def fact_words(declared: tuple[Fact, ...]) -> str:
    """These facts in words; those with the same conditions together."""
    together: dict[tuple[Condition, ...], list[str]] = {}
    for duty_fact in declared:
        together.setdefault(duty_fact.where, []).append(f"`{duty_fact.kind}`")
    alternatives = []
    for where, kinds in together.items():
        if not where:
            alternatives.extend(kinds)
        elif len(kinds) == 1:
            alternatives.append(f"{kinds[0]} where {' and '.join(map(condition_words, where))}")
        else:
            alternatives.append(
                f"{', '.join(kinds[:-1])} or {kinds[-1]}, each where {' and '.join(map(condition_words, where))}"
            )
    return ", or ".join(alternatives)


def condition_words(asked: Condition) -> str:
    """This condition in words."""
    match asked:
        case DetailIs(field, wanted_value):
            return f"{field} is {str(wanted_value).lower()}"
        case DetailAmong(field, allowed_values):
            return f"{field} is {' or '.join(allowed_values)}"
        case DetailGiven(field):
            return f"{field} is given"
        case DetailHas(field, names):
            return f"{field} gives {', '.join(names)}"
        case DetailNumber(field, at_least, below):
            bounds = [] if at_least is None else [f"at least {at_least:g}"]
            bounds += [] if below is None else [f"below {below:g}"]
            return f"{field} is {' and '.join(bounds) or 'a number'}"
        case OutcomeAmong(allowed_values):
            return f"outcome is {' or '.join(allowed_values)}"
        case RiskAmong(allowed_values):
            return f"risk is {' or '.join(risk_word or 'not graded' for risk_word in allowed_values)}"
        case KindAmong(kinds):
            return f"it is {' or '.join(f'`{event_kind}`' for event_kind in kinds)}"
        case CaseKindAmong(kinds):
            return f"the case is of {' or '.join(case_kind.replace('_', ' ') for case_kind in kinds)}"
        case AgedAtLeast(age_years):
            return f"the subject is {age_years} or over"
        case AgedUnder(age_years):
            return f"the subject is under {age_years}"
        case SubjectSex(wanted_sex):
            return f"the subject is recorded as {SEXES.get(wanted_sex, wanted_sex)}"
        case Accredited(needs):
            roles_words = "; ".join(
                f"`{role_name}` for {', '.join(event_kind.replace('_', ' ') for event_kind in role_kinds)}"
                for role_name, role_kinds in needs
            )
            return f"its officer is not known to lack the accreditation that the case needs ({roles_words})"
        case IfKnown(first_condition, then_condition):
            return f"({condition_words(first_condition)}, or where that is not said, {condition_words(then_condition)})"
        case Not(negated):
            inner = condition_words(negated)
            return f"not {inner}" if inner.startswith("(") else f"not ({inner})"
        case Every(several):
            return "(" + " and ".join(condition_words(joined) for joined in several) + ")"
        case Either(several):
            return "(" + " or ".join(condition_words(alternative) for alternative in several) + ")"


def _plain_allowance(allowance: Plain) -> str:
    match allowance:
        case FromDetail(field, allows, less_field):
            less_words = f", less its {less_field.replace('_', ' ')}" if less_field else ""
            return f"{_fixed_allowance(allows)} from {field.replace('_', ' ')}, where the start names it{less_words}"
        case UntilDetail(field, None):
            return f"until the moment that its {field.replace('_', ' ')} names"
        case UntilDetail(field, fixed) if fixed is not None:
            return f"until the moment that its {field.replace('_', ' ')} names; where it names none, {_fixed_allowance(fixed)}"
        case _:
            return _fixed_allowance(allowance)


def _fixed_allowance(allowance: object) -> str:
    match allowance:
        case Hours(0):
            return "at once"
        case Hours(hours_allowed):
            return f"{hours_allowed:g} elapsed hour{'s' * (hours_allowed != 1)}"
        case LocalHours(_, hours_allowed):
            return f"{hours_allowed:g} elapsed hour{'s' * (hours_allowed != 1)} (the force's own)"
        case CalendarDays(hours_allowed, True):
            return f"{hours_allowed} days beginning with the day itself"
        case CalendarDays(hours_allowed, _):
            return f"{hours_allowed} days"
        case LocalDays(_, hours_allowed):
            return f"{hours_allowed} days (the force's own)"
        case WorkingDays(hours_allowed):
            return f"{hours_allowed} working day{'s' * (hours_allowed != 1)}"
        case LocalWorkingDays(_, hours_allowed):
            return f"{hours_allowed} working day{'s' * (hours_allowed != 1)} (the force's own)"
        case SchoolDays(hours_allowed):
            return f"{hours_allowed} school day{'s' * (hours_allowed != 1)}"
        case BeforeSchoolDay(minute):
            return f"until {minute // 60:02}:{minute % 60:02} of the next school day"
        case OfficeHours(_, hours_allowed, runs_on, by_choice):
            closing_words = ", running on past closing" if runs_on else ""
            either = (
                "elapsed hours, or office hours if the force counts so" if by_choice else f"office hours{closing_words}"
            )
            return f"{hours_allowed:g} {either} (the force's own)"
        case Months(hours_allowed, beginning_with):
            months_words = f"{hours_allowed} months" if hours_allowed != 1 else "one month"
            return f"{months_words} beginning with the day itself" if beginning_with else months_words
        case MonthsFromNextDay(hours_allowed):
            return (f"{hours_allowed} months" if hours_allowed != 1 else "one month") + " beginning with the day after"
        case LocalMonths(_, hours_allowed):
            return (f"{hours_allowed} months" if hours_allowed != 1 else "one month") + " (the force's own)"
        case Period(months, day_count):
            parts = [f"{months} months"] * bool(months) + [f"{day_count} days"] * bool(day_count)
            return " and ".join(parts)
        case _:
            raise TypeError(f"{type(allowance).__name__} is not a fixed allowance")


def _table_words(table: tuple[tuple[str, Fixed], ...]) -> str:
    return ", ".join(f"{grade.replace('_', ' ')} {_fixed_allowance(fixed)}" for grade, fixed in table)
