"""Types that only a filter of this room makes: a page that takes them cannot be given what was never filtered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from duecare.duty.finding import Finding
from duecare.figure import CountedLine
from duecare.record.pole import EventRecord, PersonRecord
from duecare.worklist.item import Item


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One event of a timeline: what happened, which source recorded it, and its three times.

    Shape:   `people` are (person id, label, role); `delivery` the accepted delivery's number, `file` and `row` in it.
    """

    event: EventRecord
    people: tuple[tuple[str, str, str], ...]
    received_at: datetime
    delivery: int
    file: str
    row: int
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class LinkShown:
    """The evidence that two records are, or are not, of one person.

    Shape:   `levels` are (what was compared, how far it agrees); `held` why a guard keeps the two apart, else empty.
    Units:   weight in bits, probability 0..1.
    """

    a: str
    b: str
    weight: float | None
    probability: float | None
    levels: tuple[tuple[str, str], ...]
    held: str
    judgement: str


VisibleFinding = NewType("VisibleFinding", Finding)
"""A finding without anything that this viewer may not see."""

VisibleTimelineRow = NewType("VisibleTimelineRow", TimelineRow)
"""A row of a timeline without anything that this viewer may not see."""

VisibleRecord = NewType("VisibleRecord", PersonRecord)
"""A record of a person whom this viewer may open."""

VisibleLink = NewType("VisibleLink", LinkShown)
"""A link of which this viewer may see both records."""

VisibleItem = NewType("VisibleItem", Item)
"""A line of the worklist that stands where its visible findings put it."""

VisibleName = NewType("VisibleName", str)
"""The name, and the age where it is known, of a person whom this viewer may open."""

VisibleMember = NewType("VisibleMember", CountedLine)
"""A line behind a figure that this viewer may open."""
