"""The spans in which a clock stands still, and by how much they put off a limit in elapsed hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from duecare.duty.facts import Placed, order


@dataclass(frozen=True, slots=True)
class Stop:
    """From when to when does the clock stand still, by which fact?"""

    from_: datetime
    to: datetime
    fact: Placed


def stops(paused: list[Placed], resumed: list[Placed], start: datetime, end: datetime) -> list[Stop]:
    """In which spans after `start` does the clock stand still, none of them overlapping, in order?

    Shape:   each from a pausing fact to the first resuming one after it, else to `end`; a pause within a pause changes
             nothing; one begun before the start counts from the start.
    """
    found: list[Stop] = []
    running: Placed | None = None
    resumes = set(resumed)
    for fact in sorted({*paused, *resumed}, key=order):
        if fact in resumes and running is not None:
            found.append(Stop(running.at, fact.at, running))
            running = None
        elif fact not in resumes and running is None:
            running = fact
    if running is not None:
        found.append(Stop(running.at, end, running))
    clipped = (Stop(max(stop.from_, start), min(stop.to, end), stop.fact) for stop in found)
    return [stop for stop in clipped if stop.from_ < stop.to]


def extended(due_at: datetime, found: list[Stop]) -> tuple[datetime, list[Placed]]:
    """When is it due once these stops are left out, and which facts began those that count?

    Shape:   a stop counts where it begins before the limit as the earlier ones have put it off.
    """
    counted = []
    for stop in found:
        if stop.from_ >= due_at:
            break
        due_at += max(stop.to - stop.from_, timedelta(0))
        counted.append(stop.fact)
    return due_at, counted
