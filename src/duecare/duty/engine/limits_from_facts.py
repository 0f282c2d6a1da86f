"""In SQL: limits that a fact sets (a risk grade, a plan's interval, a time in its detail), each read by `duty/limit`."""

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
from duecare.duty.engine.declaration_tables import asks_of_person, condition_leaves
from duecare.duty.engine.duty_groups import trigger_kinds
from duecare.duty.engine.engine_protocol import Engine
from duecare.duty.engine.rules import Asked, Rules
from duecare.duty.engine.units import EPOCH, day_number, day_of, sql_text, to_micros
from duecare.duty.limit import by_risk, by_trigger, moment_named, said_by
from duecare.record.pole import EventRecord
from duecare.vocabulary.london_clock import london_day
from duecare.vocabulary.moments import When
from duecare.vocabulary.partial_date import PartialDate
from duecare.vocabulary.unknown import Unknown

SAID_COLUMNS = {
    "fixed": "INTEGER",
    "unknown": "VARCHAR",
    "origin": "BIGINT",
    "origin_day": "INTEGER",
    "until_at": "BIGINT",
}
SAID_COLUMNS |= {"until_on": "INTEGER", "less": "BIGINT", "less_unknown": "VARCHAR"}
ABSENCE = "absence"
ANY_DAY = date(2000, 1, 1)
ANY_LINE = -(1 << 62)


@dataclass(frozen=True, slots=True)
class Comes:
    """What an allowance comes to by one fact: a fixed one, from a moment, until a moment, or nothing that is known."""

    fixed: int | None = None
    unknown: str | None = None
    origin: int | None = None
    origin_day: int | None = None
    until_at: int | None = None
    until_on: int | None = None
    less: int | None = None
    less_unknown: str | None = None

    def row(self) -> tuple[object, ...]:
        """The same as a row of a table."""
        return tuple(getattr(self, column_name) for column_name in SAID_COLUMNS)


def make_said(engine: Engine, rules: Rules) -> None:
    """Make `said(allow, event, line, fixed, unknown, origin, origin_day, until_at, until_on, less, less_unknown)`.

    Shape:   what an allowance comes to by a fact, on a line or on any; for what no fact says, `line` is any and `event`
             the number of no fact.
    """
    types = {"allow": "INTEGER", "event": "BIGINT", "line": "BIGINT"} | SAID_COLUMNS
    silent = [
        (asked.number, -1, ANY_LINE, *_silent_comes(rules, asked.allowance).row())
        for asked in _reading_allowances(rules)
    ]
    engine.load("said_nothing", types, silent)
    selects = [_said_select(engine, rules, asked) for asked in _reading_allowances(rules)]
    engine.keep("said", " UNION ALL ".join(["SELECT * FROM said_nothing", *selects]))
    engine.forget(
        "said_nothing",
        *(f"said_{table_kind}_{asked.number}" for asked in _reading_allowances(rules) for table_kind in ("read", "by")),
    )


def make_late(engine: Engine, duties: Iterable[tuple[int, Duty]]) -> None:
    """Make `late_said(duty, event)`: the facts that meet a duty and say why they do so late."""
    engine.load("late_nothing", {"duty": "INTEGER", "event": "BIGINT"}, [])
    selects, tables = ["SELECT * FROM late_nothing"], ["late_nothing"]
    for number, duty in duties:
        if duty.late_excused_by_detail is None:
            continue
        read_sql = engine.json("f.detail", duty.late_excused_by_detail[0])
        where = f"f.kind IN ({_listed_texts(meeting_fact.kind for meeting_fact in duty.met_by)})"
        said_values = [
            said_value
            for (said_value,) in engine.rows(f"SELECT DISTINCT {read_sql} FROM fact f WHERE {where}")
            if said_value
        ]
        tables.append(f"late_{number}")
        engine.load(
            tables[-1],
            {"said": "VARCHAR"},
            [(said_value,) for said_value in said_values if _is_given(json.loads(said_value))],
        )
        selects.append(f"SELECT {number}, f.event FROM fact f JOIN {tables[-1]} s ON s.said = {read_sql} WHERE {where}")
    engine.keep("late_said", " UNION ALL ".join(selects))
    engine.forget(*tables)


def can_be_read(duty: Duty) -> bool:
    """Whether everything its limits read of facts is read here; a limit by the officer's accreditation is not."""
    conditions = (
        condition
        for duty_rule in duty.rules
        for _, allowance in duty_rule.turns
        if isinstance(allowance, ByTrigger)
        for condition in _trigger_conditions(allowance)
    )
    return not any(
        isinstance(condition_leaf, Accredited)
        for condition in conditions
        for condition_leaf in condition_leaves(condition)
    )


def _reading_allowances(rules: Rules) -> Iterator[Asked]:
    kinds = ByLatestRisk | ByLatestPlan | ByTriggerRisk | ByTrigger | FromDetail | UntilDetail
    return (asked for asked in rules.asked if isinstance(asked.allowance, kinds))


def _said_select(engine: Engine, rules: Rules, asked: Asked) -> str:
    """Get the judge's answer for each distinct text of these facts, and store the answers beside the facts."""
    allowance, asked_duty = asked.allowance, rules.duties[asked.duty]
    fields, of_person = _detail_fields(allowance), _asks_of_person(allowance)
    kinds = [allowance.kind] if isinstance(allowance, ByLatestRisk | ByLatestPlan) else trigger_kinds(asked_duty)
    columns = ["f.kind", "f.risk", "f.outcome", *(engine.json("f.detail", field) for field in fields)]
    joins, line_sql = "", str(ANY_LINE)
    if of_person:
        columns += [
            "CAST(f.day AS VARCHAR)",
            "CAST(p.born_first AS VARCHAR)",
            "CAST(p.born_last AS VARCHAR)",
            "p.sex",
            "c.kind",
        ]
        line_sql = "t.line"
        joins = (
            f" JOIN (SELECT DISTINCT line, event FROM candidate WHERE duty = {asked.duty}) t ON t.event = f.event"
            " LEFT JOIN person p ON p.person_no = -t.line LEFT JOIN case_of c ON c.case_no = f.case_no"
        )
    else:
        columns.append("c.kind")
        joins = " LEFT JOIN case_of c ON c.case_no = f.case_no"
    read_table, by_table = f"said_read_{asked.number}", f"said_by_{asked.number}"
    named_columns = ", ".join(f"coalesce({column}, '') AS c{place}" for place, column in enumerate(columns))
    key_columns = [f"c{place}" for place in range(len(columns))]
    engine.keep(
        read_table,
        f"SELECT f.event, CAST({line_sql} AS BIGINT) AS line, {named_columns} FROM fact f{joins} "
        f"WHERE f.kind IN ({_listed_texts(kinds)})",
    )
    distinct = engine.rows(f"SELECT DISTINCT {', '.join(key_columns)} FROM {read_table}")
    table_rows = [
        (*said_row, *_comes_to(rules, allowance, *_event_read(said_row, fields, of_person)).row())
        for said_row in distinct
    ]
    engine.load(by_table, dict.fromkeys(key_columns, "VARCHAR") | SAID_COLUMNS, table_rows)
    join_clause = " AND ".join(f"b.{key_column} = r.{key_column}" for key_column in key_columns)
    answers = ", ".join(f"b.{column_name}" for column_name in SAID_COLUMNS)
    return f"SELECT {asked.number} AS allow, r.event, r.line, {answers} FROM {read_table} r JOIN {by_table} b ON {join_clause}"


def _event_read(said_values: tuple[str, ...], fields: list[str], of_person: bool) -> tuple[EventRecord, About]:
    event_kind, risk_grade, outcome, *rest_values = said_values
    detail = {
        field: json.loads(detail_text) for field, detail_text in zip(fields, rest_values, strict=False) if detail_text
    }
    event = EventRecord("", "", event_kind, When.at(EPOCH), EPOCH, risk=risk_grade, outcome=outcome, detail=detail)
    if not of_person:
        return event, About(ANY_DAY, case_kind=rest_values[-1])
    case_day, first_birth, last_birth, subject_sex, case_kind = rest_values[len(fields) :]
    birth_date = PartialDate(day_of(int(first_birth)), day_of(int(last_birth))) if first_birth and last_birth else None
    return event, About(day_of(int(case_day)), birth_date, subject_sex, case_kind)


def _comes_to(rules: Rules, allowance: object, event: EventRecord, about: About) -> Comes:
    match allowance:
        case ByLatestRisk() | ByLatestPlan():
            return _plain_comes(rules, said_by(allowance, event), event, event.kind)
        case ByTriggerRisk():
            return _plain_comes(rules, by_risk(allowance, event), event, event.kind)
        case ByTrigger():
            return _plain_comes(rules, by_trigger(allowance, event, about), event, event.kind)
        case FromDetail() | UntilDetail():
            return _plain_comes(rules, allowance, event, event.kind)
        case _:
            raise TypeError(f"{type(allowance).__name__} is read of no fact")


def _silent_comes(rules: Rules, allowance: object) -> Comes:
    """What it comes to without an event: an absence began it, or no risk and no plan is known."""
    match allowance:
        case ByLatestRisk() | ByLatestPlan():
            said_words = "risk assessed" if isinstance(allowance, ByLatestRisk) else "plan set"
            return Comes(unknown=f"no {said_words} is known, so the limit cannot be told")
        case ByTriggerRisk():
            return _plain_comes(rules, by_risk(allowance, None), None, ABSENCE)
        case ByTrigger():
            return _plain_comes(rules, by_trigger(allowance, None, None), None, ABSENCE)
        case FromDetail() | UntilDetail():
            return _plain_comes(rules, allowance, None, ABSENCE)
        case _:
            raise TypeError(f"{type(allowance).__name__} is read of no fact")


def _plain_comes(rules: Rules, plain: Plain | Unknown, event: EventRecord | None, kind_read: str) -> Comes:
    match plain:
        case Unknown(reason):
            return Comes(unknown=reason)
        case FromDetail(field, allows, less_field):
            return _from_detail(rules, moment_named(event, field), allows, less_field, event)
        case UntilDetail(field, otherwise):
            said_moment = moment_named(event, field)
            if isinstance(said_moment, Unknown):
                return Comes(unknown=said_moment.reason)
            if said_moment is not None:
                exact_day = None if said_moment.is_exact else day_number(london_day(said_moment.latest))
                return Comes(until_at=to_micros(said_moment.latest), until_on=exact_day)
            if otherwise is None:
                return Comes(unknown=f"{kind_read} does not say {field}")
            return Comes(fixed=rules.number(otherwise))
        case fixed:
            return Comes(fixed=rules.number(fixed))


def _from_detail(
    rules: Rules, said_moment: When | Unknown | None, allows: Fixed, less_field: str, event: EventRecord | None
) -> Comes:
    if isinstance(said_moment, Unknown):
        return Comes(unknown=said_moment.reason)
    origin = None if said_moment is None else to_micros(said_moment.earliest)
    exact_day = None if said_moment is None else day_number(london_day(said_moment.earliest))
    spent = event.detail.get(less_field) if less_field and event is not None else None
    if event is None or not _is_given(spent):
        return Comes(fixed=rules.number(allows), origin=origin, origin_day=exact_day)
    minutes = number_of(spent)
    if minutes is None:
        reason = f"{event.kind} does not say {less_field} as a number"
        return Comes(fixed=rules.number(allows), origin=origin, origin_day=exact_day, less_unknown=reason)
    return Comes(fixed=rules.number(allows), origin=origin, origin_day=exact_day, less=round(minutes * 60) * 1_000_000)


def _trigger_conditions(allowance: ByTrigger) -> Iterator[Condition]:
    return (condition for conditions, _ in allowance.table for condition in conditions)


def _asks_of_person(allowance: object) -> bool:
    return isinstance(allowance, ByTrigger) and any(map(asks_of_person, _trigger_conditions(allowance)))


def _detail_fields(allowance: object) -> list[str]:
    """The fields of a fact's detail that this allowance reads."""
    detail_fields: set[str] = set()
    plains: list[object] = [allowance]
    if isinstance(allowance, ByTrigger):
        plains = [*(plain for _, plain in allowance.table), allowance.otherwise]
        for condition in _trigger_conditions(allowance):
            for condition_leaf in condition_leaves(condition):
                if isinstance(condition_leaf, DetailIs | DetailAmong | DetailGiven | DetailHas | DetailNumber):
                    detail_fields.add(condition_leaf.field)
    for plain in plains:
        if isinstance(plain, ByLatestPlan | UntilDetail):
            detail_fields.add(plain.field)
        elif isinstance(plain, FromDetail):
            detail_fields |= {plain.field, plain.less_minutes} - {""}
    return sorted(detail_fields)


def _is_given(said_value: object) -> bool:
    return said_value is not None and bool(str(said_value).strip())


def _listed_texts(kinds: Iterable[str]) -> str:
    return ", ".join(map(sql_text, sorted(set(kinds)))) or "''"
