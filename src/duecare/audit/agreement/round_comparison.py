"""What the grades of one round say of two sides: how far they agree, and by how much the one is kinder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Final

from duecare.audit.agreement.agreement import (
    Coefficient,
    bootstrapped,
    cohen_kappa,
    gwet,
    linear,
    quadratic,
    raw_agreement,
)
from duecare.audit.agreement.crosstab import Crosstab, crosstab
from duecare.audit.agreement.gap_breakdown import Part, parts_of
from duecare.audit.agreement.grade_drift import Drift, mcnemar, stuart_maxwell
from duecare.audit.agreement.grader_agreement import File, alpha_interval, krippendorff_alpha
from duecare.audit.agreement.optimism_gap import Gap, optimism_gap
from duecare.audit.agreement.population_estimate import population_of
from duecare.audit.agreement.stratified_estimate import Estimate
from duecare.audit.grading.grade_scheme import Scheme, footing
from duecare.audit.grading.graded_file import Given, GradedFile
from duecare.audit.rounds.frame_file import Stratum
from duecare.audit.rounds.sample_sets import GRADED_BY, SIDES
from duecare.stats.interval import Interval, wilson
from duecare.vocabulary.unknown import Unknown

NO_PAIRS: Final = "no file of the paired set was graded by both sides, so no two grades can be compared"
INTERVALS: Final = (
    "Intervals hold the truth in 95 of 100 such samples. That of the gap is Tango's score interval for paired files."
)
NOT_KNOWN_HOW: Final = "How the files were drawn is not known here: figures are of these files, and of no others."
DRAWN: Final = (
    "The files were drawn at random within strata, with every probability kept: all files in the frame are estimated."
)
WHOLE: Final = (
    "Every file of the frame was taken, none left to chance: figures are of these files, however they were chosen, and of"
    " no others."
)
SEVERAL: Final = "Of several grades that one side gave a file, the last stands; Krippendorff's alpha counts them all."

Measure = Callable[[Crosstab], Coefficient]
_MEASURES: Final[tuple[tuple[str, Measure], ...]] = (
    ("Cohen's kappa", cohen_kappa),
    ("Cohen's kappa, linear weights", partial(cohen_kappa, weighting=linear)),
    ("Cohen's kappa, quadratic weights", partial(cohen_kappa, weighting=quadratic)),
    ("Gwet's AC1", gwet),
    ("Gwet's AC2, linear weights", partial(gwet, weighting=linear)),
    ("Gwet's AC2, quadratic weights", partial(gwet, weighting=quadratic)),
)


@dataclass(frozen=True, slots=True)
class Side:
    """What did one side give the files it graded?

    Shape:   `counts` by grade of its own scheme, best first; `met` of `n` met the standard.
    """

    side: str
    scheme: Scheme
    counts: Mapping[str, int]
    met: int

    @property
    def n(self) -> int:
        """How many files did it grade?"""
        return sum(self.counts.values())

    def as_json(self) -> dict[str, object]:
        """What a command prints of it."""
        interval = wilson(self.met, self.n)
        return {
            "n": self.n,
            "grades": dict(self.counts),
            "meets_standard": self.met,
            "below_standard": self.n - self.met,
            "meets_share": self.met / self.n if self.n else None,
            "meets_share_interval": interval.as_json() if isinstance(interval, Interval) else None,
            "scheme": self.scheme.id,
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """What do the grades of a round say?

    Shape:   `table` is of the files that both sides graded; `measures` agreement and what goes beyond chance; `within`
             by side, how far its own graders agree on files that several of them graded, as in a recalibration; `gap` and
             `parts` by how much the force passes more, of all files and of each part; `population` what the draw says
             of every file in the frame, empty where the round was not drawn here.
    Unknown: each figure for itself, with its reason.
    """

    round: str
    files: int
    sides: Mapping[str, Side]
    table: Crosstab
    agreement: Coefficient
    measures: tuple[Coefficient, ...]
    alpha: Coefficient
    within: Mapping[str, Coefficient]
    gap: Gap | Unknown
    parts: tuple[Part, ...]
    drift: Mapping[str, Drift | Unknown]
    population: Mapping[str, Estimate]
    referred_back: int
    basis: Mapping[str, str]

    @property
    def kappa(self) -> Coefficient:
        """How far do the sides agree beyond chance, grades counting only as the same or not?"""
        return self.measures[0]

    @property
    def coefficients(self) -> tuple[Coefficient, ...]:
        """Every measure of agreement beyond chance: between the sides, of all graders, and within each side."""
        return (*self.measures, self.alpha, *self.within.values())

    def by(self, kind: str) -> tuple[Part, ...]:
        """The parts of one kind: area, case_kind, topic, grader, month or half."""
        return tuple(part for part in self.parts if part.kind == kind)

    @property
    def refused(self) -> str | None:
        """What cannot be told from these grades, and why? None where all can."""
        if not self.table.n:
            return f"Agreement, kappa, its interval and the gap are refused: {NO_PAIRS}."
        told = [
            f"{one.name}: {reason}"
            for one in (self.agreement, *self.measures, self.alpha)
            for reason in dict.fromkeys(part.reason for part in (one.value, one.interval) if isinstance(part, Unknown))
        ]
        return ". ".join(told) + "." if told else None

    def as_json(self) -> dict[str, object]:
        """What `duecare audit compare --json` prints.

        Units:   shares and gaps are proportions.
        """
        gap = self.gap if isinstance(self.gap, Gap) else None
        return {
            "round": self.round,
            "agreement": _value(self.agreement.value),
            "agreement_interval": _interval(self.agreement.interval),
            "kappa": _value(self.kappa.value),
            "kappa_interval": _interval(self.kappa.interval),
            "optimism_gap": gap.value if gap else None,
            "optimism_gap_interval": gap.interval.as_json() if gap else None,
            "crosstab": self.table.as_json() if self.table.n else None,
            "basis": dict(self.basis),
            "refused": self.refused,
            "files": self.files,
            "referred_back": self.referred_back,
            "sides": {name: side.as_json() for name, side in self.sides.items()},
            "coefficients": [one.as_json() for one in (*self.measures, self.alpha)],
            "within": {side: one.as_json() for side, one in self.within.items()},
            "gap": gap.as_json() if gap else None,
            "gap_by": [part.as_json() for part in self.parts],
            "drift": {name: _drift(one) for name, one in self.drift.items()},
            "population": {name: _estimate(one) for name, one in self.population.items()},
        }


def compare(
    round_name: str,
    files: Iterable[GradedFile],
    schemes: Mapping[str, Scheme],
    basis: Mapping[str, str],
    frame: Mapping[Stratum, int] | None = None,
) -> Comparison:
    """What do these files' grades say?

    Shape:   `frame` says how many files stand in each stratum, where the round was drawn from one. Bootstraps are
             seeded by the round's name: the same files give the same figures.
    """
    held = tuple(files)
    pairs = [pair for one in held if (pair := one.pair) is not None]
    table = crosstab([(force.grade, other.grade) for force, other in pairs], *(schemes[side] for side in SIDES))
    seed = int.from_bytes(hashlib.sha256(round_name.encode()).digest()[:6], "big")
    return Comparison(
        round=round_name,
        files=len(held),
        sides=sides_of(held, schemes),
        table=table,
        agreement=raw_agreement(table),
        measures=tuple(_sure(replace(of(table), name=name), of, table, seed) for name, of in _MEASURES),
        alpha=_alpha(ALPHA, [_places(file.given, schemes) for file in held], schemes, seed),
        within={
            side: _alpha(f"{ALPHA}, within {side}", [_places(file.by(side), schemes) for file in held], schemes, seed)
            for side in SIDES
            if any(len(file.by(side)) > 1 for file in held)
        },
        gap=optimism_gap(table),
        parts=parts_of(held, schemes),
        drift={"stuart_maxwell": stuart_maxwell(table), "mcnemar": mcnemar(table)},
        population=population_of(held, schemes, frame) if frame else {},
        referred_back=sum(1 for one in held if one.referred_back),
        basis={
            **basis,
            "drawn": _how_drawn(held, frame),
            "intervals": INTERVALS,
            "bootstrap_seed": str(seed),
            **({"note": table.note} if table.note else {}),
            **_not_graded(held, is_drawn=bool(frame)),
            **({"several": SEVERAL} if any(len(one.by(side)) > 1 for one in held for side in SIDES) else {}),
        },
    )


def sides_of(files: Sequence[GradedFile], schemes: Mapping[str, Scheme]) -> dict[str, Side]:
    """What did each side give the files it graded?"""
    return {side: _side(side, files, schemes[side]) for side in SIDES}


def _side(side: str, files: Sequence[GradedFile], scheme: Scheme) -> Side:
    given = [one.grade for file in files if (one := file.standing(side)) is not None]
    counts = {grade: given.count(grade) for grade in scheme.grades}
    return Side(side, scheme, counts, sum(count for grade, count in counts.items() if scheme.is_met(grade)))


def _sure(found: Coefficient, of: Measure, table: Crosstab, seed: int) -> Coefficient:
    """The coefficient, with the bootstrap's interval where the analytic one is refused and the files allow one."""
    if isinstance(found.interval, Interval) or isinstance(found.value, Unknown):
        return found
    again = bootstrapped(of, table, seed)
    if isinstance(again, Unknown):
        again = Unknown(f"{found.interval.reason}, and of the bootstrap {again.reason}")
    return replace(found, interval=again)


def _not_graded(files: Sequence[GradedFile], *, is_drawn: bool) -> dict[str, str]:
    lacking = sum(1 for file in files if any(file.standing(side) is None for side in GRADED_BY[file.set]))
    if not lacking:
        return {}
    took = (
        " All files in the frame are estimated as if these were like the others, which nobody knows."
        if is_drawn
        else ""
    )
    return {
        "not_graded": f"Files that lack a grade of a side that was to give one, and are not compared: {lacking:,}.{took}"
    }


def _places(given: Iterable[Given], schemes: Mapping[str, Scheme]) -> tuple[int, ...]:
    """The places of these grades in the order that both sides' schemes can be compared by."""
    common = footing(*(schemes[side] for side in SIDES)).grades
    return tuple(common.index(one.grade if one.grade in common else schemes[one.side].side(one.grade)) for one in given)


def _alpha(name: str, files: Iterable[tuple[int, ...]], schemes: Mapping[str, Scheme], seed: int) -> Coefficient:
    size = len(footing(*(schemes[side] for side in SIDES)).grades)
    compared = tuple(one for one in files if len(one) > 1)
    value = krippendorff_alpha(compared, size)
    interval = value if isinstance(value, Unknown) else _alpha_interval(compared, size, seed)
    return Coefficient(name, len(compared), value, _NO_ERROR, interval)


ALPHA: Final = "Krippendorff's alpha, ordinal"
_NO_ERROR: Final = Unknown("its interval is by the bootstrap, which needs none")


@lru_cache(maxsize=32)
def _alpha_interval(files: tuple[File, ...], size: int, seed: int) -> Interval | Unknown:
    return alpha_interval(files, size, seed)


def _value(value: float | Unknown) -> float | None:
    return None if isinstance(value, Unknown) else value


def _interval(one: Interval | Unknown) -> dict[str, object] | None:
    return one.as_json() if isinstance(one, Interval) else None


def _drift(one: Drift | Unknown) -> dict[str, object]:
    if isinstance(one, Unknown):
        return {"p_value": None, "refused": one.reason}
    return {"method": one.method, "statistic": one.statistic, "degrees": one.degrees, "p_value": one.p_value}


def _estimate(one: Estimate) -> dict[str, object]:
    reasons = dict.fromkeys(part.reason for part in (one.value, one.interval) if isinstance(part, Unknown))
    return {
        "population": one.population,
        "graded": one.graded,
        "value": _value(one.value),
        "standard_error": _value(one.standard_error),
        "interval": _interval(one.interval),
        "refused": "; ".join(reasons) or None,
    }


def _how_drawn(held: Sequence[GradedFile], frame: Mapping[Stratum, int] | None) -> str:
    if not frame:
        return NOT_KNOWN_HOW
    is_whole = len(held) == sum(frame.values()) and len({one.set for one in held}) == 1
    return WHOLE if is_whole else DRAWN
