"""From the lines of a figure to its values, cut by cut: the judge, which every engine must agree with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, inf, isinf, sqrt
from typing import Final

from duecare.audit.agreement.stratified_estimate import Graded, estimate
from duecare.figure.figure_definition import FAIRNESS, Basis, Definition, Dimension, Unit
from duecare.figure.figure_line import Member
from duecare.figure.figure_value import COUNTED, Cut, FigureValue, cut_of
from duecare.stats.distributions import normal_quantile
from duecare.stats.interval import CONFIDENCE, Interval, wilson
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

    Shape:   `amounts` in order, infinite for what has not happened, and only of lines of which it can be told; `strata` only
             where every line that was scored is of a file drawn from a frame.
    """

    part: int
    whole: int
    unknown: int
    amounts: tuple[float, ...] = ()
    strata: tuple[Stratum, ...] = ()


def cuts_of(definition: Definition) -> tuple[tuple[Dimension, ...], ...]:
    """By which dimensions, and which pairs of them, is a figure cut?

    Shape:   not at all, by each, and each place by month, kind of case, risk and reason. Who someone is, is crossed with
             the command only: smaller would be people.
    """
    single = sorted(definition.by)
    pairs = [
        tuple(sorted((place, other)))
        for place in CROSSED
        if place in definition.by
        for other in single
        if other in CROSSED_WITH or (other in FAIRNESS and place is Dimension.BCU)
    ]
    return ((), *((one,) for one in single), *pairs)


def values(definition: Definition, period: str, members: Iterable[Member]) -> tuple[FigureValue, ...]:
    """Everything this figure comes to: for the whole force, and for each cut that has a line.

    Shape:   the whole force first, even where there is no line; then in the order of the cuts.
    """
    return valued(definition, period, tallies(definition, members))


def valued(definition: Definition, period: str, counted: Mapping[Cut, Tally]) -> tuple[FigureValue, ...]:
    """The same, of lines that were counted elsewhere."""
    whole = {(): Tally(0, 0, 0), **counted}
    order = sorted(whole, key=lambda cut: (len(cut), cut))
    return tuple(value_of(definition, period, cut, whole[cut]) for cut in order)


def tallies(definition: Definition, members: Iterable[Member]) -> dict[Cut, Tally]:
    """What the lines of each cut come to."""
    held = tuple(members)
    found: dict[Cut, list[Member]] = {}
    for dimensions in cuts_of(definition):
        for one in held:
            found.setdefault(cut_of({each: one.by(each) for each in dimensions}), []).append(one)
    return {cut: tally(some) for cut, some in found.items()}


def value_at(definition: Definition, period: str, cut: Cut, members: Iterable[Member]) -> FigureValue:
    """What the figure comes to at this one cut, whichever it is."""
    return value_of(definition, period, cut, tally([one for one in members if one.within(cut)]))


def tally(members: Sequence[Member]) -> Tally:
    """What these lines come to."""
    told = [one for one in members if one.counts is not None]
    return Tally(
        part=sum(1 for one in told if one.counts),
        whole=len(told),
        unknown=len(members) - len(told),
        amounts=tuple(sorted(one.amount for one in told if one.amount is not None)),
        strata=tuple(_strata(members)),
    )


def value_of(definition: Definition, period: str, cut: Cut, counted: Tally) -> FigureValue:
    """The value, with its interval, of lines that come to this."""
    value, interval = _value(definition, counted)
    whole = None if definition.unit is Unit.COUNT else counted.whole
    return FigureValue(definition.id, period, cut, counted.part, whole, counted.unknown, value, interval)


def _value(definition: Definition, counted: Tally) -> tuple[float | Unknown, Interval | Unknown]:
    match definition.unit:
        case Unit.COUNT:
            return float(counted.part), COUNTED
        case Unit.HOURS:
            return median(counted.amounts)
        case _ if definition.basis is Basis.SAMPLE:
            return _of_sample(definition.unit, counted)
        case _:
            return (counted.part / counted.whole if counted.whole else NOTHING), wilson(counted.part, counted.whole)


def _of_sample(unit: Unit, counted: Tally) -> tuple[float | Unknown, Interval | Unknown]:
    """By the draw where every file was drawn; else the files themselves, as if at random from very many."""
    if not counted.whole:
        return NOTHING, NOTHING
    if counted.strata:
        found = estimate([Graded(_named(name), size, _scores(unit, scores)) for name, size, scores in counted.strata])
        if isinstance(found.value, float):
            return found.value, found.interval
    if unit is Unit.SHARE:
        return counted.part / counted.whole, wilson(counted.part, counted.whole)
    mean = sum(counted.amounts) / counted.whole
    return mean, Unknown("the interval of a gap stands with its round, where the files of both sides are compared")


def _scores(unit: Unit, scores: tuple[int, int, int]) -> tuple[tuple[int, int], ...]:
    ups, noughts, downs = scores
    return ((1, ups), (0, noughts)) if unit is Unit.SHARE else ((1, ups), (0, noughts), (-1, downs))


def _named(stratum: str) -> tuple[str, ...]:
    return tuple(stratum.split("\x1f"))


def _strata(members: Sequence[Member]) -> Iterator[Stratum]:
    if not all(one.frame for one in members):
        return
    scored: dict[tuple[str, int], list[int]] = {}
    for one in members:
        held = scored.setdefault((one.stratum, one.frame), [0, 0, 0])
        if one.counts is None:
            continue
        score = (1 if one.counts else 0) if one.amount is None else int(one.amount)
        held[1 - score] += 1
    for (name, size), (ups, noughts, downs) in sorted(scored.items()):
        yield name, size, (ups, noughts, downs)


def median(amounts: Sequence[float]) -> tuple[float | Unknown, Interval | Unknown]:
    """The middle one of these in order, and between which of them the middle of many such may lie.

    Shape:   what has not happened yet is longer than all that has.
    Units:   hours.
    Unknown: of none; where more than half have not happened; the interval also of fewer than six.
    Source:  ranks by the normal approximation to the binomial: Conover 1999, Practical Nonparametric Statistics, 3rd
             edition, 3.2.
    """
    n = len(amounts)
    if not n:
        return NOTHING, NOTHING
    middle = (amounts[(n - 1) // 2] + amounts[n // 2]) / 2
    reach = normal_quantile(CONFIDENCE) * sqrt(n) / 2
    low, high = floor(n / 2 - reach), ceil(n / 2 + reach) + 1
    value: float | Unknown = NOT_YET if isinf(middle) else middle
    if low < 1 or high > n or amounts[high - 1] == inf:
        return value, NO_END
    return value, Interval(amounts[low - 1], amounts[high - 1], ORDERED)
