"""The spans in which a clock stands still, and by how much they put off a limit in elapsed hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from duecare.duty.facts import PlacedFact, fact_order


@dataclass(frozen=True, slots=True)
class Stop:
    """The moments between which the clock is paused, and by which fact."""

    from_: datetime
    to: datetime
    fact: PlacedFact


def find_stops(
    paused: list[PlacedFact], resumed: list[PlacedFact], start: datetime, end_moment: datetime
) -> list[Stop]:
    """The spans after `start` in which the clock is paused, none of them overlapping, in order.

    Shape:   each from a pausing fact to the first resuming one after it, else to `end_moment`; a pause within a pause changes
             nothing; one begun before the start counts from the start.
    """
    stops_found: list[Stop] = []
    running: PlacedFact | None = None
    resumes = set(resumed)
    for pause_fact in sorted({*paused, *resumed}, key=fact_order):
        if pause_fact in resumes and running is not None:
            stops_found.append(Stop(running.at, pause_fact.at, running))
            running = None
        elif pause_fact not in resumes and running is None:
            running = pause_fact
    if running is not None:
        stops_found.append(Stop(running.at, end_moment, running))
    clipped = (
        Stop(max(clock_stop.from_, start), min(clock_stop.to, end_moment), clock_stop.fact)
        for clock_stop in stops_found
    )
    return [clock_stop for clock_stop in clipped if clock_stop.from_ < clock_stop.to]


def extended_due(due_at: datetime, stops_found: list[Stop]) -> tuple[datetime, list[PlacedFact]]:
    """When it is due once these stops are left out, and the facts that began those that count.

    Shape:   a stop counts where it begins before the limit as the earlier ones have put it off.
    """
    counted = []
    for clock_stop in stops_found:
        if clock_stop.from_ >= due_at:
            break
        due_at += max(clock_stop.to - clock_stop.from_, timedelta(0))
        counted.append(clock_stop.fact)
    return due_at, counted
