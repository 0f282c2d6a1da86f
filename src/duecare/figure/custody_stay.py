"""Every stay of a child in custody, from arriving to leaving, with what was done for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from duecare.record.pole import CaseKey, EventRecord, RecordKey
from duecare.rulebook.overnight import Overnight
from duecare.vocabulary.moments import When, london_day
from duecare.vocabulary.partial import PartialDate
from duecare.vocabulary.unknown import Unknown
from duecare.worklist.overnight import is_overnight

ARRIVED, LEFT = "custody_arrived", "custody_left"
LONGEST = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay in custody of someone under 18, or whose age cannot be told.

    Shape:   `events` are this person's within it, and those of its case without a tie, in order; `left` None where no
             source says that they left.
    """

    arrival: EventRecord
    person: str
    events: tuple[EventRecord, ...]
    left: When | None

    @property
    def key(self) -> str:
        """Which stay is it? Named by its arrival."""
        return f"{self.arrival.source}:{self.arrival.event_id}"

    @property
    def case(self) -> CaseKey | None:
        """Which case is it?"""
        return self.arrival.case

    @property
    def area(self) -> str:
        """Where is it? Empty where no event says."""
        return next((one.area for one in self.events if one.area), "")

    @property
    def at(self) -> datetime:
        """When did they arrive?"""
        return self.arrival.happened_at.earliest

    def first(self, *kinds: str) -> EventRecord | None:
        """The first event of these kinds in it."""
        return next((one for one in self.events if one.kind in kinds), None)

    def is_overnight(self, by: Overnight, as_of: datetime) -> bool | None:
        """Were they kept overnight, by this definition? None where it cannot be told."""
        if self.left is None and as_of - self.at > LONGEST:
            return None
        return is_overnight(by, self.arrival.happened_at, self.left, as_of)


def stays_of(
    person: str,
    records: frozenset[RecordKey],
    events: Iterable[EventRecord],
    born: PartialDate | Unknown,
    as_of: datetime,
) -> tuple[Stay, ...]:
    """Which stays in custody had this person while under 18, in order?

    Shape:   a stay runs to the first leaving after the arrival, else to the next arrival.
    Unknown: without a date of birth, every stay is held to be a child's.
    """
    seen = sorted(
        (one for one in events if one.happened_at.earliest <= as_of),
        key=lambda one: (one.happened_at, one.source, one.event_id),
    )
    own = [one for one in seen if any(tie.record in records for tie in one.ties)]
    of_nobody = [one for one in seen if not one.ties and one.case is not None]
    arrivals = [one for one in own if one.kind == ARRIVED]
    found = []
    for number, arrival in enumerate(arrivals):
        if not isinstance(born, Unknown) and born.is_under(18, london_day(arrival.happened_at.earliest)) is False:
            continue
        following = arrivals[number + 1].happened_at if number + 1 < len(arrivals) else None
        leaving = next(
            (one.happened_at for one in own if one.kind == LEFT and one.happened_at >= arrival.happened_at), None
        )
        if leaving is not None and following is not None and leaving > following:
            leaving = None
        ends = leaving or following
        within = [
            one
            for one in (*own, *(one for one in of_nobody if one.case == arrival.case))
            if arrival.happened_at <= one.happened_at
            and (ends is None or (one.happened_at <= ends if leaving else one.happened_at < ends))
        ]
        within.sort(key=lambda one: (one.happened_at, one.source, one.event_id))
        found.append(Stay(arrival, person, tuple(within), leaving))
    return tuple(found)
