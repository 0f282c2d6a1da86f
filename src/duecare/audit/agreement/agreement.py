"""How far two sides agree on the same files: raw, and beyond what chance would give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from random import Random
from typing import Final

from duecare.audit.agreement.crosstab import Crosstab
from duecare.stats.interval import (
    CONFIDENCE,
    ROUNDING,
    TIMES,
    Interval,
    interval_around,
    resampled_interval,
    wilson_interval,
)
from duecare.vocabulary.unknown import Unknown

Weights = tuple[tuple[float, ...], ...]
Weighting = Callable[[int], Weights]

FEWEST: Final = 2
# By simulation, below these the analytic interval holds the truth in fewer than about 93 of 100 samples.
FEWEST_FOR_ANALYTIC: Final = 30
FEWEST_FOR_ANALYTIC_WEIGHTED: Final = 100
_NO_FILES: Final = Unknown("fewer than two files were graded by both sides")
_ONE_GRADE: Final = Unknown("both sides gave every file the same one grade, so agreement by chance is certain")


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A coefficient of agreement, with its interval and number of files.

    Unknown: each part for itself: a value may be known where its interval is not.
    """

    name: str
    n: int
    value: float | Unknown
    standard_error: float | Unknown
    interval: Interval | Unknown

    def as_json(self) -> dict[str, object]:
        """What a command prints of it: nulls with the reasons beside them."""
        refused = [
            refused_part.reason for refused_part in (self.value, self.interval) if isinstance(refused_part, Unknown)
        ]
        return {
            "name": self.name,
            "n": self.n,
            "value": None if isinstance(self.value, Unknown) else self.value,
            "standard_error": None if isinstance(self.standard_error, Unknown) else self.standard_error,
            "interval": None if isinstance(self.interval, Unknown) else self.interval.as_json(),
            "refused": "; ".join(dict.fromkeys(refused)) or None,
        }


def nominal_weights(grade_count: int) -> Weights:
    """Only the same grade counts as agreement."""
    return _by_distance(grade_count, lambda apart: 0.0 if apart else 1.0)


def linear_weights(grade_count: int) -> Weights:
    """Each step apart takes away as much of the agreement as the next."""
    return _by_distance(grade_count, lambda apart: 1 - apart)


def quadratic_weights(grade_count: int) -> Weights:
    """A step apart takes away little of the agreement, many steps take away much."""
    return _by_distance(grade_count, lambda apart: 1 - apart**2)


def raw_agreement(table: Crosstab, confidence: float = CONFIDENCE) -> Coefficient:
    """The share of files that both sides graded the same, with Wilson's interval.

    Unknown: of no files.
    """
    file_count = table.n
    if not file_count:
        return Coefficient("raw agreement", file_count, _NO_FILES, _NO_FILES, _NO_FILES)
    share = table.agreed / file_count
    interval = wilson_interval(table.agreed, file_count, confidence=confidence)
    return Coefficient("raw agreement", file_count, share, sqrt(share * (1 - share) / file_count), interval)


def cohen_kappa(table: Crosstab, weighting: Weighting = nominal_weights, confidence: float = CONFIDENCE) -> Coefficient:
    """Cohen's kappa: agreement beyond what the sides' own habits would give by chance.

    Unknown: where both gave every file the same one grade. The analytic interval also with few files and where the
             files give no spread.
    Source:  Cohen 1960 and 1968; variance: Fleiss, Cohen and Everitt 1969, Psychological Bulletin 72, 323-327.
    """
    file_count, weights = table.n, weighting(len(table.grades))
    if file_count < FEWEST:
        return Coefficient("Cohen's kappa", file_count, _NO_FILES, _NO_FILES, _NO_FILES)
    force, inspectors = (
        [count / file_count for count in table.by_force],
        [count / file_count for count in table.by_inspectorate],
    )
    by_row = [
        sum(pair_weight * share for pair_weight, share in zip(weight_row, inspectors, strict=True))
        for weight_row in weights
    ]
    by_column = [
        sum(pair_weight * share for pair_weight, share in zip(column, force, strict=True))
        for column in zip(*weights, strict=True)
    ]
    expected = sum(share * row_pull for share, row_pull in zip(force, by_row, strict=True))
    chance_pull = tuple(tuple(row_share + column_share for column_share in by_column) for row_share in by_row)
    return _beyond_chance("Cohen's kappa", table, weights, expected, chance_pull, None, confidence)


def gwet_coefficient(
    table: Crosstab, weighting: Weighting = nominal_weights, confidence: float = CONFIDENCE
) -> Coefficient:
    """Gwet's AC1, or AC2 if weighted: agreement where chance means only the files that are hard to grade.

    Shape:   all grades of the scheme count, used or not.
    Unknown: as `cohen_kappa`, but one grade for all files is agreement here.
    Source:  Gwet 2008, British Journal of Mathematical and Statistical Psychology 61, 29-48; weights, variance and
             Student's interval: Gwet 2014, Handbook of Inter-Rater Reliability, 4th edition.
    """
    coefficient_name, file_count = "Gwet's AC1" if weighting is nominal_weights else "Gwet's AC2", table.n
    if file_count < FEWEST:
        return Coefficient(coefficient_name, file_count, _NO_FILES, _NO_FILES, _NO_FILES)
    weights = weighting(len(table.grades))
    mean_share = [
        (force_share + inspector_share) / (2 * file_count)
        for force_share, inspector_share in zip(table.by_force, table.by_inspectorate, strict=True)
    ]
    scale = gwet_scale(weights)
    expected = scale * sum(share * (1 - share) for share in mean_share)
    chance_pull = tuple(
        tuple(scale * (2 - first_share - second_share) for second_share in mean_share) for first_share in mean_share
    )
    return _beyond_chance(coefficient_name, table, weights, expected, chance_pull, file_count - 1, confidence)


def gwet_scale(weights: Weights) -> float:
    """The factor that turns the spread of grades into Gwet's agreement by chance."""
    return sum(map(sum, weights)) / (len(weights) * (len(weights) - 1))


def bootstrap_interval(
    coefficient_of: Callable[[Crosstab], Coefficient],
    table: Crosstab,
    draw_seed: int,
    times: int = TIMES,
    confidence: float = CONFIDENCE,
) -> Interval | Unknown:
    """The interval of a coefficient by drawing the files again and again; the same seed gives the same interval.

    Unknown: as `interval.bootstrap`, and with fewer than two files.
    """

    def resampled_coefficient(random_source: Random) -> float | Unknown:
        return coefficient_of(table.drawn_again(random_source)).value

    return resampled_interval(resampled_coefficient, draw_seed, times, confidence) if table.n >= FEWEST else _NO_FILES


def _beyond_chance(
    coefficient_name: str,
    table: Crosstab,
    weights: Weights,
    expected: float,
    chance_pull: Weights,
    degrees: int | None,
    confidence: float,
) -> Coefficient:
    file_count, grade_count = table.n, range(len(table.grades))
    if not 1 - expected > ROUNDING:
        return Coefficient(coefficient_name, file_count, _ONE_GRADE, _ONE_GRADE, _ONE_GRADE)
    observed_cells = [
        (table.counts[row_number][across] / file_count, weights[row_number][across], chance_pull[row_number][across])
        for row_number in grade_count
        for across in grade_count
    ]
    observed = (
        sum(
            table.counts[row_number][across] * weights[row_number][across]
            for row_number in grade_count
            for across in grade_count
        )
        / file_count
    )
    value = (observed - expected) / (1 - expected)
    chance_remainder = 1 - value
    spread = sum(share * (weight - chance_remainder * pulled) ** 2 for share, weight, pulled in observed_cells)
    spread -= (observed - 2 * chance_remainder * expected) ** 2
    # What rounding leaves of 0 is 0: every file agreed, or all differed alike.
    error = sqrt(spread / file_count) / (1 - expected) if spread > ROUNDING else 0.0
    fewest = FEWEST_FOR_ANALYTIC if weights == nominal_weights(len(weights)) else FEWEST_FOR_ANALYTIC_WEIGHTED
    too_few_reason = Unknown(f"fewer than {fewest} files: the analytic interval does not hold")
    return Coefficient(
        coefficient_name,
        file_count,
        value,
        error,
        interval_around(value, error, degrees, confidence) if file_count >= fewest else too_few_reason,
    )


def _by_distance(grade_count: int, weight: Callable[[float], float]) -> Weights:
    steps = grade_count - 1
    return tuple(
        tuple(weight(abs(first_grade - second_grade) / steps) for second_grade in range(grade_count))
        for first_grade in range(grade_count)
    )
