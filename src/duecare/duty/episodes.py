"""From when to when an episode runs: a stay in custody, a child missing, a child under police protection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from duecare.duty.facts import Placed, order
from duecare.record.pole import CaseKey


@dataclass(frozen=True, slots=True)
class Stretch:
    """One episode, both ends included; `to` None while it runs. `closed` is the fact that ended it, if it was one."""

    from_: datetime
    to: datetime | None
    closed: Placed | None

    def holds(self, at: datetime) -> bool:
        """Does this episode hold this moment?"""
        return self.from_ <= at and (self.to is None or at <= self.to)


def stretches(opened: list[Placed], closed: list[Placed]) -> list[Stretch]:
    """Which episodes are there?

    Shape:   each from its opening to the first later closing, in whichever case; where no later closing is known, to
             the next opening in another case. Episodes opened before one closing overlap, and end together.
    """
    found: list[Stretch] = []
    running: list[Placed] = []
    for at in sorted({fact.at for fact in opened} | {fact.at for fact in closed}):
        closes = [fact for fact in closed if fact.at == at]
        if running and closes:
            found.extend(Stretch(fact.at, at, closes[0]) for fact in running)
            running, closes = [], []
        running.extend(fact for fact in opened if fact.at == at)
        if running and closes:
            found.extend(Stretch(fact.at, at, closes[0]) for fact in running)
            running = []
    found.extend(Stretch(fact.at, _next_opening(fact, opened), None) for fact in running)
    return found


def stretch_of(fact: Placed, found: list[Stretch], opened: list[Placed], closed: list[Placed]) -> Stretch:
    """Which episode holds this fact? Outside all, one of its own that ends likewise.

    Shape:   of episodes that end together, the first to open, for it holds the others. An opening of the same case that
             was written down with a later time than what followed it ends nothing.
    """
    holding = [stretch for stretch in found if stretch.holds(fact.at)]
    if holding:
        return min((s for s in holding if s.to == holding[-1].to), key=lambda s: s.from_)
    closing = min((close for close in closed if close.at > fact.at), key=order, default=None)
    if closing is not None:
        return Stretch(fact.at, closing.at, closing)
    return Stretch(fact.at, _next_opening(fact, opened), None)


def case_of(fact: Placed) -> CaseKey | str:
    """Which case is this fact's; where it names none, which source says so?"""
    return (fact.event.case if fact.event else None) or fact.source


def _next_opening(fact: Placed, opened: list[Placed]) -> datetime | None:
    return min((other.at for other in opened if other.at > fact.at and case_of(other) != case_of(fact)), default=None)
