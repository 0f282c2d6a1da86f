"""The owners of a case now: investigators allocated and not released, the supervisor, the team and the area."""

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
    """Who owns a case, and its team and area.

    Shape:   `officers` allocated now, latest last; empty texts where no source says.
    """

    officers: tuple[str, ...] = ()
    supervisors: tuple[str, ...] = ()
    team: str = ""
    area: str = ""

    @property
    def officer(self) -> str:
        """The officer allocated last and not released."""
        return self.officers[-1] if self.officers else ""


def case_ownership(case_record: CaseRecord | None, events: Iterable[EventRecord], as_of: datetime) -> Ownership:
    """The owners of this case at `as_of`, going by its events."""
    allocated: dict[str, str] = {}
    supervisor, team_name, area_name = "", "", case_record.area if case_record else ""
    events_so_far = (event for event in events if event.happened_at.earliest <= as_of)
    for event in sorted(events_so_far, key=lambda event: (event.happened_at, event.source, event.event_id)):
        number = event.officer.casefold()
        if event.kind in ALLOCATES and number:
            allocated.pop(number, None)
            allocated[number] = event.officer
        elif event.kind in RELEASES:
            if number:
                allocated.pop(number, None)
            else:
                allocated.clear()
        elif event.kind == "supervisor_allocated" and number:
            supervisor = event.officer
        team_name = event.team or team_name
        area_name = area_name or event.area
    return Ownership(tuple(allocated.values()), (supervisor,) if supervisor else (), team_name, area_name)
