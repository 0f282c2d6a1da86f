"""Secondary suppression: which further counts are hidden, as few as will do, to protect those that the policy hides."""

from __future__ import annotations

from functools import partial
from math import log2
from typing import Final

from duecare.disclosure.alternative_tables import STEPS, Price
from duecare.disclosure.equation_system import NO_END, Variable
from duecare.disclosure.protection_audit import CORRECTIONS, Audit, Narrowed

FREE_PRICE: Final = 0.001
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
        self._most = max((len(variable.key.at) for variable in audit.system.variables if variable.may_hide), default=0)

    def run(self) -> None:
        """Hide as few as will do, then print again what turned out not to be needed."""
        waiting = self.audit.target_counts()
        while waiting:
            before = len(self.chosen)
            for variable_number in waiting:
                self._protect_count(variable_number)
            waiting = sorted(self.chosen[before:])
        self._print_again()

    def hide(self, variable_number: int) -> None:
        """Print the mark for this count."""
        variable = self.audit.system.variables[variable_number]
        self._first.setdefault(variable_number, (variable.low, variable.high))
        self.audit.system.set_form(variable_number, self.audit.policy.least_hidden, NO_END)

    def _protect_count(self, variable_number: int) -> None:
        while (narrowed := self.audit.first_narrowed(variable_number)) is not None:
            opened = self._cheapest_cells(narrowed)
            if not opened and narrowed.insider == CORRECTIONS:
                self.audit.tolerated.add(variable_number)
                continue
            if not opened:
                self.open_to_all.append(narrowed)
                return
            for opened_cell in sorted(opened):
                self.hide(opened_cell)
                self.chosen.append(opened_cell)

    def _cheapest_cells(self, narrowed: Narrowed) -> set[int]:
        """The cells that, hidden too, let this count move as far as it must; none at all if nothing would."""
        variable_number, loose = narrowed.number, narrowed.insider != CORRECTIONS
        ground, system = self.audit.grounds[loose], self.audit.system

        def may_move(other_cell: int) -> bool:
            variable = system.variables[other_cell]
            is_known = bool(narrowed.insider) and variable.place == narrowed.insider
            moves = variable.low < variable.high or variable.may_hide or (loose and variable.role == "correction")
            return moves and not is_known

        # Right to where it is safe, on one side; where neither side has the room, as far as it goes on either.
        for is_set in (True, False):
            best_price: tuple[float, set[int]] | None = None
            for direction in (1, -1):
                goal_value = self.audit.goal_of(narrowed, direction)
                opened_size = 0
                for step_limits in STEPS:
                    nearby_cells = ground.cells_around(variable_number, step_limits, may_move)
                    if len(nearby_cells) == opened_size:
                        break
                    opened_size = len(nearby_cells)
                    found_move = ground.find_move(
                        variable_number,
                        direction,
                        goal_value,
                        nearby_cells,
                        partial(self._move_price, goal_value),
                        is_set=is_set,
                    )
                    if found_move is not None and found_move[0]:
                        opened = {
                            other_cell
                            for other_cell in found_move[0]
                            if self._is_beyond(other_cell, found_move[0][other_cell], whole=found_move[1])
                        }
                        price = sum(self._cell_worth(system.variables[other_cell], other_cell) for other_cell in opened)
                        if opened and (best_price is None or price < best_price[0]):
                            best_price = price, opened
                        break
            if best_price is not None:
                return best_price[1]
        return set()

    def _is_beyond(self, variable_number: int, change_by: int, *, whole: bool) -> bool:
        variable = self.audit.system.variables[variable_number]
        if not variable.may_hide or variable.high >= NO_END:
            return False
        return not whole or not variable.low <= variable.truth + change_by <= variable.high

    def _move_price(self, goal_value: int, variable_number: int) -> Price:
        variable = self.audit.system.variables[variable_number]
        if not variable.may_hide or variable.high >= NO_END:
            return Price(FREE_PRICE)
        return Price(FREE_PRICE, self._cell_worth(variable, variable_number) / max(1, goal_value))

    def _cell_worth(self, variable: Variable, variable_number: int) -> float:
        """One, more for a total, and a little more the more children it counts."""
        left_out = self._most - len(variable.key.at)
        return 1 + TOTAL * left_out + 0.01 * log2(1 + variable.truth) + 1e-6 * (variable_number % 997)

    def _print_again(self) -> None:
        """Try to print each cell hidden for others, the largest first, where all is still safe.

        Shape:   where very many are hidden, one that cannot be shown safe by counts near by stays hidden: to look further for
                 each would take longer than all the rest.
        """
        audit = self.audit
        audit.is_thorough = len(self.chosen) <= VERY_MANY
        variables = audit.system.variables
        given_up = {narrowed.number for narrowed in self.open_to_all}
        for variable_number in sorted(
            self.chosen, key=lambda chosen_cell: (-variables[chosen_cell].truth, chosen_cell)
        ):
            variable = variables[variable_number]
            before = variable.low, variable.high
            rests = [
                other_cell
                for other_cell in sorted(audit.rests_on.get(variable_number, ()))
                if other_cell != variable_number
                and other_cell not in given_up
                and any(
                    variable_number in audit.worlds[table_number][0]
                    for table_number in audit.proofs.get(other_cell, ())
                )
            ]
            kept_proofs = {
                other_cell: (audit.proofs[other_cell], audit.shown[other_cell])
                for other_cell in [*rests, variable_number]
                if other_cell in audit.proofs
            }
            audit.system.set_form(variable_number, *self._first[variable_number])
            if all(audit.first_narrowed(other_cell) is None for other_cell in rests):
                audit.proofs.pop(variable_number, None)
                self.chosen.remove(variable_number)
                continue
            audit.system.set_form(variable_number, *before)
            for other_cell, (proof, shown_proof) in kept_proofs.items():
                audit.proofs[other_cell], audit.shown[other_cell] = proof, shown_proof
