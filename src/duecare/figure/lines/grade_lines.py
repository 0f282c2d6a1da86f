"""The lines of figures about grades: one for each graded file of a round that ended in the period."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from duecare.audit.grading.graded_file import GradedFile
from duecare.audit.rounds.sample_sets import GRADED_BY
from duecare.figure.figure_definition import Definition
from duecare.figure.figure_inputs import Held, OfRound
from duecare.figure.figure_line import Member
from duecare.record.pole import CaseKey


def met_by(side: str) -> Callable[[Definition, Held], Iterable[Member]]:
    """The lines of the share of files of which this side found that the standard was met."""
    return lambda of, held: _met(of, held, side)


def gap(of: Definition, held: Held) -> Iterator[Member]:
    """One line for each file that both sides were to grade: did the force alone pass it, the inspectorate alone, or neither?"""
    for one in _ended(held):
        for file in one.files:
            if file.set != "paired":
                continue
            if file.pair is None:
                yield _line(of, held, one, file, None, "one of the two sides gave no grade")
                continue
            force, other = (one.schemes[given.side].is_met(given.grade) for given in file.pair)
            words = {
                1: "the force alone passed it",
                0: "both passed it, or neither",
                -1: "the inspectorate alone passed it",
            }
            score = int(force) - int(other)
            yield _line(of, held, one, file, score > 0, words[score], score)


def _met(of: Definition, held: Held, side: str) -> Iterator[Member]:
    for one in _ended(held):
        for file in one.files:
            if side not in GRADED_BY.get(file.set, ()):
                continue
            given = file.standing(side)
            counts = None if given is None else one.schemes[side].is_met(given.grade)
            yield _line(of, held, one, file, counts, given.grade if given else "no grade was given")


def _ended(held: Held) -> Iterator[OfRound]:
    return (one for one in held.rounds if held.period.holds(one.at))


def _line(
    of: Definition,
    held: Held,
    within: OfRound,
    file: GradedFile,
    counts: bool | None,
    why: str,
    score: int | None = None,
) -> Member:
    case = CaseKey(file.case_source, file.case_ref)
    size = within.frame.get(file.stratum, 0) if file.stratum else 0
    return held.member(
        of, f"{within.name}:{file.case_source}:{file.case_ref}", within.at, counts, why, case=case,
        person=held.children.get(case), area=file.area, amount=None if score is None else float(score),
        stratum="\x1f".join((within.name, *file.stratum)) if size else "", frame=size,
    )  # fmt: skip
