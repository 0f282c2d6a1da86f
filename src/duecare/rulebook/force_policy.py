"""The policy file of a force: its local standards and settings, who adopted them and from when."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from duecare.duty.declaration import Duty
from duecare.rulebook.all_duties import all_duties
from duecare.rulebook.borough_commands import NO_COMMANDS, Commands, read_commands
from duecare.rulebook.chasing_days import USUAL as USUAL_CHASING
from duecare.rulebook.chasing_days import Chasing
from duecare.rulebook.comparison_settings import USUAL_COMPARISON, Comparison, read_comparison
from duecare.rulebook.local import ALLOCATE_INVESTIGATOR
from duecare.rulebook.local_standard import Standard, apply_standards, numbers_of
from duecare.rulebook.map_rows import AreaRows, read_map_rows
from duecare.rulebook.national.npcc_rso import VISIT
from duecare.rulebook.overnight import USUAL, Overnight
from duecare.rulebook.recommendation_least_cases import FEWEST, LEAST_CASES, MOST_CASES
from duecare.vocabulary.refusals import Refusal

MOST_PER_UNIT = {"hours": 24 * 366, "days": 3660, "working_days": 2600, "months": 120}
SET_IN_STANDARD = {*MOST_PER_UNIT, "clock", "adopted_by", "adopted_from"}
SET_IN: dict[str, set[str] | None] = {  # None: read elsewhere, by its own names
    "people": {"absence_leaves_vacancy_after_hours"},
    "worklist": {"danger_now_days"},  # has no effect since danger ends by action only; kept policies name it
    "receive": {"withdrawal_share"},
    "custody": {"overnight_hours", "overnight_from", "overnight_to"},
    "school": {"holidays"},
    "standards": None,
    "linkage": None,
    "areas": None,
    "map": {"rows"},
    "comparison": None,
    "disclosure": None,
    "recommendations": {"immediate_days", "soon_days", "chief_officer_days", "least_cases"},
}


@dataclass(frozen=True, slots=True)
class Policy:
    """What this force sets for itself.

    Units:   hours are elapsed; `withdrawal_share` 0..1. `least_cases`: on fewer no figure tests a recommendation.
    """

    force: str = ""
    standards: tuple[Standard, ...] = ()
    absence_grace: timedelta = timedelta(hours=48)
    withdrawal_share: float = 0.05
    school_holidays: tuple[tuple[date, date], ...] = ()
    overnight: Overnight = USUAL
    commands: Commands = NO_COMMANDS
    map_rows: AreaRows = ()
    comparison: Comparison = USUAL_COMPARISON
    chasing: Chasing = USUAL_CHASING
    least_cases: int = LEAST_CASES

    @property
    def allocation_duty(self) -> str:
        """The duty that gives a case its investigator."""
        return ALLOCATE_INVESTIGATOR.id

    @property
    def visit_duty(self) -> str:
        """The duty by which a registered sex offender is visited."""
        return VISIT.id

    def standards_of(self, duty_id: str) -> tuple[Standard, ...]:
        """The standards the force has set for this duty, the first in force first."""
        return tuple(standard for standard in self.standards if standard.duty == duty_id)

    def applied(self, standard_duty: Duty) -> Duty:
        """This duty with what the force sets for itself put in: its numbers from day to day, its school holidays."""
        return apply_standards(standard_duty, self.standards_of(standard_duty.id), self.school_holidays)

    def is_adopted(self, duty_id: str, given_day: date) -> bool:
        """Whether a named officer had adopted the local standard in force on that day."""
        return any(
            standard.adopted_by and standard.adopted_from is not None and standard.adopted_from <= given_day
            for standard in self.standards_of(duty_id)
        )


def read_policy(policy_path: Path) -> Policy:
    """Read this policy file; what it leaves out has the suggested value.

    Raises:  CFG-002 when the file cannot be read, or names or sets something it may not; all faults at once.
    """
    try:
        stamp = policy_path.stat().st_mtime_ns
        return _read_stamped(policy_path, stamp)
    except OSError as error:
        raise Refusal("CFG-002", where=str(policy_path), found="no readable file") from error


def draft_of(policy_table: Mapping[str, object], where: str) -> tuple[Standard, ...]:
    """Read the standards of this draft, as the table `standards` of a policy would set them.

    Raises:  CFG-002 when it names or sets something it may not, or nothing; all faults at once.
    """
    faults: list[str] = []
    standards_read = _read_standards(policy_table, faults)
    if not faults and not standards_read:
        faults.append("no standard is set")
    if faults:
        raise Refusal("CFG-002", where=where, faults=tuple(faults))
    return standards_read


@lru_cache(maxsize=16)
def _read_stamped(policy_path: Path, _stamp: int) -> Policy:
    try:
        policy_table = tomllib.loads(policy_path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refusal("CFG-002", where=str(policy_path), found="text that is not TOML") from error
    faults = _misnamed_settings(policy_table)
    policy = Policy(
        force=str(policy_table.get("force", "")),
        standards=_read_standards(policy_table.get("standards", {}), faults),
        absence_grace=timedelta(
            hours=_read_number(policy_table, "people", "absence_leaves_vacancy_after_hours", 48, 0, 24 * 365, faults)
        ),
        withdrawal_share=_read_number(policy_table, "receive", "withdrawal_share", 0.05, 0, 1, faults),
        school_holidays=_school_holidays(policy_table.get("school", {}), faults),
        overnight=_read_overnight(policy_table, faults),
        commands=read_commands(policy_table.get("areas", {}), faults),
        map_rows=read_map_rows(policy_table.get("map", {}), faults),
        comparison=read_comparison(policy_table.get("comparison", {}), faults),
        chasing=_read_chasing(policy_table, faults),
        least_cases=int(
            _read_number(policy_table, "recommendations", "least_cases", LEAST_CASES, FEWEST, MOST_CASES, faults)
        ),
    )
    if faults:
        raise Refusal("CFG-002", where=str(policy_path), faults=tuple(faults))
    return policy


def _misnamed_settings(policy_table: Mapping[str, object]) -> list[str]:
    """A name that nothing reads would leave the force judged by what it did not choose."""
    faults = [
        f"{setting_name} is not a setting" for setting_name in sorted(set(policy_table) - set(SET_IN) - {"force"})
    ]
    for table, names in SET_IN.items():
        section = policy_table.get(table, {})
        if names is None:
            continue
        if isinstance(section, Mapping):
            faults += [f"{table}.{setting_name} is not a setting" for setting_name in sorted(set(section) - names)]
        else:
            faults.append(f"{table} is not a table")
    return faults


def _read_standards(policy_table: object, faults: list[str]) -> tuple[Standard, ...]:
    if not isinstance(policy_table, Mapping):
        faults.append("standards is not a table")
        return ()
    known_duties = {known_duty.id: known_duty for known_duty in all_duties() if known_duty.local}
    standards_read: list[Standard] = []
    for duty_id, tables in sorted(policy_table.items()):
        versions = tables if isinstance(tables, list) else [tables]
        if duty_id not in known_duties or not all(isinstance(table, Mapping) for table in versions):
            faults.append(f"standards.{duty_id} is not a duty with a local limit")
            continue
        own_standards = [_read_standard(known_duties[duty_id], table, faults) for table in versions]
        own_standards.sort(key=lambda standard: standard.adopted_from or date.min)
        first_days = [standard.adopted_from for standard in own_standards]
        if len(set(first_days)) < len(first_days):
            faults.append(f"standards.{duty_id} is set twice from the same day")
        standards_read.extend(own_standards)
    return tuple(standards_read)


def _read_standard(standard_duty: Duty, table: Mapping[str, object], faults: list[str]) -> Standard:
    faults += [
        f"standards.{standard_duty.id}.{setting_name} is not a setting"
        for setting_name in sorted(set(table) - SET_IN_STANDARD)
    ]
    kept_numbers = _read_numbers(standard_duty.id, table, numbers_of(standard_duty), faults)
    if table.get("clock", "elapsed") not in {"elapsed", "office"}:
        faults.append(f"standards.{standard_duty.id}.clock must be elapsed or office")
    elif table.get("clock") == "office":
        kept_numbers.append(("by_office_clock", 1.0))
    adopted_from = table.get("adopted_from")
    if isinstance(adopted_from, datetime) or not isinstance(adopted_from, date | None):
        faults.append(f"standards.{standard_duty.id}.adopted_from is not a day")
        adopted_from = None
    elif bool(table.get("adopted_by")) is not bool(adopted_from):
        has_field, lacks = ("adopted_by", "adopted_from") if adopted_from is None else ("adopted_from", "adopted_by")
        faults.append(f"standards.{standard_duty.id} has {has_field} without {lacks}")
    return Standard(standard_duty.id, tuple(sorted(kept_numbers)), str(table.get("adopted_by", "")), adopted_from)


def _read_numbers(
    duty_id: str, table: Mapping[str, object], known_numbers: Mapping[tuple[str, str], float], faults: list[str]
) -> list[tuple[str, float]]:
    kept_numbers = []
    for unit_name, most_units in MOST_PER_UNIT.items():
        unit_numbers = table.get(unit_name, {})
        if not isinstance(unit_numbers, Mapping):
            faults.append(f"standards.{duty_id}.{unit_name} is not a table: write {unit_name}.NAME = number")
            continue
        for number_name, value in sorted(unit_numbers.items()):
            is_good = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= most_units
            is_good = is_good and (value > 0 or unit_name == "days")  # 0 days is the same day
            whole = unit_name == "hours" or (is_good and float(value) == int(value))
            if (unit_name, number_name) not in known_numbers or not is_good or not whole:
                faults.append(
                    f"standards.{duty_id}.{unit_name}.{number_name} is not a number of "
                    f"{unit_name.replace('_', ' ')} this duty knows"
                )
            elif number_name in {"opens", "closes"} and value >= 24:
                faults.append(f"standards.{duty_id}.{unit_name}.{number_name} is not an hour of the clock")
            else:
                kept_numbers.append((number_name, float(value)))
    numbers = dict(kept_numbers)
    opens, closes = (
        numbers.get(clock_name, known_numbers.get(("hours", clock_name), 0)) for clock_name in ("opens", "closes")
    )
    if ("hours", "opens") in known_numbers and opens >= closes:
        faults.append(f"standards.{duty_id}.hours.opens is not before closes")
    return kept_numbers


def _is_day(day_text: object) -> bool:
    return isinstance(day_text, date) and not isinstance(day_text, datetime)


def _school_holidays(holiday_table: object, faults: list[str]) -> tuple[tuple[date, date], ...]:
    spans = holiday_table.get("holidays", []) if isinstance(holiday_table, Mapping) else []
    if not isinstance(spans, list):
        faults.append("school.holidays is not a list of first and last days")
        return ()
    holidays = []
    for number, holiday_span in enumerate(spans, 1):
        if (
            isinstance(holiday_span, list)
            and len(holiday_span) == 2
            and all(_is_day(holiday_day) for holiday_day in holiday_span)
            and holiday_span[0] <= holiday_span[1]
        ):
            holidays.append((holiday_span[0], holiday_span[1]))
        else:
            faults.append(f"school.holidays, number {number}, is not a first and a last day")
    return tuple(sorted(holidays))


def _read_overnight(policy_table: Mapping[str, object], faults: list[str]) -> Overnight:
    overnight_read = Overnight(
        _read_number(policy_table, "custody", "overnight_hours", USUAL.hours, 0.25, 24, faults),
        _read_number(policy_table, "custody", "overnight_from", USUAL.opens, 0, 24, faults),
        _read_number(policy_table, "custody", "overnight_to", USUAL.closes, 0, 23.75, faults),
    )
    if overnight_read.opens + overnight_read.hours > overnight_read.closes:
        faults.append("custody.overnight_hours is more than the hours between overnight_from and overnight_to")
    return overnight_read


def _read_chasing(policy_table: Mapping[str, object], faults: list[str]) -> Chasing:
    def read_days(setting_name: str, usual: int) -> int:
        return int(_read_number(policy_table, "recommendations", setting_name, usual, 0, 3660, faults))

    return Chasing(
        read_days("immediate_days", USUAL_CHASING.immediate_days),
        read_days("soon_days", USUAL_CHASING.soon_days),
        read_days("chief_officer_days", USUAL_CHASING.chief_officer_days),
    )


def _read_number(
    policy_table: Mapping[str, object],
    table: str,
    setting_name: str,
    usual: float,
    least_value: float,
    most_value: float,
    faults: list[str],
) -> float:
    section = policy_table.get(table, {})
    value = section.get(setting_name, usual) if isinstance(section, Mapping) else usual
    if isinstance(value, bool) or not isinstance(value, int | float) or not least_value <= value <= most_value:
        faults.append(f"{table}.{setting_name} is not a number between {least_value:g} and {most_value:g}")
        return usual
    return float(value)
