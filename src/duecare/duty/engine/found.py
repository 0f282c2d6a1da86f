"""Findings as the engine holds them, read back as the judge's own."""

from __future__ import annotations

from collections.abc import Iterator

from duecare.duty.engine.handed import Engine, Row
from duecare.duty.engine.units import day_of, moment_of
from duecare.duty.finding import Authority, Evidence, Finding, State, Told

_COLUMNS = [
    "row",
    "finding",
    "duty",
    "ref",
    "authority",
    "case_ref",
    "source",
    "person",
    "subject",
    "area",
    "owed_by",
    "adopted",
    "started_at",
    "due_at",
    "due_on",
    "met_at",
    "ended_at",
    "recorded_at",
    "recorded_late",
    "state",
    "reason",
    "late_by_hours",
    "rule_version",
    "occurrence",
    "is_doubtful",
]


def findings(
    engine: Engine, where: str = "TRUE", order: str = "f.line", *, with_evidence: bool = True
) -> Iterator[Finding]:
    """The findings of which this holds, in this order, as far as it goes; `f` is the finding.

    Shape:   streamed: four sheets of one order are read side by side. Not `with_evidence`: the findings alone, with neither
             evidence nor who was told, in no order.
    """
    columns = ", ".join(f"f.{column}" for column in _COLUMNS)
    if not with_evidence:
        for row in engine.stream(f"SELECT {columns} FROM finding f WHERE {where}"):
            yield _finding(row, (), (), ())
        return
    evidence = _Beside(
        engine,
        "found_evidence",
        "role, e.source, e.event_id, e.kind, e.happened_at, e.written_at",
        where,
        f"{order}, e.row, e.happened_at, e.seq, e.role",
    )
    told = _Beside(engine, "found_told", "role, e.person, e.told_at", where, f"{order}, e.row, e.place")
    later = _Beside(engine, "found_told_later", "role, e.person, e.told_at", where, f"{order}, e.row, e.place")
    for row in engine.stream(f"SELECT {columns} FROM finding f WHERE {where} ORDER BY {order}, f.row"):
        yield _finding(row, evidence.of(row[0]), told.of(row[0]), later.of(row[0]))


class _Beside:
    """A sheet with several rows for one finding, read beside the findings."""

    def __init__(self, engine: Engine, table: str, columns: str, where: str, order: str) -> None:
        self._rows = engine.stream(
            f"SELECT e.row, e.{columns} FROM {table} e JOIN finding f ON f.row = e.row WHERE {where} ORDER BY {order}"
        )
        self._ahead = next(self._rows, None)

    def of(self, row: int) -> tuple[Row, ...]:
        found = []
        while self._ahead is not None and self._ahead[0] == row:
            found.append(self._ahead[1:])
            self._ahead = next(self._rows, None)
        return tuple(found)


def _finding(row: Row, evidence: tuple[Row, ...], told: tuple[Row, ...], later: tuple[Row, ...]) -> Finding:
    (_, finding, duty, ref, authority, case_ref, source, person, subject, area, owed_by, adopted, *rest) = row
    started_at, due_at, due_on, met_at, ended_at, recorded_at, recorded_late, state, reason, late, *rest = rest
    version, number, is_doubtful = rest
    return Finding(
        finding=finding,
        duty=duty,
        ref=ref,
        authority=Authority(authority),
        case_ref=case_ref,
        source=source,
        person=person,
        subject=subject,
        area=area,
        owed_by=owed_by,
        adopted=adopted,
        started_at=moment_of(started_at),
        due_at=None if due_at is None else moment_of(due_at),
        due_on=None if due_on is None else day_of(due_on),
        met_at=None if met_at is None else moment_of(met_at),
        ended_at=None if ended_at is None else moment_of(ended_at),
        recorded_at=None if recorded_at is None else moment_of(recorded_at),
        recorded_late=recorded_late,
        state=State(state),
        reason=reason,
        late_by_hours=late,
        rule_version=version,
        evidence=tuple(
            Evidence(role, origin, event_id, kind, moment_of(happened_at), moment_of(written_at))
            for role, origin, event_id, kind, happened_at, written_at in evidence
        ),
        told=tuple(Told(role, who, moment_of(at)) for role, who, at in told),
        occurrence=number,
        told_later=tuple(Told(role, who, moment_of(at)) for role, who, at in later),
        is_doubtful=is_doubtful,
    )
