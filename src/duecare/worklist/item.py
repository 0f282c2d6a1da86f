"""One line of a worklist: a case, or a person where no case is named, with what is owed there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from duecare.duty.finding import Finding
from duecare.record.pole import CaseKey


class DangerKind(Enum):
    """What is reported as happening now."""

    SUSPECT_CONTACT = "the suspect is reported to be in contact with the child"
    MISSING = "a child is missing and has not returned"


@dataclass(frozen=True, slots=True)
class Danger:
    """A danger reported as happening now, and since when."""

    kind: DangerKind
    reported_at: datetime


class Step(Enum):
    """The step of the one order in which a line stands."""

    DANGER_NOW = 1
    STATUTORY_LIMIT = 2
    LATENESS = 3


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at, and why it stands here.

    Shape:   `findings` are those open, overdue or not to be told, the leading one first; `case` or `person` is given.
    """

    case: CaseKey | None
    person: str | None
    case_kind: str
    area: str
    team: str
    officer: str
    step: Step
    is_unallocated: bool
    danger: Danger | None
    findings: tuple[Finding, ...]
    next_at: datetime | None = None
