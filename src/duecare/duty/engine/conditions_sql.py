"""In SQL of three values: conditions, each leaf answered by the judge for every distinct text there is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from duecare.duty.condition import (
    About,
    Accredited,
    AgedAtLeast,
    AgedUnder,
    Answer,
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
from duecare.duty.engine.declaration_tables import Shape, condition_leaves
from duecare.duty.engine.engine_protocol import Engine
from duecare.duty.engine.units import EPOCH, sql_text
from duecare.record.pole import EventRecord
from duecare.vocabulary.moments import When

ANY_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Sql:
    """The expression that is true, false or NULL, and the one that gives the reason why it is NULL."""

    holds: str
    why: str


@dataclass(slots=True)
class SaidColumns:
    """What the judge answers for facts of one kind: `leaf_KIND(event, day, h0, w0, …)`, one column a leaf.

    Shape:   `asked` are leaves whose answer lies in one text of the event, by the number of their column.
    """

    kind: str
    number: int
    asked: dict[Condition, int] = field(default_factory=dict)

    @property
    def table(self) -> str:
        """The name of the table."""
        return f"leaf_{self.number}"


def answer_leaves(engine: Engine, shape: Shape) -> dict[str, SaidColumns]:
    """Get the judge's answer for every distinct text that a condition reads, by kind."""
    answers_by_kind: dict[str, SaidColumns] = {}
    for fit_part in shape.fits:
        kind_answers = answers_by_kind.setdefault(fit_part.kind, SaidColumns(fit_part.kind, shape.kinds[fit_part.kind]))
        for condition_leaf in (
            condition_leaf for condition in fit_part.where for condition_leaf in condition_leaves(condition)
        ):
            if _leaf_column(condition_leaf) is not None or isinstance(condition_leaf, Accredited | CaseKindAmong):
                kind_answers.asked.setdefault(condition_leaf, len(kind_answers.asked))
    for kind_answers in answers_by_kind.values():
        _answer_leaves(engine, kind_answers)
    return answers_by_kind


def _answer_leaves(engine: Engine, said_answers: SaidColumns) -> None:
    inputs: dict[tuple[str, str], dict[Condition, int]] = {}
    columns, joins = ["f.event", "f.day", "f.case_no"], []
    for condition_leaf, number in said_answers.asked.items():
        read_from = _leaf_column(condition_leaf)
        if read_from is not None:
            inputs.setdefault(read_from, {})[condition_leaf] = number
        elif isinstance(condition_leaf, Accredited):
            joins.append(
                f"LEFT JOIN ({_lacking_sql(condition_leaf, said_answers.number)}) a{number} ON a{number}.event = f.event"
            )
            columns.append(f"a{number}.event IS NULL AS h{number}, CAST(NULL AS VARCHAR) AS w{number}")
        elif isinstance(condition_leaf, CaseKindAmong):
            among = ", ".join(map(sql_text, condition_leaf.kinds)) or "NULL"
            joins.append(f"LEFT JOIN case_of k{number} ON k{number}.case_no = f.case_no")
            columns.append(
                f"coalesce(k{number}.kind IN ({among}), FALSE) AS h{number}, CAST(NULL AS VARCHAR) AS w{number}"
            )
    for place, ((column, inside), asked) in enumerate(inputs.items()):
        read_sql = f"coalesce({engine.json('f.detail', inside)}, '')" if inside else f"coalesce(f.{column}, '')"
        texts = [
            distinct_text
            for (distinct_text,) in engine.rows(
                f"SELECT DISTINCT {read_sql} FROM fact f WHERE f.kind_no = {said_answers.number}"
            )
        ]
        table = f"said_{said_answers.number}_{place}"
        types = {"said": "VARCHAR"}
        for number in asked.values():
            types |= {f"h{number}": "BOOLEAN", f"w{number}": "VARCHAR"}
        engine.load(
            table,
            types,
            [_answers_row(distinct_text, column, inside, said_answers.kind, asked) for distinct_text in texts],
        )
        joins.append(f"JOIN {table} s{place} ON s{place}.said = {read_sql}")
        columns.extend(f"s{place}.h{number}, s{place}.w{number}" for number in asked.values())
    engine.keep(
        said_answers.table,
        f"SELECT {', '.join(columns)} FROM fact f {' '.join(joins)} WHERE f.kind_no = {said_answers.number}",
    )


def _answers_row(fact_text: str, column: str, inside: str, kind_name: str, asked: dict[Condition, int]) -> list[object]:
    answer_row: list[object] = [fact_text]
    detail = {inside: json.loads(fact_text)} if inside and fact_text else {}
    event = EventRecord(
        source="",
        event_id="",
        kind=kind_name,
        happened_at=When.at(EPOCH),
        written_at=EPOCH,
        risk=fact_text if column == "risk" else "",
        outcome=fact_text if column == "outcome" else "",
        detail=detail,
    )
    for condition_leaf in asked:
        holds, why_sql = _ask_leaf(condition_leaf, event)
        answer_row.extend((holds, why_sql))
    return answer_row


def _ask_leaf(condition_leaf: Condition, event: EventRecord) -> Answer:
    return condition_leaf.ask(event, About(ANY_DAY))


def _leaf_column(condition_leaf: Condition) -> tuple[str, str] | None:
    """The column of the event that this leaf reads, and the field of its detail; None: it reads no text."""
    match condition_leaf:
        case DetailIs() | DetailAmong() | DetailGiven() | DetailHas() | DetailNumber():
            return "detail", condition_leaf.field
        case OutcomeAmong():
            return "outcome", ""
        case RiskAmong():
            return "risk", ""
        case _:
            return None


def compiled_conditions(where: tuple[Condition, ...], said_answers: SaidColumns, *, has_person: bool) -> Sql:
    """SQL for whether all of these are true of a row `l` of the kind's leaves, with the subject's row `p` beside it.

    Shape:   `has_person` False: a case's timeline, which has no subject.
    """
    return _compiled_condition(Every(where), said_answers, has_person)


def _compiled_condition(condition: Condition, said_answers: SaidColumns, has_person: bool) -> Sql:
    match condition:
        case Every(sub_conditions):
            return _joined_sql(
                [_compiled_condition(sub_condition, said_answers, has_person) for sub_condition in sub_conditions],
                "AND",
                "TRUE",
            )
        case Either(sub_conditions):
            return _joined_sql(
                [_compiled_condition(sub_condition, said_answers, has_person) for sub_condition in sub_conditions],
                "OR",
                "FALSE",
            )
        case Not(negated):
            inner = _compiled_condition(negated, said_answers, has_person)
            return Sql(f"(NOT {inner.holds})", inner.why)
        case IfKnown(if_condition, then_condition):
            if_sql, then_sql = (
                _compiled_condition(if_condition, said_answers, has_person),
                _compiled_condition(then_condition, said_answers, has_person),
            )
            return Sql(f"CASE WHEN {if_sql.holds} IS NULL THEN {then_sql.holds} ELSE {if_sql.holds} END", then_sql.why)
        case AgedAtLeast(age_years):
            why_unknown = sql_text(f"the age on the day of {said_answers.kind} is not known")
            return Sql(
                f"(NOT {under_age('p', age_years, 'l.day')})" if has_person else "CAST(NULL AS BOOLEAN)", why_unknown
            )
        case AgedUnder(age_years):
            why_unknown = sql_text(f"the age on the day of {said_answers.kind} is not known")
            return Sql(under_age("p", age_years, "l.day") if has_person else "CAST(NULL AS BOOLEAN)", why_unknown)
        case SubjectSex(subject_sex):
            why_unknown = sql_text(f"the sex of whom {said_answers.kind} concerns is not known")
            holds = (
                f"CASE WHEN p.sex <> '' THEN p.sex = {sql_text(subject_sex)} END"
                if has_person
                else "CAST(NULL AS BOOLEAN)"
            )
            return Sql(holds, why_unknown)
        case KindAmong(kinds):
            return Sql("TRUE" if said_answers.kind in kinds else "FALSE", "''")
        case _:
            number = said_answers.asked[condition]
            return Sql(f"l.h{number}", f"l.w{number}")


def _joined_sql(sub_conditions: list[Sql], join_word: str, nothing: str) -> Sql:
    if not sub_conditions:
        return Sql(nothing, "''")
    if len(sub_conditions) == 1:
        return sub_conditions[0]
    holds = "(" + f" {join_word} ".join(part_sql.holds for part_sql in sub_conditions) + ")"
    return Sql(
        holds,
        "CASE "
        + " ".join(f"WHEN {part_sql.holds} IS NULL THEN {part_sql.why}" for part_sql in sub_conditions)
        + " END",
    )


def under_age(person: str, age_years: int, day_sql: str) -> str:
    """SQL for whether this person is under this age on that day, by the days on which the oldest and the youngest attain it."""
    return (
        f"CASE WHEN {day_sql} < {person}.first_{age_years} THEN TRUE WHEN {day_sql} >= "
        f"{person}.last_{age_years} THEN FALSE END"
    )


def _lacking_sql(condition_leaf: Accredited, kind_number: int) -> str:
    """The facts of a kind whose officer lacks what a case of its kind needs."""
    asked = [
        f"(n.accreditation = {sql_text(accreditation)} AND c.kind IN ({', '.join(map(sql_text, kinds))}))"
        for accreditation, kinds in condition_leaf.needs
        if kinds
    ]
    return (
        "SELECT DISTINCT f.event FROM fact f JOIN case_of c ON c.case_no = f.case_no JOIN lacking n ON n.officer = f.who"
        f" WHERE f.kind_no = {kind_number} AND n.from_at <= f.earliest AND (n.to_at IS NULL OR f.earliest < n.to_at)"
        f" AND ({' OR '.join(asked) or 'FALSE'})"
    )


def needed_accreditations(shape: Shape) -> Iterator[str]:
    """Every accreditation that a condition needs."""
    for condition_leaf in shape.leaves():
        if isinstance(condition_leaf, Accredited):
            yield from (accreditation for accreditation, _ in condition_leaf.needs)
