"""The cross-table of the files that two sides graded: how often each pair of grades was given."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from duecare.audit.grading.grade_scheme import GRADE_CUT, Scheme, common_footing
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.unknown import Unknown


@dataclass(frozen=True, slots=True)
class Crosstab:
    """The number of files by grade from the force (down) and from the inspectorate (across).

    Shape:   `counts[i][j]` files had `grades[i]` from the force and `grades[j]` from the inspectorate; grades best
             first, the first `meets` of them on the better side of the cut. `note` says what was given up to compare.
    Raises:  AUD-003 where the counts are no square of whole numbers from 0 up, one row and column to a grade.
    """

    grades: tuple[str, ...]
    meets: int
    counts: tuple[tuple[int, ...], ...]
    note: str = ""

    def __post_init__(self) -> None:
        grade_count = len(self.grades)
        if (
            grade_count < 2
            or len(self.counts) != grade_count
            or any(len(count_row) != grade_count for count_row in self.counts)
        ):
            raise Refusal("AUD-003", found=f"{len(self.counts)} rows for {grade_count} grades")
        if any(count < 0 for count_row in self.counts for count in count_row):
            raise Refusal("AUD-003", found="a count below 0")
        if not 0 < self.meets < grade_count:
            raise Refusal("AUD-003", found=f"a cut after {self.meets} of {grade_count} grades")

    @property
    def n(self) -> int:
        """The number of files that both sides graded."""
        return sum(map(sum, self.counts))

    @property
    def by_force(self) -> tuple[int, ...]:
        """The number of files the force gave each grade."""
        return tuple(map(sum, self.counts))

    @property
    def by_inspectorate(self) -> tuple[int, ...]:
        """The number of files the inspectorate gave each grade."""
        return tuple(map(sum, zip(*self.counts, strict=True)))

    @property
    def agreed(self) -> int:
        """The number of files that got the same grade from both."""
        return sum(count_row[grade_number] for grade_number, count_row in enumerate(self.counts))

    @property
    def on_the_cut(self) -> Crosstab:
        """The same files by the two-way cut: whether each side found that the standard was met."""
        if self.grades == GRADE_CUT:
            return self
        parts = (slice(None, self.meets), slice(self.meets, None))
        met_counts, failed_counts = (
            tuple(sum(sum(count_row[across]) for count_row in self.counts[row_number]) for across in parts)
            for row_number in parts
        )
        return Crosstab(GRADE_CUT, 1, (met_counts, failed_counts), self.note)

    def drawn_again(self, random_source: Random) -> Crosstab:
        """As many files drawn, with chance, from these, each as likely as the next and as often as may be."""
        grade_count, file_count = len(self.grades), self.n
        running_totals = list(accumulate(count for count_row in self.counts for count in count_row))
        drawn = Counter(bisect(running_totals, int(random_source.random() * file_count)) for _ in range(file_count))
        drawn_rows = tuple(
            tuple(drawn[row_number * grade_count + across] for across in range(grade_count))
            for row_number in range(grade_count)
        )
        return Crosstab(self.grades, self.meets, drawn_rows, self.note)

    def as_json(self) -> dict[str, object]:
        """What a command prints of it."""
        return {
            "grades": list(self.grades),
            "force_down_inspectorate_across": [list(count_row) for count_row in self.counts],
            "n": self.n,
            "note": self.note,
        }


def cross_tabulate(
    pairs: Iterable[tuple[str, str]], by_force: Scheme, by_inspectorate: Scheme | None = None
) -> Crosstab:
    """The cross-table of these files, each with the force's word and then the inspectorate's.

    Shape:   words in any case; where the two sides used different schemes, the table is on the two-way cut and says so.
    Raises:  AUD-004 where a word is no grade of its side's scheme; nothing is counted.
    """
    schemes = (by_force, by_inspectorate or by_force)
    common = common_footing(*schemes)
    pair_counts: Counter[tuple[str, ...]] = Counter()
    faults: list[str] = []
    for number, grade_words in enumerate(pairs, 1):
        read_grades = [scheme.read(grade_word) for scheme, grade_word in zip(schemes, grade_words, strict=True)]
        for grader_label, read_grade in zip(("the force", "the inspectorate"), read_grades, strict=True):
            if isinstance(read_grade, Unknown):
                faults.append(f"pair {number}, {grader_label}: {read_grade.reason}")
        pair_counts[_as_compared(read_grades, schemes, common.grades)] += 1
    if faults:
        raise Refusal("AUD-004", where=schemes[0].id, faults=tuple(faults))
    counts = tuple(tuple(pair_counts[row_grade, across] for across in common.grades) for row_grade in common.grades)
    return Crosstab(common.grades, common.meets, counts, common.note)


def _as_compared(
    read_words: Sequence[str | Unknown], schemes: Sequence[Scheme], grades: tuple[str, ...]
) -> tuple[str, ...]:
    known_grades = [
        (scheme, grade) for scheme, grade in zip(schemes, read_words, strict=True) if isinstance(grade, str)
    ]
    return tuple(scheme.side(grade) if grades == GRADE_CUT else grade for scheme, grade in known_grades)
