"""What is shown of a round: its line on the list, what was handed over, how far a side is, its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from duecare.audit.rounds.draw_seed import Beacon
from duecare.audit.rounds.frame_file import Stratum
from duecare.store.audit.audit_round import Progress
from duecare.use_cases.audit.name_graders import Candidate
from duecare.vocabulary.moments import iso_text


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One round on the list: what it is, how far it has come, and when it is due again.

    Shape:   `stage` is opened, planned, committed, revealed, drawn or ended; `follow_up_by` names the round that followed,
             or is empty.
    """

    name: str
    title: str
    kind: str
    method: str
    stage: str
    opened_at: datetime
    drawn_at: datetime | None
    ended_at: datetime | None
    follows: str
    due_on: date | None
    owner: str
    follow_up_by: str
    is_overdue: bool

    def as_json(self) -> dict[str, Any]:
        """This as it is written to JSON."""
        return {
            "round": self.name,
            "title": self.title,
            "kind": self.kind,
            "method": self.method,
            "stage": self.stage,
            "opened_at": iso_text(self.opened_at),
            "drawn_at": iso_text(self.drawn_at) if self.drawn_at else None,
            "ended_at": iso_text(self.ended_at) if self.ended_at else None,
            "follows": self.follows or None,
            "follow_up_due_on": self.due_on.isoformat() if self.due_on else None,
            "follow_up_owner": self.owner or None,
            "follow_up_by": self.follow_up_by or None,
            "follow_up_overdue": self.is_overdue,
        }


@dataclass(frozen=True, slots=True)
class Handed:
    """What one side, or the beacon, has handed over; empty and None where it has not.

    Shape:   `number` is empty, too, while the round goes on: with both, and a list of cases, the sample is worked out. A
             beacon's value is public.
    """

    side: str
    commitment: str
    committed_at: datetime | None
    number: str
    revealed_at: datetime | None

    @property
    def is_told(self) -> bool:
        """Whether it has revealed its number."""
        return self.revealed_at is not None


@dataclass(frozen=True, slots=True)
class Side:
    """How far one side is: who grades with how many files, and each of its sets in counts."""

    side: str
    graders: tuple[tuple[str, str, int], ...]
    sets: tuple[Progress, ...]

    @property
    def waits_for_grader(self) -> int:
        """The number of files that have no grader yet."""
        return sum(set_progress.files - set_progress.allotted for set_progress in self.sets)

    @property
    def waits_for_grade(self) -> int:
        """The number of files that are not submitted yet."""
        return sum(set_progress.files - set_progress.submitted for set_progress in self.sets)

    @property
    def waits_to_open(self) -> int:
        """The number of files that are submitted and not opened."""
        return sum(set_progress.submitted - set_progress.opened for set_progress in self.sets)


@dataclass(frozen=True, slots=True)
class RoundPage:
    """One round as whoever leads a side may see it.

    Shape:   `strata` are (stratum, files held, files by set); `taken_out` counts by reason; while the round is blind,
             `sides` is only the viewer's own, and `seed` empty. `next` is what the viewer's side can do now: plan, commit,
             reveal, pulse, draw, graders, allot, key, open, end or nothing; `lacks` says what a number waits for. `key` is the
             fingerprint of the viewer's side's key, empty where it has none; `candidates` may be named as its graders.
    """

    line: RoundLine
    side: str
    schemes: Mapping[str, str]
    frame_of: Mapping[str, Any]
    strata: tuple[tuple[Stratum, int, Mapping[str, int]], ...]
    frame_hash: str
    plan_hash: str
    beacon: Beacon | None
    handed: tuple[Handed, ...]
    lacks: str
    seed: str
    taken_out: Mapping[str, int]
    sides: tuple[Side, ...]
    ends: Mapping[str, datetime]
    waits_for: tuple[str, ...]
    next: tuple[str, ...]
    key: str = ""
    candidates: tuple[Candidate, ...] = ()

    @property
    def may_be_replanned(self) -> bool:
        """Whether it can still be planned again, as nobody has committed to a number."""
        return bool(self.side and self.plan_hash) and not self.handed and self.may_be_given_up

    @property
    def may_be_given_up(self) -> bool:
        """Whether it can be ended undrawn, as where it was planned wrongly or a number is lost."""
        return bool(self.side) and self.line.drawn_at is None and self.line.ended_at is None

    @property
    def needs_numbers(self) -> bool:
        """Whether anything is left to chance, so that sides must commit to numbers."""
        return any(
            sum(shares.values()) < files_held or max(shares.values()) < files_held
            for _, files_held, shares in self.strata
        )

    @property
    def numbers(self) -> tuple[int, int]:
        """The number that could be drawn, and the number that are."""
        return sum(files_held for _, files_held, _ in self.strata), sum(
            sum(shares.values()) for *_, shares in self.strata
        )

    def as_json(self) -> dict[str, Any]:
        """This as it is written to JSON."""
        return {
            **self.line.as_json(),
            "schemes": dict(self.schemes),
            "frame": dict(self.frame_of),
            "strata": [
                {"stratum": list(stratum), "held": files_held, **shares} for stratum, files_held, shares in self.strata
            ],
            "frame_hash": self.frame_hash or None,
            "plan_hash": self.plan_hash or None,
            "beacon": [self.beacon.name, self.beacon.pulse_at] if self.beacon else None,
            "numbers": [
                {
                    "side": handed_number.side,
                    "commitment": handed_number.commitment or None,
                    "revealed": handed_number.is_told,
                    "number": handed_number.number or None,
                }
                for handed_number in self.handed
            ],
            "seed": self.seed or None,
            "taken_out": dict(self.taken_out),
            "sides": [
                {
                    "side": side_page.side,
                    "graders": [{"account": account, "files": files} for account, _, files in side_page.graders],
                    "sets": [
                        {
                            "set": set_progress.set,
                            "files": set_progress.files,
                            "allotted": set_progress.allotted,
                            "submitted": set_progress.submitted,
                            "opened": set_progress.opened,
                        }
                        for set_progress in side_page.sets
                    ],
                }
                for side_page in self.sides
            ],
            "ended_by": {audit_side: iso_text(ended_at) for audit_side, ended_at in self.ends.items()},
            "waits_for": list(self.waits_for),
            "next": list(self.next),
            "key": self.key or None,
        }
