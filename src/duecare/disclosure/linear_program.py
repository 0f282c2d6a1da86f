"""Linear and integer programmes, as HiGHS solves them: small, repeatable, silent."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from threading import local
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import highspy

CLOSE: Final = 1e-6
_KEPT: Final = local()
NODES: Final = 200
"""An integer programme is given up after so many nodes, never after a time: the same input gives the same output."""


@cache
def _silent_class() -> type[highspy.Highs]:
    """HiGHS without its callbacks, which nobody here uses: they cost more than a small programme, and print its name.

    Shape:   made with the first programme: the library takes longer to load than most commands to run.
    """
    import highspy

    class Silent(highspy.Highs):
        def __init__(self) -> None:
            super(highspy.Highs, self).__init__()
            self.setOptionValue("output_flag", False)

    return Silent


class Programme:
    """Which numbers cost least, none below nought or above its own bound, within all rows?

    Shape:   rows are lists of (column, times) with a lowest and a highest sum. Unless it `is_kept`, it answers only until
             the next is made in this thread; one that is kept goes on from where it was.
    """

    def __init__(
        self,
        highs: Sequence[float],
        rows: Sequence[tuple[Sequence[tuple[int, int]], float, float]],
        *,
        is_kept: bool = False,
    ) -> None:
        import highspy
        import numpy as np

        problem = highspy.HighsLp()
        problem.num_col_, problem.num_row_ = len(highs), len(rows)
        problem.col_cost_ = np.zeros(len(highs))
        problem.col_lower_, problem.col_upper_ = np.zeros(len(highs)), np.array(highs, dtype=float)
        problem.row_lower_ = np.array([low for _, low, _ in rows], dtype=float)
        problem.row_upper_ = np.array([high for _, _, high in rows], dtype=float)
        matrix = problem.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        starts = np.cumsum([0, *(len(terms) for terms, _, _ in rows)])
        matrix.start_ = starts.astype(np.int32)
        matrix.index_ = np.array([column for terms, _, _ in rows for column, _ in terms], dtype=np.int32)
        matrix.value_ = np.array([times for terms, _, _ in rows for _, times in terms], dtype=float)
        self._columns = np.arange(len(highs), dtype=np.int32)
        self._solver = _made() if is_kept else _solver()
        self._solver.clearModel()
        self._solver.passModel(problem)

    def cheapest(self, costs: Sequence[float], *, whole: Sequence[int] = ()) -> list[float] | None:
        """The cheapest numbers; None if there are none, or none was found. `whole` are the columns in whole numbers only."""
        import numpy as np

        count = len(self._columns)
        self._solver.changeColsCost(count, self._columns, np.array(costs, dtype=float))
        if len(whole):
            kinds = np.zeros(count, dtype=np.uint8)
            kinds[list(whole)] = 1
            self._solver.changeColsIntegrality(count, self._columns, kinds)
        return self.solve()

    def price(self, column: int, cost: float) -> None:
        """Set the cost of one column anew."""
        self._solver.changeColCost(column, cost)

    def bound(self, columns: Sequence[int], highs: Sequence[float]) -> None:
        """Set how high some columns may go anew; none goes below nought."""
        count = len(columns)
        if count:
            import numpy as np

            at = np.array(columns, dtype=np.int32)
            self._solver.changeColsBounds(count, at, np.zeros(count), np.array(highs, dtype=float))

    def solve(self) -> list[float] | None:
        """The cheapest numbers at the costs and bounds set; None if there are none, or none was found."""
        import highspy

        self._solver.run()
        if self._solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        return list(self._solver.getSolution().col_value)


def _solver() -> Any:
    """One for each thread: to make one takes longer than a small programme."""
    if not hasattr(_KEPT, "solver"):
        _KEPT.solver = _made()
    return _KEPT.solver


def _made() -> highspy.Highs:
    solver = _silent_class()()
    for name, value in (("threads", 1), ("random_seed", 0), ("mip_max_nodes", NODES)):
        solver.setOptionValue(name, value)
    return solver


def whole_numbers(values: Sequence[float]) -> list[int] | None:
    """These numbers as whole ones; None if one of them is not."""
    import numpy as np

    found = np.rint(values)
    return [int(value) for value in found.tolist()] if bool(np.all(np.abs(found - values) < CLOSE)) else None
