"""Whether one side grades higher than the other on the same files, or whether chance would do as well."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from duecare.audit.agreement.crosstab import Crosstab
from duecare.stats.distributions import chi_squared_tail, even_odds_tail
from duecare.vocabulary.unknown import Unknown


@dataclass(frozen=True, slots=True)
class Drift:
    """A test of whether chance alone would set the two sides so far apart.

    Shape:   `statistic` and `degrees` of a chi-squared test; for an exact test the statistic is the smaller of the two
             counts, and degrees are 0.
    Units:   `p_value` is a probability.
    """

    method: str
    statistic: float
    degrees: int
    p_value: float


def mcnemar_test(table: Crosstab, is_exact: bool = True, is_corrected: bool = True) -> Drift | Unknown:
    """McNemar's test on the two-way cut: whether one side passes more than the other.

    Shape:   exact by default; else by chi-squared, with Edwards' correction unless told otherwise. Where the two counts
             are equal the correction takes nothing away.
    Unknown: where both sides agree on every file, for there is nothing to compare.
    Source:  McNemar 1947, Psychometrika 12, 153-157; Edwards 1948, Psychometrika 13, 185-187.
    """
    (_, force_only), (inspectors_only, _) = table.on_the_cut.counts
    apart = force_only + inspectors_only
    if not apart:
        return Unknown("both sides agree on every file, so there is nothing to compare")
    if is_exact:
        fewer = min(force_only, inspectors_only)
        return Drift("McNemar, exact", fewer, 0, even_odds_tail(fewer, apart))
    difference = abs(force_only - inspectors_only)
    statistic = max(0, difference - is_corrected) ** 2 / apart
    statistic_name = "McNemar, corrected" if is_corrected else "McNemar"
    return Drift(statistic_name, statistic, 1, chi_squared_tail(statistic, 1))


def stuart_maxwell(table: Crosstab) -> Drift | Unknown:
    """The Stuart-Maxwell test over all grades: whether one side leans to some of them.

    Shape:   grades on which no file went from one side to the other are left out, and grades that only ever changed
             places among themselves are a family of their own: each family has one degree of freedom less than grades.
    Unknown: where both sides agree on every file.
    Source:  Stuart 1955, Biometrika 42, 412-416; Maxwell 1970, British Journal of Psychiatry 116, 651-655.
    """
    families = _linked_families(table)
    if not families:
        return Unknown("both sides agree on every file, so there is nothing to compare")
    force, inspectors = table.by_force, table.by_inspectorate
    statistic = Fraction(0)
    for family in families:
        family_grades = family[:-1]
        leaning = [Fraction(force[grade] - inspectors[grade]) for grade in family_grades]
        spread = [
            [_difference_covariance(table, first_grade, second_grade) for second_grade in family_grades]
            for first_grade in family_grades
        ]
        statistic += sum(
            (
                leaning_part * solved
                for leaning_part, solved in zip(leaning, _solve_equations(spread, leaning), strict=True)
            ),
            Fraction(0),
        )
    degrees = sum(len(family) - 1 for family in families)
    return Drift("Stuart-Maxwell", float(statistic), degrees, chi_squared_tail(float(statistic), degrees))


def _difference_covariance(table: Crosstab, first_grade: int, second_grade: int) -> Fraction:
    counts = table.counts
    if first_grade != second_grade:
        return Fraction(-counts[first_grade][second_grade] - counts[second_grade][first_grade])
    return Fraction(
        table.by_force[first_grade] + table.by_inspectorate[first_grade] - 2 * counts[first_grade][first_grade]
    )


def _linked_families(table: Crosstab) -> list[list[int]]:
    """Grades that files moved between, gathered; a grade that no file left or came to is in none."""
    grades_left, families = set(range(len(table.grades))), []
    while grades_left:
        reached, waiting = set(), [min(grades_left)]
        while waiting:
            first_grade = waiting.pop()
            if first_grade in reached:
                continue
            reached.add(first_grade)
            waiting += [
                second_grade
                for second_grade in grades_left
                if second_grade != first_grade and _difference_covariance(table, first_grade, second_grade)
            ]
        grades_left -= reached
        if len(reached) > 1:
            families.append(sorted(reached))
    return families


def _solve_equations(matrix: list[list[Fraction]], right: list[Fraction]) -> list[Fraction]:
    """The solution of a system that has one, by elimination in whole fractions: nothing is rounded."""
    equation_rows = [[*equation_row, value] for equation_row, value in zip(matrix, right, strict=True)]
    for pivot_row in range(len(equation_rows)):
        pivot = next(place for place in range(pivot_row, len(equation_rows)) if equation_rows[place][pivot_row])
        equation_rows[pivot_row], equation_rows[pivot] = equation_rows[pivot], equation_rows[pivot_row]
        equation_rows[pivot_row] = [
            row_value / equation_rows[pivot_row][pivot_row] for row_value in equation_rows[pivot_row]
        ]
        for place, equation_row in enumerate(equation_rows):
            if place != pivot_row and equation_row[pivot_row]:
                equation_rows[place] = [
                    row_value - equation_row[pivot_row] * pivot_value
                    for row_value, pivot_value in zip(equation_row, equation_rows[pivot_row], strict=True)
                ]
    return [equation_row[-1] for equation_row in equation_rows]
