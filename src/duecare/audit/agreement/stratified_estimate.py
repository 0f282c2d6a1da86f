"""What a stratified draw says of all files in the frame, and how sure that is by the way they were drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from duecare.stats.distributions import crossing, normal_quantile
from duecare.stats.interval import CONFIDENCE, ROUNDING, Interval
from duecare.vocabulary.unknown import Unknown

STRATIFIED: Final = "stratified score, finite population"

Stratum = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Graded:
    """How many files of one stratum got each score, of how many that stand in the frame?

    Shape:   `scores` pairs each score that a file can have with the count of those that had it, noughts too: 1 and 0
             for passed and not; 1, 0 and -1 for passed by the force alone, by both or neither, by inspectors alone.
    Raises:  ValueError where counts are below nought or exceed the population.
    """

    stratum: Stratum
    population: int
    scores: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        if min(count for _, count in self.scores) < 0 or self.graded > self.population:
            raise ValueError("counts below nought, or more files graded than stand in the frame")

    @property
    def graded(self) -> int:
        """How many files of the stratum were graded?"""
        return sum(count for _, count in self.scores)

    @property
    def mean(self) -> float:
        """The mean score of the files graded."""
        return sum(score * count for score, count in self.scores) / self.graded

    @property
    def spread(self) -> float:
        """The variance of the score, by the files graded, as of a sample."""
        mean = self.mean
        return sum(count * (score - mean) ** 2 for score, count in self.scores) / (self.graded - 1)


def passed(stratum: Stratum, population: int, graded: int, met: int) -> Graded:
    """A stratum of which `met` of the `graded` files met the standard."""
    return Graded(stratum, population, ((1, met), (0, graded - met)))


def paired(stratum: Stratum, population: int, graded: int, force_only: int, inspectors_only: int) -> Graded:
    """A stratum whose files both sides graded: how many did the force pass alone, and how many the inspectors?"""
    alike = graded - force_only - inspectors_only
    return Graded(stratum, population, ((1, force_only), (0, alike), (-1, inspectors_only)))


@dataclass(frozen=True, slots=True)
class Estimate:
    """What holds, as far as the draw can tell, for all files in the frame?

    Shape:   `value` is the mean score: a share, or a gap. `standard_error` is by the design, with the finite population.
    Unknown: with no stratum, or one of which nothing was graded, all three; with a stratum of which a single file was
             graded and more stand in the frame, what says how sure.
    """

    population: int
    graded: int
    value: float | Unknown
    standard_error: float | Unknown
    interval: Interval | Unknown


def estimate(strata: Iterable[Graded], confidence: float = CONFIDENCE) -> Estimate:
    """The share, or the gap, in the whole frame by a stratified draw.

    Shape:   the interval holds every value that the score test does not refuse: the variance is taken where the value
             would be true, with the other unknowns at their likeliest, with n - 1 and the finite population, so that
             it also holds where strata are small or a stratum shows only one grade. It never leaves what the files
             already seen allow.
    Source:  stratified mean: Cochran 1977, Sampling Techniques, 3rd edition, 5.3 and 5.4; score interval of a weighted
             sum with restricted likelihood: Miettinen and Nurminen 1985, Statistics in Medicine 4, 213-226.
    """
    parts = tuple(one for one in strata if one.population)
    population, graded = sum(one.population for one in parts), sum(one.graded for one in parts)
    empty = next((one for one in parts if not one.graded), None)
    if not parts or empty is not None:
        why = Unknown(f"no file of {_named(empty)} was graded" if empty else "there are no files in the frame")
        return Estimate(population, graded, why, why, why)
    value = sum(one.population * one.mean for one in parts) / population
    single = next((one for one in parts if one.graded == 1 < one.population), None)
    if single is not None:
        why = Unknown(f"only one file of {_named(single)} was graded: draw two, or join it with another stratum")
        return Estimate(population, graded, value, why, why)
    variance = sum(
        (one.population / population) ** 2 * _open(one) * one.spread / one.graded for one in parts if _open(one)
    )
    return Estimate(population, graded, value, sqrt(variance), _score_interval(parts, value, population, confidence))


def _score_interval(parts: Sequence[Graded], value: float, population: int, confidence: float) -> Interval:
    z = normal_quantile(confidence)
    low, high = (_end(parts, value, population, z, way) for way in (-1, 1))
    return Interval(min(low, value), max(high, value), STRATIFIED, confidence)


def _end(parts: Sequence[Graded], value: float, population: int, z: float, way: int) -> float:
    """How far down (way -1) or up (way 1) is the farthest value that the score test does not refuse?"""
    worst = sum(
        sum(score * count for score, count in one.scores)
        + (one.population - one.graded) * way * max(way * score for score, _ in one.scores)
        for one in parts
    )
    if way * value >= way * worst / population:
        return value

    def beyond(pull: float) -> float:
        mean, variance = _pulled(parts, way * pull, population)
        # A pull that has moved nothing yet, but for rounding, is no evidence.
        away = max(0.0, abs(mean - value) - ROUNDING)
        return away**2 - z * z * variance

    farthest = 1.0
    while beyond(farthest) <= 0:
        farthest *= 2
    reached = _pulled(parts, way * crossing(beyond, 0.0, farthest), population)[0]
    return way * min(way * reached, way * worst / population)


def _pulled(parts: Sequence[Graded], pull: float, population: int) -> tuple[float, float]:
    """The mean of all strata, and its variance, when the likeliest shares are pulled one way by this much."""
    mean = variance = 0.0
    for one in parts:
        weight = one.population / population
        if not _open(one):
            mean += weight * one.mean
            continue
        shares = _likeliest([(score, count * _counted(one)) for score, count in one.scores], pull * weight)
        inside = sum(share * score for share, (score, _) in zip(shares, one.scores, strict=True))
        spread = sum(share * (score - inside) ** 2 for share, (score, _) in zip(shares, one.scores, strict=True))
        mean += weight * inside
        finite = _open(one) * one.population / (one.population - 1)
        variance += weight * weight * finite * spread / (one.graded - 1)
    return mean, variance


def _likeliest(scores: Sequence[tuple[int, float]], pull: float) -> list[float]:
    """The likeliest share of each score when the mean is pulled: count / (level - pull x score), adding up to one.

    Shape:   the level is reckoned from the farthest pull of a score that some file had, so that nothing is lost to
             rounding where the pull is strong.
    """
    farthest = max(pull * score for score, count in scores if count)
    below = [farthest - pull * score for score, _ in scores]
    level = max(count - gap for gap, (_, count) in zip(below, scores, strict=True) if count)
    while True:
        terms = [(count, level + gap) for gap, (_, count) in zip(below, scores, strict=True) if count]
        over = sum(count / room for count, room in terms) - 1
        step = over / sum(count / room**2 for count, room in terms)
        if step <= 1e-14 * level:
            break
        level += step
    # A score that no file had can still be true of some: it takes what is left when the pull outgrows the rest.
    lifted = max((-gap for gap, (_, count) in zip(below, scores, strict=True) if not count), default=level)
    level = max(level, lifted)
    shares = [count / (level + gap) if count else 0.0 for gap, (_, count) in zip(below, scores, strict=True)]
    left = 1 - sum(shares)
    if level > lifted or left <= 0:
        return shares
    return [
        left if gap == -lifted and not count else share
        for share, gap, (_, count) in zip(shares, below, scores, strict=True)
    ]


def _open(one: Graded) -> float:
    """Which share of the stratum was not graded?"""
    return 1 - one.graded / one.population


def _counted(one: Graded) -> float:
    """For how many files of an endless stratum does each one graded count? What is all but counted hardly moves."""
    return (one.population - 1) / (one.population - one.graded)


def _named(one: Graded) -> str:
    return "the stratum " + " / ".join(one.stratum)
