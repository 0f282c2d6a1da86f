"""Linear and integer programmes, as HiGHS solves them: small, repeatable, silent."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from threading import local
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import highspy

CLOSE: Final = 1e-6
_THREAD_LOCAL: Final = local()
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
    """The cheapest numbers, none below 0 or above its own bound, within all rows.

    Shape:   rows are lists of (column, times) with a lowest and a highest sum. Unless it `is_kept`, it answers only until
             the next is made in this thread; one that is kept goes on from where it was.
    """

    def __init__(
        self,
        highs: Sequence[float],
        equation_rows: Sequence[tuple[Sequence[tuple[int, int]], float, float]],
        *,
        is_kept: bool = False,
    ) -> None:
        import highspy
        import numpy as np

        problem = highspy.HighsLp()
        problem.num_col_, problem.num_row_ = len(highs), len(equation_rows)
        problem.col_cost_ = np.zeros(len(highs))
        problem.col_lower_, problem.col_upper_ = np.zeros(len(highs)), np.array(highs, dtype=float)
        problem.row_lower_ = np.array([lowest_value for _, lowest_value, _ in equation_rows], dtype=float)
        problem.row_upper_ = np.array([highest_value for _, _, highest_value in equation_rows], dtype=float)
        matrix = problem.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        starts = np.cumsum([0, *(len(terms) for terms, _, _ in equation_rows)])
        matrix.start_ = starts.astype(np.int32)
        matrix.index_ = np.array([column for terms, _, _ in equation_rows for column, _ in terms], dtype=np.int32)
        matrix.value_ = np.array([times for terms, _, _ in equation_rows for _, times in terms], dtype=float)
        self._columns = np.arange(len(highs), dtype=np.int32)
        self._solver = _made_solver() if is_kept else _thread_solver()
        self._solver.clearModel()
        self._solver.passModel(problem)

    def cheapest_values(self, costs: Sequence[float], *, whole: Sequence[int] = ()) -> list[float] | None:
        """The cheapest numbers; None if there are none, or none was found. `whole` are the columns in whole numbers only."""
        import numpy as np

        count = len(self._columns)
        self._solver.changeColsCost(count, self._columns, np.array(costs, dtype=float))
        if len(whole):
            kinds = np.zeros(count, dtype=np.uint8)
            kinds[list(whole)] = 1
            self._solver.changeColsIntegrality(count, self._columns, kinds)
        return self.solve()

    def set_costs(self, column: int, column_cost: float) -> None:
        """Change the cost of one column."""
        self._solver.changeColCost(column, column_cost)

    def set_bounds(self, columns: Sequence[int], highs: Sequence[float]) -> None:
        """Change the upper bounds of some columns; none goes below 0."""
        count = len(columns)
        if count:
            import numpy as np

            column_numbers = np.array(columns, dtype=np.int32)
            self._solver.changeColsBounds(count, column_numbers, np.zeros(count), np.array(highs, dtype=float))

    def solve(self) -> list[float] | None:
        """The cheapest numbers at the costs and bounds set; None if there are none, or none was found."""
        import highspy

        self._solver.run()
        if self._solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        return list(self._solver.getSolution().col_value)


def _thread_solver() -> Any:
    """One for each thread: to make one takes longer than a small programme."""
    if not hasattr(_THREAD_LOCAL, "solver"):
        _THREAD_LOCAL.solver = _made_solver()
    return _THREAD_LOCAL.solver


def _made_solver() -> highspy.Highs:
    solver = _silent_class()()
    for option_name, value in (("threads", 1), ("random_seed", 0), ("mip_max_nodes", NODES)):
        solver.setOptionValue(option_name, value)
    return solver


def whole_numbers(values: Sequence[float]) -> list[int] | None:
    """These numbers as whole ones; None if one of them is not."""
    import numpy as np

    rounded_values = np.rint(values)
    return (
        [int(value) for value in rounded_values.tolist()]
        if bool(np.all(np.abs(rounded_values - values) < CLOSE))
        else None
    )
