"""Records as search keeps them: their bodies, the hashes of their keys, the terms and words they are counted under."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields, replace
from hashlib import blake2b
from typing import Final

import orjson

from duecare.person.comparable_record import Compared, compared_record
from duecare.person.search_keys import guarded_keys, open_keys, without_places
from duecare.person.weigh import COUNTED
from duecare.record.pole import PersonRecord, RecordKey

_FIELDS: Final = tuple(field.name for field in fields(Compared))
_LISTS: Final = tuple(number for number, field in enumerate(fields(Compared)) if field.default == ())
RECORDS: Final = "records"


@dataclass(frozen=True, slots=True)
class RecordTerms:
    """What search keeps of one record.

    Shape:   `is_guarded`: it tells where somebody lives whose address is protected.
    """

    key: RecordKey
    compared: Compared
    is_guarded: bool

    @property
    def in_the_open(self) -> Compared:
        """What anyone who may search can find it by and compare it with."""
        open_record = without_places(self.compared) if self.is_guarded else self.compared
        return replace(open_record, online_names=()) if open_record.online_names else open_record


def kept_of(record: PersonRecord) -> RecordTerms:
    """What search keeps of this record."""
    return RecordTerms(record.key, compared_record(record), record.protected_address)


def body_of(kept_record: RecordTerms) -> bytes:
    """The bytes in which it is kept."""
    return orjson.dumps(
        [kept_record.is_guarded, *(getattr(kept_record.compared, field_name) for field_name in _FIELDS)]
    )


def read_body(record_key: RecordKey, body_bytes: bytes) -> RecordTerms:
    """Read what is kept in these bytes."""
    is_guarded, *field_values = orjson.loads(body_bytes)
    for place in _LISTS:
        field_values[place] = tuple(field_values[place])
    return RecordTerms(record_key, Compared(*field_values), is_guarded)


def hash_of(hashed_text: str) -> int:
    """The number under which this text is kept: 64 bits, signed; the same everywhere and for ever."""
    return int.from_bytes(blake2b(hashed_text.encode(), digest_size=8).digest(), "big", signed=True)


def id_of(record_key: RecordKey) -> int:
    """The number under which this record is kept."""
    return hash_of(f"{record_key.source}\x1f{record_key.record_id}")


def keys_of(kept_record: RecordTerms) -> set[int]:
    """The numbers by which it is found."""
    open_record = kept_record.in_the_open
    guarded = kept_record.compared if kept_record.is_guarded else without_places(kept_record.compared)
    return {
        hash_of(search_key) for search_key in open_keys(open_record, kept_record.key.record_id) | guarded_keys(guarded)
    }


def term_of(column: str, term_text: str = "") -> int:
    """The number under which a term of this column is counted, and without one the column as a whole."""
    return hash_of(f"{column}\x1f{term_text}")


def terms_of(kept_record: RecordTerms) -> Counter[int]:
    """Terms under which this record is counted."""
    term_counts = Counter({term_of(RECORDS): 1})
    for column in COUNTED:
        term_text = getattr(kept_record.compared, column)
        if term_text:
            term_counts[term_of(column, term_text)] += 1
            term_counts[term_of(column)] += 1
    return term_counts


def words_of(kept_record: RecordTerms) -> Counter[str]:
    """Words that stand in the names of this record."""
    record = kept_record.compared
    words = {record.given, *record.middle.split(), *record.family.split(), *record.other_givens}
    words |= {name_word for family in record.other_families for name_word in family.split()}
    return Counter({name_word[:200]: 1 for name_word in words if len(name_word) > 1})
