"""The visit owed to a registered sex offender: when one counts as due, attempted, seen or overdue; which one it is; the risk.

That only a visit where the person was seen meets the duty is decided in `rulebook/national/npcc_rso` (`met_by`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from duecare.duty.finding import Finding
from duecare.record.pole import EventRecord, RecordKey

RISKS = ("very_high", "high", "medium", "low")
UNKNOWN_RISK = "unknown"
ONE_WEEK = timedelta(days=7)
FOUR_WEEKS = timedelta(days=28)


class VisitTimes(Protocol):
    """What the board needs to know of a visit owed.

    Units:   seconds since 1970, UTC.
    Unknown: None where it is not known when a visit is due, or none was made.
    """

    @property
    def due_at(self) -> int | None:
        """When it is due."""

    @property
    def last_seen_at(self) -> int | None:
        """When a visit last saw the person."""

    @property
    def last_attempt_at(self) -> int | None:
        """When a visit last did not."""

    @property
    def attempts(self) -> int:
        """Visits since then at which they were not seen."""


BOARD_COLUMNS: dict[str, Callable[[VisitTimes, datetime], bool]] = {
    "due": lambda visit_line, current_time: _is_between(visit_line.due_at, current_time, current_time + ONE_WEEK),
    "attempted": lambda visit_line, current_time: (
        visit_line.attempts > 0 and _is_between(visit_line.last_attempt_at, current_time - FOUR_WEEKS, current_time)
    ),
    "seen": lambda visit_line, current_time: _is_between(
        visit_line.last_seen_at, current_time - FOUR_WEEKS, current_time
    ),
    "overdue": lambda visit_line, current_time: (
        visit_line.due_at is not None and visit_line.due_at < current_time.timestamp()
    ),
    "cannot_tell": lambda visit_line, current_time: visit_line.due_at is None,
}
"""The columns of the board of visits, and which visits each counts at a moment."""


@dataclass(frozen=True, slots=True)
class VisitOwed:
    """The visit that is owed, the risk, and what has been tried.

    Shape:   `finding` is the running or latest one; `attempts` are visits since the last at which the person was seen.
    Unknown: `risk` is `unknown` where no named person has graded it.
    """

    finding: Finding
    risk: str
    last_seen_at: datetime | None
    last_attempt_at: datetime | None
    attempts: int


def visit_owed(
    records: frozenset[RecordKey], events: Iterable[EventRecord], findings: Iterable[Finding], as_of: datetime
) -> VisitOwed | None:
    """The visit owed to this person; None where none is: not registered, ended, or in prison."""
    running = [
        finding
        for finding in findings
        if finding.state.value in {"open", "overdue", "cannot_tell"} and finding.ended_at is None
    ]
    if not running:
        return None
    risk_grade, last_seen, tried, attempts = UNKNOWN_RISK, None, None, 0
    for event in sorted(events, key=lambda item: (item.happened_at, item.source, item.event_id)):
        if event.happened_at.earliest > as_of or not any(
            participation.record in records for participation in event.ties
        ):
            continue
        happened_at = event.happened_at.earliest
        if event.kind == "risk_assessed" and event.risk in RISKS:
            risk_grade = event.risk
        elif event.kind == "visit" and event.outcome == "seen":
            last_seen, attempts = happened_at, 0
        elif event.kind == "visit":
            tried, attempts = happened_at, attempts + 1
    latest = max(running, key=lambda finding: (finding.started_at.timestamp(), finding.occurrence))
    return VisitOwed(latest, risk_grade, last_seen, tried, attempts)


def _is_between(epoch_seconds: int | None, first_moment: datetime, last_moment: datetime) -> bool:
    return epoch_seconds is not None and first_moment.timestamp() <= epoch_seconds <= last_moment.timestamp()
