"""Group the records around changed ones into people, with the result that grouping all records would give."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from duecare.person.cluster import Evidence, connected_groups, groups_of_two, is_plain, part_group
from duecare.person.guard import Force, Guards, guard_pair
from duecare.person.standing_judgements import Settled
from duecare.record.pole import RecordKey

LARGEST_WEIGHED: Final = 200
"""In a group of more records than this, only pairs that share a key are weighed: of all records, or of a part."""

KeyPair = tuple[RecordKey, RecordKey]


@dataclass(frozen=True, slots=True)
class KnownPeople:
    """What was found of one pair when it was weighed.

    Units:   bits, the prior included.
    """

    weight: float
    levels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The weight from which two records join, and the average below which a group parts.

    Units:   bits.
    """

    join: float
    split: float


def ordered_pair(key_a: RecordKey, key_b: RecordKey) -> KeyPair:
    """The two, the smaller first."""
    return (key_a, key_b) if key_a < key_b else (key_b, key_a)


def is_tie(known_pair: KnownPeople, guards: Guards, bounds: Bounds) -> bool:
    """Whether these two join by themselves, whatever humans have judged."""
    return known_pair.weight >= bounds.join and guard_pair(known_pair.levels, guards) is None


def group_records(
    records: Iterable[RecordKey],
    known_pairs: Mapping[KeyPair, KnownPeople],
    weigh: Callable[[RecordKey, RecordKey], KnownPeople],
    standing: Settled,
    guards: Guards,
    bounds: Bounds,
) -> list[list[RecordKey]]:
    """Group these records into people, with nothing outside connected to them.

    Shape:   each record once, groups and members in order. `known_pairs` holds at least every pair that joins by itself; in a
             group of up to 200 records every other pair is weighed too, as when all records are linked.
    """
    record_keys = sorted(set(records))
    number = {record_key: place for place, record_key in enumerate(record_keys)}
    glued = [key_pair for key_pair in standing.glued if key_pair[0] in number and key_pair[1] in number]
    barred = {ordered_pair(*key_pair) for key_pair in standing.barred}
    held_pairs = {ordered_pair(*key_pair) for key_pair in standing.held}
    tied_pairs = [
        key_pair
        for key_pair, known_pair in known_pairs.items()
        if key_pair[0] in number
        and key_pair[1] in number
        and key_pair not in barred
        and key_pair not in held_pairs
        and is_tie(known_pair, guards, bounds)
    ]
    group_names = connected_groups(
        len(record_keys),
        [
            (number[key_a], number[key_b])
            for key_a, key_b in (*tied_pairs, *(ordered_pair(*key_pair) for key_pair in glued))
        ],
    )
    loose = groups_of_two(group_names)
    inside = {place for members in loose.values() for place in members}
    groups_found = [[record_key] for record_key in record_keys if number[record_key] not in inside]
    for members in loose.values():
        groups_found += _part_members(
            [record_keys[place] for place in members], known_pairs, weigh, standing, guards, bounds
        )
    return sorted(groups_found)


def _part_members(
    members: Sequence[RecordKey],
    known_pairs: Mapping[KeyPair, KnownPeople],
    weigh: Callable[[RecordKey, RecordKey], KnownPeople],
    standing: Settled,
    guards: Guards,
    bounds: Bounds,
) -> list[list[RecordKey]]:
    """One connected group, parted where it is not consistent."""
    number = {record_key: place for place, record_key in enumerate(members)}
    evidence = Evidence(
        glued=[_pair_numbers(key_pair, number) for key_pair in standing.glued if _is_in(key_pair, number)]
    )
    evidence.told_apart = {_pair_numbers(key_pair, number) for key_pair in standing.barred if _is_in(key_pair, number)}
    evidence.barred = set(evidence.told_apart)
    held_pairs = {_pair_numbers(key_pair, number) for key_pair in standing.held if _is_in(key_pair, number)}
    most_weight = min(bounds.join - 1.0, 0.0)
    for place, key_a in enumerate(members):
        for key_b in members[place + 1 :]:
            known_pair = known_pairs.get((key_a, key_b))
            if known_pair is None:
                if not 2 < len(members) <= LARGEST_WEIGHED:
                    continue
                known_pair = weigh(key_a, key_b)
            number_pair, kept_apart = (number[key_a], number[key_b]), guard_pair(known_pair.levels, guards)
            if kept_apart is not None and kept_apart.force is Force.BAR:
                evidence.barred.add(number_pair)
            is_held = kept_apart is not None or number_pair in held_pairs
            evidence.weights[number_pair] = min(known_pair.weight, most_weight) if is_held else known_pair.weight
    places = list(range(len(members)))
    if is_plain(places, evidence, split=bounds.split, most_records=guards.most_records):
        return [list(members)]
    parts = part_group(
        places, evidence, join_threshold=bounds.join, split=bounds.split, most_records=guards.most_records
    )
    return [[members[place] for place in member_part] for member_part in parts]


def _is_in(key_pair: KeyPair, number: Mapping[RecordKey, int]) -> bool:
    return key_pair[0] in number and key_pair[1] in number


def _pair_numbers(key_pair: KeyPair, number: Mapping[RecordKey, int]) -> tuple[int, int]:
    number_a, number_b = number[key_pair[0]], number[key_pair[1]]
    return (number_a, number_b) if number_a < number_b else (number_b, number_a)
