"""How far any number of graders agree, each on whichever files they graded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Final

from duecare.stats.interval import CONFIDENCE, TIMES, Interval, resampled_interval
from duecare.vocabulary.unknown import Unknown

# One file: the grade that each grader gave it, as a place in the scheme's order, best first; None where none was given.
FileGrades = Sequence[int | None]

_NO_PAIRS: Final = Unknown("no file was graded by two graders, so no two grades can be compared")
_ONE_GRADE: Final = Unknown(
    "all grades that can be compared are the same one grade, so there is nothing to disagree on"
)


def by_order(grade_use: Sequence[float]) -> list[list[float]]:
    """The squared distance of any two grades, by how many of the grades used lie between, each end counting half.

    Source:  Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, the ordinal metric.
    """

    def order_distance(first_grade: int, second_grade: int) -> float:
        lower_grade, higher_grade = min(first_grade, second_grade), max(first_grade, second_grade)
        return (
            sum(grade_use[lower_grade : higher_grade + 1]) - (grade_use[lower_grade] + grade_use[higher_grade]) / 2
        ) ** 2

    return [
        [order_distance(first_grade, second_grade) for second_grade in range(len(grade_use))]
        for first_grade in range(len(grade_use))
    ]


def krippendorff_alpha(files: Sequence[FileGrades], grade_count: int) -> float | Unknown:
    """Krippendorff's alpha by the order of grades, where any grader may have graded any of the files.

    Shape:   `grade_count` is how many grades the scheme has.
    Unknown: where no file has two grades, or all grades that can be compared are the same.
    Source:  Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, https://repository.upenn.edu/asc_papers/43
    """
    together = [[0.0] * grade_count for _ in range(grade_count)]
    for file_grades in files:
        grade_counts = Counter(grade for grade in file_grades if grade is not None)
        count = grade_counts.total()
        if count < 2:
            continue
        for first_grade, times in grade_counts.items():
            for second_grade, others in grade_counts.items():
                together[first_grade][second_grade] += times * (others - (first_grade == second_grade)) / (count - 1)
    grade_use = [sum(coincidence_row) for coincidence_row in together]
    total = sum(grade_use)
    if not total:
        return _NO_PAIRS
    grade_distances = by_order(grade_use)
    observed_distance = sum(
        together[first_grade][second_grade] * grade_distances[first_grade][second_grade]
        for first_grade in range(grade_count)
        for second_grade in range(grade_count)
    )
    expected = sum(
        grade_use[first_grade] * grade_use[second_grade] * grade_distances[first_grade][second_grade]
        for first_grade in range(grade_count)
        for second_grade in range(grade_count)
    )
    return 1 - (total - 1) * observed_distance / expected if expected else _ONE_GRADE


def alpha_interval(
    files: Sequence[FileGrades],
    grade_count: int,
    bootstrap_seed: int,
    times: int = TIMES,
    confidence: float = CONFIDENCE,
) -> Interval | Unknown:
    """The interval of Krippendorff's alpha, by drawing whole files again and again; the same seed, the same interval.

    Unknown: as `interval.bootstrap`, and where alpha itself is not known.
    """
    graded_files = [file_grades for file_grades in files if sum(grade is not None for grade in file_grades) > 1]

    def resampled_alpha(random_source: Random) -> float | Unknown:
        return krippendorff_alpha(
            [graded_files[int(random_source.random() * len(graded_files))] for _ in graded_files], grade_count
        )

    return resampled_interval(resampled_alpha, bootstrap_seed, times, confidence) if graded_files else _NO_PAIRS
