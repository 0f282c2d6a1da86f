"""Whether one side grades higher than the other on the same files, or whether chance would do as well."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from duecare.audit.agreement.crosstab import Crosstab
from duecare.stats.distributions import chi_squared_tail, even_odds_tail
from duecare.vocabulary.unknown import Unknown


@dataclass(frozen=True, slots=True)
class Drift:
    """How likely would chance alone set the two sides so far apart?

    Shape:   `statistic` and `degrees` of a chi-squared test; for an exact test the statistic is the smaller of the two
             counts, and degrees are 0.
    Units:   `p_value` is a probability.
    """

    method: str
    statistic: float
    degrees: int
    p_value: float


def mcnemar(table: Crosstab, is_exact: bool = True, is_corrected: bool = True) -> Drift | Unknown:
    """On the two-way cut: does one side pass more than the other than chance would give?

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
    name = "McNemar, corrected" if is_corrected else "McNemar"
    return Drift(name, statistic, 1, chi_squared_tail(statistic, 1))


def stuart_maxwell(table: Crosstab) -> Drift | Unknown:
    """Over all grades: do the two sides use them equally often, or does one lean to some of them?

    Shape:   grades on which no file went from one side to the other are left out, and grades that only ever changed
             places among themselves are a family of their own: each family has one degree of freedom less than grades.
    Unknown: where both sides agree on every file.
    Source:  Stuart 1955, Biometrika 42, 412-416; Maxwell 1970, British Journal of Psychiatry 116, 651-655.
    """
    families = _families(table)
    if not families:
        return Unknown("both sides agree on every file, so there is nothing to compare")
    force, inspectors = table.by_force, table.by_inspectorate
    statistic = Fraction(0)
    for family in families:
        kept = family[:-1]
        leaning = [Fraction(force[grade] - inspectors[grade]) for grade in kept]
        spread = [[_spread(table, one, other) for other in kept] for one in kept]
        statistic += sum(
            (part * solved for part, solved in zip(leaning, _solved(spread, leaning), strict=True)), Fraction(0)
        )
    degrees = sum(len(family) - 1 for family in families)
    return Drift("Stuart-Maxwell", float(statistic), degrees, chi_squared_tail(float(statistic), degrees))


def _spread(table: Crosstab, one: int, other: int) -> Fraction:
    counts = table.counts
    if one != other:
        return Fraction(-counts[one][other] - counts[other][one])
    return Fraction(table.by_force[one] + table.by_inspectorate[one] - 2 * counts[one][one])


def _families(table: Crosstab) -> list[list[int]]:
    """Grades that files moved between, gathered; a grade that no file left or came to is in none."""
    left, families = set(range(len(table.grades))), []
    while left:
        reached, waiting = set(), [min(left)]
        while waiting:
            one = waiting.pop()
            if one in reached:
                continue
            reached.add(one)
            waiting += [other for other in left if other != one and _spread(table, one, other)]
        left -= reached
        if len(reached) > 1:
            families.append(sorted(reached))
    return families


def _solved(matrix: list[list[Fraction]], right: list[Fraction]) -> list[Fraction]:
    """The solution of a system that has one, by elimination in whole fractions: nothing is rounded."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for at in range(len(rows)):
        pivot = next(place for place in range(at, len(rows)) if rows[place][at])
        rows[at], rows[pivot] = rows[pivot], rows[at]
        rows[at] = [cell / rows[at][at] for cell in rows[at]]
        for place, row in enumerate(rows):
            if place != at and row[at]:
                rows[place] = [cell - row[at] * lead for cell, lead in zip(row, rows[at], strict=True)]
    return [row[-1] for row in rows]
