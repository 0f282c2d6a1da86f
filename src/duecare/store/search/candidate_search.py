"""Who in the store may be meant: candidates by their keys, weighed as linkage weighs, another spelling where none fits."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from django.db import connection
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from duecare.person.asked import Asked
from duecare.person.compared import Compared
from duecare.person.found_by import sounds_of_words
from duecare.person.weigh import COUNTED, Weighed, Weights, weigh_pair
from duecare.record.pole import RecordKey
from duecare.store.database.sql_rows import chunks, marks, select
from duecare.store.linkage.record_terms import RECORDS, Kept, hash_of, id_of, read_body, term_of

MOST_OF_A_KEY: Final = 300
"""A key that more records have tells too little: its records must be found by a narrower one."""
WEIGHED: Final = 100
_SPELLINGS: Final = 6
_ALIKE: Final = 0.8
_STATEMENT: Final = 200
_ITS_NUMBER: Final = "record:its own"


@dataclass(frozen=True, slots=True)
class Match:
    """Which record may be meant, and why?"""

    record: RecordKey
    weighed: Weighed


@dataclass(slots=True)
class Sought:
    """What was found, best first; `spelt_otherwise`: the keys did not suffice, and other spellings were tried."""

    matches: list[Match] = field(default_factory=list)
    spelt_otherwise: bool = False


def search(
    asked: Asked,
    weights_for: Callable[[int], Weights],
    *,
    sure: float,
    by_right: bool = False,
    also: Collection[RecordKey] = (),
    thorough: bool = False,
) -> Sought:
    """Which records may be those asked for, each with its weight?

    Shape:   best first, ties by key. From `sure` on a record is held to be found, and no other spelling is tried. `also`
             are records apart that this viewer may see all the same. `by_right`: online names and protected addresses
             are looked for, and weighed, too. `thorough`: other spellings are tried in any case, so that it takes as long
             whether somebody fits or not.
    Units:   bits.
    """
    if asked.is_empty:
        return Sought()
    readings = asked.readings()
    counted = _Counted(readings)
    weights = weights_for(counted.records)
    sought = _Seeking(asked, readings, weights, counted, by_right)
    hits = _hits({hash_of(key) for key in asked.keys(by_right=by_right)}, counted.records)
    sought.weigh(_best(hits))
    sought.weigh(map(id_of, also), apart=True)
    if asked.words and (thorough or not sought.is_found(sure)):
        others = _spelt_otherwise(asked, by_right=by_right)
        more = _hits(others, counted.records)
        for record, weight in hits.items():
            if record in more:
                more[record] += weight
        sought.weigh(_best(more))
        return Sought(sought.in_order(), spelt_otherwise=True)
    return Sought(sought.in_order())


def some_records(asked: str, most: int) -> list[RecordKey]:
    """Some records or other, no matter which, to be looked at in vain."""
    if most <= 0:
        return []
    sql = f'SELECT "source", "record_id" FROM "search_record" WHERE "id" >= %s AND "is_apart" = %s ORDER BY "id" LIMIT {most}'
    found = [RecordKey(*row) for row in select(sql, [hash_of(asked), False])]
    found = found or [RecordKey(*row) for row in select(sql, [-(2**63), False])]
    return [found[number % len(found)] for number in range(most)] if found else []


class _Seeking:
    """What has been weighed so far of one search."""

    def __init__(
        self, asked: Asked, readings: tuple[Compared, ...], weights: Weights, counted: _Counted, by_right: bool
    ) -> None:
        self._readings = readings
        self._marks = {mark.casefold() for mark in asked.marks}
        self._online = set(asked.online)
        self._weights = weights
        self._counted = counted
        self._by_right = by_right
        self._found: dict[int, Match] = {}
        self._frequencies: dict[tuple[str, str], float] = {}

    def _frequency(self, column: str, term: str) -> float:
        known = self._frequencies.get((column, term))
        if known is None:
            known = self._weights.frequency(column, self._counted.of(column, term), self._counted.of(column))
            self._frequencies[column, term] = known
        return known

    def weigh(self, numbers: Iterable[int], *, apart: bool = False) -> None:
        """Weigh these records, each by the reading that fits it best."""
        wanted = [number for number in numbers if number not in self._found]

        for number, kept in kept_bodies(wanted, apart=apart):
            record = kept.compared if self._by_right else kept.in_the_open
            readings = self._readings
            if self._names(kept.key):
                record = replace(record, other_ids=(*record.other_ids, _ITS_NUMBER))
                readings = tuple(replace(one, other_ids=(*one.other_ids, _ITS_NUMBER)) for one in readings)
            if not self._online.isdisjoint(record.online_names):
                readings = tuple(replace(one, online_names=record.online_names) for one in readings)
            fits = [weigh_pair(reading, record, self._weights, self._frequency) for reading in readings]
            self._found[number] = Match(kept.key, max(fits, key=lambda one: one.weight))

    def _names(self, record: RecordKey) -> bool:
        """Was this record's own number typed?"""
        return not self._marks.isdisjoint({record.record_id.casefold(), str(record).casefold()})

    def is_found(self, sure: float) -> bool:
        """Does anyone fit for sure, or in all that was asked?"""
        return any(match.weighed.weight >= sure or _fits_whole(match.weighed) for match in self._found.values())

    def in_order(self) -> list[Match]:
        """All that was weighed, the best first."""
        return sorted(self._found.values(), key=lambda match: (-match.weighed.weight, match.record))


def _fits_whole(weighed: Weighed) -> bool:
    """Do both names fit, and nothing else speak against it?"""
    levels = weighed.levels
    return (
        levels.get("given") in {"in full", "same", "short form"}
        and levels.get("family") == "same"
        and levels.get("born", "same") in {"same", "as far as known"}
        and levels.get("home", "same home") in {"same home", "same postcode", "most words"}
    )


class _Counted:
    """How many records bear the terms of what is asked, looked up at once; others one by one."""

    def __init__(self, readings: tuple[Compared, ...]) -> None:
        wanted = {term_of(RECORDS), *map(term_of, COUNTED)}
        wanted |= {term_of(column, term) for one in readings for column in COUNTED if (term := getattr(one, column))}
        self._counts = _counts(wanted)

    @property
    def records(self) -> int:
        """How many records can be found?"""
        return self._counts.get(term_of(RECORDS), 0)

    def of(self, column: str, term: str = "") -> int:
        """How many bear this term, or any of this column? At least one, for one of the pair bears it."""
        number = term_of(column, term)
        if number not in self._counts:
            self._counts |= {number: 0} | _counts({number})
        return max(self._counts[number], 1)


def _counts(terms: set[int]) -> dict[int, int]:
    rows = select(f'SELECT "term", "number" FROM "search_term" WHERE "term" IN ({marks(len(terms))})', sorted(terms))
    return {int(term): int(number) for term, number in rows}


def telling_hits(keys: set[int]) -> list[int]:
    """Which records share the most telling of these keys? Their numbers, the best first, a hundred at the most."""
    return _best(_hits(keys, _Counted(()).records))


def _hits(keys: set[int], records: int) -> dict[int, float]:
    """Which records have some of these keys, and how telling are those, taken together?

    Units:   bits: what a key tells is how rare it is. Where all keys are too common, some of their records all the same.
    """
    having: dict[int, list[int]] = {}
    for key, record in _having(sorted(keys)):
        having.setdefault(key, []).append(record)
    found: dict[int, float] = {}
    common: list[int] = []
    for of_it in having.values():
        if len(of_it) > MOST_OF_A_KEY:
            common += of_it
            continue
        tells = math.log2(1 + records / len(of_it))
        for record in of_it:
            found[record] = found.get(record, 0.0) + tells
    return found or dict.fromkeys(common, 0.0)


def _having(keys: list[int]) -> Iterable[tuple[int, int]]:
    most = MOST_OF_A_KEY + 1
    if connection.vendor == "postgresql":
        return select(
            'SELECT k.key, s."record" FROM unnest(%s::bigint[]) AS k(key) CROSS JOIN LATERAL (SELECT "record" FROM'
            f' "search_key" WHERE "key" = k.key ORDER BY "record" LIMIT {most}) s',
            [keys],
        )
    one = f'SELECT * FROM (SELECT "key", "record" FROM "search_key" WHERE "key" = %s ORDER BY "record" LIMIT {most})'
    found: list[tuple[int, int]] = []
    for some in chunks(keys, _STATEMENT):
        found += select(" UNION ALL ".join([one] * len(some)), some)
    return found


def _best(hits: dict[int, float]) -> list[int]:
    return sorted(hits, key=lambda record: (-hits[record], record))[:WEIGHED]


def kept_bodies(numbers: list[int], *, apart: bool) -> Iterable[tuple[int, Kept]]:
    """What search keeps of the records with these numbers, those set apart or the others."""
    for some in chunks(numbers):
        rows = select(
            'SELECT "id", "source", "record_id", "body" FROM "search_record" WHERE "id" IN'
            f' ({marks(len(some))}) AND "is_apart" = %s',
            [*some, apart],
        )
        for number, source, record_id, body in rows:
            yield int(number), read_body(RecordKey(source, record_id), bytes(body))


def _spelt_otherwise(asked: Asked, *, by_right: bool) -> set[int]:
    """The keys of what is asked with one of its names, or two, in the place of those that are written like it."""
    spellings = {word: _like(word) for word in asked.words}
    found: set[str] = set()
    for place, word in enumerate(asked.words):
        for other in spellings[word]:
            changed = (*asked.words[:place], other, *asked.words[place + 1 :])
            found |= asked.keys(by_right=by_right, words=changed)
            for further, second in enumerate(asked.words[place + 1 :], place + 1):
                for another in spellings[second]:
                    both = sounds_of_words((*changed[:further], another, *changed[further + 1 :]))
                    found |= {f"s2:{a}|{b}" for a in both for b in both if a < b}
    return {hash_of(key) for key in found - asked.keys(by_right=by_right)}


def _like(word: str) -> list[str]:
    """Which words that stand in names are written like this one, but sound otherwise?"""
    if len(word) < 3:
        return []
    like = process.extract(
        word, _words(), scorer=JaroWinkler.normalized_similarity, score_cutoff=_ALIKE, limit=4 * _SPELLINGS
    )
    own = sounds_of_words((word,))
    by_sound: dict[tuple[str, ...], str] = {}
    for other, _, _ in like:
        by_sound.setdefault(sounds_of_words((other,)), other)
    return [other for sound, other in by_sound.items() if sound != own][:_SPELLINGS]


def _words() -> tuple[str, ...]:
    state = select('SELECT "name", "run" FROM "pointer" WHERE "name" IN (%s, %s) ORDER BY 1', ["search", "search_link"])
    return _words_at(str(connection.settings_dict["NAME"]), tuple(state))


@lru_cache(maxsize=2)
def _words_at(_store: str, _state: tuple[tuple[str, int], ...]) -> tuple[str, ...]:
    return tuple(str(word) for (word,) in select('SELECT "word" FROM "search_word" ORDER BY 1'))
