"""Which duties share SQL statements: by where they start (in a case, in or after an episode, by an absence)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from duecare.duty.allowance import ByAgeInCase, ByLatestPlan, ByLatestRisk
from duecare.duty.declaration import Duty, Recurs


class TimePlace(IntEnum):
    """The arrangement of a duty's starts."""

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
class DutyShape:
    """Duties that the same statements serve, each with its place in the list of all, and what any of them needs.

    Shape:   `name` begins the names of its tables.
    """

    lies: TimePlace
    duties: tuple[tuple[int, Duty], ...]

    @property
    def name(self) -> str:
        """The prefix of the names of its tables."""
        return f"m{self.lies.value}"

    def any(self, holds: Callable[[Duty], object]) -> bool:
        """Whether this is so of any of its duties."""
        return any(holds(duty) for _, duty in self.duties)

    @property
    def stands(self) -> bool:
        """Whether a state that stands already may discharge it."""
        return self.any(lambda duty: duty.standing)

    @property
    def restarts(self) -> bool:
        """Whether it may begin again when nothing of that state is left."""
        return self.any(lambda duty: duty.standing and duty.standing.restarts)

    @property
    def recurs(self) -> bool:
        """Whether one occurrence may follow another."""
        return self.any(lambda duty: duty.recurs)

    @property
    def spends(self) -> bool:
        """Whether a fact may have met an earlier occurrence already."""
        within = self.lies is TimePlace.WITHIN_EPISODES
        return self.any(lambda duty: duty.recurs is Recurs.FROM_DUE or (within and duty.recurs))

    @property
    def ends_with_case(self) -> bool:
        """Whether the closing of the case may end it."""
        return self.any(lambda duty: duty.ended_with_case)

    @property
    def is_superseded(self) -> bool:
        """Whether one rule may give way to another."""
        return self.any(lambda duty: any(duty_rule.superseded for duty_rule in duty.rules))

    @property
    def is_dated(self) -> bool:
        """Whether it may follow a fact before its start."""
        return self.any(lambda duty: duty.dated_by)

    @property
    def needs_a_state(self) -> bool:
        """Whether a start may lie outside the state in which alone it is owed."""
        return self.any(lambda duty: duty.during is not None)

    @property
    def pauses(self) -> bool:
        """Whether its clock may stand still."""
        return self.any(lambda duty: duty.pause)

    @property
    def follows_facts(self) -> bool:
        """Whether its limit may be set by facts after its start."""
        return self.any(
            lambda duty: any(
                isinstance(allowance, ByLatestRisk | ByLatestPlan)
                for duty_rule in duty.rules
                for _, allowance in duty_rule.turns
            )
        )

    @property
    def asks_for_children(self) -> bool:
        """Whether its limit may follow who is in the case."""
        return self.any(
            lambda duty: any(
                isinstance(allowance, ByAgeInCase) for duty_rule in duty.rules for _, allowance in duty_rule.turns
            )
        )

    @property
    def is_long(self) -> bool:
        """Whether one start may have more than one occurrence."""
        return self.recurs or self.restarts or self.is_superseded


def group_duties(duties: Sequence[Duty]) -> list[DutyShape]:
    """The manners there are, and the duties of each."""
    duties_by_lies: dict[TimePlace, list[tuple[int, Duty]]] = {}
    for number, duty in enumerate(duties):
        duties_by_lies.setdefault(_lies_of(duty), []).append((number, duty))
    return [DutyShape(duty_lies, tuple(own_duties)) for duty_lies, own_duties in sorted(duties_by_lies.items())]


def _lies_of(duty: Duty) -> TimePlace:
    if duty.episode is not None:
        return TimePlace.AFTER_EPISODES if duty.episode.owed_after else TimePlace.WITHIN_EPISODES
    return TimePlace.BY_CASE if duty.away is None else TimePlace.BESIDE_ABSENCES


def trigger_kinds(duty: Duty) -> set[str]:
    """The kinds of fact that may begin an occurrence."""
    facts = [trigger_fact for level in duty.starts for trigger_fact in level]
    if duty.recurs is not None:
        facts.extend(duty.met_by)
    if duty.standing is not None:
        facts.extend(duty.standing.ended_by)
    if duty.away is not None:
        facts.extend(duty.away.ends)
    facts.extend(duty_rule.superseded.by for duty_rule in duty.rules if duty_rule.superseded is not None)
    return {trigger_fact.kind for trigger_fact in facts}
