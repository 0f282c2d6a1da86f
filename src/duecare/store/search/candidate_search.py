"""Search for people: candidates by their keys, weighed as linkage weighs, with other spellings where none fits."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from django.db import connection
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from duecare.person.comparable_record import Compared
from duecare.person.search_keys import sounds_of_words
from duecare.person.search_text import Asked
from duecare.person.weigh import COUNTED, Weighed, Weights, weigh_pair
from duecare.record.pole import RecordKey
from duecare.store.database.sql_rows import placeholder_marks, select_rows, split_chunks
from duecare.store.linkage.record_terms import RECORDS, RecordTerms, hash_of, id_of, read_body, term_of
from duecare.store.models import Pointer, SearchWord

MOST_OF_A_KEY: Final = 300
"""A key that more records have tells too little: its records must be found by a narrower one."""
WEIGHED: Final = 100
_SPELLINGS: Final = 6
_ALIKE: Final = 0.8
_STATEMENT: Final = 200
_ITS_NUMBER: Final = "record:its own"


@dataclass(frozen=True, slots=True)
class Match:
    """A record that may be meant, and why."""

    record: RecordKey
    weighed: Weighed


@dataclass(slots=True)
class Sought:
    """What was found, best first; `spelt_otherwise`: the keys did not suffice, and other spellings were tried."""

    matches: list[Match] = field(default_factory=list)
    spelt_otherwise: bool = False


def search_candidates(
    asked: Asked,
    weights_for: Callable[[int], Weights],
    *,
    sure_weight: float,
    by_right: bool = False,
    also_records: Collection[RecordKey] = (),
    thorough: bool = False,
) -> Sought:
    """Records that may be those asked for, each with its weight.

    Shape:   best first, ties by key. From `sure_weight` on a record is held to be found, and no other spelling is tried.
             `also_records` are records apart that this viewer may see all the same. `by_right`: online names and protected
             addresses are looked for, and weighed, too. `thorough`: other spellings are tried in any case, so that it
             takes as long whether somebody fits or not.
    Units:   bits.
    """
    if asked.is_empty:
        return Sought()
    readings = asked.readings()
    counted = _Counted(readings)
    weights = weights_for(counted.records)
    sought = _Seeking(asked, readings, weights, counted, by_right)
    key_hits = _key_hits({hash_of(search_key) for search_key in asked.keys(by_right=by_right)}, counted.records)
    sought.weigh(_best_records(key_hits))
    sought.weigh(map(id_of, also_records), apart=True)
    if asked.words and (thorough or not sought.is_found(sure_weight)):
        others = _spelt_otherwise(asked, by_right=by_right)
        more_hits = _key_hits(others, counted.records)
        for record, weight in key_hits.items():
            if record in more_hits:
                more_hits[record] += weight
        sought.weigh(_best_records(more_hits))
        return Sought(sought.in_order(), spelt_otherwise=True)
    return Sought(sought.in_order())


def some_records(asked: str, most_records: int) -> list[RecordKey]:
    """Some records or other, no matter which, to be looked at in vain."""
    if most_records <= 0:
        return []
    # Raw, as what is looked at in earnest is: so that the one takes as long as the other.
    sql_text = (
        'SELECT "source", "record_id" FROM "search_record" WHERE "id" >= %s AND "is_apart" = %s'
        f' ORDER BY "id" LIMIT {most_records}'
    )
    records_found = [RecordKey(*table_row) for table_row in select_rows(sql_text, [hash_of(asked), False])]
    records_found = records_found or [RecordKey(*table_row) for table_row in select_rows(sql_text, [-(2**63), False])]
    return [records_found[number % len(records_found)] for number in range(most_records)] if records_found else []


class _Seeking:
    """What has been weighed so far of one search."""

    def __init__(
        self, asked: Asked, readings: tuple[Compared, ...], weights: Weights, counted: _Counted, by_right: bool
    ) -> None:
        self._readings = readings
        self._marks = {asked_mark.casefold() for asked_mark in asked.marks}
        self._online = set(asked.online)
        self._weights = weights
        self._counted = counted
        self._by_right = by_right
        self._found: dict[int, Match] = {}
        self._frequencies: dict[tuple[str, str], float] = {}

    def _frequency(self, column: str, term_text: str) -> float:
        known_frequency = self._frequencies.get((column, term_text))
        if known_frequency is None:
            known_frequency = self._weights.frequency(
                column, self._counted.of(column, term_text), self._counted.of(column)
            )
            self._frequencies[column, term_text] = known_frequency
        return known_frequency

    def weigh(self, numbers: Iterable[int], *, apart: bool = False) -> None:
        """Weigh these records, each by the reading that fits it best."""
        wanted_numbers = [number for number in numbers if number not in self._found]

        for number, kept_record in kept_bodies(wanted_numbers, apart=apart):
            record = kept_record.compared if self._by_right else kept_record.in_the_open
            readings = self._readings
            if self._names(kept_record.key):
                record = replace(record, other_ids=(*record.other_ids, _ITS_NUMBER))
                readings = tuple(
                    replace(asked_reading, other_ids=(*asked_reading.other_ids, _ITS_NUMBER))
                    for asked_reading in readings
                )
            if not self._online.isdisjoint(record.online_names):
                readings = tuple(replace(asked_reading, online_names=record.online_names) for asked_reading in readings)
            weighed_pairs = [weigh_pair(reading, record, self._weights, self._frequency) for reading in readings]
            self._found[number] = Match(
                kept_record.key, max(weighed_pairs, key=lambda weighed_pair: weighed_pair.weight)
            )

    def _names(self, record: RecordKey) -> bool:
        """True where this record's own number was typed."""
        return not self._marks.isdisjoint({record.record_id.casefold(), str(record).casefold()})

    def is_found(self, sure_weight: float) -> bool:
        """True where anyone fits for sure, or in all that was asked."""
        return any(match.weighed.weight >= sure_weight or _fits_whole(match.weighed) for match in self._found.values())

    def in_order(self) -> list[Match]:
        """All that was weighed, the best first."""
        return sorted(self._found.values(), key=lambda match: (-match.weighed.weight, match.record))


def _fits_whole(weighed: Weighed) -> bool:
    """True where both names fit, and nothing else speaks against it."""
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
        wanted_terms = {term_of(RECORDS), *map(term_of, COUNTED)}
        wanted_terms |= {
            term_of(column, term_text)
            for asked_reading in readings
            for column in COUNTED
            if (term_text := getattr(asked_reading, column))
        }
        self._counts = _term_counts(wanted_terms)

    @property
    def records(self) -> int:
        """The number of records that can be found."""
        return self._counts.get(term_of(RECORDS), 0)

    def of(self, column: str, term_text: str = "") -> int:
        """How many bear this term, or any of this column: at least one, for one of the pair bears it."""
        number = term_of(column, term_text)
        if number not in self._counts:
            self._counts |= {number: 0} | _term_counts({number})
        return max(self._counts[number], 1)


def _term_counts(terms: set[int]) -> dict[int, int]:
    # Raw: asked for each term of each record that is weighed, where the ORM takes 18 times as long (0042).
    table_rows = select_rows(
        f'SELECT "term", "number" FROM "search_term" WHERE "term" IN ({placeholder_marks(len(terms))})', sorted(terms)
    )
    return {int(term_hash): int(number) for term_hash, number in table_rows}


def telling_hits(search_keys: set[int]) -> list[int]:
    """The numbers of the records that share the rarest of these keys, the best first, a hundred at the most."""
    return _best_records(_key_hits(search_keys, _Counted(()).records))


def _key_hits(search_keys: set[int], records: int) -> dict[int, float]:
    """The records that have some of these keys, and what those weigh, taken together.

    Units:   bits: what a key tells is how rare it is. Where all keys are too common, some of their records all the same.
    """
    having: dict[int, list[int]] = {}
    for search_key, record in _records_having(sorted(search_keys)):
        having.setdefault(search_key, []).append(record)
    hit_weights: dict[int, float] = {}
    common: list[int] = []
    for of_it in having.values():
        if len(of_it) > MOST_OF_A_KEY:
            common += of_it
            continue
        tells = math.log2(1 + records / len(of_it))
        for record in of_it:
            hit_weights[record] = hit_weights.get(record, 0.0) + tells
    return hit_weights or dict.fromkeys(common, 0.0)


def _records_having(search_keys: list[int]) -> Iterable[tuple[int, int]]:
    most_rows = MOST_OF_A_KEY + 1
    # Raw: so many rows of each key, by LATERAL or UNION, which the ORM does not say.
    if connection.vendor == "postgresql":
        return select_rows(
            'SELECT k.key, s."record" FROM unnest(%s::bigint[]) AS k(key) CROSS JOIN LATERAL (SELECT "record" FROM'
            f' "search_key" WHERE "key" = k.key ORDER BY "record" LIMIT {most_rows}) s',
            [search_keys],
        )
    key_select = (
        f'SELECT * FROM (SELECT "key", "record" FROM "search_key" WHERE "key" = %s ORDER BY "record" LIMIT {most_rows})'
    )
    key_records: list[tuple[int, int]] = []
    for key_chunk in split_chunks(search_keys, _STATEMENT):
        key_records += select_rows(" UNION ALL ".join([key_select] * len(key_chunk)), key_chunk)
    return key_records


def _best_records(hit_weights: dict[int, float]) -> list[int]:
    return sorted(hit_weights, key=lambda record: (-hit_weights[record], record))[:WEIGHED]


def kept_bodies(numbers: list[int], *, apart: bool) -> Iterable[tuple[int, RecordTerms]]:
    """What search keeps of the records with these numbers, those set apart or the others."""
    for number_chunk in split_chunks(numbers):
        # Raw: asked for each search, and for each record that is linked, where the ORM takes twice as long (0042).
        table_rows = select_rows(
            'SELECT "id", "source", "record_id", "body" FROM "search_record" WHERE "id" IN'
            f' ({placeholder_marks(len(number_chunk))}) AND "is_apart" = %s',
            [*number_chunk, apart],
        )
        for number, source, record_id, body_bytes in table_rows:
            yield int(number), read_body(RecordKey(source, record_id), bytes(body_bytes))


def _spelt_otherwise(asked: Asked, *, by_right: bool) -> set[int]:
    """The keys of what is asked with one of its names, or two, in place of those that are written like it."""
    spellings = {asked_word: _similar_words(asked_word) for asked_word in asked.words}
    sound_keys: set[str] = set()
    for place, asked_word in enumerate(asked.words):
        for other_word in spellings[asked_word]:
            changed = (*asked.words[:place], other_word, *asked.words[place + 1 :])
            sound_keys |= asked.keys(by_right=by_right, words=changed)
            for further, second in enumerate(asked.words[place + 1 :], place + 1):
                for another in spellings[second]:
                    sound_pair = sounds_of_words((*changed[:further], another, *changed[further + 1 :]))
                    sound_keys |= {
                        f"s2:{first_sound}|{second_sound}"
                        for first_sound in sound_pair
                        for second_sound in sound_pair
                        if first_sound < second_sound
                    }
    return {hash_of(search_key) for search_key in sound_keys - asked.keys(by_right=by_right)}


def _similar_words(asked_word: str) -> list[str]:
    """The words in names that are written like this one, but sound otherwise."""
    if len(asked_word) < 3:
        return []
    similar_words = process.extract(
        asked_word, _known_words(), scorer=JaroWinkler.normalized_similarity, score_cutoff=_ALIKE, limit=4 * _SPELLINGS
    )
    own_sounds = sounds_of_words((asked_word,))
    by_sound: dict[tuple[str, ...], str] = {}
    for other_word, _, _ in similar_words:
        by_sound.setdefault(sounds_of_words((other_word,)), other_word)
    return [other_word for sound, other_word in by_sound.items() if sound != own_sounds][:_SPELLINGS]


def _known_words() -> tuple[str, ...]:
    pointers = Pointer.objects.filter(name__in=["search", "search_link"]).order_by("name").values_list("name", "run")
    return _words_at(str(connection.settings_dict["NAME"]), tuple(pointers))


@lru_cache(maxsize=2)
def _words_at(_store: str, _state: tuple[tuple[str, int], ...]) -> tuple[str, ...]:
    return tuple(SearchWord.objects.order_by("word").values_list("word", flat=True))
