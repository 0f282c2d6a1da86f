"""What the files drawn say of all files in the frame: what each side passes, and the gap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from duecare.audit.agreement.stratified_estimate import (
    Estimate,
    Graded,
    estimate_population,
    paired_stratum,
    passed_stratum,
)
from duecare.audit.grading.grade_scheme import Scheme
from duecare.audit.grading.graded_file import GradedFile
from duecare.audit.rounds.frame_file import Stratum


def population_of(
    files: Sequence[GradedFile], schemes: Mapping[str, Scheme], frame: Mapping[Stratum, int]
) -> dict[str, Estimate]:
    """Estimates for all files in the frame: the share each side passes, and the gap between them.

    Shape:   a side's share is by all files it graded, the gap by those that both graded; within a stratum each of these
             is a random sample of its own.
    Unknown: as `estimate`: with a stratum of which nothing was graded, nothing is said of the frame.
    """
    side_estimates = {
        f"{grader_side}_meets": estimate_population(_share_strata(files, grader_side, schemes[grader_side], frame))
        for grader_side in ("force", "inspectorate")
    }
    return {**side_estimates, "optimism_gap": estimate_population(_gap_strata(files, schemes, frame))}


def _share_strata(
    files: Sequence[GradedFile], grader_side: str, scheme: Scheme, frame: Mapping[Stratum, int]
) -> Iterable[Graded]:
    for stratum, stratum_size in frame.items():
        given_grades = [
            given_grade.grade
            for graded_file in files
            if graded_file.stratum == stratum and (given_grade := graded_file.standing(grader_side)) is not None
        ]
        yield passed_stratum(stratum, stratum_size, len(given_grades), sum(map(scheme.is_met, given_grades)))


def _gap_strata(
    files: Sequence[GradedFile], schemes: Mapping[str, Scheme], frame: Mapping[Stratum, int]
) -> Iterable[Graded]:
    for stratum, stratum_size in frame.items():
        pairs = [
            given_pair
            for graded_file in files
            if graded_file.stratum == stratum and (given_pair := graded_file.pair) is not None
        ]
        met_flags = [
            (schemes["force"].is_met(force_grade.grade), schemes["inspectorate"].is_met(inspector_grade.grade))
            for force_grade, inspector_grade in pairs
        ]
        yield paired_stratum(
            stratum, stratum_size, len(met_flags), met_flags.count((True, False)), met_flags.count((False, True))
        )
