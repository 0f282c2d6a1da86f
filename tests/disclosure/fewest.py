"""The fewest cells that could be hidden at all: one integer programme over every reader at once, for small tables."""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_array

from duecare.disclosure import CellKey, DisclosurePolicy, DraftTable


def fewest(table: DraftTable, policy: DisclosurePolicy, *, seconds: float) -> int | None:
    """How many cells at least are hidden besides the small ones? None if it was not settled in time.

    What is asked of cells that are not small is left out, so the answer may be below what is possible.
    """
    cells = sorted(table.counts, key=lambda cell: cell.order)
    place = {cell: at for at, cell in enumerate(cells)}
    counts = [table.counts[cell] for cell in cells]
    small = [at for at, count in enumerate(counts) if policy.is_small(count)]
    moving = [at for at, count in enumerate(counts) if count > 0]
    areas = next(one for one in table.dimensions if one.name == "area").sums[0][1]
    cases = [
        (target, reader)
        for target in small
        for reader in ["", *areas]
        if not reader or cells[target].category("area") not in {"", reader}
    ]
    width, most = len(cells), sum(counts)
    size = width * (1 + 2 * len(cases))
    low, high = np.zeros(size), np.zeros(size)
    high[:width] = [1 if at in moving else 0 for at in range(width)]
    low[small] = 1
    rows: list[tuple[dict[int, float], float, float]] = []
    for number, (target, reader) in enumerate(cases):
        for side in (0, 1):
            start = width * (1 + 2 * number + side)
            for at in moving:
                if reader and cells[at].category("area") == reader:
                    continue
                low[start + at], high[start + at] = 1 - counts[at], most
                rows.append(({start + at: 1.0, at: -float(most)}, -np.inf, 0))
                rows.append(({start + at: 1.0, at: float(counts[at])}, 0, np.inf))
            for whole, parts in _sums(table, place):
                rows.append(({start + whole: 1.0, **{start + part: -1.0 for part in parts}}, 0, 0))
        top, bottom = width * (1 + 2 * number) + target, width * (2 + 2 * number) + target
        rows.append(({top: 1.0}, policy.threshold - counts[target], np.inf))
        rows.append(({top: 1.0, bottom: -1.0}, policy.protection - 1, np.inf))
    matrix = lil_array((len(rows), size))
    for number, (terms, _, _) in enumerate(rows):
        for column, times in terms.items():
            matrix[number, column] = times
    costs = np.zeros(size)
    costs[:width] = 1
    result = milp(
        costs,
        constraints=LinearConstraint(matrix.tocsr(), [one[1] for one in rows], [one[2] for one in rows]),
        bounds=Bounds(low, high),
        integrality=np.ones(size),
        options={"time_limit": seconds},
    )
    return round(float(result.fun)) - len(small) if result.status == 0 else None


def _sums(table: DraftTable, place: dict[CellKey, int]):
    for cell in place:
        for dimension in table.dimensions:
            for whole, parts in dimension.sums:
                if cell.category(dimension.name) == whole:
                    yield place[cell], [place[cell.moved(dimension.name, part)] for part in parts]
