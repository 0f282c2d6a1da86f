"""The state of one occurrence of a duty: met, met late, excused, ended in time, overdue, open or not known.

An extension ends one limit, and the next one counts: which, is in `rulebook`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from duecare.duty.declaration import Rule
from duecare.duty.facts import PlacedFact
from duecare.duty.finding import State


@dataclass(frozen=True, slots=True)
class Ending:
    """When the subject of a duty ended, by which fact if one is named, and the words for it."""

    at: datetime
    fact: PlacedFact | None
    why: str


@dataclass(slots=True)
class Occurrence:
    """One row before it is judged against other readings.

    Shape:   `trigger` with `number` names the row; `stopped_at` is when it ceased to run, None while it runs.
    Unknown: `due_at` None, with `unknown` saying why.
    """

    trigger: PlacedFact
    number: int
    started_at: datetime
    rule: Rule
    ref: str
    due_at: datetime | None = None
    due_on: date | None = None
    unknown: str = ""
    met: PlacedFact | None = None
    met_at: datetime | None = None
    excused: PlacedFact | None = None
    ended: Ending | None = None
    attempted: list[PlacedFact] = field(default_factory=list)
    paused: list[PlacedFact] = field(default_factory=list)
    dated: PlacedFact | None = None
    stopped_at: datetime | None = None
    state: State = State.OPEN
    reason: str | None = None

    def is_running_at(self, at_moment: datetime) -> bool:
        """Whether it runs at this moment."""
        if at_moment < self.started_at:
            return False
        return at_moment == self.started_at or self.stopped_at is None or at_moment < self.stopped_at

    def settle(self, as_of: datetime, late_reason: tuple[str, str] | None) -> None:
        """Work out the state from what is known of this occurrence."""
        if self.due_at is None:
            self.state, self.reason = State.CANNOT_TELL, self.unknown
        elif self.met_at is not None:
            if self.met_at <= self.due_at:
                self.state = State.MET
            else:
                self.state = State.MET_LATE
                late_detail = late_reason and self.met and self.met.event and self.met.event.detail.get(late_reason[0])
                if late_detail is not None and late_reason is not None and str(late_detail).strip():
                    self.state, self.reason = State.EXCUSED, late_reason[1]
        elif self.excused is not None:
            self.state, self.reason = State.EXCUSED, f"excused by {_kind_text(self.excused.kind)}"
        elif self.ended is not None and self.ended.at <= self.due_at:
            self.state, self.reason = State.NOT_APPLICABLE, self.ended.why
        elif self.ended is not None:
            self.state = State.OVERDUE
        else:
            self.state = State.OVERDUE if as_of > self.due_at else State.OPEN


def _kind_text(event_kind: str) -> str:
    return event_kind.replace("_", " ")
