"""The lines of figures about duties: one for each time a duty was owed, with whether it was done in time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from math import inf

from duecare.duty.finding import Finding, State
from duecare.figure.figure_definition import Definition
from duecare.figure.figure_inputs import Held
from duecare.figure.figure_line import Member
from duecare.vocabulary.moments import hours_between

LATE = {State.MET: False, State.MET_LATE: True, State.OVERDUE: True, State.CANNOT_TELL: None}
IN_TIME = {State.MET: True, State.MET_LATE: False, State.OVERDUE: False, State.CANNOT_TELL: None}
WORDS = {State.MET: "done in time", State.MET_LATE: "done late", State.OVERDUE: "not done", State.OPEN: "not yet due"}

Lines = Callable[[Definition, Held], Iterable[Member]]


def late_of(duty: str) -> Lines:
    """The lines of the share late: each time this duty fell due in the period and could be decided."""
    return lambda of, held: _decided(of, held, duty, LATE)


def in_time_of(duty: str) -> Lines:
    """The lines of the share done in time."""
    return lambda of, held: _decided(of, held, duty, IN_TIME)


def hours_of(duty: str) -> Lines:
    """The lines of the time until a duty was done: each that began in the period."""
    return lambda of, held: _hours(of, held, duty)


def visits_backlog(of: Definition, held: Held) -> Iterator[Member]:
    """One line for each registered sex offender to whom a visit is owed at the end of the period."""
    for one in held.offenders:
        states = {finding.state for finding in one.findings}
        counts = True if State.OVERDUE in states else None if State.CANNOT_TELL in states else False
        latest = max(one.findings, key=lambda found: (found.started_at, found.occurrence))
        words = {True: "overdue", False: "in time", None: latest.reason or "it cannot be told when the visit was due"}
        yield held.member(
            of, one.person, held.as_of, counts, words[counts], case=latest.case, person=one.person, area=one.area,
            team=one.team, risk=one.risk,
        )  # fmt: skip


def _decided(of: Definition, held: Held, duty: str, answer: dict[State, bool | None]) -> Iterator[Member]:
    for finding in held.findings_of(duty):
        at = finding.due_at or finding.started_at
        if finding.state in answer and held.period.holds(at):
            yield _line(of, held, finding, at, answer[finding.state])


def _hours(of: Definition, held: Held, duty: str) -> Iterator[Member]:
    for finding in held.findings_of(duty):
        if not held.period.holds(finding.started_at) or finding.state in {State.EXCUSED, State.NOT_APPLICABLE}:
            continue
        if finding.state is State.CANNOT_TELL:
            yield _line(of, held, finding, finding.started_at, None)
        else:
            took = inf if finding.met_at is None else hours_between(finding.started_at, finding.met_at)
            yield _line(of, held, finding, finding.started_at, finding.met_at is not None, took)


def _line(
    of: Definition,
    held: Held,
    finding: Finding,
    at: datetime,
    counts: bool | None,
    amount: float | None = None,
) -> Member:
    words = finding.reason if finding.state is State.CANNOT_TELL else None
    return held.member(
        of, finding.finding, at, counts, words or WORDS.get(finding.state, finding.state.value), case=finding.case,
        person=finding.person, area=finding.area or "", amount=amount,
    )  # fmt: skip
