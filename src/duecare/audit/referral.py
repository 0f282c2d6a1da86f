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
HARM: Final = frozenset(
    {"concern_reported", "suspect_contact", "crime_recorded", "serious_harm_known", "exploitation_suspected"}
)
SEEN: Final = "child_seen"


class Stage(Enum):
    """How far has a case that was sent back come?"""

    REFERRED = "referred"
    ACKNOWLEDGED = "acknowledged"
    ACTIONED = "actioned"
    SEEN = "seen"
    SAFE = "safe"
    HARMED = "harmed"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Referral:
    """What has been recorded of one case sent back?

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
        """Did the revisit find further harm? None where there was none, or it does not say."""
        return _said(self.revisited, "further_harm")

    @property
    def charged_or_cautioned(self) -> bool | None:
        """Was a further suspect charged or cautioned, as the revisit says?"""
        return _said(self.revisited, "charged_or_cautioned")

    def stage(self, seen_confirmed_at: datetime | None) -> Stage:
        """How far has it come?

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


def referrals(
    case_events: Iterable[EventRecord],
    child_events: Iterable[EventRecord] = (),
    whose: Mapping[RecordKey, str] | None = None,
) -> tuple[Referral, ...]:
    """Every time this case was sent back, the first first.

    Shape:   `child_events` are those of the children named in them, whichever case they are of; `whose` says which
             records are one person. What answers belongs to the last time it was sent back before.
    """
    whose = whose or {}
    held = sorted(case_events, key=_order)
    known = {(event.source, event.event_id): event for event in (*held, *child_events)}
    sent = [event for event in held if event.kind == REFERRED]
    found = []
    for at, event in enumerate(sent):
        until = _order(sent[at + 1]) if at + 1 < len(sent) else None
        after = [one for one in held if _order(one) > _order(event) and (until is None or _order(one) < until)]
        first = {kind: next((one for one in after if one.kind == kind), None) for kind in ANSWERS}
        revisited = next((one for one in reversed(after) if one.kind == REVISITED), None)
        about = [one for one in sorted(known.values(), key=_order) if _order(one) > _order(event)]
        found.append(
            Referral(
                event,
                first[ACKNOWLEDGED],
                first[ACTIONED],
                revisited,
                tuple(one for one in about if one.kind == SEEN and _concerns(one, event, whose)),
                tuple(one for one in about if _is_against(one, event, revisited, whose)),
            )
        )
    return tuple(found)


def _order(event: EventRecord) -> tuple[datetime, bool, str, str]:
    return event.happened_at.earliest, event.kind != REFERRED, event.source, event.event_id


def _is_against(
    one: EventRecord, sent: EventRecord, revisited: EventRecord | None, whose: Mapping[RecordKey, str]
) -> bool:
    if revisited is None or one.kind not in HARM or not _concerns(one, sent, whose):
        return False
    return max(one.written_at, one.happened_at.earliest) > revisited.happened_at.earliest


def _concerns(one: EventRecord, sent: EventRecord, whose: Mapping[RecordKey, str]) -> bool:
    """Is this event about a child for whom the case was sent back, or of that case?"""
    return one.case == sent.case or bool(_people(one, whose) & _people(sent, whose))


def _people(event: EventRecord, whose: Mapping[RecordKey, str]) -> set[str | RecordKey]:
    return {whose.get(tie.record, tie.record) for tie in event.ties}


def _said(revisited: EventRecord | None, what: str) -> bool | None:
    said = revisited.detail.get(what) if revisited is not None else None
    if isinstance(said, str):
        said = {"yes": True, "true": True, "no": False, "false": False}.get(said.strip().casefold())
    return said if isinstance(said, bool) else None
