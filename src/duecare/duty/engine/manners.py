"""Which duties can be worked out by the same statements: those that lie alike in episodes and absences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from duecare.duty.allowance import ByAgeInCase, ByLatestPlan, ByLatestRisk
from duecare.duty.declaration import Duty, Recurs


class Lies(IntEnum):
    """How do the starts of a duty lie?"""

    BY_CASE = 0
    WITHIN_EPISODES = 1
    AFTER_EPISODES = 2
    BESIDE_ABSENCES = 3


PARTS = {
    "start": 0,
    "met": 1,
    "excused": 2,
    "ended": 3,
    "attempted": 4,
    "lapsed": 5,
    "opened": 6,
    "closed": 7,
    "left": 8,
    "returned": 9,
    "superseded": 10,
    "case_closed": 11,
    "case_reopened": 12,
    "row_closed": 13,
    "began": 14,
    "ceased": 15,
    "dated": 16,
    "paused": 17,
    "resumed": 18,
}
"""Every part that a fact can play, with the number that stands for it; those that set a limit follow on."""


@dataclass(frozen=True)
class Manner:
    """Duties that the same statements serve, each with its place in the list of all, and what any of them needs.

    Shape:   `name` begins the names of its tables.
    """

    lies: Lies
    duties: tuple[tuple[int, Duty], ...]

    @property
    def name(self) -> str:
        """How do the names of its tables begin?"""
        return f"m{self.lies.value}"

    def any(self, holds: Callable[[Duty], object]) -> bool:
        """Is this so of any of its duties?"""
        return any(holds(duty) for _, duty in self.duties)

    @property
    def stands(self) -> bool:
        """May a state discharge it that stands already?"""
        return self.any(lambda duty: duty.standing)

    @property
    def restarts(self) -> bool:
        """May it begin anew when nothing of that state is left?"""
        return self.any(lambda duty: duty.standing and duty.standing.restarts)

    @property
    def recurs(self) -> bool:
        """May one occurrence follow another?"""
        return self.any(lambda duty: duty.recurs)

    @property
    def spends(self) -> bool:
        """May a fact have met an earlier occurrence already?"""
        within = self.lies is Lies.WITHIN_EPISODES
        return self.any(lambda duty: duty.recurs is Recurs.FROM_DUE or (within and duty.recurs))

    @property
    def ends_with_case(self) -> bool:
        """May the closing of the case end it?"""
        return self.any(lambda duty: duty.ended_with_case)

    @property
    def is_superseded(self) -> bool:
        """May one rule give way to another?"""
        return self.any(lambda duty: any(rule.superseded for rule in duty.rules))

    @property
    def is_dated(self) -> bool:
        """May it go by a fact before its start?"""
        return self.any(lambda duty: duty.dated_by)

    @property
    def needs_a_state(self) -> bool:
        """May a start lie outside the state in which alone it is owed?"""
        return self.any(lambda duty: duty.during is not None)

    @property
    def pauses(self) -> bool:
        """May its clock stand still?"""
        return self.any(lambda duty: duty.pause)

    @property
    def follows_facts(self) -> bool:
        """May its limit be set by facts after its start?"""
        return self.any(
            lambda duty: any(isinstance(a, ByLatestRisk | ByLatestPlan) for r in duty.rules for _, a in r.turns)
        )

    @property
    def asks_for_children(self) -> bool:
        """May its limit go by who is in the case?"""
        return self.any(lambda duty: any(isinstance(a, ByAgeInCase) for r in duty.rules for _, a in r.turns))

    @property
    def is_long(self) -> bool:
        """May one start have more than one occurrence?"""
        return self.recurs or self.restarts or self.is_superseded


def manners(duties: Sequence[Duty]) -> list[Manner]:
    """Which manners are there, and which duties has each?"""
    found: dict[Lies, list[tuple[int, Duty]]] = {}
    for number, duty in enumerate(duties):
        found.setdefault(_lies(duty), []).append((number, duty))
    return [Manner(lies, tuple(mine)) for lies, mine in sorted(found.items())]


def _lies(duty: Duty) -> Lies:
    if duty.episode is not None:
        return Lies.AFTER_EPISODES if duty.episode.owed_after else Lies.WITHIN_EPISODES
    return Lies.BY_CASE if duty.away is None else Lies.BESIDE_ABSENCES


def triggers(duty: Duty) -> set[str]:
    """Of which kinds may the fact be that begins an occurrence?"""
    facts = [fact for level in duty.starts for fact in level]
    if duty.recurs is not None:
        facts.extend(duty.met_by)
    if duty.standing is not None:
        facts.extend(duty.standing.ended_by)
    if duty.away is not None:
        facts.extend(duty.away.ends)
    facts.extend(rule.superseded.by for rule in duty.rules if rule.superseded is not None)
    return {fact.kind for fact in facts}
