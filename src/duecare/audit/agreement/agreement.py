"""How far two sides agree on the same files: raw, and beyond what chance would give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from random import Random
from typing import Final

from duecare.audit.agreement.crosstab import Crosstab
from duecare.stats.interval import CONFIDENCE, ROUNDING, TIMES, Interval, around, bootstrap, wilson
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
    """How far do graders agree, how sure is that, and on how many files?

    Unknown: each part for itself: a value may be known where its interval is not.
    """

    name: str
    n: int
    value: float | Unknown
    standard_error: float | Unknown
    interval: Interval | Unknown

    def as_json(self) -> dict[str, object]:
        """What a command prints of it: nulls with the reasons beside them."""
        refused = [part.reason for part in (self.value, self.interval) if isinstance(part, Unknown)]
        return {
            "name": self.name,
            "n": self.n,
            "value": None if isinstance(self.value, Unknown) else self.value,
            "standard_error": None if isinstance(self.standard_error, Unknown) else self.standard_error,
            "interval": None if isinstance(self.interval, Unknown) else self.interval.as_json(),
            "refused": "; ".join(dict.fromkeys(refused)) or None,
        }


def nominal(size: int) -> Weights:
    """Only the same grade counts as agreement."""
    return _by_distance(size, lambda apart: 0.0 if apart else 1.0)


def linear(size: int) -> Weights:
    """Each step apart takes away as much of the agreement as the next."""
    return _by_distance(size, lambda apart: 1 - apart)


def quadratic(size: int) -> Weights:
    """A step apart takes away little of the agreement, many steps take away much."""
    return _by_distance(size, lambda apart: 1 - apart**2)


def raw_agreement(table: Crosstab, confidence: float = CONFIDENCE) -> Coefficient:
    """On what share of the files did both sides give the same grade? With Wilson's interval.

    Unknown: of no files.
    """
    n = table.n
    if not n:
        return Coefficient("raw agreement", n, _NO_FILES, _NO_FILES, _NO_FILES)
    share = table.agreed / n
    interval = wilson(table.agreed, n, confidence=confidence)
    return Coefficient("raw agreement", n, share, sqrt(share * (1 - share) / n), interval)


def cohen_kappa(table: Crosstab, weighting: Weighting = nominal, confidence: float = CONFIDENCE) -> Coefficient:
    """How far do two sides agree beyond what their own habits would give by chance?

    Unknown: where both gave every file the same one grade. The analytic interval also with few files and where the
             files give no spread.
    Source:  Cohen 1960 and 1968; variance: Fleiss, Cohen and Everitt 1969, Psychological Bulletin 72, 323-327.
    """
    n, weights = table.n, weighting(len(table.grades))
    if n < FEWEST:
        return Coefficient("Cohen's kappa", n, _NO_FILES, _NO_FILES, _NO_FILES)
    force, inspectors = [count / n for count in table.by_force], [count / n for count in table.by_inspectorate]
    by_row = [sum(w * share for w, share in zip(row, inspectors, strict=True)) for row in weights]
    by_column = [
        sum(w * share for w, share in zip(column, force, strict=True)) for column in zip(*weights, strict=True)
    ]
    expected = sum(share * pull for share, pull in zip(force, by_row, strict=True))
    pull = tuple(tuple(one + other for other in by_column) for one in by_row)
    return _beyond_chance("Cohen's kappa", table, weights, expected, pull, None, confidence)


def gwet(table: Crosstab, weighting: Weighting = nominal, confidence: float = CONFIDENCE) -> Coefficient:
    """How far do two sides agree, where chance means only the files that are hard to grade? AC1, or AC2 if weighted.

    Shape:   all grades of the scheme count, used or not.
    Unknown: as `cohen_kappa`, but one grade for all files is agreement here.
    Source:  Gwet 2008, British Journal of Mathematical and Statistical Psychology 61, 29-48; weights, variance and
             Student's interval: Gwet 2014, Handbook of Inter-Rater Reliability, 4th edition.
    """
    name, n = "Gwet's AC1" if weighting is nominal else "Gwet's AC2", table.n
    if n < FEWEST:
        return Coefficient(name, n, _NO_FILES, _NO_FILES, _NO_FILES)
    weights = weighting(len(table.grades))
    mean = [(one + other) / (2 * n) for one, other in zip(table.by_force, table.by_inspectorate, strict=True)]
    scale = gwet_scale(weights)
    expected = scale * sum(share * (1 - share) for share in mean)
    pull = tuple(tuple(scale * (2 - one - other) for other in mean) for one in mean)
    return _beyond_chance(name, table, weights, expected, pull, n - 1, confidence)


def gwet_scale(weights: Weights) -> float:
    """By what is the spread of grades multiplied to give Gwet's agreement by chance?"""
    return sum(map(sum, weights)) / (len(weights) * (len(weights) - 1))


def bootstrapped(
    of: Callable[[Crosstab], Coefficient],
    table: Crosstab,
    seed: int,
    times: int = TIMES,
    confidence: float = CONFIDENCE,
) -> Interval | Unknown:
    """The interval of a coefficient by drawing the files again and again; the same seed gives the same interval.

    Unknown: as `interval.bootstrap`, and with fewer than two files.
    """

    def once(rng: Random) -> float | Unknown:
        return of(table.drawn_again(rng)).value

    return bootstrap(once, seed, times, confidence) if table.n >= FEWEST else _NO_FILES


def _beyond_chance(
    name: str,
    table: Crosstab,
    weights: Weights,
    expected: float,
    pull: Weights,
    degrees: int | None,
    confidence: float,
) -> Coefficient:
    n, size = table.n, range(len(table.grades))
    if not 1 - expected > ROUNDING:
        return Coefficient(name, n, _ONE_GRADE, _ONE_GRADE, _ONE_GRADE)
    seen = [
        (table.counts[down][across] / n, weights[down][across], pull[down][across]) for down in size for across in size
    ]
    observed = sum(table.counts[down][across] * weights[down][across] for down in size for across in size) / n
    value = (observed - expected) / (1 - expected)
    left = 1 - value
    spread = sum(share * (weight - left * pulled) ** 2 for share, weight, pulled in seen)
    spread -= (observed - 2 * left * expected) ** 2
    # What rounding leaves of nought is nought: every file agreed, or all differed alike.
    error = sqrt(spread / n) / (1 - expected) if spread > ROUNDING else 0.0
    fewest = FEWEST_FOR_ANALYTIC if weights == nominal(len(weights)) else FEWEST_FOR_ANALYTIC_WEIGHTED
    few = Unknown(f"fewer than {fewest} files: the analytic interval does not hold")
    return Coefficient(name, n, value, error, around(value, error, degrees, confidence) if n >= fewest else few)


def _by_distance(size: int, weight: Callable[[float], float]) -> Weights:
    steps = size - 1
    return tuple(tuple(weight(abs(one - other) / steps) for other in range(size)) for one in range(size))
