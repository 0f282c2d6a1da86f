"""How far any number of graders agree, each on whichever files they graded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Final

from duecare.stats.interval import CONFIDENCE, TIMES, Interval, bootstrap
from duecare.vocabulary.unknown import Unknown

# One file: the grade that each grader gave it, as a place in the scheme's order, best first; None where none was given.
File = Sequence[int | None]

_NO_PAIRS: Final = Unknown("no file was graded by two graders, so no two grades can be compared")
_ONE_GRADE: Final = Unknown(
    "all grades that can be compared are the same one grade, so there is nothing to disagree on"
)


def by_order(used: Sequence[float]) -> list[list[float]]:
    """How far apart are any two grades, by how many of the grades used lie between, each end counting half? Squared.

    Source:  Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, the ordinal metric.
    """

    def apart(one: int, other: int) -> float:
        low, high = min(one, other), max(one, other)
        return (sum(used[low : high + 1]) - (used[low] + used[high]) / 2) ** 2

    return [[apart(one, other) for other in range(len(used))] for one in range(len(used))]


def krippendorff_alpha(files: Sequence[File], size: int) -> float | Unknown:
    """How far do graders agree by the order of their grades, where any may have graded any of the files?

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
    apart = by_order(used)
    seen = sum(together[one][other] * apart[one][other] for one in range(size) for other in range(size))
    expected = sum(used[one] * used[other] * apart[one][other] for one in range(size) for other in range(size))
    return 1 - (total - 1) * seen / expected if expected else _ONE_GRADE


def alpha_interval(
    files: Sequence[File], size: int, seed: int, times: int = TIMES, confidence: float = CONFIDENCE
) -> Interval | Unknown:
    """The interval of Krippendorff's alpha, by drawing whole files again and again; the same seed, the same interval.

    Unknown: as `interval.bootstrap`, and where alpha itself is not known.
    """
    kept = [file for file in files if sum(grade is not None for grade in file) > 1]

    def once(rng: Random) -> float | Unknown:
        return krippendorff_alpha([kept[int(rng.random() * len(kept))] for _ in kept], size)

    return bootstrap(once, seed, times, confidence) if kept else _NO_PAIRS
