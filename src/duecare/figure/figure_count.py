"""From the lines of a figure to its values, cut by cut, the unknown left out of the denominator: the judge of every engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, inf, isinf, sqrt
from typing import Final

from duecare.audit.agreement.stratified_estimate import Graded, estimate_population
from duecare.figure.figure_definition import FAIRNESS, Basis, Definition, Dimension, Unit
from duecare.figure.figure_line import CountedLine
from duecare.figure.figure_value import COUNTED, CutKey, FigureValue, cut_of
from duecare.stats.distributions import normal_quantile
from duecare.stats.interval import CONFIDENCE, Interval, wilson_interval
from duecare.vocabulary.unknown import Unknown

ORDERED: Final = "order statistics of the median"
NOTHING: Final = Unknown("there was nothing to count in this period")
NOT_YET: Final = Unknown("more than half had not happened by the end of the period, so the middle one is not known")
NO_END: Final = Unknown("too few to say how sure the median is, or too many have not happened yet")
CROSSED: Final = (Dimension.AREA, Dimension.BCU)
CROSSED_WITH: Final = frozenset({Dimension.MONTH, Dimension.CASE_KIND, Dimension.RISK, Dimension.REASON})

Stratum = tuple[str, int, tuple[int, int, int]]
"""Of one part of a frame: its name, how many files stand in it, and how many were scored 1, 0 and -1."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What the lines of one cut come to, before it is made a value.

    Shape:   `amounts` in order, infinite for what has not happened, and only of lines with a known outcome; `strata` only
             where every line that was scored is of a file drawn from a frame.
    """

    part: int
    whole: int
    unknown: int
    amounts: tuple[float, ...] = ()
    strata: tuple[Stratum, ...] = ()


def cuts_of(definition: Definition) -> tuple[tuple[Dimension, ...], ...]:
    """The dimensions, and pairs of them, by which a figure is cut.

    Shape:   not at all, by each, and each place by month, kind of case, risk and reason. Who someone is, is crossed with
             the command only: smaller would be people.
    """
    single = sorted(definition.by)
    pairs = [
        tuple(sorted((place, dimension)))
        for place in CROSSED
        if place in definition.by
        for dimension in single
        if dimension in CROSSED_WITH or (dimension in FAIRNESS and place is Dimension.BCU)
    ]
    return ((), *((dimension,) for dimension in single), *pairs)


def figure_values(definition: Definition, period: str, members: Iterable[CountedLine]) -> tuple[FigureValue, ...]:
    """Everything this figure comes to: for the whole force, and for each cut that has a line.

    Shape:   the whole force first, even where there is no line; then in the order of the cuts.
    """
    return valued_cuts(definition, period, cut_tallies(definition, members))


def valued_cuts(definition: Definition, period: str, counted: Mapping[CutKey, Tally]) -> tuple[FigureValue, ...]:
    """The same, of lines that were counted elsewhere."""
    whole = {(): Tally(0, 0, 0), **counted}
    order = sorted(whole, key=lambda figure_cut: (len(figure_cut), figure_cut))
    return tuple(value_of(definition, period, figure_cut, whole[figure_cut]) for figure_cut in order)


def cut_tallies(definition: Definition, members: Iterable[CountedLine]) -> dict[CutKey, Tally]:
    """What the lines of each cut come to."""
    all_lines = tuple(members)
    lines_by_cut: dict[CutKey, list[CountedLine]] = {}
    for dimensions in cuts_of(definition):
        for figure_line in all_lines:
            lines_by_cut.setdefault(
                cut_of({dimension: figure_line.by(dimension) for dimension in dimensions}), []
            ).append(figure_line)
    return {figure_cut: tally_of(cut_lines) for figure_cut, cut_lines in lines_by_cut.items()}


def value_at(definition: Definition, period: str, figure_cut: CutKey, members: Iterable[CountedLine]) -> FigureValue:
    """What the figure comes to at this one cut, whichever it is."""
    return value_of(
        definition,
        period,
        figure_cut,
        tally_of([figure_line for figure_line in members if figure_line.within(figure_cut)]),
    )


def tally_of(members: Sequence[CountedLine]) -> Tally:
    """What these lines come to."""
    known_lines = [figure_line for figure_line in members if figure_line.counts is not None]
    return Tally(
        part=sum(1 for figure_line in known_lines if figure_line.counts),
        whole=len(known_lines),
        unknown=len(members) - len(known_lines),
        amounts=tuple(sorted(figure_line.amount for figure_line in known_lines if figure_line.amount is not None)),
        strata=tuple(_strata_of(members)),
    )


def value_of(definition: Definition, period: str, figure_cut: CutKey, counted: Tally) -> FigureValue:
    """The value, with its interval, of lines that come to this."""
    value, interval = _value_of(definition, counted)
    whole = None if definition.unit is Unit.COUNT else counted.whole
    return FigureValue(definition.id, period, figure_cut, counted.part, whole, counted.unknown, value, interval)


def _value_of(definition: Definition, counted: Tally) -> tuple[float | Unknown, Interval | Unknown]:
    match definition.unit:
        case Unit.COUNT:
            return float(counted.part), COUNTED
        case Unit.HOURS:
            return median_of(counted.amounts)
        case _ if definition.basis is Basis.SAMPLE:
            return _of_sample(definition.unit, counted)
        case _:
            return (counted.part / counted.whole if counted.whole else NOTHING), wilson_interval(
                counted.part, counted.whole
            )


def _of_sample(value_unit: Unit, counted: Tally) -> tuple[float | Unknown, Interval | Unknown]:
    """By the draw where every file was drawn; else the files themselves, as if at random from very many."""
    if not counted.whole:
        return NOTHING, NOTHING
    if counted.strata:
        drawn_estimate = estimate_population(
            [
                Graded(_stratum_parts(stratum_name), stratum_size, _score_pairs(value_unit, scores))
                for stratum_name, stratum_size, scores in counted.strata
            ]
        )
        if isinstance(drawn_estimate.value, float):
            return drawn_estimate.value, drawn_estimate.interval
    if value_unit is Unit.SHARE:
        return counted.part / counted.whole, wilson_interval(counted.part, counted.whole)
    mean_amount = sum(counted.amounts) / counted.whole
    return mean_amount, Unknown(
        "the interval of a gap stands with its round, where the files of both sides are compared"
    )


def _score_pairs(value_unit: Unit, scores: tuple[int, int, int]) -> tuple[tuple[int, int], ...]:
    passes_gained, zeros, downs = scores
    return (
        ((1, passes_gained), (0, zeros)) if value_unit is Unit.SHARE else ((1, passes_gained), (0, zeros), (-1, downs))
    )


def _stratum_parts(stratum: str) -> tuple[str, ...]:
    return tuple(stratum.split("\x1f"))


def _strata_of(members: Sequence[CountedLine]) -> Iterator[Stratum]:
    if not all(figure_line.frame for figure_line in members):
        return
    scored: dict[tuple[str, int], list[int]] = {}
    for figure_line in members:
        stratum_scores = scored.setdefault((figure_line.stratum, figure_line.frame), [0, 0, 0])
        if figure_line.counts is None:
            continue
        score = (1 if figure_line.counts else 0) if figure_line.amount is None else int(figure_line.amount)
        stratum_scores[1 - score] += 1
    for (stratum_name, stratum_size), (passes_gained, zeros, downs) in sorted(scored.items()):
        yield stratum_name, stratum_size, (passes_gained, zeros, downs)


def median_of(amounts: Sequence[float]) -> tuple[float | Unknown, Interval | Unknown]:
    """The middle one of these in order, and between which of them the middle of many such may lie.

    Shape:   what has not happened yet is longer than all that has.
    Units:   hours.
    Unknown: of none; where more than half have not happened; the interval also of fewer than eight.
    Source:  ranks by the normal approximation to the binomial: Conover 1999, Practical Nonparametric Statistics, 3rd
             edition, 3.2.
    """
    amount_count = len(amounts)
    if not amount_count:
        return NOTHING, NOTHING
    middle = (amounts[(amount_count - 1) // 2] + amounts[amount_count // 2]) / 2
    reach = normal_quantile(CONFIDENCE) * sqrt(amount_count) / 2
    low_end, high_end = floor(amount_count / 2 - reach), ceil(amount_count / 2 + reach) + 1
    value: float | Unknown = NOT_YET if isinf(middle) else middle
    if low_end < 1 or high_end > amount_count or amounts[high_end - 1] == inf:
        return value, NO_END
    return value, Interval(amounts[low_end - 1], amounts[high_end - 1], ORDERED)
