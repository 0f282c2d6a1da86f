"""What the published totals of inspections support, on what basis, and what they cannot give."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from typing import Final

from duecare.audit.agreement.optimism_gap import TANGO_WIDEST, tango_of_totals
from duecare.audit.grading.csv_rows import Row
from duecare.audit.grading.grade_scheme import Scheme, footing, scheme_of_year
from duecare.audit.published.total_row import GRADES, Count, Read, Total, is_published_totals, read_totals, rows_of
from duecare.stats.interval import Interval, wilson
from duecare.vocabulary.unknown import Unknown

__all__ = [
    "NEEDS_CASES",
    "Paired",
    "Read",
    "Total",
    "Totals",
    "bounds",
    "is_published_totals",
    "own_rows",
    "read_totals",
    "rows_of",
    "totals",
]

NEEDS_CASES: Final = (
    "Agreement, kappa and its interval are refused: they need the cross-table of the cases that both sides graded, and"
    " totals alone cannot give it."
)
INTERVALS: Final = (
    "Intervals hold 95 in 100 samples as if the files had been drawn at random from very many; how they were drawn was"
    " not published. That of the gap is the widest over every cross-table and every reading that the totals allow."
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?![0-9])")
_PAIRED = re.compile(r"(.*\bPAIRED)\b", re.IGNORECASE)


def bounds(n: int, passed_by_one: int, passed_by_other: int) -> tuple[int, int]:
    """Of n files, at least and at most how many did the one pass and the other not?

    Shape:   both ends can be reached; nothing nearer follows from totals alone.
    Source:  Fréchet's bounds; at least max(0, a - b), at most min(a, n - b).
    """
    return max(0, passed_by_one - passed_by_other), min(passed_by_one, n - passed_by_other)


@dataclass(frozen=True, slots=True)
class Paired:
    """What follows from the totals of a set that force and inspectorate both graded?"""

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
        return tuple((met, *bounds(self.n, met, self.met_by_inspectorate)) for met in self.by_force.readings)

    @property
    def at_least(self) -> int:
        """At least how many files were passed by the force and not by the inspectors?"""
        return self.by_reading[0][1]

    @property
    def at_most(self) -> int:
        """At most how many files were passed by the force and not by the inspectors?"""
        return self.by_reading[0][2]

    @property
    def optimism_gap(self) -> float:
        """By how much does the share that the force passed exceed the inspectors'? A proportion, to four decimals."""
        return round((self.met_by_force - self.met_by_inspectorate) / self.n, 4)

    @property
    def optimism_gap_interval(self) -> Interval:
        """Between which proportions may the gap lie, whatever the cross-table and whichever reading holds?"""
        found = [tango_of_totals(met, self.met_by_inspectorate, self.n) for met in self.by_force.readings]
        return Interval(min(one.low for one in found), max(one.high for one in found), TANGO_WIDEST)

    @property
    def agreement_between(self) -> tuple[float, float]:
        """Between which proportions must the two sides have agreed, whatever the cross-table?"""
        apart = self.met_by_force - self.met_by_inspectorate
        fewest, most = self.at_least, self.at_most
        return tuple(round((self.n - (2 * one - apart)) / self.n, 4) for one in (most, fewest))  # type: ignore[return-value]

    @property
    def in_words(self) -> str:
        """The lower bound as a sentence, with the other readings in brackets."""
        others = ", ".join(f"or {least}, if {met}" for met, least, _ in self.by_reading[1:])
        found = f"at least {self.at_least}{f' ({others})' if others else ''} of {self.n} files"
        return f"{found} were passed by the force and not by the inspectors"

    def as_json(self) -> dict[str, object]:
        """What a command prints of it."""
        return {
            "pair": self.name,
            "force_name": self.inspectorate.force,
            "round": self.inspectorate.round,
            "n": self.n,
            "inspectorate": _side(self.inspectorate),
            "force": {**_side(self.by_force), "readings": list(self.by_force.readings)},
            "passed_by_force_not_inspectors": {
                "at_least": self.at_least,
                "at_most": self.at_most,
                "by_reading": [
                    {"force_meets": met, "at_least": least, "at_most": most} for met, least, most in self.by_reading
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
    """What do all accepted totals say?

    Shape:   `sets` as accepted; `pairs` those sets that both sides graded; `notes` why a set named as paired is not.
    """

    sets: tuple[Total, ...]
    pairs: tuple[Paired, ...]
    notes: tuple[str, ...] = ()

    @property
    def refused(self) -> str:
        """What cannot be told from totals, and why?"""
        return NEEDS_CASES

    @property
    def comparison(self) -> tuple[str, ...]:
        """On what footing may the rounds be compared with each other, where their schemes of grades differ?

        Unknown: a round whose name tells no year, or one of which no scheme is known, says nothing.
        """
        used: dict[str, Scheme] = {}
        for one in self.sets:
            year = _YEAR.search(one.round)
            scheme = scheme_of_year(int(year[0])) if year else None
            if isinstance(scheme, Scheme):
                used[scheme.id] = scheme
        in_turn = sorted(used.values(), key=lambda scheme: scheme.first_year)
        return tuple(footing(one, other).note for one, other in pairwise(in_turn))

    def as_json(self) -> dict[str, object]:
        """What `duecare audit totals --json` prints.

        Shape:   the gap at the top is that of the only pair there is; with none or several it is null, and each pair
                 has its own.
        Units:   `_percent` to one decimal, halves up; `optimism_gap` and `agreement_between` are proportions.
        """
        only = self.pairs[0] if len(self.pairs) == 1 else None
        basis = {"inspectorate": only.inspectorate.meets_basis, "force": only.by_force.meets_basis} if only else {}
        return {
            "agreement": None,
            "kappa": None,
            "kappa_interval": None,
            "optimism_gap": only.optimism_gap if only else None,
            "optimism_gap_interval": only.optimism_gap_interval.as_json() if only else None,
            "crosstab": None,
            "basis": basis,
            "refused": self.refused,
            "sets": [_set(one) for one in self.sets],
            "paired": [one.as_json() for one in self.pairs],
            "notes": list(self.notes),
            "comparison": list(self.comparison),
            "intervals": INTERVALS,
        }


def totals(accepted: Iterable[Total]) -> Totals:
    """What do these accepted rows say together?

    Shape:   a pair is two sets of one force and round whose names agree up to PAIRED, one graded by each side.
    """
    sets = tuple(accepted)
    named: dict[tuple[str, str, str], list[Total]] = {}
    for one in sets:
        match = _PAIRED.match(one.set_id)
        if match:
            named.setdefault((match[1], one.force, one.round), []).append(one)
    pairs: list[Paired] = []
    notes: list[str] = []
    for (name, _, _), both in named.items():
        pair = _pair(name, both)
        if isinstance(pair, Paired):
            pairs.append(pair)
        else:
            notes.append(f"{name}: {pair.reason}")
    return Totals(sets, tuple(pairs), tuple(notes))


def own_rows() -> tuple[Row, ...]:
    """The rows of the project's own record of what inspections published, each with its source."""
    return rows_of((files("duecare.audit.published") / "published.csv").read_bytes())


def _pair(name: str, both: list[Total]) -> Paired | Unknown:
    sides = {one.side: one for one in both}
    inspectorate, force = sides.get("inspectorate"), sides.get("force")
    if inspectorate is None or force is None or len(both) != 2:
        return Unknown("it takes one row of the inspectorate and one of the force to be a pair")
    if inspectorate.n != force.n or not isinstance(force.n, int) or not force.n:
        return Unknown("the two sides do not give the same n")
    if not isinstance(inspectorate.meets, int) or not isinstance(force.meets, int):
        return Unknown("the grades of one side are not known")
    return Paired(name, inspectorate, force, force.n, inspectorate.meets, force.meets)


def _side(one: Total) -> dict[str, object]:
    return {
        "set_id": one.set_id,
        "meets_standard": _shown(one.meets),
        "below_standard": _shown(one.below),
        "meets_percent": _shown(one.meets_percent),
        "below_percent": _shown(one.below_percent),
        "basis": one.meets_basis,
        "status": one.status,
        "source_url": " ".join(one.source_urls),
    }


def _set(one: Total) -> dict[str, object]:
    return {
        "set_id": one.set_id,
        "force": one.force,
        "round": one.round,
        "grader": one.grader,
        "n": _shown(one.n),
        "are_grades_known": one.are_grades_known,
        **{name: _shown(one.grades[name]) for name in GRADES},
        "meets_standard": _shown(one.meets),
        "below_standard": _shown(one.below),
        "meets_percent": _shown(one.meets_percent),
        "below_percent": _shown(one.below_percent),
        "below_standard_interval": _interval(one.below, one.n),
        "referred_back": _shown(one.referred_back),
        "referred_back_percent": _shown(one.referred_back_percent),
        "measure": one.measure or None,
        "count": _shown(one.count),
        "count_percent": _shown(one.count_percent),
        "count_interval": _interval(one.count, one.n),
        "basis": {"meets_standard": one.meets_basis, "below_standard": one.below_basis},
        "status": one.status,
        "source_url": " ".join(one.source_urls),
        "notes": list(one.notes),
    }


def _interval(part: Count, whole: Count) -> dict[str, object] | None:
    found = wilson(part, whole) if isinstance(part, int) and isinstance(whole, int) else None
    return found.as_json() if isinstance(found, Interval) else None


def _shown(value: Count | float) -> float | None:
    return None if isinstance(value, Unknown) else value
