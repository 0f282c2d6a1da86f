"""How sure it is who is one person: false and missed links by pairs drawn by chance, whole and by group, and a range."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from duecare.audit.agreement.stratified_estimate import Graded, estimate_population, passed_stratum
from duecare.stats.interval import CONFIDENCE, score_ends
from duecare.vocabulary.unknown import Unknown

SAME_PERSON, DIFFERENT = "same", "different"
FEWEST: Final = 30
"""On fewer pairs of a group nothing is said of it."""
_WIDER: Final = 1 - (1 - CONFIDENCE) / 2
"""Of two intervals each as sure as this, both hold the truth in at least 95 of 100 samples."""


@dataclass(frozen=True, slots=True)
class PairStratum:
    """The number of pairs of records with about this weight, and whether these are joined."""

    name: str
    is_joined: bool
    population: int


@dataclass(frozen=True, slots=True)
class Answered:
    """Two clerks' answers on a pair drawn from this stratum, and the groups it is of.

    Shape:   `verdict` same or different; empty where the two could not tell, or differ and nobody has settled it.
             `groups`: dimension to every group that the pair counts in.
    """

    stratum: str
    verdict: str
    groups: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Share:
    """The share that is wrong, its bounds, the number of pairs, and of those the number not settled.

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
    """How far linkage errs about the pairs of one group."""

    dimension: str
    group: str
    false: Share
    missed: Share


@dataclass(frozen=True, slots=True)
class LinkError:
    """How often joined pairs are two people, and pairs of one person not joined; in all, and by group.

    Shape:   `by_group` by dimension and group.
    """

    false: Share
    missed: Share
    by_group: tuple[OfGroup, ...] = ()


def link_error(strata: Iterable[PairStratum], answers: Iterable[Answered]) -> LinkError:
    """Estimate the error of all pairs from these answers to a draw.

    Shape:   `answers` are of pairs that two clerks answered. In all: by the design, each stratum by its size, a score
             interval; a missed link is a share of pairs of one person, so both parts of it are taken at 97.5 % and their
             far ends together. By group: each answer counts for as many pairs as stand behind it, and the interval is
             Wilson's on as many answers as they are worth.
    Unknown: of all, where a stratum has fewer than two answers; of a group, on fewer than 30 pairs.
    Source:  stratified means: Cochran 1977, Sampling Techniques, 3rd edition, 5.3; what unequal weights are worth: Kish
             1965, Survey Sampling; the interval: Wilson 1927, J. of the American Statistical Association 22, 209-212.
    """
    strata, answers = tuple(stratum for stratum in strata if stratum.population), tuple(answers)
    group_errors = [
        OfGroup(dimension, group, *_of_group(strata, answers, dimension, group))
        for dimension, group in sorted(
            {
                (dimension, group)
                for answer in answers
                for dimension, groups in answer.groups.items()
                for group in groups
            }
        )
    ]
    return LinkError(_false_links(strata, answers), _missed_links(strata, answers), tuple(group_errors))


def _false_links(strata: Sequence[PairStratum], answers: Sequence[Answered]) -> Share:
    joined = [stratum for stratum in strata if stratum.is_joined]
    joined_answers = _answers_in(joined, answers)
    unsettled = sum(not answer.verdict for answer in joined_answers)
    too_few = _too_few(joined, joined_answers)
    if too_few is not None:
        return Share(len(joined_answers), unsettled, too_few, too_few, too_few)
    low_share, high_share = (_share_of(joined, joined_answers, DIFFERENT, doubt) for doubt in (False, True))
    settled = _share_of(joined, [answer for answer in joined_answers if answer.verdict], DIFFERENT, False)
    return Share(
        len(joined_answers),
        unsettled,
        settled.value,
        _interval_end(low_share, "low"),
        _interval_end(high_share, "high"),
    )


def _missed_links(strata: Sequence[PairStratum], answers: Sequence[Answered]) -> Share:
    """The share of pairs of one person that is not joined."""
    joined, apart = (
        [stratum for stratum in strata if stratum.is_joined],
        [stratum for stratum in strata if not stratum.is_joined],
    )
    all_answers = _answers_in(strata, answers)
    unsettled = sum(not answer.verdict for answer in all_answers)
    too_few = _too_few(strata, all_answers)
    if too_few is not None:
        return Share(len(all_answers), unsettled, too_few, too_few, too_few)
    numbers = sum(stratum.population for stratum in joined), sum(stratum.population for stratum in apart)

    def missed_share(true_share: float | Unknown, not_joined: float | Unknown) -> float | Unknown:
        if isinstance(true_share, Unknown) or isinstance(not_joined, Unknown):
            return Unknown("a stratum has fewer than two settled pairs")
        right, wrong_count = numbers[0] * true_share, numbers[1] * not_joined
        return wrong_count / (right + wrong_count) if right + wrong_count > 0 else Unknown("no pair is of one person")

    settled = [answer for answer in all_answers if answer.verdict]
    value = missed_share(
        _share_of(joined, settled, SAME_PERSON, False).value, _share_of(apart, settled, SAME_PERSON, False).value
    )
    low_missed = missed_share(
        _interval_end(_share_of(joined, all_answers, SAME_PERSON, True, _WIDER), "high"),
        _interval_end(_share_of(apart, all_answers, SAME_PERSON, False, _WIDER), "low"),
    )
    high_missed = missed_share(
        _interval_end(_share_of(joined, all_answers, SAME_PERSON, False, _WIDER), "low"),
        _interval_end(_share_of(apart, all_answers, SAME_PERSON, True, _WIDER), "high"),
    )
    return Share(len(all_answers), unsettled, value, low_missed, high_missed)


@dataclass(frozen=True, slots=True)
class _Held:
    value: float | Unknown
    low: float | Unknown
    high: float | Unknown


def _share_of(
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
    for stratum in strata:
        stratum_answers = [answer for answer in answers if answer.stratum == stratum.name]
        hit_count = sum(answer.verdict == verdict or (doubt and not answer.verdict) for answer in stratum_answers)
        counted.append(passed_stratum((stratum.name,), stratum.population, len(stratum_answers), hit_count))
    share_estimate = estimate_population(counted, confidence)
    if isinstance(share_estimate.value, Unknown) or isinstance(share_estimate.interval, Unknown):
        few_reason = Unknown("a stratum has fewer than two settled pairs")
        return _Held(
            few_reason if isinstance(share_estimate.value, Unknown) else share_estimate.value, few_reason, few_reason
        )
    return _Held(share_estimate.value, share_estimate.interval.low, share_estimate.interval.high)


def _interval_end(share_ends: _Held, end_name: str) -> float | Unknown:
    return share_ends.low if end_name == "low" else share_ends.high


def _answers_in(strata: Sequence[PairStratum], answers: Sequence[Answered]) -> list[Answered]:
    names = {stratum.name for stratum in strata}
    return [answer for answer in answers if answer.stratum in names]


def _too_few(strata: Sequence[PairStratum], answers: Sequence[Answered]) -> Unknown | None:
    """Why nothing can be estimated for these strata; None where each has two answers, or all there are."""
    counts = Counter(answer.stratum for answer in answers)
    lacking = [stratum for stratum in strata if counts[stratum.name] < min(2, stratum.population)]
    if not strata:
        return Unknown("there are no such pairs")
    if not lacking:
        return None
    needed = sum(min(2, stratum.population) - counts[stratum.name] for stratum in lacking)
    return Unknown(f"{needed} more pairs answered by two clerks are needed")


def _of_group(
    strata: Sequence[PairStratum], answers: Sequence[Answered], dimension: str, group: str
) -> tuple[Share, Share]:
    counts = Counter(answer.stratum for answer in answers)
    stratum_by_name = {stratum.name: stratum for stratum in strata}
    weighed = [
        (
            answer,
            stratum_by_name[answer.stratum].is_joined,
            stratum_by_name[answer.stratum].population / counts[answer.stratum],
        )
        for answer in answers
        if answer.stratum in stratum_by_name and group in answer.groups.get(dimension, ())
    ]
    false = _weighted_share(
        [(answer.verdict, weight) for answer, joined, weight in weighed if joined], lambda verdict: verdict == DIFFERENT
    )
    return false, _missed_of(weighed)


def _missed_of(weighed: Sequence[tuple[Answered, bool, float]]) -> Share:
    """Of the pairs of one person, the share that is not joined; the unsettled may be of one person or not."""

    def share_with(unjoined_doubt: bool, joined_doubt: bool) -> Share:
        true_pairs = [
            ("missed" if not joined else "found", weight)
            for answer, joined, weight in weighed
            if answer.verdict == SAME_PERSON or (not answer.verdict and (joined_doubt if joined else unjoined_doubt))
        ]
        return _weighted_share(true_pairs, lambda verdict: verdict == "missed")

    settled, low_share, high_share = share_with(False, False), share_with(False, True), share_with(True, False)
    unsettled = sum(not answer.verdict for answer, _, _ in weighed)
    end_values = _farthest_end(min, settled.low, low_share.low), _farthest_end(max, settled.high, high_share.high)
    return Share(settled.pairs, unsettled, settled.value, *end_values)


def _weighted_share(known_verdicts: Sequence[tuple[str, float]], is_wrong: Callable[[str], bool]) -> Share:
    unsettled = sum(not verdict for verdict, _ in known_verdicts)
    settled = [(verdict, weight) for verdict, weight in known_verdicts if verdict]
    if len(settled) < FEWEST:
        few_reason = Unknown(f"{len(settled)} settled pairs, at least {FEWEST} are needed")
        return Share(len(known_verdicts), unsettled, few_reason, few_reason, few_reason)
    value, _ = _wilson_weighted([(is_wrong(verdict), weight) for verdict, weight in settled])
    _, (low_end, _) = _wilson_weighted(
        [(bool(verdict) and is_wrong(verdict), weight) for verdict, weight in known_verdicts]
    )
    _, (_, high_end) = _wilson_weighted(
        [(not verdict or is_wrong(verdict), weight) for verdict, weight in known_verdicts]
    )
    return Share(len(known_verdicts), unsettled, value, low_end, high_end)


def _wilson_weighted(verdicts: Sequence[tuple[bool, float]]) -> tuple[float, tuple[float, float]]:
    """The weighted share, and Wilson's interval on as many answers as the weights are worth."""
    weights = [weight for _, weight in verdicts]
    share = sum(weight for is_wrong, weight in verdicts if is_wrong) / sum(weights)
    worth = sum(weights) ** 2 / sum(weight * weight for weight in weights)
    low_end, high_end = score_ends(share, worth)
    return share, (max(0.0, low_end), min(1.0, high_end))


def _farthest_end(farthest_of: Callable[[Iterable[float]], float], *end_values: float | Unknown) -> float | Unknown:
    known_ends = [end_value for end_value in end_values if not isinstance(end_value, Unknown)]
    return (
        farthest_of(known_ends)
        if len(known_ends) == len(end_values)
        else next(end_value for end_value in end_values if isinstance(end_value, Unknown))
    )


@dataclass(frozen=True, slots=True)
class PeopleRange:
    """The number of people in these records, as linked, and its bounds if linkage errs as measured."""

    as_linked: int
    low: int | Unknown
    high: int | Unknown


def people_range(records: int, people: int, error: LinkError) -> PeopleRange:
    """The bounds of the number of people in these records, by the error measured.

    Shape:   records less people is how many links hold them together. False links are taken off, missed ones added, each
             in the share measured on pairs: that is near the truth where errors fall on small and large groups alike.
    Unknown: where the error is.
    Example:
        >>> nothing = Share(100, 0, 0.0, 0.0, 0.0)
        >>> people_range(1000, 600, LinkError(Share(100, 0, 0.0, 0.0, 0.1), nothing))
        PeopleRange(as_linked=600, low=600, high=640)
    """
    end_values = (error.false.low, error.false.high, error.missed.low, error.missed.high)
    unknown_end = next((end_value for end_value in end_values if isinstance(end_value, Unknown)), None)
    if unknown_end is not None:
        return PeopleRange(people, unknown_end, unknown_end)

    def number_of_people(false: float, missed: float) -> int:
        links = (records - people) * (1 - false) / (1 - min(missed, 0.999))
        return max(min(1, records), min(records, round(records - links)))

    low_false, high_false, low_missed, high_missed = (
        end_value for end_value in end_values if not isinstance(end_value, Unknown)
    )
    return PeopleRange(people, number_of_people(low_false, high_missed), number_of_people(high_false, low_missed))
