"""From when to when an episode runs: a stay in custody, a child missing, a child under police protection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from duecare.duty.facts import Placed, order


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

    Shape:   each from its opening to the first closing, else to the next opening; while one runs, another opening in
             the same case opens none.
    """
    found: list[Stretch] = []
    running: Placed | None = None
    for at in sorted({fact.at for fact in opened} | {fact.at for fact in closed}):
        opens = [fact for fact in opened if fact.at == at]
        closes = [fact for fact in closed if fact.at == at]
        if running is not None and closes:
            found.append(Stretch(running.at, at, closes[0]))
            running, closes = None, []
        for fact in opens:
            if running is not None and _case(running) != _case(fact):
                found.append(Stretch(running.at, at, None))
                running = fact
            elif running is None:
                running = fact
        if running is not None and closes:
            found.append(Stretch(running.at, at, closes[0]))
            running = None
    if running is not None:
        found.append(Stretch(running.at, None, None))
    return found


def stretch_of(fact: Placed, found: list[Stretch], opened: list[Placed], closed: list[Placed]) -> Stretch:
    """Which episode holds this fact? Outside all, one of its own, to the next closing or opening in another case.

    Shape:   an opening of the same case that was written down with a later time than what followed it ends nothing.
    """
    for stretch in reversed(found):
        if stretch.holds(fact.at):
            return stretch
    other = (opening for opening in opened if _case(opening) != _case(fact))
    after = sorted((f for f in (*closed, *other) if f.at > fact.at), key=order)
    if not after:
        return Stretch(fact.at, None, None)
    first = after[0]
    return Stretch(fact.at, first.at, first if first in closed else None)


def _case(fact: Placed) -> object:
    return (fact.event.case if fact.event else None) or fact.source
