"""What a force sets for itself: its own hours, who adopted them and from when, and the bounds of its habits."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from duecare.duty.allowance import Allowance, ByAgeInCase, ByTriggerRisk, LocalHours
from duecare.rulebook.catalogue import duties
from duecare.rulebook.local import ALLOCATE_INVESTIGATOR
from duecare.rulebook.npcc_rso import VISIT
from duecare.vocabulary.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Standard:
    """Which hours has the force set for one duty, and has a named officer adopted them, from which day?"""

    duty: str
    hours: tuple[tuple[str, float], ...]
    adopted_by: str = ""
    adopted_from: date | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """What does this force set for itself?

    Units:   hours are elapsed; `withdrawal_share` 0..1.
    """

    force: str = ""
    standards: tuple[Standard, ...] = ()
    absence_grace: timedelta = timedelta(hours=48)
    danger_now_days: int = 7
    withdrawal_share: float = 0.05

    @property
    def allocation_duty(self) -> str:
        """Which duty says that a case has its investigator?"""
        return ALLOCATE_INVESTIGATOR.id

    @property
    def visit_duty(self) -> str:
        """Which duty says that a registered sex offender is visited?"""
        return VISIT.id

    def hours(self, duty: str) -> tuple[tuple[str, float], ...]:
        """Which hours does the force set for this duty, by their names?"""
        for standard in self.standards:
            if standard.duty == duty:
                return standard.hours
        return ()

    def is_adopted(self, duty: str, on: date) -> bool:
        """Had a named officer adopted this local standard by that day?"""
        for standard in self.standards:
            if standard.duty == duty and standard.adopted_by and standard.adopted_from is not None:
                return standard.adopted_from <= on
        return False


def read_policy(path: Path) -> Policy:
    """What does this policy file set? What it leaves out keeps the value suggested.

    Raises:  CFG-002 when the file cannot be read, or names or sets something it may not; all faults at once.
    """
    try:
        stamp = path.stat().st_mtime_ns
        return _read(path, stamp)
    except OSError as wrong:
        raise Refusal("CFG-002", where=str(path), found="no readable file") from wrong


@lru_cache(maxsize=16)
def _read(path: Path, _stamp: int) -> Policy:
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise Refusal("CFG-002", where=str(path), found="text that is not TOML") from wrong
    faults: list[str] = []
    policy = Policy(
        force=str(said.get("force", "")),
        standards=_standards(said.get("standards", {}), faults),
        absence_grace=timedelta(
            hours=_number(said, "people", "absence_leaves_vacancy_after_hours", 48, 0, 24 * 365, faults)
        ),
        danger_now_days=int(_number(said, "worklist", "danger_now_days", 7, 0, 365, faults)),
        withdrawal_share=_number(said, "receive", "withdrawal_share", 0.05, 0, 1, faults),
    )
    if faults:
        raise Refusal("CFG-002", where=str(path), faults=tuple(faults))
    return policy


def hours_named(allowance: Allowance) -> frozenset[str]:
    """Which names may a force set hours under, for this allowance?"""
    match allowance:
        case LocalHours(name, _):
            return frozenset({name})
        case ByTriggerRisk(table, otherwise):
            return frozenset().union(hours_named(otherwise), *(hours_named(fixed) for _, fixed in table))
        case ByAgeInCase(_, _, child, otherwise):
            return hours_named(child) | hours_named(otherwise)
        case _:
            return frozenset()


def _standards(said: object, faults: list[str]) -> tuple[Standard, ...]:
    if not isinstance(said, Mapping):
        faults.append("standards is not a table")
        return ()
    known = {
        duty.id: frozenset().union(*(hours_named(rule.allows) for rule in duty.rules))
        for duty in duties()
        if duty.local
    }
    found = []
    for duty, table in sorted(said.items()):
        if duty not in known or not isinstance(table, Mapping):
            faults.append(f"standards.{duty} is no duty whose limit is local")
            continue
        hours = table.get("hours", {})
        kept = []
        for name, value in sorted(hours.items()) if isinstance(hours, Mapping) else ():
            good = isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 24 * 366
            if name not in known[duty] or not good:
                faults.append(f"standards.{duty}.hours.{name} is not a number of hours this duty knows")
            else:
                kept.append((name, float(value)))
        adopted_from = table.get("adopted_from")
        if adopted_from is not None and (isinstance(adopted_from, datetime) or not isinstance(adopted_from, date)):
            faults.append(f"standards.{duty}.adopted_from is not a day")
            adopted_from = None
        found.append(Standard(duty, tuple(kept), str(table.get("adopted_by", "")), adopted_from))
    return tuple(found)


def _number(
    said: Mapping[str, object], table: str, name: str, usual: float, least: float, most: float, faults: list[str]
) -> float:
    section = said.get(table, {})
    value = section.get(name, usual) if isinstance(section, Mapping) else usual
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        faults.append(f"{table}.{name} is not a number between {least:g} and {most:g}")
        return usual
    return float(value)
