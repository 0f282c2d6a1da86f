"""What the declarations say, laid out as the tables that every statement works from."""

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
    """Which part do facts of a kind play in which duty, and under which conditions?

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
    """Which conditions must hold of facts of this kind? `of_person`: some ask about the subject."""

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
            for kind, played in duty_parts(duty).items():
                for place, part in enumerate(played):
                    where = part.fact.where
                    fit = None
                    if where:
                        fit = numbers.setdefault((kind, where), len(numbers))
                        if fit == len(self.fits):
                            self.fits.append(Fit(fit, kind, where, any(map(asks_of_person, where))))
                    self.plays.append(Play(number, kind, part.name, part.level, place, fit))

    @cached_property
    def kinds(self) -> dict[str, int]:
        """Every kind that plays a part, with a number for each."""
        named = {play.kind for play in self.plays} | {TOLD_BY, *OF_WHOLE_CASE}
        return {kind: number for number, kind in enumerate(sorted(named), 1)}

    @cached_property
    def whoms(self) -> dict[tuple[Who, ...], int]:
        """To whom is a duty owed that is not a case's? Each way of saying so, with a number."""
        said = dict.fromkeys(duty.who for duty in self.duties if duty.scope is not Scope.CASE)
        return {whom: number for number, whom in enumerate(said)}

    @cached_property
    def ages(self) -> list[int]:
        """Which ages are asked about?"""
        asked = {who.under for whom in self.whoms for who in whom if who.under is not None}
        for condition in self.leaves():
            if isinstance(condition, AgedAtLeast | AgedUnder):
                asked.add(condition.age)
        return sorted(asked)

    def leaves(self) -> Iterator[Condition]:
        """Every condition that holds no other."""
        for fit in self.fits:
            for condition in fit.where:
                yield from leaves(condition)

    def is_of_case(self, duty: int) -> bool:
        """Is this duty judged on a case's timeline?"""
        return self.duties[duty].scope is Scope.CASE


def leaves(condition: Condition) -> Iterator[Condition]:
    """The conditions within this one that hold no other."""
    match condition:
        case Every(of) | Either(of):
            for one in of:
                yield from leaves(one)
        case Not(one):
            yield from leaves(one)
        case IfKnown(first, then):
            yield from leaves(first)
            yield from leaves(then)
        case _:
            yield condition


def asks_of_person(condition: Condition) -> bool:
    """Does this condition ask about the subject's age or sex?"""
    return any(isinstance(leaf, AgedAtLeast | AgedUnder | SubjectSex) for leaf in leaves(condition))
