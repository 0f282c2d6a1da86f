"""One group of counts that hang together, asked again and again how far one of them can go."""

from __future__ import annotations

from duecare.disclosure.alternative_tables import FAR, Ground
from duecare.disclosure.equation_system import NO_END
from duecare.disclosure.linear_program import Programme, whole_numbers


class Field:
    """All counts that hang together with one, by rows and by what is not public of them.

    Shape:   stands as long as no form of them is changed.
    """

    def __init__(self, ground: Ground, members: list[int]) -> None:
        self.members = members
        self._at = {number: at for at, number in enumerate(members)}
        variables = ground.system.variables
        self._highs: list[float] = []
        self._of_place: dict[str, list[int]] = {}
        for at, number in enumerate(members):
            variable = variables[number]
            self._highs += [_end(variable.high - variable.truth), _end(variable.truth - variable.low)]
            self._of_place.setdefault(variable.place, []).extend((2 * at, 2 * at + 1))
        rows: list[tuple[list[tuple[int, int]], float, float]] = []
        for terms, low, high in ground.rows_among(members):
            spread = [
                (2 * self._at[n] + (sign < 0), sign * times) for n, times in terms for sign in (1, -1) if n in self._at
            ]
            rows.append((spread, low, _end(high)))
        self._programme = Programme(self._highs, rows, is_kept=True)
        self._programme.cheapest([1.0] * len(self._highs))

    def furthest(self, start: int, step: int, goal: int, reader: str) -> dict[int, int] | None:
        """How far does this count go, at most to the goal, and what moves with it? None where not in whole numbers.

        Shape:   the figures of the area that the reader knows stay.
        """
        ours = 2 * self._at[start]
        asked, other = (ours, ours + 1) if step > 0 else (ours + 1, ours)
        known = self._of_place.get(reader, []) if reader else []
        programme = self._programme
        programme.bound([*known, asked, other], [0.0] * len(known) + [min(self._highs[asked], goal), 0.0])
        programme.price(asked, 1.0 - FAR)
        values = programme.solve()
        programme.price(asked, 1.0)
        back = [*known, asked, other]
        programme.bound(back, [self._highs[column] for column in back])
        whole = whole_numbers(values) if values is not None else None
        if whole is None:
            return None
        pairs = zip(self.members, whole[::2], whole[1::2], strict=True)
        return {number: up - down for number, up, down in pairs if up != down}


def _end(most: int) -> float:
    return float(most) if most < NO_END / 2 else float("inf")
