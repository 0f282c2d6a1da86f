"""What facts themselves say of a limit: a risk grade, a plan's interval, a time in their detail."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime

from duecare.duty.allowance import ByLatestPlan, ByLatestRisk, ByTriggerRisk, Fixed, FromDetail, UntilDetail
from duecare.duty.declaration import Duty, Fact
from duecare.duty.due import read_period
from duecare.duty.engine.handed import Engine
from duecare.duty.engine.rules import Asked, Rules
from duecare.duty.engine.units import text
from duecare.vocabulary.unknown import Unknown

SAID = {"allow": "INTEGER", "event": "BIGINT", "line": "BIGINT", "fixed": "INTEGER", "unknown": "VARCHAR"}
SAID |= {"origin": "BIGINT", "origin_day": "INTEGER", "until_at": "BIGINT", "until_on": "INTEGER", "less": "BIGINT"}
SAID |= {"less_unknown": "VARCHAR"}
TRIGGERS = ("starts", "met_by")
Answer = tuple[int | None, str | None]


def make_said(engine: Engine, rules: Rules) -> None:
    """Make `said`, `late_said(duty, event)` and what they rest on.

    Shape:   `said(allow, event, line, fixed, unknown, origin, origin_day, until_at, until_on, less, less_unknown)`: what
             an allowance comes to by an event, on a line, or on any (-1).
    """
    engine.load("said_nothing", SAID, [])
    selects = ["SELECT * FROM said_nothing"]
    for asked in rules.asked:
        selects.extend(_by_text(engine, rules, asked))
    engine.keep("said", " UNION ALL ".join(selects))


def make_late(engine: Engine, duties: Iterable[tuple[int, Duty]]) -> None:
    """Make `late_said(duty, event)`: the facts that meet a duty and say why they do so late."""
    engine.load("late_nothing", {"duty": "INTEGER", "event": "BIGINT"}, [])
    selects = ["SELECT * FROM late_nothing"]
    for number, duty in duties:
        if duty.late_excused_by_detail is None:
            continue
        read = engine.json("f.detail", duty.late_excused_by_detail[0])
        where = f"f.kind IN ({_kinds(duty.met_by)})"
        said = [one for (one,) in engine.rows(f"SELECT DISTINCT {read} FROM fact f WHERE {where}") if one]
        name = f"late_{number}"
        engine.load(name, {"said": "VARCHAR"}, [(one,) for one in said if _given(json.loads(one))])
        selects.append(f"SELECT {number}, f.event FROM fact f JOIN {name} s ON s.said = {read} WHERE {where}")
    engine.keep("late_said", " UNION ALL ".join(selects))


def _by_text(engine: Engine, rules: Rules, asked: Asked) -> Iterable[str]:
    duty, allowance = rules.duties[asked.duty], asked.allowance
    match allowance:
        case ByLatestRisk(kind, table):
            lacking = Unknown("the latest risk assessed has no grade that sets a limit")
            return [
                _answered(engine, rules, asked, "f.risk", [kind], lambda said: dict(table).get(_graded(said), lacking))
            ]
        case ByLatestPlan(kind, field):
            read = engine.json("f.detail", field)
            return [_answered(engine, rules, asked, read, [kind], lambda said: read_period(_written(said)))]
        case ByTriggerRisk(table, otherwise):
            grade: Callable[[str], Fixed] = lambda said: dict(table).get(_plain(said), otherwise)  # noqa: E731
            return [_answered(engine, rules, asked, "f.risk", triggers(duty), grade)]
        case FromDetail() | UntilDetail():
            raise NotImplementedError
        case _:
            return []


def triggers(duty: Duty) -> list[str]:
    """Of which kinds may what begins an occurrence be?"""
    facts: list[Fact] = [fact for level in duty.starts for fact in level]
    if duty.recurs is not None:
        facts.extend(duty.met_by)
    if duty.standing is not None:
        facts.extend(duty.standing.ended_by)
    if duty.away is not None:
        facts.extend(duty.away.ends)
    facts.extend(rule.superseded.by for rule in duty.rules if rule.superseded is not None)
    return sorted({fact.kind for fact in facts})


def _answered(
    engine: Engine, rules: Rules, asked: Asked, read: str, kinds: list[str], ask: Callable[[str], Fixed | Unknown]
) -> str:
    """The judge's answer for every distinct text that these facts hold, laid beside the facts."""
    where = f"f.kind IN ({', '.join(map(text, kinds))})"
    name = f"said_of_{asked.number}"
    rows: list[tuple[object, ...]] = []
    for (one,) in engine.rows(f"SELECT DISTINCT coalesce({read}, '') FROM fact f WHERE {where}"):
        answer = ask(one)
        if isinstance(answer, Unknown):
            rows.append((one, None, answer.reason))
        else:
            rows.append((one, rules.number(answer), None))
    engine.load(name, {"said": "VARCHAR", "fixed": "INTEGER", "unknown": "VARCHAR"}, rows)
    nothing = ", ".join(f"CAST(NULL AS {SAID[column]})" for column in list(SAID)[5:])
    return (
        f"SELECT {asked.number}, f.event, CAST(-1 AS BIGINT), s.fixed, s.unknown, {nothing} FROM fact f JOIN {name} s"
        f" ON s.said = coalesce({read}, '') WHERE {where}"
    )


def _written(said: str) -> str:
    """The text that the judge makes of what a field holds, which is nothing where it is not there."""
    return str(json.loads(said)) if said else ""


def _given(said: object) -> bool:
    return said is not None and bool(str(said).strip())


def _graded(said: str) -> str:
    return _plain(said).replace("-", "_")


def _plain(said: str) -> str:
    return said.strip().casefold().replace(" ", "_")


def _kinds(facts: Iterable[Fact]) -> str:
    return ", ".join(text(kind) for kind in sorted({fact.kind for fact in facts})) or "''"
