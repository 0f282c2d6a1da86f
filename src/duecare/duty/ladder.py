"""Who is notified that a duty is late (or nearly late), and from when: the steps of its ladder."""

from __future__ import annotations

from datetime import datetime, timedelta

from duecare.duty.declaration import Duty
from duecare.duty.facts import PlacedFact
from duecare.duty.finding import Told
from duecare.duty.roster import Roster
from duecare.record.pole import CaseKey
from duecare.timeline.timelines import Timeline

ABSENCE = "absence"


def told_steps(
    duty: Duty,
    *,
    due_at: datetime | None,
    stopped_at: datetime | None,
    timeline: Timeline,
    trigger: PlacedFact,
    case_key: CaseKey | None,
    area_name: str,
    roster: Roster,
    grace: timedelta,
) -> tuple[Told, ...]:
    """The people to notify of a late duty, and from when, up to its last step.

    Shape:   one a rung, in order of time; none at or after the moment at which the duty was met, excused or ended.
    """
    if due_at is None or not duty.ladder:
        return ()
    steps = []
    for ladder_rung in duty.ladder:
        told_at = due_at + timedelta(hours=ladder_rung.hours)
        if stopped_at is not None and told_at >= stopped_at:
            continue
        if ladder_rung.role == "supervisor":
            person = _supervisor_of_case(timeline, trigger, case_key, area_name, roster, told_at, grace)
        else:
            person = roster.holder(ladder_rung.role, area_name, told_at, grace)
        steps.append(Told(ladder_rung.role, person, told_at))
    return tuple(sorted(steps, key=lambda told_step: told_step.at))


def _supervisor_of_case(
    timeline: Timeline,
    trigger: PlacedFact,
    case_key: CaseKey | None,
    area_name: str,
    roster: Roster,
    at_moment: datetime,
    grace: timedelta,
) -> str | None:
    latest = ""
    if case_key is not None:
        for event in timeline.events:
            if (
                event.kind == "supervisor_allocated"
                and event.case == case_key
                and event.happened_at.earliest <= at_moment
            ):
                latest = event.officer or latest
    if latest:
        return latest
    officer = trigger.event.officer if trigger.event else ""
    if trigger.kind == ABSENCE:
        officer = trigger.event_id.split(":")[1]
    supervisor = roster.supervisor_of(officer, at_moment) if officer else None
    return supervisor or roster.holder("detective_inspector", area_name, at_moment, grace)
