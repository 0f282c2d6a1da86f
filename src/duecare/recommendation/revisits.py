"""The claim that cases were revisited and none showed further harm: counted from facts, and opened again by a later one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from duecare.audit.referral import HARM, REVISITED
from duecare.record.pole import CaseKey, EventRecord, RecordKey
from duecare.vocabulary.moments import When, london_day, read_time

CHARGES: Final = frozenset({"charged", "cautioned"})
CHILDREN: Final = frozenset({"child", "victim"})
HARM_ON: Final = "harm_on"
_SAYS: Final[Mapping[object, bool]] = {"yes": True, "true": True, "no": False, "false": False}


@dataclass(frozen=True, slots=True)
class Period:
    """Within which days, both included, is it claimed that no harm was done? None: no such day is named."""

    first: date | None = None
    last: date | None = None

    def may_hold(self, when: When) -> bool:
        """Can it have been within these days?"""
        after = self.first is None or london_day(when.latest) >= self.first
        return after and (self.last is None or london_day(when.earliest) <= self.last)


@dataclass(frozen=True, slots=True)
class Tally:
    """Of how many cases was it claimed that a revisit found no further harm, and of how many does that still stand?

    Shape:   `reopened` are the cases against which a later fact stands: to be shown only to those who may open them.
             `latest_at` is when the last of those facts was written or happened, whichever is later; None without one.
    """

    claimed: int
    still_clear: int
    reopened: tuple[CaseKey, ...]
    latest_at: datetime | None = None


def said_clear(events: Iterable[EventRecord]) -> frozenset[CaseKey]:
    """Of which cases does the last revisit say that it found no further harm?"""
    last = _last_revisits(events)
    return frozenset(case for case, event in last.items() if _further_harm(event) is False)


def tally(
    claimed: Iterable[CaseKey],
    period: Period,
    events: Iterable[EventRecord],
    whose: Mapping[RecordKey, str],
) -> Tally:
    """How far does the claim still stand, by these events of the cases and of their children, whichever case those are of?

    Shape:   a fact stands against it that was written, or happened, after the revisit, and is of the case or of a child of
             it: harm that can have been done within the period, or a charge or caution for such harm.
    Unknown: a charge that does not say on which day the harm was done (`harm_on`) counts: a claim of none does not stand on
             what is not known. A revisit that is withdrawn, or now finds harm, is no longer clear.
    """
    held = tuple(events)
    last = _last_revisits(held)
    children: dict[CaseKey, set[str | RecordKey]] = {}
    for event in held:
        if event.case is not None:
            children.setdefault(event.case, set()).update(_children(event, whose))
    against: dict[str | RecordKey, list[EventRecord]] = {}
    of_case: dict[CaseKey, list[EventRecord]] = {}
    for event in held:
        if event.kind in HARM or event.kind in CHARGES:
            for child in _children(event, whose):
                against.setdefault(child, []).append(event)
            if event.case is not None:
                of_case.setdefault(event.case, []).append(event)
    named = sorted(set(claimed))
    reopened: list[CaseKey] = []
    latest: list[datetime] = []
    for case in named:
        revisit = last.get(case)
        if revisit is None or _further_harm(revisit) is not False:
            reopened.append(case)
            latest += [revisit.written_at] if revisit is not None else []
            continue
        candidates = [*of_case.get(case, ()), *(one for child in children[case] for one in against.get(child, ()))]
        found = [
            _since(one) for one in candidates if _since(one) > revisit.happened_at.earliest and _within(one, period)
        ]
        if found:
            reopened.append(case)
            latest.append(max(found))
    return Tally(len(named), len(named) - len(reopened), tuple(reopened), max(latest, default=None))


def _last_revisits(events: Iterable[EventRecord]) -> dict[CaseKey, EventRecord]:
    ordered = sorted(
        (event for event in events if event.kind == REVISITED and event.case is not None),
        key=lambda event: (event.happened_at.earliest, event.source, event.event_id),
    )
    return {event.case: event for event in ordered if event.case is not None}


def _since(event: EventRecord) -> datetime:
    return max(event.written_at, event.happened_at.earliest)


def _within(event: EventRecord, period: Period) -> bool:
    if event.kind not in CHARGES:
        return period.may_hold(event.happened_at)
    said = event.detail.get(HARM_ON)
    if said is None or not str(said).strip():
        return True
    try:
        return period.may_hold(read_time(str(said)).when)
    except ValueError:
        return True


def _children(event: EventRecord, whose: Mapping[RecordKey, str]) -> set[str | RecordKey]:
    return {whose.get(tie.record, tie.record) for tie in event.ties if tie.role in CHILDREN}


def _further_harm(event: EventRecord) -> bool | None:
    said = event.detail.get("further_harm")
    if isinstance(said, str):
        return _SAYS.get(said.strip().casefold())
    return said if isinstance(said, bool) else None
