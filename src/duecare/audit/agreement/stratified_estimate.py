"""Estimates for all files in the frame from a stratified draw, with intervals that follow the way they were drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from duecare.stats.distributions import find_crossing, normal_quantile
from duecare.stats.interval import CONFIDENCE, ROUNDING, Interval
from duecare.vocabulary.unknown import Unknown

STRATIFIED: Final = "stratified score, finite population"

Stratum = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Graded:
    """The scores of one stratum's files, and how many files stand in the frame.

    Shape:   `scores` pairs each score that a file can have with the count of those that had it, zeros too: 1 and 0
             for passed and not; 1, 0 and -1 for passed by the force alone, by both or neither, by inspectors alone.
    Raises:  ValueError where counts are below 0 or exceed the population.
    """

    stratum: Stratum
    population: int
    scores: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        if min(count for _, count in self.scores) < 0 or self.graded > self.population:
            raise ValueError("counts below 0, or more files graded than the frame has")

    @property
    def graded(self) -> int:
        """The number of files of the stratum that were graded."""
        return sum(count for _, count in self.scores)

    @property
    def mean(self) -> float:
        """The mean score of the files graded."""
        return sum(score * count for score, count in self.scores) / self.graded

    @property
    def spread(self) -> float:
        """The variance of the score, by the files graded, as of a sample."""
        mean_score = self.mean
        return sum(count * (score - mean_score) ** 2 for score, count in self.scores) / (self.graded - 1)


def passed_stratum(stratum: Stratum, population: int, graded: int, met_count: int) -> Graded:
    """A stratum of which `met_count` of the `graded` files met the standard."""
    return Graded(stratum, population, ((1, met_count), (0, graded - met_count)))


def paired_stratum(stratum: Stratum, population: int, graded: int, force_only: int, inspectors_only: int) -> Graded:
    """A stratum whose files both sides graded, by how many only the force and only the inspectors passed."""
    alike = graded - force_only - inspectors_only
    return Graded(stratum, population, ((1, force_only), (0, alike), (-1, inspectors_only)))


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate for all files in the frame, as far as the draw allows one.

    Shape:   `value` is the mean score: a share, or a gap. `standard_error` is by the design, with the finite population.
    Unknown: with no stratum, or one of which nothing was graded, all three; with a stratum of which a single file was
             graded and more stand in the frame, what says how sure.
    """

    population: int
    graded: int
    value: float | Unknown
    standard_error: float | Unknown
    interval: Interval | Unknown


def estimate_population(strata: Iterable[Graded], confidence: float = CONFIDENCE) -> Estimate:
    """The share, or the gap, in the whole frame by a stratified draw.

    Shape:   the interval holds every value that the score test does not refuse: the variance is taken where the value
             would be true, with the other unknowns at their likeliest, with n - 1 and the finite population, so that
             it also holds where strata are small or a stratum shows only one grade. It never leaves what the files
             already seen allow.
    Source:  stratified mean: Cochran 1977, Sampling Techniques, 3rd edition, 5.3 and 5.4; score interval of a weighted
             sum with restricted likelihood: Miettinen and Nurminen 1985, Statistics in Medicine 4, 213-226.
    """
    parts = tuple(graded_stratum for graded_stratum in strata if graded_stratum.population)
    population, graded = (
        sum(graded_stratum.population for graded_stratum in parts),
        sum(graded_stratum.graded for graded_stratum in parts),
    )
    empty = next((empty_stratum for empty_stratum in parts if not empty_stratum.graded), None)
    if not parts or empty is not None:
        unknown_reason = Unknown(
            f"no file of {_stratum_words(empty)} was graded" if empty else "there are no files in the frame"
        )
        return Estimate(population, graded, unknown_reason, unknown_reason, unknown_reason)
    value = sum(graded_stratum.population * graded_stratum.mean for graded_stratum in parts) / population
    single = next(
        (graded_stratum for graded_stratum in parts if graded_stratum.graded == 1 < graded_stratum.population), None
    )
    if single is not None:
        unknown_reason = Unknown(
            f"only one file of {_stratum_words(single)} was graded: draw two, or join it with another stratum"
        )
        return Estimate(population, graded, value, unknown_reason, unknown_reason)
    variance = sum(
        (graded_stratum.population / population) ** 2
        * _open_share(graded_stratum)
        * graded_stratum.spread
        / graded_stratum.graded
        for graded_stratum in parts
        if _open_share(graded_stratum)
    )
    return Estimate(population, graded, value, sqrt(variance), _score_interval(parts, value, population, confidence))


def _score_interval(parts: Sequence[Graded], value: float, population: int, confidence: float) -> Interval:
    normal_score = normal_quantile(confidence)
    low_limit, high_limit = (_interval_end(parts, value, population, normal_score, direction) for direction in (-1, 1))
    return Interval(min(low_limit, value), max(high_limit, value), STRATIFIED, confidence)


def _interval_end(parts: Sequence[Graded], value: float, population: int, normal_score: float, direction: int) -> float:
    """The farthest value, down (direction -1) or up (direction 1), that the score test does not refuse."""
    worst = sum(
        sum(score * count for score, count in graded_stratum.scores)
        + (graded_stratum.population - graded_stratum.graded)
        * direction
        * max(direction * score for score, _ in graded_stratum.scores)
        for graded_stratum in parts
    )
    if direction * value >= direction * worst / population:
        return value

    def pulled_beyond(pull_strength: float) -> float:
        pulled_mean, variance = _pulled_mean(parts, direction * pull_strength, population)
        # A pull that has moved nothing yet, but for rounding, is no evidence.
        distance_away = max(0.0, abs(pulled_mean - value) - ROUNDING)
        return distance_away**2 - normal_score * normal_score * variance

    farthest = 1.0
    while pulled_beyond(farthest) <= 0:
        farthest *= 2
    reached = _pulled_mean(parts, direction * find_crossing(pulled_beyond, 0.0, farthest), population)[0]
    return direction * min(direction * reached, direction * worst / population)


def _pulled_mean(parts: Sequence[Graded], pull_strength: float, population: int) -> tuple[float, float]:
    """The mean of all strata, and its variance, when the likeliest shares are pulled one way by this much."""
    pulled_mean = variance = 0.0
    for graded_stratum in parts:
        weight = graded_stratum.population / population
        if not _open_share(graded_stratum):
            pulled_mean += weight * graded_stratum.mean
            continue
        shares = _likeliest_shares(
            [(score, count * _counted_files(graded_stratum)) for score, count in graded_stratum.scores],
            pull_strength * weight,
        )
        inside = sum(share * score for share, (score, _) in zip(shares, graded_stratum.scores, strict=True))
        spread = sum(
            share * (score - inside) ** 2 for share, (score, _) in zip(shares, graded_stratum.scores, strict=True)
        )
        pulled_mean += weight * inside
        finite = _open_share(graded_stratum) * graded_stratum.population / (graded_stratum.population - 1)
        variance += weight * weight * finite * spread / (graded_stratum.graded - 1)
    return pulled_mean, variance


def _likeliest_shares(scores: Sequence[tuple[int, float]], pull_strength: float) -> list[float]:
    """The likeliest share of each score when the mean is pulled: count / (level - pull x score), adding up to one.

    Shape:   the level is worked out from the farthest pull of a score that some file had, so that nothing is lost to
             rounding where the pull is strong.
    """
    farthest = max(pull_strength * score for score, count in scores if count)
    below = [farthest - pull_strength * score for score, _ in scores]
    level = max(count - score_gap for score_gap, (_, count) in zip(below, scores, strict=True) if count)
    while True:
        terms = [(count, level + score_gap) for score_gap, (_, count) in zip(below, scores, strict=True) if count]
        excess_share = sum(count / room_above for count, room_above in terms) - 1
        newton_step = excess_share / sum(count / room_above**2 for count, room_above in terms)
        if newton_step <= 1e-14 * level:
            break
        level += newton_step
    # A score that no file had can still be true of some: it takes what is left when the pull outgrows the rest.
    lifted = max((-score_gap for score_gap, (_, count) in zip(below, scores, strict=True) if not count), default=level)
    level = max(level, lifted)
    shares = [
        count / (level + score_gap) if count else 0.0 for score_gap, (_, count) in zip(below, scores, strict=True)
    ]
    share_left = 1 - sum(shares)
    if level > lifted or share_left <= 0:
        return shares
    return [
        share_left if score_gap == -lifted and not count else share
        for share, score_gap, (_, count) in zip(shares, below, scores, strict=True)
    ]


def _open_share(graded_stratum: Graded) -> float:
    """The share of the stratum that was not graded."""
    return 1 - graded_stratum.graded / graded_stratum.population


def _counted_files(graded_stratum: Graded) -> float:
    """The number of files of an endless stratum that each graded one counts for: what is all but counted hardly moves."""
    return (graded_stratum.population - 1) / (graded_stratum.population - graded_stratum.graded)


def _stratum_words(graded_stratum: Graded) -> str:
    return "the stratum " + " / ".join(graded_stratum.stratum)
