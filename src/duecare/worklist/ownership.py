"""The owners of a case now: investigators allocated and not released, the supervisor, the team and the area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from duecare.record.pole import CaseKey, CaseRecord, EventRecord

ALLOCATES = {
    "investigator_allocated": "investigator_released",
    "offender_manager_allocated": "offender_manager_released",
}
RELEASES = {released: allocated for allocated, released in ALLOCATES.items()}


@dataclass(frozen=True, slots=True)
class Ownership:
    """Who owns a case, and its team and area.

    Shape:   `officers` allocated now, latest last; empty texts where no source says. `also_named` may open it and are
             not shown.
    """

    officers: tuple[str, ...] = ()
    supervisors: tuple[str, ...] = ()
    team: str = ""
    area: str = ""
    also_named: tuple[str, ...] = ()

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


def person_ownership(
    events: Iterable[EventRecord],
    cases: Mapping[CaseKey, CaseRecord],
    as_of: datetime,
    *,
    in_case: CaseKey | None = None,
) -> Ownership:
    """The owners of what is owed about one person at `as_of`, by the events that they take part in.

    Shape:   a sealed case gives it no area, team or officer to be shown: those whom it names are `also_named`. What is
             owed in a sealed case (`in_case`) is by all of them.
    """
    own_events = list(events)
    sealed = {key for key, case in cases.items() if case.sealed}
    every = case_ownership(None, own_events, as_of)
    if in_case in sealed or not any(event.case in sealed for event in own_events):
        return every
    shown = case_ownership(None, (event for event in own_events if event.case not in sealed), as_of)
    return replace(shown, also_named=(*every.officers, *every.supervisors))
