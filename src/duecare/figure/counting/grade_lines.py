"""The lines of figures about grades: one for each graded file of a round that ended in the period."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from duecare.audit.grading.graded_file import GradedFile
from duecare.audit.rounds.sample_sets import GRADED_BY
from duecare.figure.figure_definition import Definition
from duecare.figure.figure_inputs import FigureInputs, OfRound
from duecare.figure.figure_line import CountedLine
from duecare.record.pole import CaseKey


def met_by(audit_side: str) -> Callable[[Definition, FigureInputs], Iterable[CountedLine]]:
    """The lines of the share of files of which this side found that the standard was met."""
    return lambda definition, inputs: _met_lines(definition, inputs, audit_side)


def gap(definition: Definition, inputs: FigureInputs) -> Iterator[CountedLine]:
    """One line for each file that both sides were to grade: passed by the force alone, the inspectorate alone, or neither."""
    for audit_round in _ended_rounds(inputs):
        for graded_file in audit_round.files:
            if graded_file.set != "paired":
                continue
            if graded_file.pair is None:
                yield _grade_line(
                    definition, inputs, audit_round, graded_file, None, "one of the two sides gave no grade"
                )
                continue
            force, other = (audit_round.schemes[given.side].is_met(given.grade) for given in graded_file.pair)
            words = {
                1: "the force alone passed it",
                0: "both passed it, or neither",
                -1: "the inspectorate alone passed it",
            }
            score = int(force) - int(other)
            yield _grade_line(definition, inputs, audit_round, graded_file, score > 0, words[score], score)


def _met_lines(definition: Definition, inputs: FigureInputs, audit_side: str) -> Iterator[CountedLine]:
    for audit_round in _ended_rounds(inputs):
        for graded_file in audit_round.files:
            if audit_side not in GRADED_BY.get(graded_file.set, ()):
                continue
            standing_grade = graded_file.standing(audit_side)
            counts = None if standing_grade is None else audit_round.schemes[audit_side].is_met(standing_grade.grade)
            yield _grade_line(
                definition,
                inputs,
                audit_round,
                graded_file,
                counts,
                standing_grade.grade if standing_grade else "no grade was given",
            )


def _ended_rounds(inputs: FigureInputs) -> Iterator[OfRound]:
    return (audit_round for audit_round in inputs.rounds if inputs.period.holds(audit_round.at))


def _grade_line(
    definition: Definition,
    inputs: FigureInputs,
    within: OfRound,
    graded_file: GradedFile,
    counts: bool | None,
    reason: str,
    score: int | None = None,
) -> CountedLine:
    case_key = CaseKey(graded_file.case_source, graded_file.case_ref)
    frame_size = within.frame.get(graded_file.stratum, 0) if graded_file.stratum else 0
    return inputs.member(
        definition,
        f"{within.name}:{graded_file.case_source}:{graded_file.case_ref}",
        within.at,
        counts,
        reason,
        case_key=case_key,
        person=inputs.children.get(case_key),
        area_name=graded_file.area,
        amount=None if score is None else float(score),
        stratum="\x1f".join((within.name, *graded_file.stratum)) if frame_size else "",
        frame=frame_size,
    )
