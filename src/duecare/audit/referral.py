"""A case sent back because a child is still at risk: how far it has come, by the facts alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final

from duecare.record.pole import EventRecord, RecordKey

REFERRED: Final = "case_referred_back"
ACKNOWLEDGED: Final = "referral_acknowledged"
ACTIONED: Final = "referral_actioned"
REVISITED: Final = "case_revisited"
ANSWERS: Final = (ACKNOWLEDGED, ACTIONED, REVISITED)
HARM_EVENT_KINDS: Final = frozenset(
    {"concern_reported", "suspect_contact", "crime_recorded", "serious_harm_known", "exploitation_suspected"}
)
CHILD_SEEN_KIND: Final = "child_seen"


class Stage(Enum):
    """How far a case that was sent back has come."""

    REFERRED = "referred"
    ACKNOWLEDGED = "acknowledged"
    ACTIONED = "actioned"
    SEEN = "seen"
    SAFE = "safe"
    HARMED = "harmed"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Referral:
    """What has been recorded of one case sent back.

    Shape:   each event the first of its kind since it was sent back, None where there is none yet; `revisited` is the
             last. `seen` are the times since at which the child was seen. `against` are facts of harm that stand against
             "no further harm": they happened since it was sent back, and were written, or happened, after the revisit.
    """

    sent: EventRecord
    acknowledged: EventRecord | None = None
    actioned: EventRecord | None = None
    revisited: EventRecord | None = None
    seen: tuple[EventRecord, ...] = ()
    against: tuple[EventRecord, ...] = ()

    @property
    def further_harm(self) -> bool | None:
        """Whether the revisit found further harm; None where there was no revisit, or it does not say."""
        return _revisit_detail(self.revisited, "further_harm")

    @property
    def charged_or_cautioned(self) -> bool | None:
        """Whether a further suspect was charged or cautioned, as the revisit says."""
        return _revisit_detail(self.revisited, "charged_or_cautioned")

    def stage(self, seen_confirmed_at: datetime | None) -> Stage:
        """How far the case has come.

        Shape:   safe only when it was acknowledged, acted on, the child seen as somebody independent confirmed, and a
                 revisit found no further harm; a later fact against that reopens it. Each step counts only after
                 the one before.
        """
        if self.further_harm is True:
            return Stage.HARMED
        if self.further_harm is False and self.against:
            return Stage.REOPENED
        if self.acknowledged is None:
            return Stage.REFERRED
        if self.actioned is None:
            return Stage.ACKNOWLEDGED
        if seen_confirmed_at is None:
            return Stage.ACTIONED
        return Stage.SAFE if self.further_harm is False else Stage.SEEN


def case_referrals(
    case_events: Iterable[EventRecord],
    child_events: Iterable[EventRecord] = (),
    persons_by_record: Mapping[RecordKey, str] | None = None,
) -> tuple[Referral, ...]:
    """Every time this case was sent back, the first first.

    Shape:   `child_events` are those of the children named in them, whichever case they are of; `persons_by_record` says which
             records are one person. What answers belongs to the last time it was sent back before.
    """
    persons_by_record = persons_by_record or {}
    ordered_events = sorted(case_events, key=_event_order)
    known_events = {(event.source, event.event_id): event for event in (*ordered_events, *child_events)}
    referral_events = [event for event in ordered_events if event.kind == REFERRED]
    referral_list = []
    for referral_number, event in enumerate(referral_events):
        until = (
            _event_order(referral_events[referral_number + 1]) if referral_number + 1 < len(referral_events) else None
        )
        after = [
            later_event
            for later_event in ordered_events
            if _event_order(later_event) > _event_order(event) and (until is None or _event_order(later_event) < until)
        ]
        first_answers = {
            answer_kind: next((later_event for later_event in after if later_event.kind == answer_kind), None)
            for answer_kind in ANSWERS
        }
        revisited = next((later_event for later_event in reversed(after) if later_event.kind == REVISITED), None)
        about = [
            known_event
            for known_event in sorted(known_events.values(), key=_event_order)
            if _event_order(known_event) > _event_order(event)
        ]
        referral_list.append(
            Referral(
                event,
                first_answers[ACKNOWLEDGED],
                first_answers[ACTIONED],
                revisited,
                tuple(
                    known_event
                    for known_event in about
                    if known_event.kind == CHILD_SEEN_KIND
                    and _concerns_same_people(known_event, event, persons_by_record)
                ),
                tuple(
                    known_event
                    for known_event in about
                    if _is_against(known_event, event, revisited, persons_by_record)
                ),
            )
        )
    return tuple(referral_list)


def _event_order(event: EventRecord) -> tuple[datetime, bool, str, str]:
    return event.happened_at.earliest, event.kind != REFERRED, event.source, event.event_id


def _is_against(
    other_event: EventRecord,
    referral_event: EventRecord,
    revisited: EventRecord | None,
    persons_by_record: Mapping[RecordKey, str],
) -> bool:
    if (
        revisited is None
        or other_event.kind not in HARM_EVENT_KINDS
        or not _concerns_same_people(other_event, referral_event, persons_by_record)
    ):
        return False
    return max(other_event.written_at, other_event.happened_at.earliest) > revisited.happened_at.earliest


def _concerns_same_people(
    other_event: EventRecord, referral_event: EventRecord, persons_by_record: Mapping[RecordKey, str]
) -> bool:
    """Whether this event is about a child for whom the case was sent back, or about that case."""
    return other_event.case == referral_event.case or bool(
        _people_of_event(other_event, persons_by_record) & _people_of_event(referral_event, persons_by_record)
    )


def _people_of_event(event: EventRecord, persons_by_record: Mapping[RecordKey, str]) -> set[str | RecordKey]:
    return {persons_by_record.get(person_tie.record, person_tie.record) for person_tie in event.ties}


def _revisit_detail(revisited: EventRecord | None, detail_field: str) -> bool | None:
    detail_value = revisited.detail.get(detail_field) if revisited is not None else None
    if isinstance(detail_value, str):
        detail_value = {"yes": True, "true": True, "no": False, "false": False}.get(detail_value.strip().casefold())
    return detail_value if isinstance(detail_value, bool) else None
