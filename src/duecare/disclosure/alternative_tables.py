"""Worlds: sets of counts that fit all that is public as well as the true ones do, and differ from them in a few."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from duecare.disclosure.equation_system import NO_END, Row, System
from duecare.disclosure.linear_program import Programme, whole_numbers

STEPS: Final = ((400, NO_END), (NO_END, NO_END))
"""How many counts around one are tried first, and how many of each sum: most worlds differ in a few near by."""
FAR: Final = 1_000.0
"""How much further off is one more child worth, counted in children moved elsewhere?"""

Move = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Price:
    """What does it cost to move this count by one, within its bounds, and beyond them if it were hidden?

    Shape:   `beyond` None: it cannot be hidden.
    """

    within: float
    beyond: float | None = None


class Ground:
    """The counts and rows of one system, and which of them lie near each other."""

    def __init__(self, system: System, least_hidden: int) -> None:
        self.system = system
        self.least_hidden = least_hidden
        self._rows_of: list[list[int]] = [[] for _ in system.variables]
        self._moves: list[bool] = [
            variable.low < variable.high or variable.may_hide or variable.role == "correction"
            for variable in system.variables
        ]
        self._slack: list[tuple[tuple[tuple[int, int], ...], int, int]] = []
        for row in system.rows:
            self._take(row)

    def _take(self, row: Row) -> None:
        terms = tuple((number, times) for number, times in row.terms if self._moves[number])
        if not terms:
            return
        stands = sum(times * self.system.variables[number].truth for number, times in row.terms)
        for number, _ in terms:
            self._rows_of[number].append(len(self._slack))
        low, high = row.low - stands, row.high - stands
        self._slack.append((terms, low, high if row.high < NO_END else NO_END))

    def around(self, start: int, step: tuple[int, int], may_move: Callable[[int], bool]) -> list[int]:
        """Which counts lie nearest to this one, by rows in common? As many as asked for, so many of a row, or all."""
        most, of_row = step
        found, seen, reached = [start], {start}, set[int]()
        at = 0
        while at < len(found) and len(found) < most:
            for row in self._rows_of[found[at]]:
                if row not in reached:
                    reached.add(row)
                    near = [n for n, _ in self._slack[row][0] if n not in seen and may_move(n)][:of_row]
                    seen.update(near)
                    found.extend(near)
            at += 1
        return found

    def rows_among(self, numbers: Iterable[int]) -> list[tuple[tuple[tuple[int, int], ...], int, int]]:
        """What holds between these counts and others, as they move from the true ones?"""
        return [self._slack[row] for row in sorted({row for number in numbers for row in self._rows_of[number]})]

    def reached(self, numbers: Iterable[int], may_move: Callable[[int], bool]) -> set[int]:
        """Which counts hang together with these?"""
        queue = [number for number in numbers if may_move(number)]
        found = set(queue)
        while queue:
            for row in self._rows_of[queue.pop()]:
                near = [n for n, _ in self._slack[row][0] if n not in found and may_move(n)]
                found.update(near)
                queue.extend(near)
        return found

    def move(
        self, start: int, step: int, goal: int, near: list[int], price: Callable[[int], Price], *, is_set: bool = False
    ) -> tuple[dict[int, int], bool] | None:
        """The cheapest world in which this count is moved up (step 1) or down (-1), others but those near staying.

        Shape:   as far as it goes, at most to the goal, and right to it where that `is_set`. True with it if it is in whole
                 numbers; if not, which counts move is known and not by how much.
        """
        variables = self.system.variables
        highs: list[float] = []
        costs: list[float] = []
        columns: list[tuple[int, int]] = []
        places: dict[int, list[tuple[int, int]]] = {}

        def column(number: int, sign: int, most: float, cost: float) -> None:
            if most > 0:
                places.setdefault(number, []).append((len(columns), sign))
                columns.append((number, sign))
                highs.append(most if most < NO_END / 2 else float("inf"))
                costs.append(cost)

        for number in near:
            variable = variables[number]
            asked = price(number)
            for sign, most in ((1, variable.high - variable.truth), (-1, variable.truth - variable.low)):
                if number == start and not is_set:
                    column(number, sign, min(most, goal if sign == step else 0), asked.within - FAR)
                else:
                    column(number, sign, most, asked.within)
            if asked.beyond is not None:
                column(number, 1, NO_END if variable.high < NO_END else 0, asked.beyond)
                column(number, -1, variable.low - self.least_hidden, asked.beyond)
        rows: list[tuple[list[tuple[int, int]], float, float]] = []
        for row in sorted({row for number in places for row in self._rows_of[number]}):
            terms, low, high = self._slack[row]
            spread = [(at, sign * times) for number, times in terms for at, sign in places.get(number, ())]
            rows.append((spread, low, float("inf") if high >= NO_END else high))
        if is_set:
            rows.append((places.get(start, []), step * goal, step * goal))
        programme = Programme(highs, rows)
        values = programme.cheapest(costs)
        if values is None:
            return None
        whole = whole_numbers(values)
        if whole is None:
            values = programme.cheapest(costs, whole=range(len(columns))) or values
            whole = whole_numbers(values)
        moved: dict[int, int] = {}
        for (number, sign), value in zip(columns, whole or [1 if v > 1e-6 else 0 for v in values], strict=True):
            moved[number] = moved.get(number, 0) + sign * value
        if whole is None:
            return {number: 0 for (number, _), v in zip(columns, values, strict=True) if v > 1e-6}, False
        return {number: by for number, by in moved.items() if by}, True

    def fits(self, move: Move) -> bool:
        """Does the world with this move fit all that is public? Reckoned in whole numbers, without any solver."""
        for number, by in move.items():
            variable = self.system.variables[number]
            if not variable.low <= variable.truth + by <= variable.high:
                return False
        for row in {row for number in move for row in self._rows_of[number]}:
            terms, low, high = self._slack[row]
            by = sum(times * move.get(number, 0) for number, times in terms)
            if by < low or (high < NO_END and by > high):
                return False
        return True

    def places(self, move: Iterable[int]) -> frozenset[str]:
        """Of which areas are the counts that move?"""
        return frozenset(self.system.variables[number].place for number in move) - {""}
