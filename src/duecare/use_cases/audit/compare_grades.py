"""Compare the grades of two sides of a round: drawn here (not while `comparable_round` says blind), run elsewhere, or totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import NamedTuple

from duecare.access.act import Act
from duecare.access.thing import GRADES
from duecare.audit import Totals, own_rows, read_totals, total_pairs
from duecare.audit.agreement.round_comparison import Comparison, compare_files
from duecare.audit.grading.grade_scheme import Scheme, grade_schemes
from duecare.audit.grading.graded_file import GradedFile
from duecare.audit.grading.imported_case_grade import CaseGrade, scheme_for
from duecare.audit.rounds.frame_file import Stratum
from duecare.audit.rounds.sample_sets import SIDES
from duecare.authorisation.authorise import authorise, log_read, log_write
from duecare.authorisation.request import Request
from duecare.store.audit import comparable_grades, imported_grades, round_records
from duecare.store.audit import published_totals as audit_published_totals
from duecare.store.audit.audit_round import AuditRound
from duecare.store.database.transaction import transaction
from duecare.vocabulary.refusals import Refusal

OPENED: str = "grades opened by their own side, each fitting its seal"
ELSEWHERE: str = "grades of an audit run elsewhere, as given by case"


class Gathered(NamedTuple):
    """The files of a round with their grades, the schemes of both sides, the basis, and the frame they were drawn from."""

    files: tuple[GradedFile, ...]
    schemes: Mapping[str, Scheme]
    basis: Mapping[str, str]
    frame: Mapping[Stratum, int]


@dataclass(frozen=True, slots=True)
class RoundListed:
    """One round: its name, where it is from, and whether its grades can be compared now.

    Shape:   `origin` is here, elsewhere or totals.
    """

    name: str
    origin: str
    is_open: bool = True


def compare_round(request: Request, round_name: str) -> Comparison | Totals:
    """Compare the two sides of this round: how far they agree, and by how much the force is more generous.

    Shape:   totals where only those are known of the round: they have no cross-table, and say so.
    Raises:  ACC-003 when the viewer may not; AUD-041 where there is no such round; AUD-042 while it is blind.
    """
    authorise(request, Act.COMPARE, GRADES)
    with refusing_blind(request, Act.COMPARE):
        comparison = comparison_of(round_name)
    log_read(request, Act.COMPARE)
    return comparison


@contextmanager
def refusing_blind(request: Request, read_act: Act) -> Iterator[None]:
    """Whatever inside is refused is written in the ledger before it is given, so that trying a blind round shows."""
    try:
        yield
    except Refusal as refusal:
        with transaction():
            log_write(request, read_act, outcome=f"refused {refusal.code}")
        raise


def rounds_to_compare(request: Request) -> tuple[RoundListed, ...]:
    """The rounds that can be compared: drawn here, run elsewhere, and known by their totals.

    Raises:  ACC-003 when the viewer may not.
    """
    authorise(request, Act.COMPARE, GRADES)
    rounds_listed = [
        RoundListed(listed_name, "here", is_open) for listed_name, is_open in comparable_grades.round_names()
    ]
    rounds_listed += [RoundListed(imported_name, "elsewhere") for imported_name in imported_grades.round_names()]
    listed_names = {listed_round.name for listed_round in rounds_listed}
    of_totals = dict.fromkeys(totals_set.round for totals_set in published_totals().sets)
    rounds_listed += [
        RoundListed(totals_name, "totals") for totals_name in of_totals if totals_name not in listed_names
    ]
    log_read(request, Act.COMPARE)
    return tuple(rounds_listed)


def comparison_of(round_name: str) -> Comparison | Totals:
    """The same, for a step that has asked and writes its own line.

    Raises:  as `compare_round`.
    """
    gathered_grades = gather_grades(round_name)
    return _by_totals(round_name) if gathered_grades is None else compare_files(round_name, *gathered_grades)


def gather_grades(round_name: str) -> Gathered | None:
    """The grades of this round, as `compare` takes them; None where it has no grade by case.

    Raises:  AUD-042 while it is blind.
    """
    own_round = round_records.round_named(round_name)
    if own_round is not None:
        if not comparable_grades.is_open(own_round):
            raise Refusal("AUD-042")
        return of_opened(own_round, comparable_grades.as_files(own_round, comparable_grades.opened_files(own_round)))
    imported_rows = imported_grades.rows_of(round_name)
    return _of_elsewhere(round_name, imported_rows) if imported_rows else None


def open_round(round_name: str) -> AuditRound:
    """This round that was drawn here, for a step that has asked.

    Raises:  AUD-041 where there is none; AUD-042 while it is blind.
    """
    own_round = round_records.round_named(round_name)
    if own_round is None:
        raise Refusal("AUD-041")
    if not comparable_grades.is_open(own_round):
        raise Refusal("AUD-042")
    return own_round


def of_opened(own_round: AuditRound, files: tuple[GradedFile, ...]) -> Gathered:
    """These opened files of a round drawn here, with its schemes, basis and frame."""
    by_side = _schemes_of(own_round, files)
    basis = {audit_side: f"{OPENED}; {by_side[audit_side].says}" for audit_side in SIDES}
    if own_round.ended_at is not None:
        basis["ended"] = "The round was ended by its leads; what was not submitted by then is not counted."
    return Gathered(files, by_side, basis, comparable_grades.frame_sizes(own_round))


def published_totals() -> Totals:
    """All published totals that were imported; where none have been, the project's own record."""
    return total_pairs(read_totals(audit_published_totals.total_rows() or own_rows()).accepted)


def _schemes_of(own_round: AuditRound, files: tuple[GradedFile, ...]) -> dict[str, Scheme]:
    schemes_found = {}
    for audit_side in SIDES:
        named_scheme = grade_schemes().get(str(own_round.schemes.get(audit_side, "")))
        words = {
            grade_given.grade
            for sampled_file in files
            for grade_given in sampled_file.given
            if grade_given.side == audit_side
        }
        schemes_found[audit_side] = named_scheme or scheme_for(words, own_round.name)[0]
    return schemes_found


def _of_elsewhere(round_name: str, imported_rows: tuple[CaseGrade, ...]) -> Gathered:
    words = {grade_row.grade for grade_row in imported_rows}
    dated = {
        audit_side: scheme_for(
            words, round_name, (grade_row.graded_at for grade_row in imported_rows if grade_row.side == audit_side)
        )
        for audit_side in SIDES
    }
    basis = {audit_side: f"{ELSEWHERE}; {dated_how}" for audit_side, (_, dated_how) in dated.items()}
    by_side = {audit_side: scheme for audit_side, (scheme, _) in dated.items()}
    return Gathered(imported_grades.as_files(imported_rows), by_side, basis, {})


def _by_totals(round_name: str) -> Totals:
    everything = published_totals()
    totals_sets = tuple(totals_set for totals_set in everything.sets if totals_set.round == round_name)
    if not totals_sets:
        raise Refusal("AUD-041")
    pairs = tuple(totals_pair for totals_pair in everything.pairs if totals_pair.inspectorate.round == round_name)
    return replace(everything, sets=totals_sets, pairs=pairs, notes=())
