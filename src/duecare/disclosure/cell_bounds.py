"""How far one count can go up or down if all that is published stays true: asked again and again of one linked group."""

from __future__ import annotations

from duecare.disclosure.alternative_tables import FAR_AWAY, KnownSums
from duecare.disclosure.equation_system import NO_END
from duecare.disclosure.linear_program import Programme, whole_numbers


class LinkedCells:
    """All counts linked with one, by rows and by what is not public of them.

    Shape:   stands as long as no form of them is changed.
    """

    def __init__(self, ground: KnownSums, members: list[int]) -> None:
        self.members = members
        self._at = {variable_number: position for position, variable_number in enumerate(members)}
        variables = ground.system.variables
        self._highs: list[float] = []
        self._of_place: dict[str, list[int]] = {}
        for position, variable_number in enumerate(members):
            variable = variables[variable_number]
            self._highs += [_variable_end(variable.high - variable.truth), _variable_end(variable.truth - variable.low)]
            self._of_place.setdefault(variable.place, []).extend((2 * position, 2 * position + 1))
        equation_rows: list[tuple[list[tuple[int, int]], float, float]] = []
        for terms, lowest_value, highest_value in ground.rows_among(members):
            spread = [
                (2 * self._at[neighbour] + (direction_sign < 0), direction_sign * times)
                for neighbour, times in terms
                for direction_sign in (1, -1)
                if neighbour in self._at
            ]
            equation_rows.append((spread, lowest_value, _variable_end(highest_value)))
        self._programme = Programme(self._highs, equation_rows, is_kept=True)
        self._programme.cheapest_values([1.0] * len(self._highs))

    def furthest_move(self, start: int, direction: int, goal_value: int, reader: str) -> dict[int, int] | None:
        """How far this count goes, at most to the goal, and what moves with it; None where not in whole numbers.

        Shape:   the figures of the area that the reader knows stay.
        """
        own_column = 2 * self._at[start]
        asked, other_column = (own_column, own_column + 1) if direction > 0 else (own_column + 1, own_column)
        known_numbers = self._of_place.get(reader, []) if reader else []
        programme = self._programme
        programme.set_bounds(
            [*known_numbers, asked, other_column],
            [0.0] * len(known_numbers) + [min(self._highs[asked], goal_value), 0.0],
        )
        programme.set_costs(asked, 1.0 - FAR_AWAY)
        values = programme.solve()
        programme.set_costs(asked, 1.0)
        kept_columns = [*known_numbers, asked, other_column]
        programme.set_bounds(kept_columns, [self._highs[column] for column in kept_columns])
        whole = whole_numbers(values) if values is not None else None
        if whole is None:
            return None
        pairs = zip(self.members, whole[::2], whole[1::2], strict=True)
        return {
            variable_number: up_value - down_value
            for variable_number, up_value, down_value in pairs
            if up_value != down_value
        }


def _variable_end(most_value: int) -> float:
    return float(most_value) if most_value < NO_END / 2 else float("inf")
