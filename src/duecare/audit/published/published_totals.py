"""What the published totals of inspections support, on what basis, and what they cannot give."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from typing import Final

from duecare.audit.agreement.optimism_gap import TANGO_WIDEST, tango_of_totals
from duecare.audit.grading.csv_rows import CsvRow
from duecare.audit.grading.grade_scheme import Scheme, common_footing, scheme_of_year
from duecare.audit.published.total_row import GRADES, Count, Read, Total, is_published_totals, read_totals, rows_of
from duecare.stats.interval import Interval, wilson_interval
from duecare.vocabulary.unknown import Unknown

__all__ = [
    "NEEDS_CASES",
    "Paired",
    "Read",
    "Total",
    "Totals",
    "overlap_bounds",
    "is_published_totals",
    "own_rows",
    "read_totals",
    "rows_of",
    "total_pairs",
]

NEEDS_CASES: Final = (
    "Agreement, kappa and its interval are refused: they need the cross-table of the cases that both sides graded, and"
    " totals alone cannot give it."
)
INTERVALS: Final = (
    "Intervals hold 95 in 100 samples as if the files had been drawn at random from very many; how they were drawn was"
    " not published. That of the gap is the widest over every cross-table and every reading that the totals allow."
)
_YEAR_PATTERN = re.compile(r"(?:19|20)[0-9]{2}(?![0-9])")
_PAIRED = re.compile(r"(.*\bPAIRED)\b", re.IGNORECASE)


def overlap_bounds(file_count: int, passed_by_one: int, passed_by_other: int) -> tuple[int, int]:
    """The least and the most of n files that one side can have passed and the other not.

    Shape:   both ends can be reached; nothing nearer follows from totals alone.
    Source:  Fréchet's bounds; at least max(0, a - b), at most min(a, n - b).
    """
    return max(0, passed_by_one - passed_by_other), min(passed_by_one, file_count - passed_by_other)


@dataclass(frozen=True, slots=True)
class Paired:
    """What follows from the totals of a set that force and inspectorate both graded."""

    name: str
    inspectorate: Total
    by_force: Total
    n: int
    met_by_inspectorate: int
    met_by_force: int

    @property
    def by_reading(self) -> tuple[tuple[int, int, int], ...]:
        """For each number the force may have passed: that number, and at least and at most how many were so alone.

        Shape:   the row's own number first; a basis that allows several numbers gives several.
        """
        return tuple(
            (met_count, *overlap_bounds(self.n, met_count, self.met_by_inspectorate))
            for met_count in self.by_force.readings
        )

    @property
    def at_least(self) -> int:
        """The least number of files passed by the force and not by the inspectors."""
        return self.by_reading[0][1]

    @property
    def at_most(self) -> int:
        """The most files passed by the force and not by the inspectors."""
        return self.by_reading[0][2]

    @property
    def optimism_gap(self) -> float:
        """The force's share passed less the inspectors': a proportion, to four decimals."""
        return round((self.met_by_force - self.met_by_inspectorate) / self.n, 4)

    @property
    def optimism_gap_interval(self) -> Interval:
        """The proportions between which the gap lies, whatever the cross-table and the reading."""
        gap_intervals = [
            tango_of_totals(met_count, self.met_by_inspectorate, self.n) for met_count in self.by_force.readings
        ]
        return Interval(
            min(gap_interval.low for gap_interval in gap_intervals),
            max(gap_interval.high for gap_interval in gap_intervals),
            TANGO_WIDEST,
        )

    @property
    def agreement_between(self) -> tuple[float, float]:
        """The proportions between which the two sides must have agreed, whatever the cross-table."""
        apart = self.met_by_force - self.met_by_inspectorate
        fewest, most_both = self.at_least, self.at_most
        return tuple(round((self.n - (2 * both_count - apart)) / self.n, 4) for both_count in (most_both, fewest))  # type: ignore[return-value]

    @property
    def in_words(self) -> str:
        """The lower bound as a sentence, with the other readings in brackets."""
        others = ", ".join(f"or {least_both}, if {met_count}" for met_count, least_both, _ in self.by_reading[1:])
        range_words = f"at least {self.at_least}{f' ({others})' if others else ''} of {self.n} files"
        return f"{range_words} were passed by the force and not by the inspectors"

    def as_json(self) -> dict[str, object]:
        """What a command prints of it."""
        return {
            "pair": self.name,
            "force_name": self.inspectorate.force,
            "round": self.inspectorate.round,
            "n": self.n,
            "inspectorate": _side_json(self.inspectorate),
            "force": {**_side_json(self.by_force), "readings": list(self.by_force.readings)},
            "passed_by_force_not_inspectors": {
                "at_least": self.at_least,
                "at_most": self.at_most,
                "by_reading": [
                    {"force_meets": met_count, "at_least": least_both, "at_most": most_both}
                    for met_count, least_both, most_both in self.by_reading
                ],
                "in_words": self.in_words,
            },
            "optimism_gap": self.optimism_gap,
            "optimism_gap_interval": self.optimism_gap_interval.as_json(),
            "agreement_between": list(self.agreement_between),
            "agreement": None,
            "kappa": None,
            "kappa_interval": None,
            "crosstab": None,
            "refused": NEEDS_CASES,
        }


@dataclass(frozen=True, slots=True)
class Totals:
    """The results of all accepted totals.

    Shape:   `sets` as accepted; `pairs` those sets that both sides graded; `notes` why a set named as paired is not.
    """

    sets: tuple[Total, ...]
    pairs: tuple[Paired, ...]
    notes: tuple[str, ...] = ()

    @property
    def refused(self) -> str:
        """What cannot be worked out from totals, and why."""
        return NEEDS_CASES

    @property
    def comparison(self) -> tuple[str, ...]:
        """Notes on how far rounds may be compared with each other, where their schemes of grades differ.

        Unknown: a round whose name tells no year, or one of which no scheme is known, says nothing.
        """
        schemes_used: dict[str, Scheme] = {}
        for published_total in self.sets:
            year_match = _YEAR_PATTERN.search(published_total.round)
            scheme = scheme_of_year(int(year_match[0])) if year_match else None
            if isinstance(scheme, Scheme):
                schemes_used[scheme.id] = scheme
        in_turn = sorted(schemes_used.values(), key=lambda scheme: scheme.first_year)
        return tuple(
            common_footing(earlier_scheme, later_scheme).note for earlier_scheme, later_scheme in pairwise(in_turn)
        )

    def as_json(self) -> dict[str, object]:
        """What `duecare audit total_pairs --json` prints.

        Shape:   the gap at the top is that of the only pair there is; with none or several it is null, and each pair
                 has its own.
        Units:   `_percent` to one decimal, halves up; `optimism_gap` and `agreement_between` are proportions.
        """
        only_pair = self.pairs[0] if len(self.pairs) == 1 else None
        basis = (
            {"inspectorate": only_pair.inspectorate.meets_basis, "force": only_pair.by_force.meets_basis}
            if only_pair
            else {}
        )
        return {
            "agreement": None,
            "kappa": None,
            "kappa_interval": None,
            "optimism_gap": only_pair.optimism_gap if only_pair else None,
            "optimism_gap_interval": only_pair.optimism_gap_interval.as_json() if only_pair else None,
            "crosstab": None,
            "basis": basis,
            "refused": self.refused,
            "sets": [_set_json(published_total) for published_total in self.sets],
            "paired": [paired_total.as_json() for paired_total in self.pairs],
            "notes": list(self.notes),
            "comparison": list(self.comparison),
            "intervals": INTERVALS,
        }


def total_pairs(accepted: Iterable[Total]) -> Totals:
    """Combine these accepted rows.

    Shape:   a pair is two sets of one force and round whose names agree up to PAIRED, one graded by each side.
    """
    accepted_totals = tuple(accepted)
    totals_by_round: dict[tuple[str, str, str], list[Total]] = {}
    for published_total in accepted_totals:
        match = _PAIRED.match(published_total.set_id)
        if match:
            totals_by_round.setdefault((match[1], published_total.force, published_total.round), []).append(
                published_total
            )
    pairs: list[Paired] = []
    notes: list[str] = []
    for (round_name, _, _), round_totals in totals_by_round.items():
        paired_result = _pair_totals(round_name, round_totals)
        if isinstance(paired_result, Paired):
            pairs.append(paired_result)
        else:
            notes.append(f"{round_name}: {paired_result.reason}")
    return Totals(accepted_totals, tuple(pairs), tuple(notes))


def own_rows() -> tuple[CsvRow, ...]:
    """The rows of the project's own record of what inspections published, each with its source."""
    return rows_of((files("duecare.audit.published") / "published.csv").read_bytes())


def _pair_totals(round_name: str, round_totals: list[Total]) -> Paired | Unknown:
    sides = {published_total.side: published_total for published_total in round_totals}
    inspectorate, force = sides.get("inspectorate"), sides.get("force")
    if inspectorate is None or force is None or len(round_totals) != 2:
        return Unknown("it takes one row of the inspectorate and one of the force to be a pair")
    if inspectorate.n != force.n or not isinstance(force.n, int) or not force.n:
        return Unknown("the two sides do not give the same n")
    if not isinstance(inspectorate.meets, int) or not isinstance(force.meets, int):
        return Unknown("the grades of one side are not known")
    return Paired(round_name, inspectorate, force, force.n, inspectorate.meets, force.meets)


def _side_json(published_total: Total) -> dict[str, object]:
    return {
        "set_id": published_total.set_id,
        "meets_standard": _shown_number(published_total.meets),
        "below_standard": _shown_number(published_total.below),
        "meets_percent": _shown_number(published_total.meets_percent),
        "below_percent": _shown_number(published_total.below_percent),
        "basis": published_total.meets_basis,
        "status": published_total.status,
        "source_url": " ".join(published_total.source_urls),
    }


def _set_json(published_total: Total) -> dict[str, object]:
    return {
        "set_id": published_total.set_id,
        "force": published_total.force,
        "round": published_total.round,
        "grader": published_total.grader,
        "n": _shown_number(published_total.n),
        "are_grades_known": published_total.are_grades_known,
        **{grade_name: _shown_number(published_total.grades[grade_name]) for grade_name in GRADES},
        "meets_standard": _shown_number(published_total.meets),
        "below_standard": _shown_number(published_total.below),
        "meets_percent": _shown_number(published_total.meets_percent),
        "below_percent": _shown_number(published_total.below_percent),
        "below_standard_interval": _share_interval(published_total.below, published_total.n),
        "referred_back": _shown_number(published_total.referred_back),
        "referred_back_percent": _shown_number(published_total.referred_back_percent),
        "measure": published_total.measure or None,
        "count": _shown_number(published_total.count),
        "count_percent": _shown_number(published_total.count_percent),
        "count_interval": _share_interval(published_total.count, published_total.n),
        "basis": {"meets_standard": published_total.meets_basis, "below_standard": published_total.below_basis},
        "status": published_total.status,
        "source_url": " ".join(published_total.source_urls),
        "notes": list(published_total.notes),
    }


def _share_interval(part_count: Count, whole: Count) -> dict[str, object] | None:
    share_interval = (
        wilson_interval(part_count, whole) if isinstance(part_count, int) and isinstance(whole, int) else None
    )
    return share_interval.as_json() if isinstance(share_interval, Interval) else None


def _shown_number(value: Count | float) -> float | None:
    return None if isinstance(value, Unknown) else value
