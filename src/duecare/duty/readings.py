"""The ways an uncertain timeline can be read: each time at both ends of its day, each doubtful fact in and out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from duecare.duty.facts import Candidate, Interpretation, read_facts

ALL_READINGS_UP_TO = 5


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is uncertain of one event: the time within its day, or whether it counts; `reason` gives it in words."""

    source: str
    event_id: str
    reason: str
    is_time: bool


Choice = Mapping[Doubt, bool]


def find_doubts(candidates: list[Candidate]) -> list[Doubt]:
    """What is uncertain in these facts, in their order."""
    doubts_seen: dict[Doubt, None] = {}
    for candidate in candidates:
        event = candidate.event
        if not event.happened_at.is_exact:
            kind_words = event.kind.replace("_", " ")
            doubts_seen[Doubt(event.source, event.event_id, f"only the day of {kind_words} is known", True)] = None
        if candidate.counts is None:
            doubts_seen[_doubt_of(candidate)] = None
    return list(doubts_seen)


def every_choice(uncertain: list[Doubt]) -> Iterator[Choice]:
    """The readings to try; the first is the plainest: earliest times, doubtful facts left out.

    Shape:   all of them up to five doubts; past that the plainest, each doubt alone, all of one sort, and all.
    """
    if len(uncertain) <= ALL_READINGS_UP_TO:
        for answers in product((False, True), repeat=len(uncertain)):
            yield dict(zip(uncertain, answers, strict=True))
        return
    yield dict.fromkeys(uncertain, False)
    for uncertain_doubt in uncertain:
        yield {doubt: doubt is uncertain_doubt for doubt in uncertain}
    yield {doubt: doubt.is_time for doubt in uncertain}
    yield {doubt: not doubt.is_time for doubt in uncertain}
    for uncertain_doubt in uncertain:
        yield {doubt: not doubt.is_time or doubt is uncertain_doubt for doubt in uncertain}
    yield dict.fromkeys(uncertain, True)


def reading_of(candidates: list[Candidate], choice: Choice, as_of: datetime) -> Interpretation:
    """The facts as this choice places them, without those after as-of."""
    late_events = {(doubt.source, doubt.event_id) for doubt, chosen in choice.items() if doubt.is_time and chosen}
    dated_candidates = []
    for candidate in candidates:
        if candidate.counts is None and not choice[_doubt_of(candidate)]:
            continue
        happened_at = candidate.event.happened_at
        at_moment = (
            happened_at.latest
            if (candidate.event.source, candidate.event.event_id) in late_events
            else happened_at.earliest
        )
        if at_moment <= as_of:
            dated_candidates.append((candidate, at_moment))
    return read_facts(dated_candidates)


def _doubt_of(candidate: Candidate) -> Doubt:
    return Doubt(candidate.event.source, candidate.event.event_id, candidate.reason.replace("_", " "), False)
