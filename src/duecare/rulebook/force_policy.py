"""What a force sets for itself: its own hours, who adopted them and from when, and the bounds of its habits."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from duecare.duty.declaration import Duty
from duecare.rulebook.all_duties import duties
from duecare.rulebook.borough_commands import NO_COMMANDS, Commands, read_commands
from duecare.rulebook.chasing_days import USUAL as USUAL_CHASING
from duecare.rulebook.chasing_days import Chasing
from duecare.rulebook.comparison_settings import USUAL_COMPARISON, Comparison, read_comparison
from duecare.rulebook.fewest_cases import FEWEST, LEAST_CASES
from duecare.rulebook.fewest_cases import MOST as MOST_CASES
from duecare.rulebook.local import ALLOCATE_INVESTIGATOR
from duecare.rulebook.local_standard import Standard, applied, numbers_of
from duecare.rulebook.map_rows import Rows, read_map_rows
from duecare.rulebook.national.npcc_rso import VISIT
from duecare.rulebook.overnight import USUAL, Overnight
from duecare.vocabulary.refusals import Refusal

MOST = {"hours": 24 * 366, "days": 3660, "working_days": 2600, "months": 120}
SET_IN_STANDARD = {*MOST, "clock", "adopted_by", "adopted_from"}
SET_IN: dict[str, set[str] | None] = {  # None: read elsewhere, by its own names
    "people": {"absence_leaves_vacancy_after_hours"},
    "worklist": {"danger_now_days"},
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
    """What does this force set for itself?

    Units:   hours are elapsed; `withdrawal_share` 0..1. `least_cases`: on fewer no figure tests a recommendation.
    """

    force: str = ""
    standards: tuple[Standard, ...] = ()
    absence_grace: timedelta = timedelta(hours=48)
    danger_now_days: int = 7
    withdrawal_share: float = 0.05
    school_holidays: tuple[tuple[date, date], ...] = ()
    overnight: Overnight = USUAL
    commands: Commands = NO_COMMANDS
    map_rows: Rows = ()
    comparison: Comparison = USUAL_COMPARISON
    chasing: Chasing = USUAL_CHASING
    least_cases: int = LEAST_CASES

    @property
    def allocation_duty(self) -> str:
        """Which duty says that a case has its investigator?"""
        return ALLOCATE_INVESTIGATOR.id

    @property
    def visit_duty(self) -> str:
        """Which duty says that a registered sex offender is visited?"""
        return VISIT.id

    def standards_of(self, duty: str) -> tuple[Standard, ...]:
        """Which standards has the force set for this duty, the first in force first?"""
        return tuple(standard for standard in self.standards if standard.duty == duty)

    def applied(self, duty: Duty) -> Duty:
        """This duty with what the force sets for itself put in: its numbers from day to day, its school holidays."""
        return applied(duty, self.standards_of(duty.id), self.school_holidays)

    def is_adopted(self, duty: str, on: date) -> bool:
        """Had a named officer adopted the local standard in force on that day?"""
        return any(
            standard.adopted_by and standard.adopted_from is not None and standard.adopted_from <= on
            for standard in self.standards_of(duty)
        )


def read_policy(path: Path) -> Policy:
    """What does this policy file set? What it leaves out keeps the value suggested.

    Raises:  CFG-002 when the file cannot be read, or names or sets something it may not; all faults at once.
    """
    try:
        stamp = path.stat().st_mtime_ns
        return _read(path, stamp)
    except OSError as wrong:
        raise Refusal("CFG-002", where=str(path), found="no readable file") from wrong


def draft_of(said: Mapping[str, object], where: str) -> tuple[Standard, ...]:
    """Which standards does this draft set, as the table `standards` of a policy would?

    Raises:  CFG-002 when it names or sets something it may not, or nothing; all faults at once.
    """
    faults: list[str] = []
    found = _standards(said, faults)
    if not faults and not found:
        faults.append("no standard is set")
    if faults:
        raise Refusal("CFG-002", where=where, faults=tuple(faults))
    return found


@lru_cache(maxsize=16)
def _read(path: Path, _stamp: int) -> Policy:
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise Refusal("CFG-002", where=str(path), found="text that is not TOML") from wrong
    faults = _misnamed(said)
    policy = Policy(
        force=str(said.get("force", "")),
        standards=_standards(said.get("standards", {}), faults),
        absence_grace=timedelta(
            hours=_number(said, "people", "absence_leaves_vacancy_after_hours", 48, 0, 24 * 365, faults)
        ),
        danger_now_days=int(_number(said, "worklist", "danger_now_days", 7, 0, 365, faults)),
        withdrawal_share=_number(said, "receive", "withdrawal_share", 0.05, 0, 1, faults),
        school_holidays=_school_holidays(said.get("school", {}), faults),
        overnight=_overnight(said, faults),
        commands=read_commands(said.get("areas", {}), faults),
        map_rows=read_map_rows(said.get("map", {}), faults),
        comparison=read_comparison(said.get("comparison", {}), faults),
        chasing=_chasing(said, faults),
        least_cases=int(_number(said, "recommendations", "least_cases", LEAST_CASES, FEWEST, MOST_CASES, faults)),
    )
    if faults:
        raise Refusal("CFG-002", where=str(path), faults=tuple(faults))
    return policy


def _misnamed(said: Mapping[str, object]) -> list[str]:
    """A name that nothing reads would leave the force judged by what it did not choose."""
    faults = [f"{name} is no setting" for name in sorted(set(said) - set(SET_IN) - {"force"})]
    for table, names in SET_IN.items():
        section = said.get(table, {})
        if names is None:
            continue
        if isinstance(section, Mapping):
            faults += [f"{table}.{name} is no setting" for name in sorted(set(section) - names)]
        else:
            faults.append(f"{table} is not a table")
    return faults


def _standards(said: object, faults: list[str]) -> tuple[Standard, ...]:
    if not isinstance(said, Mapping):
        faults.append("standards is not a table")
        return ()
    known = {duty.id: duty for duty in duties() if duty.local}
    found: list[Standard] = []
    for duty, tables in sorted(said.items()):
        versions = tables if isinstance(tables, list) else [tables]
        if duty not in known or not all(isinstance(table, Mapping) for table in versions):
            faults.append(f"standards.{duty} is no duty whose limit is local")
            continue
        mine = [_standard(known[duty], table, faults) for table in versions]
        mine.sort(key=lambda standard: standard.adopted_from or date.min)
        days = [standard.adopted_from for standard in mine]
        if len(set(days)) < len(days):
            faults.append(f"standards.{duty} is set twice from the same day")
        found.extend(mine)
    return tuple(found)


def _standard(duty: Duty, table: Mapping[str, object], faults: list[str]) -> Standard:
    faults += [f"standards.{duty.id}.{name} is no setting" for name in sorted(set(table) - SET_IN_STANDARD)]
    kept = _numbers(duty.id, table, numbers_of(duty), faults)
    if table.get("clock", "elapsed") not in {"elapsed", "office"}:
        faults.append(f"standards.{duty.id}.clock is neither elapsed nor office")
    elif table.get("clock") == "office":
        kept.append(("by_office_clock", 1.0))
    adopted_from = table.get("adopted_from")
    if isinstance(adopted_from, datetime) or not isinstance(adopted_from, date | None):
        faults.append(f"standards.{duty.id}.adopted_from is not a day")
        adopted_from = None
    elif bool(table.get("adopted_by")) is not bool(adopted_from):
        has, lacks = ("adopted_by", "adopted_from") if adopted_from is None else ("adopted_from", "adopted_by")
        faults.append(f"standards.{duty.id} has {has} without {lacks}")
    return Standard(duty.id, tuple(sorted(kept)), str(table.get("adopted_by", "")), adopted_from)


def _numbers(
    duty: str, table: Mapping[str, object], known: Mapping[tuple[str, str], float], faults: list[str]
) -> list[tuple[str, float]]:
    kept = []
    for unit, most in MOST.items():
        said = table.get(unit, {})
        if not isinstance(said, Mapping):
            faults.append(f"standards.{duty}.{unit} is not a table: write {unit}.NAME = number")
            continue
        for name, value in sorted(said.items()):
            good = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= most
            good = good and (value > 0 or unit == "days")  # nought days is the same day
            whole = unit == "hours" or (good and float(value) == int(value))
            if (unit, name) not in known or not good or not whole:
                faults.append(
                    f"standards.{duty}.{unit}.{name} is not a number of {unit.replace('_', ' ')} this duty knows"
                )
            elif name in {"opens", "closes"} and value >= 24:
                faults.append(f"standards.{duty}.{unit}.{name} is not an hour of the clock")
            else:
                kept.append((name, float(value)))
    numbers = dict(kept)
    opens, closes = (numbers.get(name, known.get(("hours", name), 0)) for name in ("opens", "closes"))
    if ("hours", "opens") in known and opens >= closes:
        faults.append(f"standards.{duty}.hours.opens is not before closes")
    return kept


def _is_day(said: object) -> bool:
    return isinstance(said, date) and not isinstance(said, datetime)


def _school_holidays(said: object, faults: list[str]) -> tuple[tuple[date, date], ...]:
    spans = said.get("holidays", []) if isinstance(said, Mapping) else []
    if not isinstance(spans, list):
        faults.append("school.holidays is not a list of first and last days")
        return ()
    found = []
    for number, span in enumerate(spans, 1):
        if isinstance(span, list) and len(span) == 2 and all(_is_day(day) for day in span) and span[0] <= span[1]:
            found.append((span[0], span[1]))
        else:
            faults.append(f"school.holidays, number {number}, is not a first and a last day")
    return tuple(sorted(found))


def _overnight(said: Mapping[str, object], faults: list[str]) -> Overnight:
    found = Overnight(
        _number(said, "custody", "overnight_hours", USUAL.hours, 0.25, 24, faults),
        _number(said, "custody", "overnight_from", USUAL.opens, 0, 24, faults),
        _number(said, "custody", "overnight_to", USUAL.closes, 0, 23.75, faults),
    )
    if found.opens + found.hours > found.closes:
        faults.append("custody.overnight_hours is more than lies between overnight_from and overnight_to")
    return found


def _chasing(said: Mapping[str, object], faults: list[str]) -> Chasing:
    def days(name: str, usual: int) -> int:
        return int(_number(said, "recommendations", name, usual, 0, 3660, faults))

    return Chasing(
        days("immediate_days", USUAL_CHASING.immediate_days),
        days("soon_days", USUAL_CHASING.soon_days),
        days("chief_officer_days", USUAL_CHASING.chief_officer_days),
    )


def _number(
    said: Mapping[str, object], table: str, name: str, usual: float, least: float, most: float, faults: list[str]
) -> float:
    section = said.get(table, {})
    value = section.get(name, usual) if isinstance(section, Mapping) else usual
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        faults.append(f"{table}.{name} is not a number between {least:g} and {most:g}")
        return usual
    return float(value)
