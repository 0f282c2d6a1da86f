"""The claim that cases were revisited and none showed further harm: counted from facts, and opened again by a later one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from duecare.audit.referral import HARM_EVENT_KINDS, REVISITED
from duecare.record.pole import CaseKey, EventRecord, RecordKey
from duecare.vocabulary.london_clock import london_day, read_time
from duecare.vocabulary.moments import When

CHARGES: Final = frozenset({"charged", "cautioned"})
CHILDREN: Final = frozenset({"child", "victim"})
HARM_ON: Final = "harm_on"
_YES_OR_NO: Final[Mapping[object, bool]] = {"yes": True, "true": True, "no": False, "false": False}


@dataclass(frozen=True, slots=True)
class Period:
    """The days, both included, within which no harm is claimed; None: no such day is named."""

    first: date | None = None
    last: date | None = None

    def may_hold(self, happened: When) -> bool:
        """Whether it can have been within these days."""
        after = self.first is None or london_day(happened.latest) >= self.first
        return after and (self.last is None or london_day(happened.earliest) <= self.last)


@dataclass(frozen=True, slots=True)
class Tally:
    """The cases with a claim that a revisit found no further harm, and those where it still stands.

    Shape:   `reopened` are the cases against which a later fact stands: to be shown only to those who may open them.
             `latest_at` is when the last of those facts was written or happened, whichever is later; None without one.
    """

    claimed: int
    still_clear: int
    reopened: tuple[CaseKey, ...]
    latest_at: datetime | None = None


def said_clear(events: Iterable[EventRecord]) -> frozenset[CaseKey]:
    """The cases with a last revisit that found no further harm."""
    last_by_case = _last_revisits(events)
    return frozenset(case_key for case_key, event in last_by_case.items() if _further_harm(event) is False)


def tally_revisits(
    claimed: Iterable[CaseKey],
    period: Period,
    events: Iterable[EventRecord],
    person_of_record: Mapping[RecordKey, str],
) -> Tally:
    """How far the claim still stands, by these events of the cases and of their children, whichever case those are of.

    Shape:   a fact stands against it that was written, or happened, after the revisit, and is of the case or of a child of
             it: harm that can have been done within the period, or a charge or caution for such harm.
    Unknown: a charge that does not say on which day the harm was done (`harm_on`) counts: a claim of none does not stand on
             what is not known. A revisit that is withdrawn, or now finds harm, is no longer clear.
    """
    all_events = tuple(events)
    last_by_case = _last_revisits(all_events)
    children: dict[CaseKey, set[str | RecordKey]] = {}
    for event in all_events:
        if event.case is not None:
            children.setdefault(event.case, set()).update(_children_of(event, person_of_record))
    against: dict[str | RecordKey, list[EventRecord]] = {}
    of_case: dict[CaseKey, list[EventRecord]] = {}
    for event in all_events:
        if event.kind in HARM_EVENT_KINDS or event.kind in CHARGES:
            for child in _children_of(event, person_of_record):
                against.setdefault(child, []).append(event)
            if event.case is not None:
                of_case.setdefault(event.case, []).append(event)
    claimed_cases = sorted(set(claimed))
    reopened: list[CaseKey] = []
    latest: list[datetime] = []
    for case_key in claimed_cases:
        revisit = last_by_case.get(case_key)
        if revisit is None or _further_harm(revisit) is not False:
            reopened.append(case_key)
            latest += [revisit.written_at] if revisit is not None else []
            continue
        candidates = [
            *of_case.get(case_key, ()),
            *(later_event for child in children[case_key] for later_event in against.get(child, ())),
        ]
        harm_times = [
            _known_since(later_event)
            for later_event in candidates
            if _known_since(later_event) > revisit.happened_at.earliest and _is_within(later_event, period)
        ]
        if harm_times:
            reopened.append(case_key)
            latest.append(max(harm_times))
    return Tally(len(claimed_cases), len(claimed_cases) - len(reopened), tuple(reopened), max(latest, default=None))


def _last_revisits(events: Iterable[EventRecord]) -> dict[CaseKey, EventRecord]:
    ordered = sorted(
        (event for event in events if event.kind == REVISITED and event.case is not None),
        key=lambda event: (event.happened_at.earliest, event.source, event.event_id),
    )
    return {event.case: event for event in ordered if event.case is not None}


def _known_since(event: EventRecord) -> datetime:
    return max(event.written_at, event.happened_at.earliest)


def _is_within(event: EventRecord, period: Period) -> bool:
    if event.kind not in CHARGES:
        return period.may_hold(event.happened_at)
    harm_on = event.detail.get(HARM_ON)
    if harm_on is None or not str(harm_on).strip():
        return True
    try:
        return period.may_hold(read_time(str(harm_on)).when)
    except ValueError:
        return True


def _children_of(event: EventRecord, person_of_record: Mapping[RecordKey, str]) -> set[str | RecordKey]:
    return {
        person_of_record.get(participation.record, participation.record)
        for participation in event.ties
        if participation.role in CHILDREN
    }


def _further_harm(event: EventRecord) -> bool | None:
    harm_said = event.detail.get("further_harm")
    if isinstance(harm_said, str):
        return _YES_OR_NO.get(harm_said.strip().casefold())
    return harm_said if isinstance(harm_said, bool) else None
