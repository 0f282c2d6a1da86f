"""A finding: one duty, one subject, one occurrence, and the state it is in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from duecare.record.pole import CaseKey
from duecare.vocabulary.moments import hours_between

NOT_SHOWN = "it rests on what is not shown to you"


class State(StrEnum):
    """The state of a duty."""

    MET = "met"
    MET_LATE = "met_late"
    OPEN = "open"
    OVERDUE = "overdue"
    EXCUSED = "excused"
    NOT_APPLICABLE = "not_applicable"
    CANNOT_TELL = "cannot_tell"


class Authority(StrEnum):
    """The authority by which a duty is owed."""

    STATUTE = "statute"
    STATUTORY_GUIDANCE = "statutory_guidance"
    PROFESSIONAL_GUIDANCE = "professional_guidance"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fact behind a finding, and as what: started, met, attempted, paused, excused or ended."""

    role: str
    source: str
    event_id: str
    kind: str
    happened_at: datetime
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """Someone to notify, and from when. `person` is an officer's number, None while the post is vacant."""

    role: str
    person: str | None
    at: datetime

    def as_json(self) -> dict[str, Any]:
        """This step as it is sent out."""
        return {"role": self.role, "person": self.person, "at": self.at.isoformat()}

    @classmethod
    def from_json(cls, sent: dict[str, Any]) -> Told:
        """The step that was sent out so."""
        return cls(**{**sent, "at": datetime.fromisoformat(sent["at"])})


@dataclass(frozen=True, slots=True)
class Finding:
    """The state of one occurrence of one duty, since when, until when, and on what evidence.

    Shape:   `case_ref` None where the trigger names no case; `person` and `subject` None for duties of a case;
             `occurrence` is within `finding`, and is not sent out beside it; nor are `told_later`, the steps of its ladder
             that are still to come, and `is_doubtful`, whether uncertain facts were read in more than one way.
    Units:   UTC whole seconds; `late_by_hours` to two decimals.
    Unknown: `due_at` None where the limit is not known; the state is then cannot_tell, and `reason` says why. For a
             reader to whom a fact behind it is not shown, what that fact alone tells is None and `reason` NOT_SHOWN.
    """

    finding: str
    duty: str
    ref: str
    authority: Authority
    case_ref: str | None
    source: str
    person: str | None
    subject: str | None
    area: str
    owed_by: str
    adopted: bool | None
    started_at: datetime
    due_at: datetime | None
    due_on: date | None
    met_at: datetime | None
    ended_at: datetime | None
    recorded_at: datetime | None
    recorded_late: bool
    state: State
    reason: str | None
    late_by_hours: float | None
    rule_version: str
    evidence: tuple[Evidence, ...]
    told: tuple[Told, ...]
    occurrence: int = field(default=1, compare=False)
    told_later: tuple[Told, ...] = field(default=(), compare=False)
    is_doubtful: bool = field(default=False, compare=False)

    @property
    def case(self) -> CaseKey | None:
        """The trigger's case, if it has one."""
        return None if self.case_ref is None else CaseKey(self.source, self.case_ref)

    def as_of(self, moment: datetime) -> Finding:
        """The same finding at this moment, not before the one it was worked out for, where only its own times have passed.

        Shape:   open or overdue, by how much, and which steps of its ladder have come.
        """
        if self.ended_at is not None or self.met_at is not None:
            return self
        state, late = self.state, self.late_by_hours
        if state is State.OPEN and self.due_at is not None and moment > self.due_at:
            state = State.OVERDUE
        if state is State.OVERDUE and self.due_at is not None:
            late = hours_between(self.due_at, moment)
        return replace(
            self,
            state=state,
            late_by_hours=late,
            told=(*self.told, *(step for step in self.told_later if step.at <= moment)),
            told_later=tuple(step for step in self.told_later if step.at > moment),
        )

    def as_json(self) -> dict[str, Any]:
        """The JSON of this finding in what we send out."""
        return {
            "finding": self.finding,
            "duty": self.duty,
            "ref": self.ref,
            "authority": self.authority.value,
            "case_ref": self.case_ref,
            "source": self.source,
            "person": self.person,
            "subject": self.subject,
            "area": self.area,
            "owed_by": self.owed_by,
            "adopted": self.adopted,
            "started_at": self.started_at.isoformat(),
            "due_at": _iso_or_none(self.due_at),
            "due_on": None if self.due_on is None else self.due_on.isoformat(),
            "met_at": _iso_or_none(self.met_at),
            "ended_at": _iso_or_none(self.ended_at),
            "recorded_at": _iso_or_none(self.recorded_at),
            "recorded_late": self.recorded_late,
            "state": self.state.value,
            "reason": self.reason,
            "late_by_hours": self.late_by_hours,
            "rule_version": self.rule_version,
            "evidence": [
                {
                    "role": evidence.role,
                    "source": evidence.source,
                    "event_id": evidence.event_id,
                    "kind": evidence.kind,
                    "happened_at": evidence.happened_at.isoformat(),
                    "written_at": evidence.written_at.isoformat(),
                }
                for evidence in self.evidence
            ],
            "told": [step.as_json() for step in self.told],
        }

    @classmethod
    def from_json(cls, json_fields: dict[str, Any]) -> Finding:
        """Read a finding from its JSON."""
        return cls(
            **{
                **json_fields,
                "authority": Authority(json_fields["authority"]),
                "state": State(json_fields["state"]),
                "started_at": datetime.fromisoformat(json_fields["started_at"]),
                "due_at": _read_moment(json_fields["due_at"]),
                "due_on": None if json_fields["due_on"] is None else date.fromisoformat(json_fields["due_on"]),
                "met_at": _read_moment(json_fields["met_at"]),
                "ended_at": _read_moment(json_fields["ended_at"]),
                "recorded_at": _read_moment(json_fields["recorded_at"]),
                "evidence": tuple(
                    Evidence(
                        **{
                            **evidence,
                            "happened_at": datetime.fromisoformat(evidence["happened_at"]),
                            "written_at": datetime.fromisoformat(evidence["written_at"]),
                        }
                    )
                    for evidence in json_fields["evidence"]
                ),
                "told": tuple(map(Told.from_json, json_fields["told"])),
            }
        )


@lru_cache(maxsize=4096)
def finding_id(duty: str, source: str, event_id: str, subject: str | None, occurrence: int) -> str:
    """The id of the row of this duty, trigger, subject and occurrence.

    Shape:   the first 16 hex digits of the SHA-256 of the five, joined by U+001F.
    """
    id_text = "\x1f".join((duty, source, event_id, subject or "", str(occurrence)))
    return hashlib.sha256(id_text.encode()).hexdigest()[:16]


def _iso_or_none(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _read_moment(iso_text: str | None) -> datetime | None:
    return None if iso_text is None else datetime.fromisoformat(iso_text)
