"""Every stay of a child in custody, from arriving to leaving, with what was done for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from duecare.record.pole import CaseKey, EventRecord, RecordKey
from duecare.rulebook.overnight import Overnight
from duecare.vocabulary.ages import is_under_age
from duecare.vocabulary.london_clock import london_day
from duecare.vocabulary.moments import When
from duecare.vocabulary.partial_date import PartialDate
from duecare.vocabulary.unknown import Unknown
from duecare.worklist.custody import LONGEST_STAY
from duecare.worklist.overnight import is_overnight

ARRIVED, LEFT_CUSTODY = "custody_arrived", "custody_left"


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay in custody of someone under 18, or of unknown age.

    Shape:   `events` are this person's within it, and those of its case without a tie, in order; `left` None where no
             source says that they left.
    """

    arrival: EventRecord
    person: str
    events: tuple[EventRecord, ...]
    left: When | None

    @property
    def key(self) -> str:
        """The key of the stay, named by its arrival."""
        return f"{self.arrival.source}:{self.arrival.event_id}"

    @property
    def case(self) -> CaseKey | None:
        """The case of the stay."""
        return self.arrival.case

    @property
    def area(self) -> str:
        """The area of the stay; empty where no event gives one."""
        return next((event.area for event in self.events if event.area), "")

    @property
    def at(self) -> datetime:
        """The moment of arrival."""
        return self.arrival.happened_at.earliest

    def first(self, *kinds: str) -> EventRecord | None:
        """The first event of these kinds in it."""
        return next((event for event in self.events if event.kind in kinds), None)

    def is_overnight(self, definition: Overnight, as_of: datetime) -> bool | None:
        """Whether they were kept overnight, by this definition; None where it is not known."""
        if self.left is None and as_of - self.at > LONGEST_STAY:
            return None
        return is_overnight(definition, self.arrival.happened_at, self.left, as_of)


def stays_of(
    person: str,
    records: frozenset[RecordKey],
    events: Iterable[EventRecord],
    birth_date: PartialDate | Unknown,
    as_of: datetime,
) -> tuple[Stay, ...]:
    """The stays in custody of this person while under 18, in order.

    Shape:   a stay runs to the first leaving after the arrival, else to the next arrival.
    Unknown: without a date of birth, every stay is held to be a child's.
    """
    events_so_far = sorted(
        (event for event in events if event.happened_at.earliest <= as_of),
        key=lambda event: (event.happened_at, event.source, event.event_id),
    )
    own_events = [
        event for event in events_so_far if any(participation.record in records for participation in event.ties)
    ]
    of_nobody = [event for event in events_so_far if not event.ties and event.case is not None]
    arrivals = [event for event in own_events if event.kind == ARRIVED]
    stays = []
    for number, arrival in enumerate(arrivals):
        if (
            not isinstance(birth_date, Unknown)
            and is_under_age(birth_date, 18, london_day(arrival.happened_at.earliest)) is False
        ):
            continue
        following = arrivals[number + 1].happened_at if number + 1 < len(arrivals) else None
        leaving = next(
            (
                event.happened_at
                for event in own_events
                if event.kind == LEFT_CUSTODY and event.happened_at >= arrival.happened_at
            ),
            None,
        )
        if leaving is not None and following is not None and leaving > following:
            leaving = None
        end_time = leaving or following
        within = [
            event
            for event in (*own_events, *(event for event in of_nobody if event.case == arrival.case))
            if arrival.happened_at <= event.happened_at
            and (end_time is None or (event.happened_at <= end_time if leaving else event.happened_at < end_time))
        ]
        within.sort(key=lambda event: (event.happened_at, event.source, event.event_id))
        stays.append(Stay(arrival, person, tuple(within), leaving))
    return tuple(stays)
