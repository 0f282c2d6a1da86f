"""A reckoning of some duties alone: what is asked of one duty need not wait for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from duecare.assessment.rules_in_force import Reckoning
from duecare.duty.declaration import Duty
from duecare.rulebook.all_duties import all_duties


@dataclass(frozen=True)
class OfSome(Reckoning):
    """A reckoning of these duties alone, by their ids."""

    wanted: frozenset[str] = frozenset()

    @cached_property
    def case_duties(self) -> tuple[Duty, ...]:
        """Those of them that are owed in a case."""
        return tuple(duty for duty in super().case_duties if duty.id in self.wanted)

    @cached_property
    def person_duties(self) -> tuple[Duty, ...]:
        """Those of them that are owed to, or about, one person."""
        return tuple(duty for duty in super().person_duties if duty.id in self.wanted)


def of_some(by: Reckoning, wanted: frozenset[str]) -> OfSome:
    """The same reckoning, of these duties alone."""
    return OfSome(by.policy, by.roster, by.as_of, by.known_at, wanted)


def only(by: Reckoning, duty: str | None = None, ref: str | None = None) -> Reckoning:
    """The same reckoning, of this duty, or of those with a limit under this reference, alone; of all where none is named."""
    if duty is None and ref is None:
        return by
    mine = (one for one in all_duties() if duty in {None, one.id})
    return of_some(
        by,
        frozenset(
            one.id for one in mine if ref is None or any(ref == turn for rule in one.rules for turn, _ in rule.turns)
        ),
    )
