"""How far any number of graders agree, each on whichever files they graded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from math import sqrt
from random import Random
from typing import Final

from duecare.audit.agreement import Coefficient, Weighting, gwet_scale, nominal
from duecare.audit.interval import CONFIDENCE, TIMES, Interval, around, bootstrap
from duecare.vocabulary.unknown import Unknown

# One file: the grade that each grader gave it, as a place in the scheme's order, best first; None where none was given.
File = Sequence[int | None]
Distance = Callable[[Sequence[float]], list[list[float]]]

_NO_PAIRS: Final = Unknown("no file was graded by two graders, so no two grades can be compared")
_ONE_GRADE: Final = Unknown(
    "all grades that can be compared are the same one grade, so there is nothing to disagree on"
)
_ONE_FILE: Final = Unknown("only one file was graded, so there is no spread between files")


def by_name(used: Sequence[float]) -> list[list[float]]:
    """How far apart are any two grades, if they differ or they do not and their order says nothing?"""
    return [[float(one != other) for other in range(len(used))] for one in range(len(used))]


def by_order(used: Sequence[float]) -> list[list[float]]:
    """How far apart are any two grades, by how many of the grades used lie between, each end counting half? Squared.

    Source:  Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, the ordinal metric.
    """

    def apart(one: int, other: int) -> float:
        low, high = min(one, other), max(one, other)
        return (sum(used[low : high + 1]) - (used[low] + used[high]) / 2) ** 2

    return [[apart(one, other) for other in range(len(used))] for one in range(len(used))]


def krippendorff_alpha(files: Sequence[File], size: int, distance: Distance = by_order) -> float | Unknown:
    """How far do graders agree, where any may have graded any of the files? By the order of grades, unless told not.

    Shape:   `size` is how many grades the scheme has.
    Unknown: where no file has two grades, or all grades that can be compared are the same.
    Source:  Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, https://repository.upenn.edu/asc_papers/43
    """
    together = [[0.0] * size for _ in range(size)]
    for file in files:
        given = Counter(grade for grade in file if grade is not None)
        count = given.total()
        if count < 2:
            continue
        for one, times in given.items():
            for other, others in given.items():
                together[one][other] += times * (others - (one == other)) / (count - 1)
    used = [sum(row) for row in together]
    total = sum(used)
    if not total:
        return _NO_PAIRS
    apart = distance(used)
    seen = sum(together[one][other] * apart[one][other] for one in range(size) for other in range(size))
    expected = sum(used[one] * used[other] * apart[one][other] for one in range(size) for other in range(size))
    return 1 - (total - 1) * seen / expected if expected else _ONE_GRADE


def alpha_interval(
    files: Sequence[File],
    size: int,
    seed: int,
    distance: Distance = by_order,
    times: int = TIMES,
    confidence: float = CONFIDENCE,
) -> Interval | Unknown:
    """The interval of Krippendorff's alpha, by drawing whole files again and again; the same seed, the same interval.

    Unknown: as `interval.bootstrap`, and where alpha itself is not known.
    """
    kept = [file for file in files if sum(grade is not None for grade in file) > 1]

    def once(rng: Random) -> float | Unknown:
        return krippendorff_alpha([kept[int(rng.random() * len(kept))] for _ in kept], size, distance)

    return bootstrap(once, seed, times, confidence) if kept else _NO_PAIRS


def gwet_of_many(
    files: Sequence[File], size: int, weighting: Weighting = nominal, confidence: float = CONFIDENCE
) -> Coefficient:
    """How far do any number of graders agree, where chance means only the files that are hard to grade?

    Shape:   a file with one grade says how often grades are used, not how far graders agree.
    Unknown: where no file has two grades; how sure also where there is a single file or no spread between files.
    Source:  Gwet 2014, Handbook of Inter-Rater Reliability, 4th edition, chapters 2 and 5.
    """
    name, weights = "Gwet's AC1" if weighting is nominal else "Gwet's AC2", weighting(size)
    given = [counts for counts in map(_counts(size), files) if sum(counts)]
    n = len(given)
    compared = sum(sum(counts) > 1 for counts in given)
    if not compared:
        return Coefficient(name, n, _NO_PAIRS, _NO_PAIRS, _NO_PAIRS)
    mean = [sum(counts[grade] / sum(counts) for counts in given) / n for grade in range(size)]
    scale = gwet_scale(weights)
    expected = scale * sum(share * (1 - share) for share in mean)
    alike = [_alike(counts, weights) for counts in given]
    observed = sum(alike) / compared
    value = (observed - expected) / (1 - expected)
    if n < 2:
        return Coefficient(name, n, value, _ONE_FILE, _ONE_FILE)
    total = 0.0
    for counts, part in zip(given, alike, strict=True):
        graders = sum(counts)
        own = n / compared * (part - expected * (graders > 1)) / (1 - expected)
        hard = scale * sum(count * (1 - share) for count, share in zip(counts, mean, strict=True)) / graders
        total += (own - 2 * (1 - value) * (hard - expected) / (1 - expected) - value) ** 2
    error = sqrt(total / (n * (n - 1)))
    return Coefficient(name, n, value, error, around(value, error if error > 1e-9 else 0.0, n - 1, confidence))


def _counts(size: int) -> Callable[[File], list[int]]:
    return lambda file: [sum(grade == at for grade in file) for at in range(size)]


def _alike(counts: Sequence[int], weights: Sequence[Sequence[float]]) -> float:
    """How alike are the grades of one file, over all pairs of its graders? Nought where there is no pair."""
    graders = sum(counts)
    if graders < 2:
        return 0.0
    near = sum(
        count * (sum(w * other for w, other in zip(row, counts, strict=True)) - 1)
        for count, row in zip(counts, weights, strict=True)
    )
    return near / (graders * (graders - 1))
