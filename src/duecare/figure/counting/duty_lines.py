"""The lines of figures about duties: one for each time a duty was owed, whether done in time, and which states are not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from math import inf

from duecare.duty.finding import Finding, State
from duecare.figure.figure_definition import Definition
from duecare.figure.figure_inputs import FigureInputs
from duecare.figure.figure_line import CountedLine
from duecare.vocabulary.moments import hours_between

LATE = {State.MET: False, State.MET_LATE: True, State.OVERDUE: True, State.CANNOT_TELL: None}
IN_TIME = {State.MET: True, State.MET_LATE: False, State.OVERDUE: False, State.CANNOT_TELL: None}
WORDS = {State.MET: "done in time", State.MET_LATE: "done late", State.OVERDUE: "not done", State.OPEN: "not yet due"}

Lines = Callable[[Definition, FigureInputs], Iterable[CountedLine]]


def late_of(duty_id: str) -> Lines:
    """The lines of the share late: each time this duty fell due in the period and could be decided."""
    return lambda definition, inputs: _decided(definition, inputs, duty_id, LATE)


def in_time_of(duty_id: str) -> Lines:
    """The lines of the share done in time."""
    return lambda definition, inputs: _decided(definition, inputs, duty_id, IN_TIME)


def hours_of(duty_id: str) -> Lines:
    """The lines of the time until a duty was done: each that began in the period."""
    return lambda definition, inputs: _hours(definition, inputs, duty_id)


def visits_backlog(definition: Definition, inputs: FigureInputs) -> Iterator[CountedLine]:
    """One line for each registered sex offender who is owed a visit at the end of the period."""
    for entry in inputs.offenders:
        states = {finding.state for finding in entry.findings}
        counts = True if State.OVERDUE in states else None if State.CANNOT_TELL in states else False
        latest = max(entry.findings, key=lambda results: (results.started_at, results.occurrence))
        words = {True: "overdue", False: "in time", None: latest.reason or "it cannot be told when the visit was due"}
        yield inputs.member(
            definition,
            entry.person,
            inputs.as_of,
            counts,
            words[counts],
            case_key=latest.case,
            person=entry.person,
            area_name=entry.area,
            team_name=entry.team,
            risk_grade=entry.risk,
        )


def _decided(
    definition: Definition, inputs: FigureInputs, duty_id: str, answer: dict[State, bool | None]
) -> Iterator[CountedLine]:
    for finding in inputs.findings_of(duty_id):
        moment_at = finding.due_at or finding.started_at
        if finding.state in answer and inputs.period.holds(moment_at):
            yield _line(definition, inputs, finding, moment_at, answer[finding.state])


def _hours(definition: Definition, inputs: FigureInputs, duty_id: str) -> Iterator[CountedLine]:
    for finding in inputs.findings_of(duty_id):
        if not inputs.period.holds(finding.started_at) or finding.state in {State.EXCUSED, State.NOT_APPLICABLE}:
            continue
        if finding.state is State.CANNOT_TELL:
            yield _line(definition, inputs, finding, finding.started_at, None)
        else:
            took = inf if finding.met_at is None else hours_between(finding.started_at, finding.met_at)
            yield _line(definition, inputs, finding, finding.started_at, finding.met_at is not None, took)


def _line(
    definition: Definition,
    inputs: FigureInputs,
    finding: Finding,
    moment_at: datetime,
    counts: bool | None,
    amount: float | None = None,
) -> CountedLine:
    words = finding.reason if finding.state is State.CANNOT_TELL else None
    return inputs.member(
        definition,
        finding.finding,
        moment_at,
        counts,
        words or WORDS.get(finding.state, finding.state.value),
        case_key=finding.case,
        person=finding.person,
        area_name=finding.area or "",
        amount=amount,
    )
