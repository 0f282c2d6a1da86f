"""Reads the engine's findings back as `Finding` values, equal to those that `duty/assess` gives."""

from __future__ import annotations

from collections.abc import Iterator

from duecare.duty.engine.engine_protocol import Engine, EngineRow
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


def stream_findings(
    engine: Engine, where: str = "TRUE", order: str = "f.line", *, with_evidence: bool = True
) -> Iterator[Finding]:
    """The findings that meet this condition, in this order, as far as it goes; `f` is the finding.

    Shape:   streamed: four sheets of one order are read side by side. Not `with_evidence`: the findings alone, with neither
             evidence nor who was told, in no order.
    """
    columns = ", ".join(f"f.{column}" for column in _COLUMNS)
    if not with_evidence:
        for finding_row in engine.stream(f"SELECT {columns} FROM finding f WHERE {where}"):
            yield _read_finding(finding_row, (), (), ())
        return
    evidence = _Beside(
        engine,
        "found_evidence",
        "role, e.source, e.event_id, e.kind, e.happened_at, e.written_at",
        where,
        f"{order}, e.row, e.happened_at, e.seq, e.role",
    )
    told_rows = _Beside(engine, "found_told", "role, e.person, e.told_at", where, f"{order}, e.row, e.place")
    later_rows = _Beside(engine, "found_told_later", "role, e.person, e.told_at", where, f"{order}, e.row, e.place")
    for finding_row in engine.stream(f"SELECT {columns} FROM finding f WHERE {where} ORDER BY {order}, f.row"):
        row_number = finding_row[0]
        yield _read_finding(finding_row, evidence.of(row_number), told_rows.of(row_number), later_rows.of(row_number))


class _Beside:
    """A sheet with several rows for one finding, read beside the findings."""

    def __init__(self, engine: Engine, table: str, columns: str, where: str, order: str) -> None:
        self._rows = engine.stream(
            f"SELECT e.row, e.{columns} FROM {table} e JOIN finding f ON f.row = e.row WHERE {where} ORDER BY {order}"
        )
        self._ahead = next(self._rows, None)

    def of(self, row_number: int) -> tuple[EngineRow, ...]:
        rows_beside = []
        while self._ahead is not None and self._ahead[0] == row_number:
            rows_beside.append(self._ahead[1:])
            self._ahead = next(self._rows, None)
        return tuple(rows_beside)


def _read_finding(
    finding_row: EngineRow,
    evidence: tuple[EngineRow, ...],
    told_rows: tuple[EngineRow, ...],
    later_rows: tuple[EngineRow, ...],
) -> Finding:
    (
        _,
        finding,
        duty_id,
        rule_ref,
        authority,
        case_ref,
        source,
        person,
        subject,
        area_name,
        owed_by,
        adopted,
        *other_values,
    ) = finding_row
    (
        started_at,
        due_at,
        due_on,
        met_at,
        ended_at,
        recorded_at,
        recorded_late,
        state,
        reason,
        late_hours,
        version,
        number,
        is_doubtful,
    ) = other_values
    return Finding(
        finding=finding,
        duty=duty_id,
        ref=rule_ref,
        authority=Authority(authority),
        case_ref=case_ref,
        source=source,
        person=person,
        subject=subject,
        area=area_name,
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
        late_by_hours=late_hours,
        rule_version=version,
        evidence=tuple(
            Evidence(evidence_role, origin, event_id, kind_name, moment_of(happened_at), moment_of(written_at))
            for evidence_role, origin, event_id, kind_name, happened_at, written_at in evidence
        ),
        told=tuple(Told(told_role, person_told, moment_of(told_at)) for told_role, person_told, told_at in told_rows),
        occurrence=number,
        told_later=tuple(Told(role, who, moment_of(at)) for role, who, at in later_rows),
        is_doubtful=is_doubtful,
    )
