"""A part of all records that hangs together, grouped into people as the whole is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from duecare.person.cluster import Evidence, components, groups, is_plain, parted
from duecare.person.guard import Force, Guards, guard
from duecare.person.judgement import Settled
from duecare.record.pole import RecordKey

LARGEST_WEIGHED: Final = 200
"""In a group of more records than this, only pairs that share a key are weighed: of all records, or of a part."""

Pair = tuple[RecordKey, RecordKey]


@dataclass(frozen=True, slots=True)
class Known:
    """What was found of one pair when it was weighed?

    Units:   bits, the prior included.
    """

    weight: float
    levels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Bounds:
    """From which weight on do two records join, and below which average does a group part?

    Units:   bits.
    """

    join: float
    split: float


def ordered(a: RecordKey, b: RecordKey) -> Pair:
    """The two, the smaller first."""
    return (a, b) if a < b else (b, a)


def is_tie(known: Known, guards: Guards, bounds: Bounds) -> bool:
    """Do these two join by themselves, whatever humans have said?"""
    return known.weight >= bounds.join and guard(known.levels, guards) is None


def grouped(
    records: Iterable[RecordKey],
    known: Mapping[Pair, Known],
    weigh: Callable[[RecordKey, RecordKey], Known],
    standing: Settled,
    guards: Guards,
    bounds: Bounds,
) -> list[list[RecordKey]]:
    """Into which people do these records fall, nothing outside hanging together with them?

    Shape:   each record once, groups and members in order. `known` holds at least every pair that joins by itself; in a
             group of up to 200 records every other pair is weighed too, as when all records are linked.
    """
    keys = sorted(set(records))
    number = {key: place for place, key in enumerate(keys)}
    glued = [pair for pair in standing.glued if pair[0] in number and pair[1] in number]
    barred = {ordered(*pair) for pair in standing.barred}
    held = {ordered(*pair) for pair in standing.held}
    ties = [
        pair
        for pair, one in known.items()
        if pair[0] in number
        and pair[1] in number
        and pair not in barred
        and pair not in held
        and is_tie(one, guards, bounds)
    ]
    named = components(len(keys), [(number[a], number[b]) for a, b in (*ties, *(ordered(*two) for two in glued))])
    loose = groups(named)
    inside = {place for members in loose.values() for place in members}
    found = [[key] for key in keys if number[key] not in inside]
    for members in loose.values():
        found += _parted([keys[place] for place in members], known, weigh, standing, guards, bounds)
    return sorted(found)


def _parted(
    members: Sequence[RecordKey],
    known: Mapping[Pair, Known],
    weigh: Callable[[RecordKey, RecordKey], Known],
    standing: Settled,
    guards: Guards,
    bounds: Bounds,
) -> list[list[RecordKey]]:
    """One group that hangs together, parted where it does not hold."""
    number = {key: place for place, key in enumerate(members)}
    evidence = Evidence(glued=[_numbers(pair, number) for pair in standing.glued if _is_in(pair, number)])
    evidence.told_apart = {_numbers(pair, number) for pair in standing.barred if _is_in(pair, number)}
    evidence.barred = set(evidence.told_apart)
    held = {_numbers(pair, number) for pair in standing.held if _is_in(pair, number)}
    most = min(bounds.join - 1.0, 0.0)
    for place, a in enumerate(members):
        for b in members[place + 1 :]:
            one = known.get((a, b))
            if one is None:
                if not 2 < len(members) <= LARGEST_WEIGHED:
                    continue
                one = weigh(a, b)
            two, kept_apart = (number[a], number[b]), guard(one.levels, guards)
            if kept_apart is not None and kept_apart.force is Force.BAR:
                evidence.barred.add(two)
            is_held = kept_apart is not None or two in held
            evidence.weights[two] = min(one.weight, most) if is_held else one.weight
    places = list(range(len(members)))
    if is_plain(places, evidence, split=bounds.split, most_records=guards.most_records):
        return [list(members)]
    parts = parted(places, evidence, join=bounds.join, split=bounds.split, most_records=guards.most_records)
    return [[members[place] for place in part] for part in parts]


def _is_in(pair: Pair, number: Mapping[RecordKey, int]) -> bool:
    return pair[0] in number and pair[1] in number


def _numbers(pair: Pair, number: Mapping[RecordKey, int]) -> tuple[int, int]:
    a, b = number[pair[0]], number[pair[1]]
    return (a, b) if a < b else (b, a)
