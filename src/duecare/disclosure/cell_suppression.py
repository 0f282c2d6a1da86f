"""The suppressor: which further counts are hidden, as few as will do, so that the auditor can narrow none too far."""

from __future__ import annotations

from functools import partial
from math import log2
from typing import Final

from duecare.disclosure.alternative_tables import STEPS, Price
from duecare.disclosure.equation_system import NO_END, Variable
from duecare.disclosure.protection_audit import CORRECTIONS, Audit, Narrowed

FREE: Final = 0.001
"""Moving what is hidden already costs next to nothing."""
TOTAL: Final = 0.5
"""By how much more than one cell is a total worth, for each dimension that it leaves out?"""
VERY_MANY: Final = 1_000
"""Beyond so many cells hidden for others it is not looked far and wide for each whether it could be printed again."""


class Suppressor:
    """Hides cells of one draft.

    Shape:   `chosen` are those hidden to protect others, in the order in which they were chosen; `open_to_all` what cannot be
             protected, though all of the draft that may be hidden were.
    """

    def __init__(self, audit: Audit) -> None:
        self.audit = audit
        self.chosen: list[int] = []
        self.open_to_all: list[Narrowed] = []
        self._first: dict[int, tuple[int, int]] = {}
        self._most = max((len(v.key.at) for v in audit.system.variables if v.may_hide), default=0)

    def run(self) -> None:
        """Hide as few as will do, then print again what turned out not to be needed."""
        waiting = self.audit.targets()
        while waiting:
            before = len(self.chosen)
            for number in waiting:
                self._protect(number)
            waiting = sorted(self.chosen[before:])
        self._print_again()

    def hide(self, number: int) -> None:
        """Print the mark for this count."""
        variable = self.audit.system.variables[number]
        self._first.setdefault(number, (variable.low, variable.high))
        self.audit.system.set_form(number, self.audit.policy.least_hidden, NO_END)

    def _protect(self, number: int) -> None:
        while (narrowed := self.audit.narrowed(number)) is not None:
            opened = self._cheapest(narrowed)
            if not opened and narrowed.insider == CORRECTIONS:
                self.audit.tolerated.add(number)
                continue
            if not opened:
                self.open_to_all.append(narrowed)
                return
            for one in sorted(opened):
                self.hide(one)
                self.chosen.append(one)

    def _cheapest(self, narrowed: Narrowed) -> set[int]:
        """Which cells, hidden too, let this count move as far as it must? None at all if nothing would."""
        number, loose = narrowed.number, narrowed.insider != CORRECTIONS
        ground, system = self.audit.grounds[loose], self.audit.system

        def may_move(other: int) -> bool:
            variable = system.variables[other]
            is_known = bool(narrowed.insider) and variable.place == narrowed.insider
            moves = variable.low < variable.high or variable.may_hide or (loose and variable.role == "correction")
            return moves and not is_known

        # Right to where it is safe, on one side; where neither side has the room, as far as it goes on either.
        for is_set in (True, False):
            best: tuple[float, set[int]] | None = None
            for step in (1, -1):
                goal = self.audit.goal_of(narrowed, step)
                size = 0
                for most in STEPS:
                    near = ground.around(number, most, may_move)
                    if len(near) == size:
                        break
                    size = len(near)
                    made = ground.move(number, step, goal, near, partial(self._price, goal), is_set=is_set)
                    if made is not None and made[0]:
                        opened = {other for other in made[0] if self._is_beyond(other, made[0][other], whole=made[1])}
                        price = sum(self._worth(system.variables[other], other) for other in opened)
                        if opened and (best is None or price < best[0]):
                            best = price, opened
                        break
            if best is not None:
                return best[1]
        return set()

    def _is_beyond(self, number: int, by: int, *, whole: bool) -> bool:
        variable = self.audit.system.variables[number]
        if not variable.may_hide or variable.high >= NO_END:
            return False
        return not whole or not variable.low <= variable.truth + by <= variable.high

    def _price(self, goal: int, number: int) -> Price:
        variable = self.audit.system.variables[number]
        if not variable.may_hide or variable.high >= NO_END:
            return Price(FREE)
        return Price(FREE, self._worth(variable, number) / max(1, goal))

    def _worth(self, variable: Variable, number: int) -> float:
        """One, more for a total, and a little more the more children it counts."""
        left_out = self._most - len(variable.key.at)
        return 1 + TOTAL * left_out + 0.01 * log2(1 + variable.truth) + 1e-6 * (number % 997)

    def _print_again(self) -> None:
        """Each cell hidden for others, the largest first: is all still safe if it is printed?

        Shape:   where very many are hidden, one that cannot be shown safe by counts near by stays hidden: to look further for
                 each would take longer than all the rest.
        """
        audit = self.audit
        audit.is_thorough = len(self.chosen) <= VERY_MANY
        variables = audit.system.variables
        given_up = {narrowed.number for narrowed in self.open_to_all}
        for number in sorted(self.chosen, key=lambda one: (-variables[one].truth, one)):
            variable = variables[number]
            before = variable.low, variable.high
            rests = [
                other
                for other in sorted(audit.rests_on.get(number, ()))
                if other != number
                and other not in given_up
                and any(number in audit.worlds[at][0] for at in audit.proofs.get(other, ()))
            ]
            kept = {
                other: (audit.proofs[other], audit.shown[other]) for other in [*rests, number] if other in audit.proofs
            }
            audit.system.set_form(number, *self._first[number])
            if all(audit.narrowed(other) is None for other in rests):
                audit.proofs.pop(number, None)
                self.chosen.remove(number)
                continue
            audit.system.set_form(number, *before)
            for other, (proof, shown) in kept.items():
                audit.proofs[other], audit.shown[other] = proof, shown
