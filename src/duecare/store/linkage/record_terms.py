"""Records as search keeps them: their bodies, the hashes of their keys, the terms and words they are counted under."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields, replace
from hashlib import blake2b
from typing import Final

import orjson

from duecare.person.compared import Compared, compared_record
from duecare.person.found_by import guarded_keys, open_keys, without_places
from duecare.person.weigh import COUNTED
from duecare.record.pole import PersonRecord, RecordKey

_FIELDS: Final = tuple(field.name for field in fields(Compared))
_LISTS: Final = tuple(number for number, field in enumerate(fields(Compared)) if field.default == ())
RECORDS: Final = "records"


@dataclass(frozen=True, slots=True)
class Kept:
    """What does search keep of one record?

    Shape:   `is_guarded`: it tells where somebody lives whose address is protected.
    """

    key: RecordKey
    compared: Compared
    is_guarded: bool

    @property
    def in_the_open(self) -> Compared:
        """What anyone who may search can find it by and compare it with."""
        shown = without_places(self.compared) if self.is_guarded else self.compared
        return replace(shown, online_names=()) if shown.online_names else shown


def kept_of(record: PersonRecord) -> Kept:
    """What does search keep of this record?"""
    return Kept(record.key, compared_record(record), record.protected_address)


def body_of(kept: Kept) -> bytes:
    """The bytes in which it is kept."""
    return orjson.dumps([kept.is_guarded, *(getattr(kept.compared, name) for name in _FIELDS)])


def read_body(key: RecordKey, body: bytes) -> Kept:
    """What was kept in these bytes?"""
    is_guarded, *said = orjson.loads(body)
    for place in _LISTS:
        said[place] = tuple(said[place])
    return Kept(key, Compared(*said), is_guarded)


def hash_of(text: str) -> int:
    """Under which number is this text kept? 64 bits, signed; the same everywhere and for ever."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def id_of(key: RecordKey) -> int:
    """Under which number is this record kept?"""
    return hash_of(f"{key.source}\x1f{key.record_id}")


def keys_of(kept: Kept) -> set[int]:
    """By which numbers is it found?"""
    shown = kept.in_the_open
    guarded = kept.compared if kept.is_guarded else without_places(kept.compared)
    return {hash_of(key) for key in open_keys(shown, kept.key.record_id) | guarded_keys(guarded)}


def term_of(column: str, term: str = "") -> int:
    """Under which number is a term of this column counted, and without one the column as a whole?"""
    return hash_of(f"{column}\x1f{term}")


def terms_of(kept: Kept) -> Counter[int]:
    """Under which terms is this record counted?"""
    found = Counter({term_of(RECORDS): 1})
    for column in COUNTED:
        term = getattr(kept.compared, column)
        if term:
            found[term_of(column, term)] += 1
            found[term_of(column)] += 1
    return found


def words_of(kept: Kept) -> Counter[str]:
    """Which words stand in the names of this record?"""
    record = kept.compared
    words = {record.given, *record.middle.split(), *record.family.split(), *record.other_givens}
    words |= {word for family in record.other_families for word in family.split()}
    return Counter({word[:200]: 1 for word in words if len(word) > 1})
