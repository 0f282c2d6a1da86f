"""A grader's own sample: which files are theirs, and how far each has come."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from duecare.access.act import Act
from duecare.access.thing import SAMPLE
from duecare.audit.grading.grade_sealing import key_fingerprint
from duecare.authorisation.authorise import authorise, log_read
from duecare.authorisation.request import Request
from duecare.record.pole import CaseKey
from duecare.store.audit import file_allocations, grade_drafts, sealed_grades, side_keys
from duecare.store.audit.file_allocations import OwnFile
from duecare.store.facts.fact_lookup import sealed_cases
from duecare.store.ledger.opaque_ids import CASE


class Progress(Enum):
    """How far has the grading of a file come?"""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True)
class SampleLine:
    """One file of the viewer's sample.

    Shape:   `seal` is empty until it is submitted; by `number` a grader speaks of the file to whoever leads the round.
    """

    round: str
    title: str
    key: CaseKey
    known_at: datetime
    is_ended: bool
    progress: Progress
    seal: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class MySample:
    """Which files are the viewer's to grade, and under which key will what they submit be concealed?

    Shape:   by round, then case. `key` is the fingerprint of their side's key, empty where there is none.
    """

    lines: tuple[SampleLine, ...]
    key: str

    def count(self, progress: Progress) -> int:
        """How many files have come so far?"""
        return sum(line.progress is progress for line in self.lines)


def my_sample(request: Request) -> MySample:
    """Which files were allotted to the viewer, and how far have they come with each?

    Shape:   the viewer's own alone: nothing here depends on anyone else's grade. A file taken out, or whose case has been
             sealed since, is not there.
    Raises:  ACC-003 when the viewer grades for nobody.
    """
    authorise(request, Act.READ_SAMPLE, SAMPLE)
    side = request.viewer.side
    own = _own(request, side)
    key = side_keys.key_in_force(side)
    log_read(request, Act.READ_SAMPLE, {(CASE, *file.key) for file in own})
    return MySample(lines_of(own, request.viewer.account, side), key_fingerprint(key.public) if key else "")


def lines_of(own: tuple[OwnFile, ...], account: str, side: str) -> tuple[SampleLine, ...]:
    """These files with how far this account of this side has come."""
    begun = grade_drafts.drafted(account)
    submitted = sealed_grades.seals_in_force([file.id for file in own], side)
    return tuple(
        SampleLine(
            file.round,
            file.title,
            file.key,
            file.known_at,
            file.is_ended,
            Progress.SUBMITTED
            if file.id in submitted
            else Progress.IN_PROGRESS
            if file.id in begun
            else Progress.NOT_STARTED,
            submitted[file.id].seal if file.id in submitted else "",
            file.id,
        )
        for file in own
    )


def next_file(request: Request, after: OwnFile, without: Collection[CaseKey]) -> CaseKey | None:
    """Which file of the same round is to be graded next? The first after this one that is not submitted, else any.

    Shape:   `without` those that are about to be submitted.
    """
    own = tuple(file for file in _own(request, after.side) if file.round == after.round and file.key not in without)
    lines = lines_of(own, after.account, after.side)
    left = [line.key for line in lines if line.progress is not Progress.SUBMITTED]
    return next((key for key in left if key > after.key), left[0] if left else None)


def _own(request: Request, side: str) -> tuple[OwnFile, ...]:
    sealed = sealed_cases()
    return tuple(file for file in file_allocations.own_files(request.viewer.account, side) if file.key not in sealed)
