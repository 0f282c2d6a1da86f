"""Conditions as SQL of three values, each leaf answered by the judge for every distinct text there is."""

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
from duecare.duty.engine.handed import Engine
from duecare.duty.engine.shape import Shape, leaves
from duecare.duty.engine.units import EPOCH, text
from duecare.record.pole import EventRecord
from duecare.vocabulary.moments import When

ANY_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Sql:
    """The expression that is true, false or NULL, and the one that says why it is NULL."""

    holds: str
    why: str


@dataclass(slots=True)
class Said:
    """What the judge answers for facts of one kind: `leaf_KIND(event, day, h0, w0, …)`, one column a leaf.

    Shape:   `asked` are leaves whose answer lies in one text of the event, by the number of their column.
    """

    kind: str
    number: int
    asked: dict[Condition, int] = field(default_factory=dict)

    @property
    def table(self) -> str:
        """What is the table called?"""
        return f"leaf_{self.number}"


def answer_leaves(engine: Engine, shape: Shape) -> dict[str, Said]:
    """Ask the judge about every distinct text that a condition reads; what is known of each kind?"""
    found: dict[str, Said] = {}
    for fit in shape.fits:
        said = found.setdefault(fit.kind, Said(fit.kind, shape.kinds[fit.kind]))
        for leaf in (leaf for condition in fit.where for leaf in leaves(condition)):
            if _column(leaf) is not None or isinstance(leaf, Accredited | CaseKindAmong):
                said.asked.setdefault(leaf, len(said.asked))
    for said in found.values():
        _answer(engine, said)
    return found


def _answer(engine: Engine, said: Said) -> None:
    inputs: dict[tuple[str, str], dict[Condition, int]] = {}
    columns, joins = ["f.event", "f.day", "f.case_no"], []
    for leaf, number in said.asked.items():
        read_from = _column(leaf)
        if read_from is not None:
            inputs.setdefault(read_from, {})[leaf] = number
        elif isinstance(leaf, Accredited):
            joins.append(f"LEFT JOIN ({_lacking(leaf, said.number)}) a{number} ON a{number}.event = f.event")
            columns.append(f"a{number}.event IS NULL AS h{number}, CAST(NULL AS VARCHAR) AS w{number}")
        elif isinstance(leaf, CaseKindAmong):
            among = ", ".join(map(text, leaf.kinds)) or "NULL"
            joins.append(f"LEFT JOIN case_of k{number} ON k{number}.case_no = f.case_no")
            columns.append(
                f"coalesce(k{number}.kind IN ({among}), FALSE) AS h{number}, CAST(NULL AS VARCHAR) AS w{number}"
            )
    for place, ((column, inside), asked) in enumerate(inputs.items()):
        read = f"coalesce({engine.json('f.detail', inside)}, '')" if inside else f"coalesce(f.{column}, '')"
        texts = [one for (one,) in engine.rows(f"SELECT DISTINCT {read} FROM fact f WHERE f.kind_no = {said.number}")]
        table = f"said_{said.number}_{place}"
        types = {"said": "VARCHAR"}
        for number in asked.values():
            types |= {f"h{number}": "BOOLEAN", f"w{number}": "VARCHAR"}
        engine.load(table, types, [_answers(one, column, inside, said.kind, asked) for one in texts])
        joins.append(f"JOIN {table} s{place} ON s{place}.said = {read}")
        columns.extend(f"s{place}.h{number}, s{place}.w{number}" for number in asked.values())
    engine.keep(
        said.table, f"SELECT {', '.join(columns)} FROM fact f {' '.join(joins)} WHERE f.kind_no = {said.number}"
    )


def _answers(one: str, column: str, inside: str, kind: str, asked: dict[Condition, int]) -> list[object]:
    row: list[object] = [one]
    detail = {inside: json.loads(one)} if inside and one else {}
    event = EventRecord(
        source="",
        event_id="",
        kind=kind,
        happened_at=When.at(EPOCH),
        written_at=EPOCH,
        risk=one if column == "risk" else "",
        outcome=one if column == "outcome" else "",
        detail=detail,
    )
    for leaf in asked:
        holds, why = _ask(leaf, event)
        row.extend((holds, why))
    return row


def _ask(leaf: Condition, event: EventRecord) -> Answer:
    return leaf.ask(event, About(ANY_DAY))


def _column(leaf: Condition) -> tuple[str, str] | None:
    """Which column of the event does this leaf read, and which field of its detail? None: it reads no text."""
    match leaf:
        case DetailIs() | DetailAmong() | DetailGiven() | DetailHas() | DetailNumber():
            return "detail", leaf.field
        case OutcomeAmong():
            return "outcome", ""
        case RiskAmong():
            return "risk", ""
        case _:
            return None


def compiled(where: tuple[Condition, ...], said: Said, *, has_person: bool) -> Sql:
    """Do all of these hold of a row `l` of the kind's leaves, with the subject's row `p` beside it?

    Shape:   `has_person` False: a case's timeline, which has no subject.
    """
    return _compiled(Every(where), said, has_person)


def _compiled(condition: Condition, said: Said, has_person: bool) -> Sql:
    match condition:
        case Every(of):
            return _joined([_compiled(one, said, has_person) for one in of], "AND", "TRUE")
        case Either(of):
            return _joined([_compiled(one, said, has_person) for one in of], "OR", "FALSE")
        case Not(one):
            inner = _compiled(one, said, has_person)
            return Sql(f"(NOT {inner.holds})", inner.why)
        case IfKnown(first, then):
            a, b = _compiled(first, said, has_person), _compiled(then, said, has_person)
            return Sql(f"CASE WHEN {a.holds} IS NULL THEN {b.holds} ELSE {a.holds} END", b.why)
        case AgedAtLeast(age):
            why = text(f"the age on the day of {said.kind} is not known")
            return Sql(f"(NOT {under('p', age, 'l.day')})" if has_person else "CAST(NULL AS BOOLEAN)", why)
        case AgedUnder(age):
            why = text(f"the age on the day of {said.kind} is not known")
            return Sql(under("p", age, "l.day") if has_person else "CAST(NULL AS BOOLEAN)", why)
        case SubjectSex(sex):
            why = text(f"the sex of whom {said.kind} concerns is not known")
            holds = f"CASE WHEN p.sex <> '' THEN p.sex = {text(sex)} END" if has_person else "CAST(NULL AS BOOLEAN)"
            return Sql(holds, why)
        case KindAmong(kinds):
            return Sql("TRUE" if said.kind in kinds else "FALSE", "''")
        case _:
            number = said.asked[condition]
            return Sql(f"l.h{number}", f"l.w{number}")


def _joined(of: list[Sql], word: str, nothing: str) -> Sql:
    if not of:
        return Sql(nothing, "''")
    if len(of) == 1:
        return of[0]
    holds = "(" + f" {word} ".join(one.holds for one in of) + ")"
    return Sql(holds, "CASE " + " ".join(f"WHEN {one.holds} IS NULL THEN {one.why}" for one in of) + " END")


def under(person: str, age: int, day: str) -> str:
    """Is this person under this age on that day? The days on which the oldest and the youngest attain it decide."""
    return f"CASE WHEN {day} < {person}.first_{age} THEN TRUE WHEN {day} >= {person}.last_{age} THEN FALSE END"


def _lacking(leaf: Accredited, kind: int) -> str:
    """The facts of a kind whose officer lacks what a case of its kind needs."""
    asked = [
        f"(n.accreditation = {text(one)} AND c.kind IN ({', '.join(map(text, kinds))}))"
        for one, kinds in leaf.needs
        if kinds
    ]
    return (
        "SELECT DISTINCT f.event FROM fact f JOIN case_of c ON c.case_no = f.case_no JOIN lacking n ON n.officer = f.who"
        f" WHERE f.kind_no = {kind} AND n.from_at <= f.earliest AND (n.to_at IS NULL OR f.earliest < n.to_at)"
        f" AND ({' OR '.join(asked) or 'FALSE'})"
    )


def accreditations(shape: Shape) -> Iterator[str]:
    """Every accreditation that a condition asks about."""
    for leaf in shape.leaves():
        if isinstance(leaf, Accredited):
            yield from (one for one, _ in leaf.needs)
