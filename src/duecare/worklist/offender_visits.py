"""The visit owed to one registered sex offender: which one it is, the risk, and what has been tried."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from duecare.duty.finding import Finding
from duecare.record.pole import EventRecord, RecordKey

RISKS = ("very_high", "high", "medium", "low")
UNKNOWN_RISK = "unknown"


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
