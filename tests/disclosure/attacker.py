"""An attacker, who has every table ever printed and a solver, and shares no line with what protects the tables.

He counts children one by one: every child lies in one finest class of each measure (one area, one kind, one quarter), and
every number printed is a sum over finest classes. What he asks is answered by an integer programme of scipy.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csr_array

ENOUGH = 40  # so many above the least that a count can be are as good as without end
Cell = tuple[str, frozenset]  # what is counted, and its categories by dimension


@dataclass
class Page:
    """One table as anyone can read it: of children or of practice, its sums, the words in its cells, its percentages."""

    of_children: bool
    sums: dict[str, list[tuple[str, tuple[str, ...]]]]
    cells: dict[Cell, str]
    percentages: dict[tuple[Cell, Cell], str] = field(default_factory=dict)


@dataclass
class Rule:
    """The rule printed in every report."""

    rounds: bool = False
    threshold: int = 5
    base: int = 5
    zeros_are_shown: bool = True


class Attacker:
    """What can be worked out from these releases, each a list of pages, by one who may know some counts already?

    Of each release he may also be told which finest classes were counted again for it, not by how much.
    """

    def __init__(
        self,
        releases: list[list[Page]],
        rule: Rule,
        known: dict[Cell, int] | None = None,
        corrected: list[set[tuple]] | None = None,
    ) -> None:
        self.rule = rule
        self.corrected = corrected or []
        self.sums: dict[str, dict[str, dict[str, tuple[str, ...]]]] = defaultdict(lambda: defaultdict(dict))
        for page in itertools.chain(*releases):
            for measure in {cell[0] for cell in [*page.cells, *itertools.chain(*page.percentages)]}:
                for dimension, sums in page.sums.items():
                    self.sums[measure][dimension].update(dict(sums))
        self.used = self._used(releases)
        self.columns: dict[tuple, int] = {}
        self.rows: list[dict[int, float]] = []
        self.lows: list[float] = []
        self.highs: list[float] = []
        self.newest: dict[tuple, int] = defaultdict(int)
        self.printed: dict[Cell, dict[int, float]] = {}
        self._read(releases)
        for cell, count in (known or {}).items():
            self._row(self._classes(cell), count, count)

    # --- finest classes -----------------------------------------------------------------------------

    def _used(self, releases: list[list[Page]]) -> dict[str, dict[str, list[str]]]:
        """By measure and dimension: the finest categories, and whether the dimension is always cut (time is)."""
        found: dict[str, dict[str, list[str]]] = {}
        for measure, dimensions in self.sums.items():
            found[measure] = {}
            for dimension, sums in dimensions.items():
                parts = {part for made_of in sums.values() for part in made_of}
                found[measure][dimension] = sorted(parts - set(sums) - {""})
        return found

    def _finest(self, measure: str, dimension: str, category: str) -> list[str]:
        sums = self.sums[measure][dimension]
        if category in sums:
            return [one for part in sums[category] for one in self._finest(measure, dimension, part)]
        return [category]

    def _classes(self, cell: Cell) -> dict[int, float]:
        measure, at = cell
        chosen = dict(at)
        spans = []
        for dimension in sorted(self.used[measure]):
            category = chosen.get(dimension, "")
            spans.append(
                self._finest(measure, dimension, category)
                if category or "" in self.sums[measure][dimension]
                else self.used[measure][dimension]
            )
        found: dict[int, float] = {}
        for one in itertools.product(*spans):
            name = (measure, *one)
            found[self.columns.setdefault((name, self.newest[name]), len(self.columns))] = 1.0
        return found

    # --- what is printed ----------------------------------------------------------------------------

    def _read(self, releases: list[list[Page]]) -> None:
        for release, corrected in itertools.zip_longest(releases, self.corrected, fillvalue=()):
            for name in corrected:
                self.newest[name] += 1
            for page in release:
                for cell, text in page.cells.items():
                    self.printed[cell] = self._classes(cell)
                    self._row(self.printed[cell], *self._said(text, page.of_children))
                for (part, whole), text in page.percentages.items():
                    self._percentage(self._classes(part), self._classes(whole), text)

    def _said(self, text: str, of_children: bool) -> tuple[float, float]:
        if text == "c":
            return (1 if self.rule.zeros_are_shown else 0), np.inf
        number = int(text)
        if self.rule.rounds and of_children:
            return max(0, number - self.rule.base + 1), number + self.rule.base - 1
        return number, number

    def _percentage(self, part: dict[int, float], whole: dict[int, float], text: str) -> None:
        """Rounded half up: said - half a unit <= 100 part / whole < said + half a unit."""
        if text == "c" or self.rule.rounds:  # of rounded numbers, says the rule: it tells no more than they do
            return
        scale = 10 ** len(text.partition(".")[2])
        said = round(float(text) * scale)
        low: dict[int, float] = defaultdict(float)
        high: dict[int, float] = defaultdict(float)
        for column, times in part.items():
            low[column] += 200 * scale * times
            high[column] -= 200 * scale * times
        for column, times in whole.items():
            low[column] -= (2 * said - 1) * times
            high[column] += (2 * said + 1) * times
        self._row(low, 0, np.inf)
        self._row(high, 1, np.inf)

    def _row(self, terms: dict[int, float], low: float, high: float) -> None:
        self.rows.append(dict(terms))
        self.lows.append(low)
        self.highs.append(high)

    # --- what he asks -------------------------------------------------------------------------------

    def bounds(self, cell: Cell) -> tuple[int, int] | None:
        """The least and the most this count can be, in whole numbers; None if nothing fits what is printed.

        The most is looked for no further than is enough. One that was printed is meant as it then stood, however
        it was counted since.
        """
        aim = self.printed.get(cell) or self._classes(cell)
        least = self._least(aim, 1.0, np.inf)
        if least is None:
            return None
        most = self._least(aim, -1.0, least + ENOUGH)
        return None if most is None else (least, -most)

    def _least(self, aim: dict[int, float], sign: float, ceiling: float) -> int | None:
        costs = np.zeros(len(self.columns))
        for column, times in aim.items():
            costs[column] = sign * times
        rows = [*self.rows, aim]
        index = [column for row in rows for column in row]
        values = [times for row in rows for times in row.values()]
        starts = np.cumsum([0, *(len(row) for row in rows)])
        matrix = csr_array((values, index, starts), shape=(len(rows), len(self.columns)))
        result = milp(
            costs,
            constraints=LinearConstraint(matrix, [*self.lows, -np.inf], [*self.highs, ceiling]),
            integrality=np.ones(len(self.columns)),
        )
        return round(float(result.fun)) if result.status == 0 else None

    def recovers(self, cell: Cell, count: int, protection: int = 5) -> bool:
        """Is this count worked out, or narrowed below the interval it is to keep, or known to be small?

        Where he finds nothing that fits what is printed, or rules the true count out, he attacked nothing, and it is told.
        """
        found = self.bounds(cell)
        if found is not None and count > found[0] + ENOUGH:
            return False
        if found is None or not found[0] <= count <= found[1]:
            raise AssertionError(f"The attacker is mistaken: {cell} is {count}, and he says {found}.")
        low, high = found
        is_small = (1 if self.rule.zeros_are_shown else 0) <= count < self.rule.threshold
        return high - low + 1 < protection or (is_small and not self.rule.rounds and high < self.rule.threshold)
