"""Rules and allowances as small tables: which rule holds on which day, and which limit it sets at which turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from duecare.duty.allowance import (
    Allowance,
    ByAgeInCase,
    ByLatestPlan,
    ByLatestRisk,
    ByTrigger,
    ByTriggerRisk,
    Fixed,
    FromDetail,
    UntilDetail,
)
from duecare.duty.declaration import Duty, Recurs, Span
from duecare.duty.engine.handed import Engine
from duecare.duty.engine.limits import Calendar
from duecare.duty.engine.manners import PARTS
from duecare.duty.engine.units import day_number, micros
from duecare.vocabulary.moments import start_of_day

BEFORE_ALL, AFTER_ALL = -10_000_000, 10_000_000
RULES_OF_ONE = 1000
FIXED, BY_TRIGGER, BY_CHILD, BY_LATEST = range(4)


@dataclass(frozen=True, slots=True)
class Asked:
    """One allowance of one duty, by its number."""

    number: int
    duty: int
    allowance: Allowance


class Rules:
    """The rules of all duties.

    Shape:   keeps `duty_way(duty, once, at_most, recurs, restarts, stands, holds)`;
             `rule_on(duty, rule, from_day, to_day, superseded_from, last_turn)`, whose days never overlap; `rule` is the
             duty's place, times 1000, and the rule's;
             `turn_of(rule, turn, ref, allow)`; and `allowance(allow, how, fixed, other, sets, young)`.
    """

    def __init__(self, duties: Sequence[Duty], calendar: Calendar) -> None:
        self.duties = duties
        self.asked: list[Asked] = []
        self.youngs: dict[tuple[tuple[str, ...], int], int] = {}
        self.sets: dict[str, int] = {}
        self._calendar = calendar
        self._turns: list[tuple[int, int, str, int]] = []
        for place, duty in enumerate(duties):
            for number, rule in enumerate(duty.rules):
                for turn, (ref, allowance) in enumerate(rule.turns):
                    asked = Asked(len(self.asked), place, allowance)
                    self.asked.append(asked)
                    self._turns.append((place * RULES_OF_ONE + number, turn, ref, asked.number))

    def keep(self, engine: Engine) -> None:
        """Keep the tables."""
        ways = [
            (
                place,
                duty.once,
                duty.at_most,
                {None: 0, Recurs.FROM_DUE: 1, Recurs.FROM_DISCHARGE: 2}[duty.recurs],
                duty.standing is not None and duty.standing.restarts,
                duty.standing is not None,
                duty.holds,
                duty.ended_with_case,
            )
            for place, duty in enumerate(self.duties)
        ]
        types = {"duty": "INTEGER", "once": "BOOLEAN", "at_most": "INTEGER", "recurs": "INTEGER"}
        types |= dict.fromkeys(("restarts", "stands", "holds", "ends_with_case"), "BOOLEAN")
        engine.load("duty_way", types, ways)
        types = {"duty": "INTEGER", "rule": "INTEGER", "from_day": "INTEGER", "to_day": "INTEGER"}
        spans = [row for place, duty in enumerate(self.duties) for row in _spans(place, duty)]
        engine.load("rule_on", types | {"superseded_from": "BIGINT", "last_turn": "INTEGER"}, spans)
        types = {"rule": "INTEGER", "turn": "INTEGER", "ref": "VARCHAR", "allow": "INTEGER"}
        engine.load("turn_of", types, self._turns)
        types = {"allow": "INTEGER", "how": "INTEGER", "fixed": "INTEGER", "other": "INTEGER"}
        engine.load("allowance", types | {"sets": "INTEGER", "young": "INTEGER"}, list(map(self._row, self.asked)))

    def number(self, fixed: Fixed) -> int:
        """Which number has this allowance?"""
        return self._calendar.number(fixed)

    def part(self, kind: str) -> int:
        """Which number has the part of setting a limit, of facts of this kind?"""
        return self.sets.setdefault(f"sets:{kind}", len(PARTS) + len(self.sets))

    def _row(self, asked: Asked) -> tuple[object, ...]:
        how, fixed, other, sets, young = FIXED, None, None, None, None
        match asked.allowance:
            case ByAgeInCase(roles, under, child, grown):
                how, fixed, other = BY_CHILD, self.number(child), self.number(grown)
                young = self.youngs.setdefault((roles, under), len(self.youngs))
            case ByLatestRisk(kind, _) | ByLatestPlan(kind, _):
                how, sets = BY_LATEST, self.part(kind)
            case ByTrigger() | ByTriggerRisk() | FromDetail() | UntilDetail():
                how = BY_TRIGGER
            case plain:
                fixed = self.number(plain)
        return asked.number, how, fixed, other, sets, young


def _spans(place: int, duty: Duty) -> list[tuple[int, int, int, int, int | None, int]]:
    """From which day to which does each rule hold, where an earlier one of the duty does not?"""
    bounds = {BEFORE_ALL} | {
        bound for rule in duty.rules for bound in (_first(rule.in_force), _last(rule.in_force) + 1)
    }
    found = []
    cuts = sorted(bound for bound in bounds if bound <= AFTER_ALL)
    for first, until in zip(cuts, [*cuts[1:], AFTER_ALL + 1], strict=True):
        for number, rule in enumerate(duty.rules):
            if _first(rule.in_force) <= first <= _last(rule.in_force):
                gives_way = None if rule.superseded is None else micros(start_of_day(rule.superseded.on_or_after))
                found.append((place, place * RULES_OF_ONE + number, first, until - 1, gives_way, len(rule.later)))
                break
    return found


def _first(span: Span) -> int:
    return BEFORE_ALL if span.first is None else day_number(span.first)


def _last(span: Span) -> int:
    return AFTER_ALL if span.last is None else day_number(span.last)
