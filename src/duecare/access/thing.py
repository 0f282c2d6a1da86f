"""What a viewer may want to act on: a case, a person, a file of a round, or a plain thing that belongs to no one person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class CaseThing:
    """A case, as far as deciding about it needs.

    Shape:   filled by a step from the store; `officers` are those allocated now, `supervisors` those who supervise it;
             numbers, teams and areas are compared without case or surrounding space, and empty ones match nothing.
             `in_custody_now`: a child of this case is in custody now.
    """

    id: str
    area: str = ""
    team: str = ""
    officers: frozenset[str] = frozenset()
    supervisors: frozenset[str] = frozenset()
    restricted: bool = False
    sealed: bool = False
    in_custody_now: bool = False


@dataclass(frozen=True, slots=True)
class PersonThing:
    """A person, and the cases they are in.

    Shape:   `in_custody_now`: this person is a child in custody now, whichever case says so, or none.
    """

    id: str
    cases: tuple[CaseThing, ...] = ()
    restricted: bool = False
    sealed: bool = False
    in_custody_now: bool = False


@dataclass(frozen=True, slots=True)
class FileThing:
    """A file of a round, and who may grade it.

    Shape:   `graders` are the accounts to whom it was allotted, of either side.
    """

    round: str
    case: str
    graders: frozenset[str] = frozenset()


class Plain(Enum):
    """A thing that belongs to no one person or case."""

    FRONT = "the front page"
    LATE_NOW = "how much is late now, in figures"
    WORKLIST = "the worklist"
    BOARD_VISITS = "the board of visits to registered sex offenders"
    BOARD_CUSTODY = "the board of children in custody now"
    FINDINGS = "the list of findings"
    STANDARDS = "the force's own standards, in figures"
    DELIVERIES = "deliveries and rows that were set aside"
    PEOPLE = "which records are one person"
    PUBLISHED_TOTALS = "published totals of inspections"
    ROUNDS = "the rounds of files, without grades"
    SAMPLE = "the files allotted to the viewer"
    GRADES = "grades that both sides have opened"
    REFERRALS = "cases that were referred back"
    ACCOUNTABLE = "who is accountable for what, from when until when"
    RECOMMENDATIONS = "the register of recommendations"
    FIGURES = "figures and the data they were counted from, without any person"
    OVERSIGHT = "oversight: boroughs side by side, questions, meetings and their actions"
    RELEASES = "releases: drafts, checks, and what was published"
    LEDGER = "the ledger"
    DIGEST = "the digest of everything stored"
    ACCOUNTS = "the accounts and their roles"


Thing = CaseThing | PersonThing | FileThing | Plain

FRONT = Plain.FRONT
LATE_NOW = Plain.LATE_NOW
WORKLIST = Plain.WORKLIST
BOARD_VISITS = Plain.BOARD_VISITS
BOARD_CUSTODY = Plain.BOARD_CUSTODY
FINDINGS = Plain.FINDINGS
STANDARDS = Plain.STANDARDS
DELIVERIES = Plain.DELIVERIES
PEOPLE = Plain.PEOPLE
PUBLISHED_TOTALS = Plain.PUBLISHED_TOTALS
ROUNDS = Plain.ROUNDS
SAMPLE = Plain.SAMPLE
GRADES = Plain.GRADES
REFERRALS = Plain.REFERRALS
ACCOUNTABLE = Plain.ACCOUNTABLE
RECOMMENDATIONS = Plain.RECOMMENDATIONS
FIGURES = Plain.FIGURES
OVERSIGHT = Plain.OVERSIGHT
RELEASES = Plain.RELEASES
LEDGER = Plain.LEDGER
DIGEST = Plain.DIGEST
ACCOUNTS = Plain.ACCOUNTS
