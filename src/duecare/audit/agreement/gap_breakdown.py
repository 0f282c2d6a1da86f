"""The gap part by part: by area, kind of case, topic, fairness to the suspect, grader and time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from duecare.audit.agreement.crosstab import crosstab
from duecare.audit.agreement.optimism_gap import Gap, optimism_gap
from duecare.audit.grading.grade_scheme import Scheme
from duecare.audit.grading.graded_file import Given, GradedFile
from duecare.vocabulary.moments import in_london

KINDS: Final = ("area", "case_kind", "topic", "suspect", "grader", "month", "half")
_Pair = tuple[Given, Given]


@dataclass(frozen=True, slots=True)
class Part:
    """By how much is the force kinder on one part of the files?

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
    paired = [(file, pair) for file in files if (pair := file.pair) is not None]
    grouped: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for file, (force, other) in paired:
        for kind, name in _plain_parts(file, (force, other)):
            grouped.setdefault((kind, name), []).append((force.grade, other.grade))
        if force.suspect and other.suspect:
            grouped.setdefault(("suspect", ""), []).append((force.suspect, other.suspect))
        for topic in force.topics.keys() & other.topics.keys():
            grouped.setdefault(("topic", topic), []).append((force.topics[topic], other.topics[topic]))
    for name, half in _halves([pair for _, pair in paired]):
        grouped[("half", name)] = [(force.grade, other.grade) for force, other in half]
    found = []
    for kind, name in sorted(grouped, key=lambda one: (KINDS.index(one[0]), one[1])):
        gap = optimism_gap(crosstab(grouped[kind, name], schemes["force"], schemes["inspectorate"]))
        if isinstance(gap, Gap):
            found.append(Part(kind, name, gap))
    return tuple(found)


def _plain_parts(file: GradedFile, pair: _Pair) -> Iterator[tuple[str, str]]:
    yield "area", file.area
    yield "case_kind", file.case_kind
    for one in pair:
        if one.grader:
            yield "grader", f"{one.side}: {one.grader}"
    last = _last(pair)
    if last is not None:
        yield "month", f"{in_london(last):%Y-%m}"


def _halves(pairs: Iterable[_Pair]) -> Iterator[tuple[str, list[_Pair]]]:
    by_grader: dict[str, list[tuple[datetime, _Pair]]] = {}
    for pair in pairs:
        for one in pair:
            if one.grader and one.at is not None:
                by_grader.setdefault(f"{one.side}: {one.grader}", []).append((one.at, pair))
    for grader, dated in by_grader.items():
        in_turn = [pair for _, pair in sorted(dated, key=lambda one: one[0])]
        middle = (len(in_turn) + 1) // 2
        if len(in_turn) > 1:
            yield f"{grader}, earlier files", in_turn[:middle]
            yield f"{grader}, later files", in_turn[middle:]


def _last(pair: _Pair) -> datetime | None:
    return max((one.at for one in pair if one.at is not None), default=None)
