"""What facts themselves say of a limit: a risk grade, a plan's interval, a time in their detail; asked of the judge."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from duecare.duty.allowance import (
    ByLatestPlan,
    ByLatestRisk,
    ByTrigger,
    ByTriggerRisk,
    Fixed,
    FromDetail,
    Plain,
    UntilDetail,
)
from duecare.duty.condition import (
    About,
    Accredited,
    Condition,
    DetailAmong,
    DetailGiven,
    DetailHas,
    DetailIs,
    DetailNumber,
    number_of,
)
from duecare.duty.declaration import Duty
from duecare.duty.engine.handed import Engine
from duecare.duty.engine.manners import triggers
from duecare.duty.engine.rules import Asked, Rules
from duecare.duty.engine.shape import asks_of_person, leaves
from duecare.duty.engine.units import EPOCH, day_number, day_of, micros, text
from duecare.duty.limit import by_risk, by_trigger, moment_named, said_by
from duecare.record.pole import EventRecord
from duecare.vocabulary.moments import When, london_day
from duecare.vocabulary.partial import PartialDate
from duecare.vocabulary.unknown import Unknown

SAID = {"fixed": "INTEGER", "unknown": "VARCHAR", "origin": "BIGINT", "origin_day": "INTEGER", "until_at": "BIGINT"}
SAID |= {"until_on": "INTEGER", "less": "BIGINT", "less_unknown": "VARCHAR"}
ABSENCE = "absence"
ANY_DAY = date(2000, 1, 1)
ANY_LINE = -(1 << 62)


@dataclass(frozen=True, slots=True)
class Comes:
    """What does an allowance come to by one fact: a fixed one, from a moment, until a moment, or nothing that is known?"""

    fixed: int | None = None
    unknown: str | None = None
    origin: int | None = None
    origin_day: int | None = None
    until_at: int | None = None
    until_on: int | None = None
    less: int | None = None
    less_unknown: str | None = None

    def row(self) -> tuple[object, ...]:
        """The same as a table holds it."""
        return tuple(getattr(self, name) for name in SAID)


def make_said(engine: Engine, rules: Rules) -> None:
    """Make `said(allow, event, line, fixed, unknown, origin, origin_day, until_at, until_on, less, less_unknown)`.

    Shape:   what an allowance comes to by a fact, on a line or on any; for what no fact says, `line` is any and `event`
             the number of no fact.
    """
    types = {"allow": "INTEGER", "event": "BIGINT", "line": "BIGINT"} | SAID
    silent = [(asked.number, -1, ANY_LINE, *_silent(rules, asked.allowance).row()) for asked in _reading(rules)]
    engine.load("said_nothing", types, silent)
    selects = [_said(engine, rules, asked) for asked in _reading(rules)]
    engine.keep("said", " UNION ALL ".join(["SELECT * FROM said_nothing", *selects]))
    engine.forget(
        "said_nothing", *(f"said_{kind}_{asked.number}" for asked in _reading(rules) for kind in ("read", "by"))
    )


def make_late(engine: Engine, duties: Iterable[tuple[int, Duty]]) -> None:
    """Make `late_said(duty, event)`: the facts that meet a duty and say why they do so late."""
    engine.load("late_nothing", {"duty": "INTEGER", "event": "BIGINT"}, [])
    selects, tables = ["SELECT * FROM late_nothing"], ["late_nothing"]
    for number, duty in duties:
        if duty.late_excused_by_detail is None:
            continue
        read = engine.json("f.detail", duty.late_excused_by_detail[0])
        where = f"f.kind IN ({_listed(fact.kind for fact in duty.met_by)})"
        said = [one for (one,) in engine.rows(f"SELECT DISTINCT {read} FROM fact f WHERE {where}") if one]
        tables.append(f"late_{number}")
        engine.load(tables[-1], {"said": "VARCHAR"}, [(one,) for one in said if _is_given(json.loads(one))])
        selects.append(f"SELECT {number}, f.event FROM fact f JOIN {tables[-1]} s ON s.said = {read} WHERE {where}")
    engine.keep("late_said", " UNION ALL ".join(selects))
    engine.forget(*tables)


def can_be_read(duty: Duty) -> bool:
    """Is all that its limits read of facts read here? A limit by the officer's accreditation is not."""
    conditions = (c for rule in duty.rules for _, a in rule.turns if isinstance(a, ByTrigger) for c in _conditions(a))
    return not any(isinstance(leaf, Accredited) for condition in conditions for leaf in leaves(condition))


def _reading(rules: Rules) -> Iterator[Asked]:
    kinds = ByLatestRisk | ByLatestPlan | ByTriggerRisk | ByTrigger | FromDetail | UntilDetail
    return (asked for asked in rules.asked if isinstance(asked.allowance, kinds))


def _said(engine: Engine, rules: Rules, asked: Asked) -> str:
    """Ask the judge about each distinct thing that these facts say, and lay the answers beside the facts."""
    allowance, duty = asked.allowance, rules.duties[asked.duty]
    fields, of_person = _fields(allowance), _asks_of_person(allowance)
    kinds = [allowance.kind] if isinstance(allowance, ByLatestRisk | ByLatestPlan) else triggers(duty)
    columns = ["f.kind", "f.risk", "f.outcome", *(engine.json("f.detail", field) for field in fields)]
    joins, line = "", str(ANY_LINE)
    if of_person:
        columns += [
            "CAST(f.day AS VARCHAR)",
            "CAST(p.born_first AS VARCHAR)",
            "CAST(p.born_last AS VARCHAR)",
            "p.sex",
            "c.kind",
        ]
        line = "t.line"
        joins = (
            f" JOIN (SELECT DISTINCT line, event FROM candidate WHERE duty = {asked.duty}) t ON t.event = f.event"
            " LEFT JOIN person p ON p.person_no = -t.line LEFT JOIN case_of c ON c.case_no = f.case_no"
        )
    else:
        columns.append("c.kind")
        joins = " LEFT JOIN case_of c ON c.case_no = f.case_no"
    read, by = f"said_read_{asked.number}", f"said_by_{asked.number}"
    named = ", ".join(f"coalesce({column}, '') AS c{place}" for place, column in enumerate(columns))
    keys = [f"c{place}" for place in range(len(columns))]
    engine.keep(
        read,
        f"SELECT f.event, CAST({line} AS BIGINT) AS line, {named} FROM fact f{joins} WHERE f.kind IN ({_listed(kinds)})",
    )
    distinct = engine.rows(f"SELECT DISTINCT {', '.join(keys)} FROM {read}")
    rows = [(*one, *_comes_to(rules, allowance, *_event(one, fields, of_person)).row()) for one in distinct]
    engine.load(by, dict.fromkeys(keys, "VARCHAR") | SAID, rows)
    on = " AND ".join(f"b.{key} = r.{key}" for key in keys)
    answers = ", ".join(f"b.{name}" for name in SAID)
    return f"SELECT {asked.number} AS allow, r.event, r.line, {answers} FROM {read} r JOIN {by} b ON {on}"


def _event(said: tuple[str, ...], fields: list[str], of_person: bool) -> tuple[EventRecord, About]:
    kind, risk, outcome, *rest = said
    detail = {field: json.loads(one) for field, one in zip(fields, rest, strict=False) if one}
    event = EventRecord("", "", kind, When.at(EPOCH), EPOCH, risk=risk, outcome=outcome, detail=detail)
    if not of_person:
        return event, About(ANY_DAY, case_kind=rest[-1])
    day, first, last, sex, case_kind = rest[len(fields) :]
    born = PartialDate(day_of(int(first)), day_of(int(last))) if first and last else None
    return event, About(day_of(int(day)), born, sex, case_kind)


def _comes_to(rules: Rules, allowance: object, event: EventRecord, about: About) -> Comes:
    match allowance:
        case ByLatestRisk() | ByLatestPlan():
            return _plain(rules, said_by(allowance, event), event, event.kind)
        case ByTriggerRisk():
            return _plain(rules, by_risk(allowance, event), event, event.kind)
        case ByTrigger():
            return _plain(rules, by_trigger(allowance, event, about), event, event.kind)
        case FromDetail() | UntilDetail():
            return _plain(rules, allowance, event, event.kind)
        case _:
            raise TypeError(f"{type(allowance).__name__} is read of no fact")


def _silent(rules: Rules, allowance: object) -> Comes:
    """What does it come to where there is no event: an absence began it, or no risk and no plan is known?"""
    match allowance:
        case ByLatestRisk() | ByLatestPlan():
            says = "risk assessed" if isinstance(allowance, ByLatestRisk) else "plan set"
            return Comes(unknown=f"no {says} is known, so the limit cannot be told")
        case ByTriggerRisk():
            return _plain(rules, by_risk(allowance, None), None, ABSENCE)
        case ByTrigger():
            return _plain(rules, by_trigger(allowance, None, None), None, ABSENCE)
        case FromDetail() | UntilDetail():
            return _plain(rules, allowance, None, ABSENCE)
        case _:
            raise TypeError(f"{type(allowance).__name__} is read of no fact")


def _plain(rules: Rules, plain: Plain | Unknown, event: EventRecord | None, kind: str) -> Comes:
    match plain:
        case Unknown(reason):
            return Comes(unknown=reason)
        case FromDetail(field, allows, less):
            return _from_detail(rules, moment_named(event, field), allows, less, event)
        case UntilDetail(field, otherwise):
            said = moment_named(event, field)
            if isinstance(said, Unknown):
                return Comes(unknown=said.reason)
            if said is not None:
                day = None if said.is_exact else day_number(london_day(said.latest))
                return Comes(until_at=micros(said.latest), until_on=day)
            if otherwise is None:
                return Comes(unknown=f"{kind} does not say {field}")
            return Comes(fixed=rules.number(otherwise))
        case fixed:
            return Comes(fixed=rules.number(fixed))


def _from_detail(
    rules: Rules, said: When | Unknown | None, allows: Fixed, less: str, event: EventRecord | None
) -> Comes:
    if isinstance(said, Unknown):
        return Comes(unknown=said.reason)
    origin = None if said is None else micros(said.earliest)
    day = None if said is None else day_number(london_day(said.earliest))
    spent = event.detail.get(less) if less and event is not None else None
    if event is None or not _is_given(spent):
        return Comes(fixed=rules.number(allows), origin=origin, origin_day=day)
    minutes = number_of(spent)
    if minutes is None:
        reason = f"{event.kind} does not say {less} as a number"
        return Comes(fixed=rules.number(allows), origin=origin, origin_day=day, less_unknown=reason)
    return Comes(fixed=rules.number(allows), origin=origin, origin_day=day, less=round(minutes * 60) * 1_000_000)


def _conditions(allowance: ByTrigger) -> Iterator[Condition]:
    return (condition for conditions, _ in allowance.table for condition in conditions)


def _asks_of_person(allowance: object) -> bool:
    return isinstance(allowance, ByTrigger) and any(map(asks_of_person, _conditions(allowance)))


def _fields(allowance: object) -> list[str]:
    """Which fields of a fact's detail does this allowance read?"""
    found: set[str] = set()
    plains: list[object] = [allowance]
    if isinstance(allowance, ByTrigger):
        plains = [*(plain for _, plain in allowance.table), allowance.otherwise]
        for condition in _conditions(allowance):
            for leaf in leaves(condition):
                if isinstance(leaf, DetailIs | DetailAmong | DetailGiven | DetailHas | DetailNumber):
                    found.add(leaf.field)
    for plain in plains:
        if isinstance(plain, ByLatestPlan | UntilDetail):
            found.add(plain.field)
        elif isinstance(plain, FromDetail):
            found |= {plain.field, plain.less_minutes} - {""}
    return sorted(found)


def _is_given(said: object) -> bool:
    return said is not None and bool(str(said).strip())


def _listed(kinds: Iterable[str]) -> str:
    return ", ".join(map(text, sorted(set(kinds)))) or "''"
