"""How sure it is who is one person: false and missed links by pairs drawn by chance, whole and by group, and a range."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from duecare.audit.agreement.stratified_estimate import Graded, estimate, passed
from duecare.stats.interval import CONFIDENCE, score_ends
from duecare.vocabulary.unknown import Unknown

SAME, DIFFERENT = "same", "different"
FEWEST: Final = 30
"""On fewer pairs of a group nothing is said of it."""
_WIDER: Final = 1 - (1 - CONFIDENCE) / 2
"""Of two intervals each as sure as this, both hold the truth in at least 95 of 100 samples."""


@dataclass(frozen=True, slots=True)
class PairStratum:
    """How many pairs of records have about this weight, and are these joined?"""

    name: str
    is_joined: bool
    population: int


@dataclass(frozen=True, slots=True)
class Answered:
    """What did two clerks hold of a pair drawn of this stratum, and of whom is it?

    Shape:   `verdict` same or different; empty where the two could not tell, or differ and nobody has settled it.
             `groups`: dimension to every group that the pair counts in.
    """

    stratum: str
    verdict: str
    groups: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Share:
    """Which share is wrong, between which bounds, on how many pairs, of which so many were not settled?

    Shape:   the bounds hold what the draw leaves open, and every way in which the unsettled may fall.
    Units:   proportions 0..1.
    Unknown: where the sample is too small, with how many pairs are needed.
    """

    pairs: int
    unsettled: int
    value: float | Unknown
    low: float | Unknown
    high: float | Unknown


@dataclass(frozen=True, slots=True)
class OfGroup:
    """How far does linkage err about the pairs of one group?"""

    dimension: str
    group: str
    false: Share
    missed: Share


@dataclass(frozen=True, slots=True)
class LinkError:
    """How often are joined pairs two people, and pairs of one person not joined; in all, and by group?

    Shape:   `by_group` by dimension and group.
    """

    false: Share
    missed: Share
    by_group: tuple[OfGroup, ...] = ()


def link_error(strata: Iterable[PairStratum], answers: Iterable[Answered]) -> LinkError:
    """What do these answers say of all pairs from which they were drawn?

    Shape:   `answers` are of pairs that two clerks answered. In all: by the design, each stratum by its size, a score
             interval; a missed link is a share of pairs of one person, so both parts of it are taken at 97.5 % and their
             far ends together. By group: each answer counts for as many pairs as stand behind it, and the interval is
             Wilson's on as many answers as they are worth.
    Unknown: of all, where a stratum has fewer than two answers; of a group, on fewer than 30 pairs.
    Source:  stratified means: Cochran 1977, Sampling Techniques, 3rd edition, 5.3; what unequal weights are worth: Kish
             1965, Survey Sampling; the interval: Wilson 1927, J. of the American Statistical Association 22, 209-212.
    """
    strata, answers = tuple(one for one in strata if one.population), tuple(answers)
    found = [
        OfGroup(dimension, group, *_of_group(strata, answers, dimension, group))
        for dimension, group in sorted({(d, g) for one in answers for d, groups in one.groups.items() for g in groups})
    ]
    return LinkError(_false(strata, answers), _missed(strata, answers), tuple(found))


def _false(strata: Sequence[PairStratum], answers: Sequence[Answered]) -> Share:
    joined = [one for one in strata if one.is_joined]
    mine = _in(joined, answers)
    unsettled = sum(not one.verdict for one in mine)
    why = _too_few(joined, mine)
    if why is not None:
        return Share(len(mine), unsettled, why, why, why)
    low, high = (_share(joined, mine, DIFFERENT, doubt) for doubt in (False, True))
    settled = _share(joined, [one for one in mine if one.verdict], DIFFERENT, False)
    return Share(len(mine), unsettled, settled.value, _end(low, "low"), _end(high, "high"))


def _missed(strata: Sequence[PairStratum], answers: Sequence[Answered]) -> Share:
    """Of pairs of one person, which share is not joined?"""
    joined, apart = [one for one in strata if one.is_joined], [one for one in strata if not one.is_joined]
    mine = _in(strata, answers)
    unsettled = sum(not one.verdict for one in mine)
    why = _too_few(strata, mine)
    if why is not None:
        return Share(len(mine), unsettled, why, why, why)
    numbers = sum(one.population for one in joined), sum(one.population for one in apart)

    def missed(true: float | Unknown, not_joined: float | Unknown) -> float | Unknown:
        if isinstance(true, Unknown) or isinstance(not_joined, Unknown):
            return Unknown("a stratum has fewer than two settled pairs")
        right, wrong = numbers[0] * true, numbers[1] * not_joined
        return wrong / (right + wrong) if right + wrong > 0 else Unknown("no pair is of one person")

    settled = [one for one in mine if one.verdict]
    value = missed(_share(joined, settled, SAME, False).value, _share(apart, settled, SAME, False).value)
    low = missed(
        _end(_share(joined, mine, SAME, True, _WIDER), "high"), _end(_share(apart, mine, SAME, False, _WIDER), "low")
    )
    high = missed(
        _end(_share(joined, mine, SAME, False, _WIDER), "low"), _end(_share(apart, mine, SAME, True, _WIDER), "high")
    )
    return Share(len(mine), unsettled, value, low, high)


@dataclass(frozen=True, slots=True)
class _Held:
    value: float | Unknown
    low: float | Unknown
    high: float | Unknown


def _share(
    strata: Sequence[PairStratum],
    answers: Sequence[Answered],
    verdict: str,
    doubt: bool,
    confidence: float = CONFIDENCE,
) -> _Held:
    """Which share of these strata has this verdict; the unsettled counted in where `doubt`."""
    if not strata:
        return _Held(0.0, 0.0, 0.0)  # of no pairs none is of any kind; it weighs nothing where it is counted
    counted: list[Graded] = []
    for one in strata:
        of = [answer for answer in answers if answer.stratum == one.name]
        hit = sum(answer.verdict == verdict or (doubt and not answer.verdict) for answer in of)
        counted.append(passed((one.name,), one.population, len(of), hit))
    found = estimate(counted, confidence)
    if isinstance(found.value, Unknown) or isinstance(found.interval, Unknown):
        why = Unknown("a stratum has fewer than two settled pairs")
        return _Held(why if isinstance(found.value, Unknown) else found.value, why, why)
    return _Held(found.value, found.interval.low, found.interval.high)


def _end(held: _Held, which: str) -> float | Unknown:
    return held.low if which == "low" else held.high


def _in(strata: Sequence[PairStratum], answers: Sequence[Answered]) -> list[Answered]:
    names = {one.name for one in strata}
    return [one for one in answers if one.stratum in names]


def _too_few(strata: Sequence[PairStratum], answers: Sequence[Answered]) -> Unknown | None:
    """Why can nothing be said of these strata? None where each has two answers, or all it holds."""
    counts = Counter(one.stratum for one in answers)
    lacking = [one for one in strata if counts[one.name] < min(2, one.population)]
    if not strata:
        return Unknown("there are no such pairs")
    if not lacking:
        return None
    needed = sum(min(2, one.population) - counts[one.name] for one in lacking)
    return Unknown(f"{needed} more pairs answered by two clerks are needed")


def _of_group(
    strata: Sequence[PairStratum], answers: Sequence[Answered], dimension: str, group: str
) -> tuple[Share, Share]:
    counts = Counter(one.stratum for one in answers)
    of = {one.name: one for one in strata}
    weighed = [
        (one, of[one.stratum].is_joined, of[one.stratum].population / counts[one.stratum])
        for one in answers
        if one.stratum in of and group in one.groups.get(dimension, ())
    ]
    false = _weighed([(one.verdict, weight) for one, joined, weight in weighed if joined], lambda v: v == DIFFERENT)
    return false, _missed_of(weighed)


def _missed_of(weighed: Sequence[tuple[Answered, bool, float]]) -> Share:
    """Of the pairs of one person, the share that is not joined; the unsettled may be of one person or not."""

    def share(unjoined_doubt: bool, joined_doubt: bool) -> Share:
        true = [
            ("missed" if not joined else "found", weight)
            for one, joined, weight in weighed
            if one.verdict == SAME or (not one.verdict and (joined_doubt if joined else unjoined_doubt))
        ]
        return _weighed(true, lambda verdict: verdict == "missed")

    settled, low, high = share(False, False), share(False, True), share(True, False)
    unsettled = sum(not one.verdict for one, _, _ in weighed)
    ends = _farthest(min, settled.low, low.low), _farthest(max, settled.high, high.high)
    return Share(settled.pairs, unsettled, settled.value, *ends)


def _weighed(told: Sequence[tuple[str, float]], is_wrong: Callable[[str], bool]) -> Share:
    unsettled = sum(not verdict for verdict, _ in told)
    settled = [(verdict, weight) for verdict, weight in told if verdict]
    if len(settled) < FEWEST:
        why = Unknown(f"{len(settled)} settled pairs, at least {FEWEST} are needed")
        return Share(len(told), unsettled, why, why, why)
    value, _ = _wilson([(is_wrong(verdict), weight) for verdict, weight in settled])
    _, (low, _) = _wilson([(bool(verdict) and is_wrong(verdict), weight) for verdict, weight in told])
    _, (_, high) = _wilson([(not verdict or is_wrong(verdict), weight) for verdict, weight in told])
    return Share(len(told), unsettled, value, low, high)


def _wilson(told: Sequence[tuple[bool, float]]) -> tuple[float, tuple[float, float]]:
    """The weighted share, and Wilson's interval on as many answers as the weights are worth."""
    weights = [weight for _, weight in told]
    share = sum(weight for wrong, weight in told if wrong) / sum(weights)
    worth = sum(weights) ** 2 / sum(weight * weight for weight in weights)
    low, high = score_ends(share, worth)
    return share, (max(0.0, low), min(1.0, high))


def _farthest(of: Callable[[Iterable[float]], float], *ends: float | Unknown) -> float | Unknown:
    known = [end for end in ends if not isinstance(end, Unknown)]
    return of(known) if len(known) == len(ends) else next(end for end in ends if isinstance(end, Unknown))


@dataclass(frozen=True, slots=True)
class PeopleRange:
    """How many people are these records, as linked, and between which numbers if linkage errs as measured?"""

    as_linked: int
    low: int | Unknown
    high: int | Unknown


def people_range(records: int, people: int, error: LinkError) -> PeopleRange:
    """Between which numbers of people do these records stand for, by the error measured?

    Shape:   records less people is how many links hold them together. False links are taken off, missed ones added, each
             in the share measured on pairs: that is near the truth where errors fall on small and large groups alike.
    Unknown: where the error is.
    Example:
        >>> nothing = Share(100, 0, 0.0, 0.0, 0.0)
        >>> people_range(1000, 600, LinkError(Share(100, 0, 0.0, 0.0, 0.1), nothing))
        PeopleRange(as_linked=600, low=600, high=640)
    """
    ends = (error.false.low, error.false.high, error.missed.low, error.missed.high)
    why = next((end for end in ends if isinstance(end, Unknown)), None)
    if why is not None:
        return PeopleRange(people, why, why)

    def number(false: float, missed: float) -> int:
        links = (records - people) * (1 - false) / (1 - min(missed, 0.999))
        return max(min(1, records), min(records, round(records - links)))

    low_false, high_false, low_missed, high_missed = (end for end in ends if not isinstance(end, Unknown))
    return PeopleRange(people, number(low_false, high_missed), number(high_false, low_missed))
