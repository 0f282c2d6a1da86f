"""The readings that an uncertain timeline allows: each time at both ends of its day, each doubtful fact in and out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from duecare.duty.facts import Candidate, Reading, read

ALL_READINGS_UP_TO = 5


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is uncertain of one event: the time within its day, or whether it counts? `reason` says it in words."""

    source: str
    event_id: str
    reason: str
    is_time: bool


Choice = Mapping[Doubt, bool]


def doubts(found: list[Candidate]) -> list[Doubt]:
    """What is uncertain in these facts, in their order?"""
    seen: dict[Doubt, None] = {}
    for candidate in found:
        event = candidate.event
        if not event.happened_at.is_exact:
            kind = event.kind.replace("_", " ")
            seen[Doubt(event.source, event.event_id, f"only the day of {kind} is known", True)] = None
        if candidate.counts is None:
            seen[_doubt(candidate)] = None
    return list(seen)


def choices(uncertain: list[Doubt]) -> Iterator[Choice]:
    """Which readings are tried? The first is the plainest: earliest times, doubtful facts left out.

    Shape:   all of them up to five doubts; past that the plainest, each doubt alone, all of one sort, and all.
    """
    if len(uncertain) <= ALL_READINGS_UP_TO:
        for ends in product((False, True), repeat=len(uncertain)):
            yield dict(zip(uncertain, ends, strict=True))
        return
    yield dict.fromkeys(uncertain, False)
    for one in uncertain:
        yield {doubt: doubt is one for doubt in uncertain}
    yield {doubt: doubt.is_time for doubt in uncertain}
    yield {doubt: not doubt.is_time for doubt in uncertain}
    for one in uncertain:
        yield {doubt: not doubt.is_time or doubt is one for doubt in uncertain}
    yield dict.fromkeys(uncertain, True)


def reading_of(found: list[Candidate], choice: Choice, as_of: datetime) -> Reading:
    """The facts as this choice places them, without those after as-of."""
    late = {(doubt.source, doubt.event_id) for doubt, chosen in choice.items() if doubt.is_time and chosen}
    kept = []
    for candidate in found:
        if candidate.counts is None and not choice[_doubt(candidate)]:
            continue
        when = candidate.event.happened_at
        at = when.latest if (candidate.event.source, candidate.event.event_id) in late else when.earliest
        if at <= as_of:
            kept.append((candidate, at))
    return read(kept)


def _doubt(candidate: Candidate) -> Doubt:
    return Doubt(candidate.event.source, candidate.event.event_id, candidate.reason.replace("_", " "), False)
