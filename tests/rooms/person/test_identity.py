"""Ids of persons: lasting, and answering when links change."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest

from duecare.person.identity import founding_record, person_aliases, record_person_id
from duecare.record.pole import RecordKey

A, B = RecordKey("merlin", "1"), RecordKey("visor", "1")
EARLY, LATE = datetime(2015, 1, 1, tzinfo=UTC), datetime(2016, 1, 1, tzinfo=UTC)


def test_the_id_is_a_hash_of_the_founding_record() -> None:
    assert record_person_id(A) == hashlib.sha256(b"merlin\x1f1").hexdigest()[:16]


def test_the_earliest_known_record_founds_then_the_smallest_key() -> None:
    assert founding_record([(LATE, A), (EARLY, B)]) == B
    assert founding_record([(EARLY, B), (EARLY, A)]) == A
    assert founding_record([(None, A), (LATE, B)]) == B
    with pytest.raises(ValueError, match="empty"):
        founding_record([])


def test_an_old_id_answers_as_whoever_holds_its_founding_record() -> None:
    of_a = record_person_id(A)

    assert person_aliases({A: of_a, B: of_a}, [record_person_id(B), of_a]) == {record_person_id(B): of_a}
    assert person_aliases({A: of_a, B: record_person_id(B)}, [record_person_id(B)]) == {}
