"""Rules and allowances as small tables: the rule in force on each day, and the allowance it gives at each occurrence."""

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
from duecare.duty.engine.duty_groups import PARTS
from duecare.duty.engine.engine_protocol import Engine
from duecare.duty.engine.limits_sql import Calendar
from duecare.duty.engine.units import day_number, to_micros
from duecare.vocabulary.london_clock import start_of_day

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
            for number, duty_rule in enumerate(duty.rules):
                for turn_number, (rule_ref, allowance) in enumerate(duty_rule.turns):
                    asked = Asked(len(self.asked), place, allowance)
                    self.asked.append(asked)
                    self._turns.append((place * RULES_OF_ONE + number, turn_number, rule_ref, asked.number))

    def keep(self, engine: Engine) -> None:
        """Keep the tables."""
        duty_ways = [
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
        engine.load("duty_way", types, duty_ways)
        types = {"duty": "INTEGER", "rule": "INTEGER", "from_day": "INTEGER", "to_day": "INTEGER"}
        spans = [span_row for place, duty in enumerate(self.duties) for span_row in _span_rows(place, duty)]
        engine.load("rule_on", types | {"superseded_from": "BIGINT", "last_turn": "INTEGER"}, spans)
        types = {"rule": "INTEGER", "turn": "INTEGER", "ref": "VARCHAR", "allow": "INTEGER"}
        engine.load("turn_of", types, self._turns)
        types = {"allow": "INTEGER", "how": "INTEGER", "fixed": "INTEGER", "other": "INTEGER"}
        engine.load("allowance", types | {"sets": "INTEGER", "young": "INTEGER"}, list(map(self._row, self.asked)))

    def number(self, fixed: Fixed) -> int:
        """The number of this allowance."""
        return self._calendar.number(fixed)

    def part(self, part_kind: str) -> int:
        """The number of the part of setting a limit, for facts of this kind."""
        return self.sets.setdefault(f"sets:{part_kind}", len(PARTS) + len(self.sets))

    def _row(self, asked: Asked) -> tuple[object, ...]:
        how_allowed, fixed, other_fixed, set_number, young = FIXED, None, None, None, None
        match asked.allowance:
            case ByAgeInCase(roles, under, child, grown):
                how_allowed, fixed, other_fixed = BY_CHILD, self.number(child), self.number(grown)
                young = self.youngs.setdefault((roles, under), len(self.youngs))
            case ByLatestRisk(latest_kind, _) | ByLatestPlan(latest_kind, _):
                how_allowed, set_number = BY_LATEST, self.part(latest_kind)
            case ByTrigger() | ByTriggerRisk() | FromDetail() | UntilDetail():
                how_allowed = BY_TRIGGER
            case plain:
                fixed = self.number(plain)
        return asked.number, how_allowed, fixed, other_fixed, set_number, young


def _span_rows(place: int, duty: Duty) -> list[tuple[int, int, int, int, int | None, int]]:
    """The days between which each rule is in force and no earlier one of the duty is."""
    bounds = {BEFORE_ALL} | {
        bound
        for duty_rule in duty.rules
        for bound in (_first_day_of(duty_rule.in_force), _last_day_of(duty_rule.in_force) + 1)
    }
    span_rows = []
    cut_days = sorted(bound for bound in bounds if bound <= AFTER_ALL)
    for first_day, until in zip(cut_days, [*cut_days[1:], AFTER_ALL + 1], strict=True):
        for number, duty_rule in enumerate(duty.rules):
            if _first_day_of(duty_rule.in_force) <= first_day <= _last_day_of(duty_rule.in_force):
                gives_way = (
                    None if duty_rule.superseded is None else to_micros(start_of_day(duty_rule.superseded.on_or_after))
                )
                span_rows.append(
                    (place, place * RULES_OF_ONE + number, first_day, until - 1, gives_way, len(duty_rule.later))
                )
                break
    return span_rows


def _first_day_of(rule_span: Span) -> int:
    return BEFORE_ALL if rule_span.first is None else day_number(rule_span.first)


def _last_day_of(rule_span: Span) -> int:
    return AFTER_ALL if rule_span.last is None else day_number(rule_span.last)
