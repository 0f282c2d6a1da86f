"""Alternative tables: sets of counts that fit all that is published as well as the true ones do, and differ in a few."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from duecare.disclosure.equation_system import NO_END, Row, System
from duecare.disclosure.linear_program import Programme, whole_numbers

STEPS: Final = ((400, NO_END), (NO_END, NO_END))
"""How many counts around one are tried first, and how many of each sum: most worlds differ in a few near by."""
FAR_AWAY: Final = 1_000.0
"""How much further off is one more child worth, counted in children moved elsewhere?"""

CountMove = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Price:
    """The cost of moving a count by one: within its bounds, and beyond them if it were hidden.

    Shape:   `beyond` None: it cannot be hidden.
    """

    within: float
    beyond: float | None = None


class KnownSums:
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
        for equation_row in system.rows:
            self._take_row(equation_row)

    def _take_row(self, equation_row: Row) -> None:
        terms = tuple(
            (variable_number, times) for variable_number, times in equation_row.terms if self._moves[variable_number]
        )
        if not terms:
            return
        stands = sum(
            times * self.system.variables[variable_number].truth for variable_number, times in equation_row.terms
        )
        for variable_number, _ in terms:
            self._rows_of[variable_number].append(len(self._slack))
        highest_slack, lowest_slack = equation_row.low - stands, equation_row.high - stands
        self._slack.append((terms, highest_slack, lowest_slack if equation_row.high < NO_END else NO_END))

    def cells_around(self, start: int, step_limits: tuple[int, int], may_move: Callable[[int], bool]) -> list[int]:
        """The counts nearest to this one, by rows in common: as many as requested, with a limit for each row, or all."""
        most_cells, of_row = step_limits
        found_cells, seen_cells, reached = [start], {start}, set[int]()
        position = 0
        while position < len(found_cells) and len(found_cells) < most_cells:
            for row_number in self._rows_of[found_cells[position]]:
                if row_number not in reached:
                    reached.add(row_number)
                    nearby_cells = [
                        neighbour
                        for neighbour, _ in self._slack[row_number][0]
                        if neighbour not in seen_cells and may_move(neighbour)
                    ][:of_row]
                    seen_cells.update(nearby_cells)
                    found_cells.extend(nearby_cells)
            position += 1
        return found_cells

    def rows_among(self, numbers: Iterable[int]) -> list[tuple[tuple[tuple[int, int], ...], int, int]]:
        """The rows between these counts and others, as they move from the true ones."""
        return [
            self._slack[row_number]
            for row_number in sorted(
                {row_number for variable_number in numbers for row_number in self._rows_of[variable_number]}
            )
        ]

    def reached_cells(self, numbers: Iterable[int], may_move: Callable[[int], bool]) -> set[int]:
        """The counts connected with these."""
        queue = [variable_number for variable_number in numbers if may_move(variable_number)]
        reached_cells = set(queue)
        while queue:
            for row_number in self._rows_of[queue.pop()]:
                nearby_cells = [
                    neighbour
                    for neighbour, _ in self._slack[row_number][0]
                    if neighbour not in reached_cells and may_move(neighbour)
                ]
                reached_cells.update(nearby_cells)
                queue.extend(nearby_cells)
        return reached_cells

    def find_move(
        self,
        start: int,
        direction: int,
        goal_value: int,
        nearby_cells: list[int],
        price: Callable[[int], Price],
        *,
        is_set: bool = False,
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

        def add_column(variable_number: int, direction_sign: int, most_change: float, column_cost: float) -> None:
            if most_change > 0:
                places.setdefault(variable_number, []).append((len(columns), direction_sign))
                columns.append((variable_number, direction_sign))
                highs.append(most_change if most_change < NO_END / 2 else float("inf"))
                costs.append(column_cost)

        for variable_number in nearby_cells:
            variable = variables[variable_number]
            asked = price(variable_number)
            for direction_sign, most_change in (
                (1, variable.high - variable.truth),
                (-1, variable.truth - variable.low),
            ):
                if variable_number == start and not is_set:
                    add_column(
                        variable_number,
                        direction_sign,
                        min(most_change, goal_value if direction_sign == direction else 0),
                        asked.within - FAR_AWAY,
                    )
                else:
                    add_column(variable_number, direction_sign, most_change, asked.within)
            if asked.beyond is not None:
                add_column(variable_number, 1, NO_END if variable.high < NO_END else 0, asked.beyond)
                add_column(variable_number, -1, variable.low - self.least_hidden, asked.beyond)
        equation_rows: list[tuple[list[tuple[int, int]], float, float]] = []
        for row_number in sorted(
            {row_number for variable_number in places for row_number in self._rows_of[variable_number]}
        ):
            terms, lowest_value, highest_value = self._slack[row_number]
            spread = [
                (position, direction_sign * times)
                for variable_number, times in terms
                for position, direction_sign in places.get(variable_number, ())
            ]
            equation_rows.append((spread, lowest_value, float("inf") if highest_value >= NO_END else highest_value))
        if is_set:
            equation_rows.append((places.get(start, []), direction * goal_value, direction * goal_value))
        programme = Programme(highs, equation_rows)
        values = programme.cheapest_values(costs)
        if values is None:
            return None
        whole = whole_numbers(values)
        if whole is None:
            values = programme.cheapest_values(costs, whole=range(len(columns))) or values
            whole = whole_numbers(values)
        moved: dict[int, int] = {}
        for (variable_number, sign), value in zip(
            columns, whole or [1 if column_value > 1e-6 else 0 for column_value in values], strict=True
        ):
            moved[variable_number] = moved.get(variable_number, 0) + sign * value
        if whole is None:
            return {
                variable_number: 0
                for (variable_number, _), column_value in zip(columns, values, strict=True)
                if column_value > 1e-6
            }, False
        return {variable_number: change_by for variable_number, change_by in moved.items() if change_by}, True

    def fits_rows(self, count_move: CountMove) -> bool:
        """Whether the table with this move fits all that is public, checked in whole numbers without any solver."""
        for variable_number, change_by in count_move.items():
            variable = self.system.variables[variable_number]
            if not variable.low <= variable.truth + change_by <= variable.high:
                return False
        for row_number in {
            row_number for variable_number in count_move for row_number in self._rows_of[variable_number]
        }:
            terms, lowest_value, highest_value = self._slack[row_number]
            change_by = sum(times * count_move.get(variable_number, 0) for variable_number, times in terms)
            if change_by < lowest_value or (highest_value < NO_END and change_by > highest_value):
                return False
        return True

    def places_moved(self, count_move: Iterable[int]) -> frozenset[str]:
        """The areas of the counts that move."""
        return frozenset(self.system.variables[variable_number].place for variable_number in count_move) - {""}
