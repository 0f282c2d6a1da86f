"""The gap part by part: by area, kind of case, topic, fairness to the suspect, grader and time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from duecare.audit.agreement.crosstab import cross_tabulate
from duecare.audit.agreement.optimism_gap import Gap, optimism_gap
from duecare.audit.grading.grade_scheme import Scheme
from duecare.audit.grading.graded_file import GradedFile, GradeGiven
from duecare.vocabulary.london_clock import in_london

KINDS: Final = ("area", "case_kind", "topic", "suspect", "grader", "month", "half")
_GivenPair = tuple[GradeGiven, GradeGiven]


@dataclass(frozen=True, slots=True)
class Part:
    """The gap between the sides on one part of the files.

    Shape:   `kind` is one of KINDS; `name` is empty for files that do not say. Of a grader, `name` is the side and the
             grader; a half is the earlier or the later of a grader's files, so that a change in one grader shows. `suspect` is of
             the grades for how investigations treated the suspect.
    """

    kind: str
    name: str
    gap: Gap

    def as_json(self) -> dict[str, object]:
        """What a command prints of it."""
        return {"by": self.kind, "name": self.name, **self.gap.as_json()}


def parts_of(files: Sequence[GradedFile], schemes: Mapping[str, Scheme]) -> tuple[Part, ...]:
    """The gap of each part of these files, kind by kind and in order of name; of files that both sides graded.

    Unknown: a part with no such file is left out.
    """
    paired = [(graded_file, given_pair) for graded_file in files if (given_pair := graded_file.pair) is not None]
    grouped: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for graded_file, (force, inspector_grade) in paired:
        for part_kind, part_name in _plain_parts(graded_file, (force, inspector_grade)):
            grouped.setdefault((part_kind, part_name), []).append((force.grade, inspector_grade.grade))
        if force.suspect and inspector_grade.suspect:
            grouped.setdefault(("suspect", ""), []).append((force.suspect, inspector_grade.suspect))
        for topic in force.topics.keys() & inspector_grade.topics.keys():
            grouped.setdefault(("topic", topic), []).append((force.topics[topic], inspector_grade.topics[topic]))
    for part_name, half_pairs in _half_pairs([given_pair for _, given_pair in paired]):
        grouped[("half", part_name)] = [(force.grade, inspector_grade.grade) for force, inspector_grade in half_pairs]
    gap_parts = []
    for part_kind, part_name in sorted(grouped, key=lambda part_key: (KINDS.index(part_key[0]), part_key[1])):
        optimism_gap_value = optimism_gap(
            cross_tabulate(grouped[part_kind, part_name], schemes["force"], schemes["inspectorate"])
        )
        if isinstance(optimism_gap_value, Gap):
            gap_parts.append(Part(part_kind, part_name, optimism_gap_value))
    return tuple(gap_parts)


def _plain_parts(graded_file: GradedFile, given_pair: _GivenPair) -> Iterator[tuple[str, str]]:
    yield "area", graded_file.area
    yield "case_kind", graded_file.case_kind
    for given_grade in given_pair:
        if given_grade.grader:
            yield "grader", f"{given_grade.side}: {given_grade.grader}"
    last_graded_at = _last_graded_at(given_pair)
    if last_graded_at is not None:
        yield "month", f"{in_london(last_graded_at):%Y-%m}"


def _half_pairs(pairs: Iterable[_GivenPair]) -> Iterator[tuple[str, list[_GivenPair]]]:
    by_grader: dict[str, list[tuple[datetime, _GivenPair]]] = {}
    for given_pair in pairs:
        for given_grade in given_pair:
            if given_grade.grader and given_grade.at is not None:
                by_grader.setdefault(f"{given_grade.side}: {given_grade.grader}", []).append(
                    (given_grade.at, given_pair)
                )
    for grader, dated in by_grader.items():
        in_turn = [given_pair for _, given_pair in sorted(dated, key=lambda dated_pair: dated_pair[0])]
        middle = (len(in_turn) + 1) // 2
        if len(in_turn) > 1:
            yield f"{grader}, earlier files", in_turn[:middle]
            yield f"{grader}, later files", in_turn[middle:]


def _last_graded_at(given_pair: _GivenPair) -> datetime | None:
    return max((given_grade.at for given_grade in given_pair if given_grade.at is not None), default=None)
