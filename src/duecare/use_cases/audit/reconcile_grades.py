"""The files on which two sides differ, with what each wrote, and the new judgement on which one is settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from duecare.access.act import Act
from duecare.access.thing import GRADES
from duecare.audit.agreement.disagreements import Apart, Settled, grade_distance, settle_disagreement
from duecare.audit.grading.grade_scheme import Scheme
from duecare.audit.grading.graded_file import GradeGiven
from duecare.authorisation.authorise import authorise, log_read, log_write
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.duty.finding import Finding
from duecare.record.pole import CaseKey
from duecare.store.audit import comparable_grades, reconciled_grades
from duecare.store.audit.audit_round import AuditRound
from duecare.store.audit.comparable_grades import Narrated
from duecare.store.database.transaction import transaction
from duecare.store.ledger.opaque_ids import CASE_KIND
from duecare.use_cases.audit.compare_grades import of_opened, open_round, refusing_blind
from duecare.use_cases.audit.duties_beside_grades import beside_of
from duecare.vocabulary.refusals import Refusal


@dataclass(frozen=True, slots=True)
class ToReconcile:
    """One paired file on which the sides differ.

    Shape:   `narrated` is all that both sides wrote of it, in order of submission; `settled` is None until it is.
    """

    number: int
    key: CaseKey
    pair: tuple[GradeGiven, GradeGiven]
    apart: Apart
    narrated: tuple[Narrated, ...]
    settled: Settled | None

    def as_json(self) -> dict[str, object]:
        """What a command prints of it."""
        force, inspectorate = self.pair
        return {
            "case_source": self.key.source,
            "case_ref": self.key.case_ref,
            "force": force.grade,
            "inspectorate": inspectorate.grade,
            "force_on_suspect": force.suspect or None,
            "inspectorate_on_suspect": inspectorate.suspect or None,
            "steps_apart": self.apart.steps,
            "across_the_standard": self.apart.across,
            "settled": self.settled.grade if self.settled else None,
            "settled_on_suspect": (self.settled.suspect or None) if self.settled else None,
            "settled_by": self.settled.how if self.settled else None,
        }


@dataclass(frozen=True, slots=True)
class Disagreements:
    """The files of a round on which the sides differ: those to be settled first, the widest apart first.

    Shape:   `paired` is how many files both sides graded; `schemes` by side, a settled grade being of the inspectorate's.
    """

    round: str
    paired: int
    files: tuple[ToReconcile, ...]
    schemes: Mapping[str, Scheme]

    def as_json(self) -> dict[str, object]:
        """What a command prints."""
        return {
            "round": self.round,
            "paired": self.paired,
            "differ": len(self.files),
            "settled": sum(1 for file_apart in self.files if file_apart.settled),
            "files": [file_apart.as_json() for file_apart in self.files],
        }


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One file on which the sides differ, with the duties that were late in it at the draw, as known then.

    Unknown: `breaches` is None where the file is sealed and was not looked at.
    """

    round: str
    file: ToReconcile
    schemes: Mapping[str, Scheme]
    breaches: tuple[Finding, ...] | None
    as_of: datetime


def list_disagreements(request: Request, round_name: str) -> Disagreements:
    """The files of this round on which the two sides differ, with what each wrote and what was settled.

    Raises:  ACC-003 when the viewer may not; AUD-041 where no such round was drawn here; AUD-042 while it is blind.
    """
    authorise(request, Act.RECONCILE, GRADES)
    with refusing_blind(request, Act.RECONCILE):
        disagreements = disagreements_of(open_round(round_name))
    log_read(request, Act.COMPARE, {(CASE_KIND, *file_apart.key) for file_apart in disagreements.files})
    return disagreements


def read_disagreement(request: Request, config: Config, round_name: str, case_key: CaseKey) -> Disagreement:
    """What each side wrote of this file, what was settled, and which duties were late in it at the draw.

    Raises:  as `list_disagreements`; AUD-043 where the sides do not differ on it.
    """
    authorise(request, Act.RECONCILE, GRADES)
    with refusing_blind(request, Act.RECONCILE):
        own_round = open_round(round_name)
        disagreements = disagreements_of(own_round)
        disagreement = next((file_apart for file_apart in disagreements.files if file_apart.key == case_key), None)
        if disagreement is None:
            raise Refusal("AUD-043")
    assert own_round.known_at is not None, "a round with grades has been drawn"
    drawn = own_round.known_at
    opened = [opened_file for opened_file in comparable_grades.opened_files(own_round) if opened_file.key == case_key]
    looked = beside_of(config, own_round, comparable_grades.as_files(own_round, opened)).files
    log_read(request, Act.COMPARE, {(CASE_KIND, *case_key)})
    return Disagreement(round_name, disagreement, disagreements.schemes, looked[0].breaches if looked else None, drawn)


def settle_grade(request: Request, round_name: str, case_key: CaseKey, settled_grade: Settled) -> Settled:
    """Record on what a third grader or a meeting settled this file: a new judgement beside the two, which stay.

    Raises:  as `list_disagreements`; AUD-043 where the sides do not differ on it, or it is settled already; AUD-044 where
             what is said cannot stand.
    """
    authorise(request, Act.RECONCILE, GRADES)
    with refusing_blind(request, Act.RECONCILE):
        disagreements = disagreements_of(open_round(round_name))
        disagreement = next((file_apart for file_apart in disagreements.files if file_apart.key == case_key), None)
        if disagreement is None or disagreement.settled is not None:
            raise Refusal("AUD-043")
    settled_kept = settle_disagreement(settled_grade, disagreement.pair, disagreements.schemes["inspectorate"])
    with transaction():
        reconciled_grades.keep_reconciled(disagreement.number, settled_kept, request.now)
        log_write(
            request,
            Act.RECONCILE,
            names={(CASE_KIND, *case_key)},
            outcome=f"done: settled by a {settled_kept.how.replace('_', ' ')}",
        )
    return settled_kept


def disagreements_of(own_round: AuditRound) -> Disagreements:
    """The same of an open round, for a step that has asked and writes its own line."""
    opened = comparable_grades.opened_files(own_round)
    files = comparable_grades.as_files(own_round, opened)
    by_side = of_opened(own_round, files).schemes
    settled_grades = reconciled_grades.settled_of(own_round)
    pairs = [
        (opened_file, grade_pair)
        for opened_file, graded_file in zip(opened, files, strict=True)
        if (grade_pair := graded_file.pair) is not None
    ]
    disagreements = [
        ToReconcile(
            opened_file.number,
            opened_file.key,
            grade_pair,
            grade_distance(*grade_pair, by_side),
            opened_file.narrated,
            settled_grades.get(opened_file.number),
        )
        for opened_file, grade_pair in pairs
    ]
    differing = sorted(
        (disagreement for disagreement in disagreements if disagreement.apart.differ),
        key=lambda disagreement: (
            disagreement.settled is not None,
            disagreement.apart.order,
            disagreement.key.source,
            disagreement.key.case_ref,
        ),
    )
    return Disagreements(own_round.name, len(pairs), tuple(differing), by_side)
