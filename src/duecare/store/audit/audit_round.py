"""A round as the store hands it out: what was planned, what each side handed over, its graders, its files and their progress."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from duecare.record.pole import CaseKey


@dataclass(frozen=True, slots=True)
class AuditRound:
    """One round as it stands: which files are looked at, by which method and schemes, and how far it has come.

    Shape:   as the table `audit_round` has it; `follows` is the name of the round that this one follows, or empty.
             `frame` is None where a list of rounds left it out.
    """

    id: int
    name: str
    title: str
    kind: str
    method: str
    schemes: Mapping[str, str]
    leads: Mapping[str, str]
    frame_of: Mapping[str, Any]
    frame: bytes | None = field(repr=False)
    frame_hash: str
    plan: Mapping[str, Any]
    plan_hash: str
    seed: str
    opened_at: datetime
    known_at: datetime | None
    drawn_at: datetime | None
    ends: Mapping[str, Any]
    ended_at: datetime | None
    follows: str
    follow_up_due_on: date | None
    follow_up_owner: str


@dataclass(frozen=True, slots=True)
class HandedNumber:
    """What a side, or the beacon, handed over: its commitment, and its number once that is known."""

    side: str
    commitment: str
    committed_at: datetime
    number: str
    revealed_at: datetime | None


@dataclass(frozen=True, slots=True)
class NamedGrader:
    """A grader of a round, with the officer number by which conflicts of interest are found."""

    account: str
    officer: str


@dataclass(frozen=True, slots=True)
class RoundFile:
    """One file of the sample: its number, its case and stratum, and the set that it is in.

    Shape:   `held` counts the files of its stratum in the frame.
    """

    id: int
    round_id: int
    case: CaseKey
    stratum: tuple[str, ...]
    set: str
    held: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Of the files of a set that a side grades: how many there are, have a grader, are in, are opened."""

    set: str
    files: int
    allotted: int
    submitted: int
    opened: int = 0
