"""Declarations as numbered tables: the kinds of fact, the parts they play in each duty, conditions, ages, people owed to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from duecare.duty.condition import AgedAtLeast, AgedUnder, Condition, Either, Every, IfKnown, Not, SubjectSex
from duecare.duty.declaration import Duty, Scope, Who
from duecare.duty.facts import OF_WHOLE_CASE, duty_parts

TOLD_BY = "supervisor_allocated"


@dataclass(frozen=True, slots=True)
class Play:
    """The part that facts of a kind play in a duty, and the conditions for it.

    Shape:   `duty` is its place in the list; `place` is the part's among those of the kind in that duty. `fit` is the
             number of the kind and its conditions, None where there are none.
    """

    duty: int
    kind: str
    part: str
    level: int
    place: int
    fit: int | None


@dataclass(frozen=True, slots=True)
class Fit:
    """The conditions facts of this kind must meet; `of_person`: some are about the subject."""

    number: int
    kind: str
    where: tuple[Condition, ...]
    of_person: bool


class Shape:
    """The declarations, laid out."""

    def __init__(self, duties: Sequence[Duty]) -> None:
        self.duties = tuple(duties)
        self.fits: list[Fit] = []
        self.plays: list[Play] = []
        numbers: dict[tuple[str, tuple[Condition, ...]], int] = {}
        for number, duty in enumerate(self.duties):
            for kind_name, played in duty_parts(duty).items():
                for place, played_part in enumerate(played):
                    where = played_part.fact.where
                    part_fit = None
                    if where:
                        part_fit = numbers.setdefault((kind_name, where), len(numbers))
                        if part_fit == len(self.fits):
                            self.fits.append(Fit(part_fit, kind_name, where, any(map(asks_of_person, where))))
                    self.plays.append(Play(number, kind_name, played_part.name, played_part.level, place, part_fit))

    @cached_property
    def kinds(self) -> dict[str, int]:
        """Every kind that plays a part, with a number for each."""
        kind_names = {duty_part.kind for duty_part in self.plays} | {TOLD_BY, *OF_WHOLE_CASE}
        return {kind_name: number for number, kind_name in enumerate(sorted(kind_names), 1)}

    @cached_property
    def whoms(self) -> dict[tuple[Who, ...], int]:
        """The people a duty that is not a case's is owed to: each description of them, with a number."""
        whom_orders = dict.fromkeys(duty.who for duty in self.duties if duty.scope is not Scope.CASE)
        return {whom_key: number for number, whom_key in enumerate(whom_orders)}

    @cached_property
    def ages(self) -> list[int]:
        """The ages that conditions need."""
        asked = {who_part.under for whom_key in self.whoms for who_part in whom_key if who_part.under is not None}
        for condition in self.leaves():
            if isinstance(condition, AgedAtLeast | AgedUnder):
                asked.add(condition.age)
        return sorted(asked)

    def leaves(self) -> Iterator[Condition]:
        """Every condition that contains no other."""
        for fit_part in self.fits:
            for condition in fit_part.where:
                yield from condition_leaves(condition)

    def is_of_case(self, duty: int) -> bool:
        """Whether this duty is judged on a case's timeline."""
        return self.duties[duty].scope is Scope.CASE


def condition_leaves(condition: Condition) -> Iterator[Condition]:
    """The conditions within this one that contain no other."""
    match condition:
        case Every(sub_conditions) | Either(sub_conditions):
            for sub_condition in sub_conditions:
                yield from condition_leaves(sub_condition)
        case Not(sub_condition):
            yield from condition_leaves(sub_condition)
        case IfKnown(if_condition, then_condition):
            yield from condition_leaves(if_condition)
            yield from condition_leaves(then_condition)
        case _:
            yield condition


def asks_of_person(condition: Condition) -> bool:
    """Whether this condition is about the subject's age or sex."""
    return any(
        isinstance(condition_leaf, AgedAtLeast | AgedUnder | SubjectSex)
        for condition_leaf in condition_leaves(condition)
    )
