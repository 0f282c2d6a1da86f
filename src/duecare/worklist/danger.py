"""Danger that a source reports as happening now: a suspect in contact with a child, a child missing and not returned.

It ends by what somebody did, never by silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from duecare.record.pole import CaseKey, EventRecord, RecordKey
from duecare.worklist.item import Danger, DangerKind

CONTACT = "suspect_contact"
SUSPECT_ROLES = frozenset({"suspect", "offender", "detainee"})
ENDS_FOR_SUSPECT = frozenset({"arrested", "suspect_eliminated"})
SAFETY_PLAN = "safety_plan_agreed"
CLOSED = "case_closed"
SUPERVISOR = "supervisor_allocated"
ENDS_CONTACT = ENDS_FOR_SUSPECT | {SAFETY_PLAN, CLOSED}
RETURNS = frozenset({"missing_returned", "missing_found"})
KINDS = frozenset({CONTACT, "missing_reported"}) | ENDS_CONTACT | RETURNS
"""The kinds of event from which danger now is told."""


@dataclass(frozen=True, slots=True)
class _Contact:
    """A contact reported, with the suspects still to be arrested or eliminated; none known: whoever is arrested in its case."""

    reported_at: datetime
    case: CaseKey | None
    suspects: frozenset[str]


def danger_now(
    events: Iterable[EventRecord],
    children: Mapping[RecordKey, str],
    as_of: datetime,
    whose: Mapping[RecordKey, str] | None = None,
) -> Danger | None:
    """The danger to these children that is reported as happening now.

    Shape:   `events` are those of the case and of the children, from every source (`events_of_danger`); `children` says
             which person each of their records is of, for one source may report a child missing and another the return,
             and `whose` the same of suspects. A contact stands until every suspect of it was arrested or eliminated, a
             safety plan was agreed, or a supervisor closed its case and said why. The danger reported last counts, a
             suspect in contact before a child missing.
    Unknown: an event of which only the day is known counts from the start of that day. Where the contact names no suspect,
             those tied as suspects in its case count; where there are none, an arrest or elimination in its case ends it.
    """
    events_so_far = sorted(
        (event for event in events if event.happened_at.earliest <= as_of),
        key=lambda event: (event.happened_at, event.source, event.event_id),
    )
    persons = whose or {}
    contacts: list[_Contact] = []
    missing: dict[str, datetime] = {}
    for place, event in enumerate(events_so_far):
        happened_at = event.happened_at.earliest
        if event.kind == CONTACT:
            suspects = _suspects_in(event, persons) or _suspects_of_case(event.case, events_so_far[:place], persons)
            contacts.append(_Contact(happened_at, event.case, suspects))
        elif event.kind in ENDS_CONTACT:
            contacts = [left for contact in contacts if (left := _left_after(contact, event, events_so_far, persons))]
        elif event.kind == "missing_reported":
            missing.update(
                {
                    children[participation.record]: happened_at
                    for participation in event.ties
                    if participation.record in children
                }
            )
        elif event.kind in RETURNS:
            for participation in event.ties:
                missing.pop(children.get(participation.record, ""), None)
    if contacts:
        return Danger(DangerKind.SUSPECT_CONTACT, max(contact.reported_at for contact in contacts))
    if missing:
        return Danger(DangerKind.MISSING, max(missing.values()))
    return None


def events_of_danger(events: Iterable[EventRecord], records: frozenset[RecordKey]) -> tuple[EventRecord, ...]:
    """The events from which danger to one child is told.

    Shape:   of `events`, which are the child's and those of their cases: those the child is tied to, and what ends a
             contact in the case in which it was reported.
    """
    known_events = [event for event in events if event.kind in KINDS or event.kind == SUPERVISOR]
    own_events = [
        event
        for event in known_events
        if event.kind in KINDS and any(participation.record in records for participation in event.ties)
    ]
    contact_cases = {event.case for event in own_events if event.kind == CONTACT and event.case is not None}
    ending_kinds = {*ENDS_CONTACT, SUPERVISOR}
    own_keys = {(event.source, event.event_id) for event in own_events}
    return tuple(
        event
        for event in known_events
        if (event.source, event.event_id) in own_keys or (event.kind in ending_kinds and event.case in contact_cases)
    )


def _left_after(
    contact: _Contact, event: EventRecord, events: Iterable[EventRecord], persons: Mapping[RecordKey, str]
) -> _Contact | None:
    """What stands of a contact after an event that may end it."""
    is_in_case = contact.case is not None and event.case == contact.case
    if event.kind == SAFETY_PLAN:
        return None
    if event.kind == CLOSED:
        return None if is_in_case and _is_closed_by_supervisor(event, events) else contact
    if not contact.suspects:
        return None if is_in_case or contact.case is None else contact
    suspects = contact.suspects - _suspects_in(event, persons)
    return _Contact(contact.reported_at, contact.case, suspects) if suspects else None


def _suspects_in(event: EventRecord, persons: Mapping[RecordKey, str]) -> frozenset[str]:
    return frozenset(
        persons.get(participation.record, str(participation.record))
        for participation in event.ties
        if participation.role in SUSPECT_ROLES
    )


def _suspects_of_case(
    case_key: CaseKey | None, events: Iterable[EventRecord], persons: Mapping[RecordKey, str]
) -> frozenset[str]:
    if case_key is None:
        return frozenset()
    return frozenset(suspect for event in events if event.case == case_key for suspect in _suspects_in(event, persons))


def _is_closed_by_supervisor(event: EventRecord, events: Iterable[EventRecord]) -> bool:
    """Whether a named supervisor closed the case and gave a reason.

    Shape:   whoever was allocated as supervisor last, or whom the closing itself says to be one.
    """
    if not event.officer or not str(event.detail.get("reason", "")).strip():
        return False
    if event.detail.get("by_supervisor") is True:
        return True
    supervisors = [
        other.officer
        for other in events
        if other.kind == SUPERVISOR and other.case == event.case and other.happened_at <= event.happened_at
    ]
    return bool(supervisors) and supervisors[-1].strip().casefold() == event.officer.strip().casefold()
