"""The cross-table of the files that two sides graded: how often each pair of grades was given."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from duecare.audit.grading.grade_scheme import CUT, Scheme, footing
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.unknown import Unknown


@dataclass(frozen=True, slots=True)
class Crosstab:
    """How many files got which grade from the force (down) and which from the inspectorate (across)?

    Shape:   `counts[i][j]` files had `grades[i]` from the force and `grades[j]` from the inspectorate; grades best
             first, the first `meets` of them on the better side of the cut. `note` says what was given up to compare.
    Raises:  AUD-003 where the counts are no square of whole numbers from nought up, one row and column to a grade.
    """

    grades: tuple[str, ...]
    meets: int
    counts: tuple[tuple[int, ...], ...]
    note: str = ""

    def __post_init__(self) -> None:
        size = len(self.grades)
        if size < 2 or len(self.counts) != size or any(len(row) != size for row in self.counts):
            raise Refusal("AUD-003", found=f"{len(self.counts)} rows for {size} grades")
        if any(count < 0 for row in self.counts for count in row):
            raise Refusal("AUD-003", found="a count below nought")
        if not 0 < self.meets < size:
            raise Refusal("AUD-003", found=f"a cut after {self.meets} of {size} grades")

    @property
    def n(self) -> int:
        """How many files did both sides grade?"""
        return sum(map(sum, self.counts))

    @property
    def by_force(self) -> tuple[int, ...]:
        """How many files did the force give each grade?"""
        return tuple(map(sum, self.counts))

    @property
    def by_inspectorate(self) -> tuple[int, ...]:
        """How many files did the inspectorate give each grade?"""
        return tuple(map(sum, zip(*self.counts, strict=True)))

    @property
    def agreed(self) -> int:
        """How many files got the same grade from both?"""
        return sum(row[at] for at, row in enumerate(self.counts))

    @property
    def on_the_cut(self) -> Crosstab:
        """The same files by the two-way cut: did each side say that the standard was met?"""
        if self.grades == CUT:
            return self
        parts = (slice(None, self.meets), slice(self.meets, None))
        met, fell = (tuple(sum(sum(row[across]) for row in self.counts[down]) for across in parts) for down in parts)
        return Crosstab(CUT, 1, (met, fell), self.note)

    def drawn_again(self, rng: Random) -> Crosstab:
        """As many files drawn, with chance, from these, each as likely as the next and as often as may be."""
        size, n = len(self.grades), self.n
        ends = list(accumulate(count for row in self.counts for count in row))
        drawn = Counter(bisect(ends, int(rng.random() * n)) for _ in range(n))
        rows = tuple(tuple(drawn[down * size + across] for across in range(size)) for down in range(size))
        return Crosstab(self.grades, self.meets, rows, self.note)

    def as_json(self) -> dict[str, object]:
        """What a command prints of it."""
        return {
            "grades": list(self.grades),
            "force_down_inspectorate_across": [list(row) for row in self.counts],
            "n": self.n,
            "note": self.note,
        }


def crosstab(pairs: Iterable[tuple[str, str]], by_force: Scheme, by_inspectorate: Scheme | None = None) -> Crosstab:
    """The cross-table of these files, each with the force's word and then the inspectorate's.

    Shape:   words in any case; where the two sides used different schemes, the table is on the two-way cut and says so.
    Raises:  AUD-004 where a word is no grade of its side's scheme; nothing is counted.
    """
    schemes = (by_force, by_inspectorate or by_force)
    common = footing(*schemes)
    found: Counter[tuple[str, ...]] = Counter()
    faults: list[str] = []
    for number, pair in enumerate(pairs, 1):
        read = [scheme.read(word) for scheme, word in zip(schemes, pair, strict=True)]
        for whose, one in zip(("the force", "the inspectorate"), read, strict=True):
            if isinstance(one, Unknown):
                faults.append(f"pair {number}, {whose}: {one.reason}")
        found[_as_compared(read, schemes, common.grades)] += 1
    if faults:
        raise Refusal("AUD-004", where=schemes[0].id, faults=tuple(faults))
    counts = tuple(tuple(found[down, across] for across in common.grades) for down in common.grades)
    return Crosstab(common.grades, common.meets, counts, common.note)


def _as_compared(read: Sequence[str | Unknown], schemes: Sequence[Scheme], grades: tuple[str, ...]) -> tuple[str, ...]:
    known = [(scheme, grade) for scheme, grade in zip(schemes, read, strict=True) if isinstance(grade, str)]
    return tuple(scheme.side(grade) if grades == CUT else grade for scheme, grade in known)
