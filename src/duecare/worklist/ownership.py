"""Who holds a case now: investigators allocated and not released, the supervisor, the team and the area."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from duecare.record.pole import CaseRecord, EventRecord

ALLOCATES = {
    "investigator_allocated": "investigator_released",
    "offender_manager_allocated": "offender_manager_released",
}
RELEASES = {released: allocated for allocated, released in ALLOCATES.items()}


@dataclass(frozen=True, slots=True)
class Ownership:
    """Who holds a case, and where does it lie?

    Shape:   `officers` allocated now, latest last; empty texts where no source says.
    """

    officers: tuple[str, ...] = ()
    supervisors: tuple[str, ...] = ()
    team: str = ""
    area: str = ""

    @property
    def officer(self) -> str:
        """Who was allocated last and holds it still?"""
        return self.officers[-1] if self.officers else ""


def ownership(case: CaseRecord | None, events: Iterable[EventRecord], as_of: datetime) -> Ownership:
    """Who holds this case at `as_of`, going by its events?"""
    held: dict[str, str] = {}
    supervisor, team, area = "", "", case.area if case else ""
    seen = (event for event in events if event.happened_at.earliest <= as_of)
    for event in sorted(seen, key=lambda event: (event.happened_at, event.source, event.event_id)):
        number = event.officer.casefold()
        if event.kind in ALLOCATES and number:
            held.pop(number, None)
            held[number] = event.officer
        elif event.kind in RELEASES:
            if number:
                held.pop(number, None)
            else:
                held.clear()
        elif event.kind == "supervisor_allocated" and number:
            supervisor = event.officer
        team = event.team or team
        area = area or event.area
    return Ownership(tuple(held.values()), (supervisor,) if supervisor else (), team, area)
