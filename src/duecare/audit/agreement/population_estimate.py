"""What the files drawn say of all files in the frame: what each side passes, and the gap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from duecare.audit.agreement.stratified_estimate import Estimate, Graded, estimate, paired, passed
from duecare.audit.grading.grade_scheme import Scheme
from duecare.audit.grading.graded_file import GradedFile
from duecare.audit.rounds.frame_file import Stratum


def population_of(
    files: Sequence[GradedFile], schemes: Mapping[str, Scheme], frame: Mapping[Stratum, int]
) -> dict[str, Estimate]:
    """For all files in the frame: which share does each side pass, and by how much do the shares differ?

    Shape:   a side's share is by all files it graded, the gap by those that both graded; within a stratum each of these
             is a random sample of its own.
    Unknown: as `estimate`: with a stratum of which nothing was graded, nothing is said of the frame.
    """
    found = {
        f"{side}_meets": estimate(_shares(files, side, schemes[side], frame)) for side in ("force", "inspectorate")
    }
    return {**found, "optimism_gap": estimate(_gaps(files, schemes, frame))}


def _shares(files: Sequence[GradedFile], side: str, scheme: Scheme, frame: Mapping[Stratum, int]) -> Iterable[Graded]:
    for stratum, size in frame.items():
        given = [one.grade for file in files if file.stratum == stratum and (one := file.standing(side)) is not None]
        yield passed(stratum, size, len(given), sum(map(scheme.is_met, given)))


def _gaps(files: Sequence[GradedFile], schemes: Mapping[str, Scheme], frame: Mapping[Stratum, int]) -> Iterable[Graded]:
    for stratum, size in frame.items():
        pairs = [pair for file in files if file.stratum == stratum and (pair := file.pair) is not None]
        met = [
            (schemes["force"].is_met(one.grade), schemes["inspectorate"].is_met(other.grade)) for one, other in pairs
        ]
        yield paired(stratum, size, len(met), met.count((True, False)), met.count((False, True)))
