"""What the grades of one round say of two sides: how far they agree, and by how much the one is more generous."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Final

from duecare.audit.agreement.agreement import (
    Coefficient,
    bootstrap_interval,
    cohen_kappa,
    gwet_coefficient,
    linear_weights,
    quadratic_weights,
    raw_agreement,
)
from duecare.audit.agreement.crosstab import Crosstab, cross_tabulate
from duecare.audit.agreement.gap_breakdown import Part, parts_of
from duecare.audit.agreement.grade_drift import Drift, mcnemar_test, stuart_maxwell
from duecare.audit.agreement.grader_agreement import FileGrades, alpha_interval, krippendorff_alpha
from duecare.audit.agreement.optimism_gap import Gap, optimism_gap
from duecare.audit.agreement.population_estimate import population_of
from duecare.audit.agreement.stratified_estimate import Estimate
from duecare.audit.grading.grade_scheme import Scheme, common_footing
from duecare.audit.grading.graded_file import GradedFile, GradeGiven
from duecare.audit.rounds.frame_file import Stratum
from duecare.audit.rounds.sample_sets import GRADED_BY, SIDES
from duecare.stats.interval import Interval, wilson_interval
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
    ("Cohen's kappa, linear weights", partial(cohen_kappa, weighting=linear_weights)),
    ("Cohen's kappa, quadratic weights", partial(cohen_kappa, weighting=quadratic_weights)),
    ("Gwet's AC1", gwet_coefficient),
    ("Gwet's AC2, linear weights", partial(gwet_coefficient, weighting=linear_weights)),
    ("Gwet's AC2, quadratic weights", partial(gwet_coefficient, weighting=quadratic_weights)),
)


@dataclass(frozen=True, slots=True)
class Side:
    """The grades one side gave the files it graded.

    Shape:   `counts` by grade of its own scheme, best first; `met` of `n` met the standard.
    """

    side: str
    scheme: Scheme
    counts: Mapping[str, int]
    met: int

    @property
    def n(self) -> int:
        """The number of files it graded."""
        return sum(self.counts.values())

    def as_json(self) -> dict[str, object]:
        """What a command prints of it."""
        interval = wilson_interval(self.met, self.n)
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
    """The results of comparing the grades of a round.

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
        """Agreement beyond chance, grades counting only as the same or not."""
        return self.measures[0]

    @property
    def coefficients(self) -> tuple[Coefficient, ...]:
        """Every measure of agreement beyond chance: between the sides, of all graders, and within each side."""
        return (*self.measures, self.alpha, *self.within.values())

    def by(self, part_kind: str) -> tuple[Part, ...]:
        """The parts of one kind: area, case_kind, topic, grader, month or half."""
        return tuple(gap_part for gap_part in self.parts if gap_part.kind == part_kind)

    @property
    def refused(self) -> str | None:
        """What cannot be worked out from these grades, and why; None where all can."""
        if not self.table.n:
            return f"Agreement, kappa, its interval and the gap are refused: {NO_PAIRS}."
        refusal_reasons = [
            f"{coefficient.name}: {reason}"
            for coefficient in (self.agreement, *self.measures, self.alpha)
            for reason in dict.fromkeys(
                refused_part.reason
                for refused_part in (coefficient.value, coefficient.interval)
                if isinstance(refused_part, Unknown)
            )
        ]
        return ". ".join(refusal_reasons) + "." if refusal_reasons else None

    def as_json(self) -> dict[str, object]:
        """What `duecare audit compare_files --json` prints.

        Units:   shares and gaps are proportions.
        """
        optimism_gap_value = self.gap if isinstance(self.gap, Gap) else None
        return {
            "round": self.round,
            "agreement": _value_json(self.agreement.value),
            "agreement_interval": _interval_json(self.agreement.interval),
            "kappa": _value_json(self.kappa.value),
            "kappa_interval": _interval_json(self.kappa.interval),
            "optimism_gap": optimism_gap_value.value if optimism_gap_value else None,
            "optimism_gap_interval": optimism_gap_value.interval.as_json() if optimism_gap_value else None,
            "crosstab": self.table.as_json() if self.table.n else None,
            "basis": dict(self.basis),
            "refused": self.refused,
            "files": self.files,
            "referred_back": self.referred_back,
            "sides": {side_name: side_summary.as_json() for side_name, side_summary in self.sides.items()},
            "coefficients": [coefficient.as_json() for coefficient in (*self.measures, self.alpha)],
            "within": {grader_side: within_side.as_json() for grader_side, within_side in self.within.items()},
            "gap": optimism_gap_value.as_json() if optimism_gap_value else None,
            "gap_by": [gap_part.as_json() for gap_part in self.parts],
            "drift": {entry_name: _drift_json(drift_result) for entry_name, drift_result in self.drift.items()},
            "population": {
                entry_name: _estimate_json(estimate_result) for entry_name, estimate_result in self.population.items()
            },
        }


def compare_files(
    round_name: str,
    files: Iterable[GradedFile],
    schemes: Mapping[str, Scheme],
    basis: Mapping[str, str],
    frame: Mapping[Stratum, int] | None = None,
) -> Comparison:
    """Compare the grades of these files.

    Shape:   `frame` says how many files stand in each stratum, where the round was drawn from one. Bootstraps are
             seeded by the round's name: the same files give the same figures.
    """
    graded_files = tuple(files)
    pairs = [given_pair for graded_file in graded_files if (given_pair := graded_file.pair) is not None]
    table = cross_tabulate(
        [(force.grade, inspector_grade.grade) for force, inspector_grade in pairs],
        *(schemes[grader_side] for grader_side in SIDES),
    )
    bootstrap_seed = int.from_bytes(hashlib.sha256(round_name.encode()).digest()[:6], "big")
    return Comparison(
        round=round_name,
        files=len(graded_files),
        sides=sides_of(graded_files, schemes),
        table=table,
        agreement=raw_agreement(table),
        measures=tuple(
            _with_interval(replace(measure(table), name=measure_name), measure, table, bootstrap_seed)
            for measure_name, measure in _MEASURES
        ),
        alpha=_alpha_coefficient(
            ALPHA, [_grade_places(graded_file.given, schemes) for graded_file in graded_files], schemes, bootstrap_seed
        ),
        within={
            grader_side: _alpha_coefficient(
                f"{ALPHA}, within {grader_side}",
                [_grade_places(graded_file.by(grader_side), schemes) for graded_file in graded_files],
                schemes,
                bootstrap_seed,
            )
            for grader_side in SIDES
            if any(len(graded_file.by(grader_side)) > 1 for graded_file in graded_files)
        },
        gap=optimism_gap(table),
        parts=parts_of(graded_files, schemes),
        drift={"stuart_maxwell": stuart_maxwell(table), "mcnemar": mcnemar_test(table)},
        population=population_of(graded_files, schemes, frame) if frame else {},
        referred_back=sum(1 for graded_file in graded_files if graded_file.referred_back),
        basis={
            **basis,
            "drawn": _how_drawn(graded_files, frame),
            "intervals": INTERVALS,
            "bootstrap_seed": str(bootstrap_seed),
            **({"note": table.note} if table.note else {}),
            **_not_graded(graded_files, is_drawn=bool(frame)),
            **(
                {"several": SEVERAL}
                if any(len(graded_file.by(grader_side)) > 1 for graded_file in graded_files for grader_side in SIDES)
                else {}
            ),
        },
    )


def sides_of(files: Sequence[GradedFile], schemes: Mapping[str, Scheme]) -> dict[str, Side]:
    """Summarise the grades each side gave."""
    return {grader_side: _describe_side(grader_side, files, schemes[grader_side]) for grader_side in SIDES}


def _describe_side(grader_side: str, files: Sequence[GradedFile], scheme: Scheme) -> Side:
    given_grades = [
        given_grade.grade for graded_file in files if (given_grade := graded_file.standing(grader_side)) is not None
    ]
    counts = {grade: given_grades.count(grade) for grade in scheme.grades}
    return Side(grader_side, scheme, counts, sum(count for grade, count in counts.items() if scheme.is_met(grade)))


def _with_interval(coefficient: Coefficient, measure: Measure, table: Crosstab, bootstrap_seed: int) -> Coefficient:
    """The coefficient, with the bootstrap's interval where the analytic one is refused and the files allow one."""
    if isinstance(coefficient.interval, Interval) or isinstance(coefficient.value, Unknown):
        return coefficient
    again = bootstrap_interval(measure, table, bootstrap_seed)
    if isinstance(again, Unknown):
        again = Unknown(f"{coefficient.interval.reason}, and of the bootstrap {again.reason}")
    return replace(coefficient, interval=again)


def _not_graded(files: Sequence[GradedFile], *, is_drawn: bool) -> dict[str, str]:
    lacking = sum(
        1
        for graded_file in files
        if any(graded_file.standing(grader_side) is None for grader_side in GRADED_BY[graded_file.set])
    )
    if not lacking:
        return {}
    graded_clause = (
        " All files in the frame are estimated as if these were like the others, which nobody knows."
        if is_drawn
        else ""
    )
    return {
        "not_graded": f"Files that lack a grade of a side that was to give one, and are not compared: {lacking:,}.{graded_clause}"
    }


def _grade_places(given_grades: Iterable[GradeGiven], schemes: Mapping[str, Scheme]) -> tuple[int, ...]:
    """The places of these grades in the order that both sides' schemes can be compared by."""
    common = common_footing(*(schemes[grader_side] for grader_side in SIDES)).grades
    return tuple(
        common.index(
            given_grade.grade if given_grade.grade in common else schemes[given_grade.side].side(given_grade.grade)
        )
        for given_grade in given_grades
    )


def _alpha_coefficient(
    coefficient_name: str, files: Iterable[tuple[int, ...]], schemes: Mapping[str, Scheme], bootstrap_seed: int
) -> Coefficient:
    grade_count = len(common_footing(*(schemes[grader_side] for grader_side in SIDES)).grades)
    compared = tuple(file_places for file_places in files if len(file_places) > 1)
    value = krippendorff_alpha(compared, grade_count)
    interval = value if isinstance(value, Unknown) else _alpha_interval(compared, grade_count, bootstrap_seed)
    return Coefficient(coefficient_name, len(compared), value, _NO_ERROR, interval)


ALPHA: Final = "Krippendorff's alpha, ordinal"
_NO_ERROR: Final = Unknown("its interval is by the bootstrap, which needs none")


@lru_cache(maxsize=32)
def _alpha_interval(files: tuple[FileGrades, ...], grade_count: int, bootstrap_seed: int) -> Interval | Unknown:
    return alpha_interval(files, grade_count, bootstrap_seed)


def _value_json(value: float | Unknown) -> float | None:
    return None if isinstance(value, Unknown) else value


def _interval_json(interval_result: Interval | Unknown) -> dict[str, object] | None:
    return interval_result.as_json() if isinstance(interval_result, Interval) else None


def _drift_json(drift_result: Drift | Unknown) -> dict[str, object]:
    if isinstance(drift_result, Unknown):
        return {"p_value": None, "refused": drift_result.reason}
    return {
        "method": drift_result.method,
        "statistic": drift_result.statistic,
        "degrees": drift_result.degrees,
        "p_value": drift_result.p_value,
    }


def _estimate_json(estimate_result: Estimate) -> dict[str, object]:
    reasons = dict.fromkeys(
        unknown_part.reason
        for unknown_part in (estimate_result.value, estimate_result.interval)
        if isinstance(unknown_part, Unknown)
    )
    return {
        "population": estimate_result.population,
        "graded": estimate_result.graded,
        "value": _value_json(estimate_result.value),
        "standard_error": _value_json(estimate_result.standard_error),
        "interval": _interval_json(estimate_result.interval),
        "refused": "; ".join(reasons) or None,
    }


def _how_drawn(graded_files: Sequence[GradedFile], frame: Mapping[Stratum, int] | None) -> str:
    if not frame:
        return NOT_KNOWN_HOW
    is_whole = len(graded_files) == sum(frame.values()) and len({graded_file.set for graded_file in graded_files}) == 1
    return WHOLE if is_whole else DRAWN
