"""A grader's own sample: which files are theirs, and how far each has come."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from duecare.access.act import Act
from duecare.access.thing import SAMPLE
from duecare.audit.grading.grade_encryption import key_fingerprint
from duecare.authorisation.authorise import authorise, log_read
from duecare.authorisation.request import Request
from duecare.record.pole import CaseKey
from duecare.store.audit import file_allocations, grade_drafts, sealed_grades, side_keys
from duecare.store.audit.file_allocations import OwnFile
from duecare.store.facts.fact_lookup import sealed_cases
from duecare.store.ledger.opaque_ids import CASE_KIND


class Progress(Enum):
    """How far the grading of a file has come."""

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
    """The files that are the viewer's to grade, and the key under which what they submit is concealed.

    Shape:   by round, then case. `key` is the fingerprint of their side's key, empty where there is none.
    """

    lines: tuple[SampleLine, ...]
    key: str

    def count(self, progress: Progress) -> int:
        """The number of files that have come so far."""
        return sum(sample_line.progress is progress for sample_line in self.lines)


def my_sample(request: Request) -> MySample:
    """The files allotted to the viewer, and how far they have come with each.

    Shape:   the viewer's own alone: nothing here depends on anyone else's grade. A file taken out, or whose case has been
             sealed since, is not there.
    Raises:  ACC-003 when the viewer grades for nobody.
    """
    authorise(request, Act.READ_SAMPLE, SAMPLE)
    audit_side = request.viewer.side
    own_files = _own_files(request, audit_side)
    side_key = side_keys.key_in_force(audit_side)
    log_read(request, Act.READ_SAMPLE, {(CASE_KIND, *own_file.key) for own_file in own_files})
    return MySample(
        lines_of(own_files, request.viewer.account, audit_side), key_fingerprint(side_key.public) if side_key else ""
    )


def lines_of(own_files: tuple[OwnFile, ...], account: str, audit_side: str) -> tuple[SampleLine, ...]:
    """These files with how far this account of this side has come."""
    begun_files = grade_drafts.drafted_files(account)
    submitted = sealed_grades.seals_in_force([own_file.id for own_file in own_files], audit_side)
    return tuple(
        SampleLine(
            own_file.round,
            own_file.title,
            own_file.key,
            own_file.known_at,
            own_file.is_ended,
            Progress.SUBMITTED
            if own_file.id in submitted
            else Progress.IN_PROGRESS
            if own_file.id in begun_files
            else Progress.NOT_STARTED,
            submitted[own_file.id].seal if own_file.id in submitted else "",
            own_file.id,
        )
        for own_file in own_files
    )


def next_file(request: Request, after: OwnFile, without: Collection[CaseKey]) -> CaseKey | None:
    """The file of the same round to be graded next: the first after this one that is not submitted, else any.

    Shape:   `without` those that are about to be submitted.
    """
    own_files = tuple(
        own_file
        for own_file in _own_files(request, after.side)
        if own_file.round == after.round and own_file.key not in without
    )
    lines = lines_of(own_files, after.account, after.side)
    lines_left = [sample_line.key for sample_line in lines if sample_line.progress is not Progress.SUBMITTED]
    return next((case_key for case_key in lines_left if case_key > after.key), lines_left[0] if lines_left else None)


def _own_files(request: Request, audit_side: str) -> tuple[OwnFile, ...]:
    sealed = sealed_cases()
    return tuple(
        own_file
        for own_file in file_allocations.own_files(request.viewer.account, audit_side)
        if own_file.key not in sealed
    )
