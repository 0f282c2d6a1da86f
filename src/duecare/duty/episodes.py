"""From when to when an episode runs: a stay in custody, a child missing, a child under police protection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from duecare.duty.facts import PlacedFact, fact_order
from duecare.record.pole import CaseKey


@dataclass(frozen=True, slots=True)
class Stretch:
    """One episode, both ends included; `to` None while it runs. `closed` is the fact that ended it, if it was one."""

    from_: datetime
    to: datetime | None
    closed: PlacedFact | None

    def holds(self, at_moment: datetime) -> bool:
        """Whether this moment is in this episode."""
        return self.from_ <= at_moment and (self.to is None or at_moment <= self.to)


def find_stretches(opened: list[PlacedFact], closed: list[PlacedFact]) -> list[Stretch]:
    """Find the episodes of these facts.

    Shape:   each from its opening to the first later closing, in whichever case; where no later closing is known, to
             the next opening in another case. Episodes opened before one closing overlap, and end together.
    """
    stretches_found: list[Stretch] = []
    running: list[PlacedFact] = []
    for at_moment in sorted(
        {opening_fact.at for opening_fact in opened} | {closing_fact.at for closing_fact in closed}
    ):
        closes = [closing_fact for closing_fact in closed if closing_fact.at == at_moment]
        if running and closes:
            stretches_found.extend(Stretch(running_fact.at, at_moment, closes[0]) for running_fact in running)
            running, closes = [], []
        running.extend(opening_fact for opening_fact in opened if opening_fact.at == at_moment)
        if running and closes:
            stretches_found.extend(Stretch(running_fact.at, at_moment, closes[0]) for running_fact in running)
            running = []
    stretches_found.extend(
        Stretch(running_fact.at, _next_opening(running_fact, opened), None) for running_fact in running
    )
    return stretches_found


def stretch_of(
    placed_fact: PlacedFact, stretches_found: list[Stretch], opened: list[PlacedFact], closed: list[PlacedFact]
) -> Stretch:
    """The episode this fact is in; outside all, one of its own that ends likewise.

    Shape:   of episodes that end together, the first to open, for it holds the others. An opening of the same case that
             was written down with a later time than what followed it ends nothing.
    """
    holding = [stretch for stretch in stretches_found if stretch.holds(placed_fact.at)]
    if holding:
        return min((stretch for stretch in holding if stretch.to == holding[-1].to), key=lambda stretch: stretch.from_)
    closing = min((close for close in closed if close.at > placed_fact.at), key=fact_order, default=None)
    if closing is not None:
        return Stretch(placed_fact.at, closing.at, closing)
    return Stretch(placed_fact.at, _next_opening(placed_fact, opened), None)


def case_of(placed_fact: PlacedFact) -> CaseKey | str:
    """The case of this fact; where it names none, the source of it."""
    return (placed_fact.event.case if placed_fact.event else None) or placed_fact.source


def _next_opening(opening_fact: PlacedFact, opened: list[PlacedFact]) -> datetime | None:
    return min(
        (
            other_opening.at
            for other_opening in opened
            if other_opening.at > opening_fact.at and case_of(other_opening) != case_of(opening_fact)
        ),
        default=None,
    )
