"""Findings as the engine holds them, read back as the judge's own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from duecare.duty.engine.handed import Engine, Row
from duecare.duty.engine.units import day_of, moment_of
from duecare.duty.finding import Authority, Evidence, Finding, State, Told


def findings(engine: Engine) -> Iterator[Finding]:
    """Every finding, those of one timeline together."""
    evidence = _by_row(
        engine,
        "SELECT row, role, source, event_id, kind, happened_at, written_at FROM found_evidence ORDER BY row, place",
    )
    told = _by_row(engine, "SELECT row, role, person, told_at FROM found_told ORDER BY row, place")
    for row in engine.rows(
        "SELECT row, finding, duty, ref, authority, case_ref, source, person, subject, area, owed_by, adopted, started_at,"
        " due_at, due_on, met_at, ended_at, recorded_at, recorded_late, state, reason, late_by_hours, rule_version,"
        " occurrence FROM finding ORDER BY line, row"
    ):
        yield _finding(row, evidence.get(row[0], ()), told.get(row[0], ()))


def _by_row(engine: Engine, select: str) -> dict[int, tuple[Row, ...]]:
    return {row: tuple(one[1:] for one in some) for row, some in groupby(engine.rows(select), key=lambda one: one[0])}


def _finding(row: Row, evidence: tuple[Row, ...], told: tuple[Row, ...]) -> Finding:
    (_, finding, duty, ref, authority, case_ref, source, person, subject, area, owed_by, adopted, *rest) = row
    started_at, due_at, due_on, met_at, ended_at, recorded_at, recorded_late, state, reason, late, version, number = (
        rest
    )
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
    )
