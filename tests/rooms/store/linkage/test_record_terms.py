"""Records as search keeps them: read back the same, and found by what they may be found by."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from duecare.person.comparable_record import Compared, compared_record
from duecare.person.search_keys import guarded_keys, open_keys
from duecare.person.weigh import COUNTED
from duecare.record.pole import PersonRecord, RecordKey
from duecare.store.linkage.record_terms import (
    RECORDS,
    RecordTerms,
    body_of,
    hash_of,
    id_of,
    kept_of,
    keys_of,
    read_body,
    term_of,
    terms_of,
    words_of,
)
from duecare.vocabulary.partial_date import PartialDate

KEY = RecordKey("pole", "A")
TEXT = st.text("abZé '", max_size=5)
TEXTS = st.lists(TEXT, max_size=2).map(tuple)
COMPARED = st.builds(
    Compared, given=TEXT, middle=TEXT, family=TEXT, born=TEXT, postcode=TEXT, home_number=TEXT, other_givens=TEXTS,
    other_families=TEXTS, address_words=TEXTS, phones=TEXTS, emails=TEXTS, online_names=TEXTS, checked=TEXTS, other_ids=TEXTS,
)  # fmt: skip
WHOLE = Compared(
    given="zelma", middle="ann b", family="quill rowe", other_givens=("zel",), other_families=("van der x",), born="2014-05-06",
    postcode="SW1A 1AA", home_number="12", address_words=("ash", "road", "x"), online_names=("moth",), phones=("+447700900001",),
)  # fmt: skip


@given(COMPARED, st.booleans())
def test_what_is_kept_is_read_back_the_same(compared: Compared, guarded: bool):
    kept = RecordTerms(KEY, compared, guarded)

    assert read_body(KEY, body_of(kept)) == kept


def test_a_number_is_the_same_everywhere_and_for_ever():
    assert hash_of("") == -1970711489451281740
    assert hash_of("zelma") == hash_of("zelma") != hash_of("Zelma")
    assert id_of(KEY) == hash_of("pole\x1fA") != id_of(RecordKey("poleA", ""))
    assert term_of("given", "zelma") == hash_of("given\x1fzelma") != term_of("givenz", "elma")
    assert term_of("given") == hash_of("given\x1f")


@given(st.text(max_size=9))
def test_a_number_has_64_bits(text: str):
    assert -(2**63) <= hash_of(text) < 2**63


def test_what_is_kept_of_a_record_is_what_is_compared_and_whether_its_address_is_protected():
    record = PersonRecord(KEY, given_names="Zelma", born=PartialDate(date(2014, 5, 6), date(2014, 5, 6)))

    assert kept_of(record) == RecordTerms(KEY, compared_record(record), is_guarded=False)
    assert kept_of(replace(record, protected_address=True)).is_guarded is True


def test_in_the_open_a_record_has_no_online_names_and_no_place_that_is_protected():
    assert RecordTerms(KEY, WHOLE, is_guarded=False).in_the_open == replace(WHOLE, online_names=())
    hidden = RecordTerms(KEY, WHOLE, is_guarded=True).in_the_open
    assert hidden == replace(WHOLE, online_names=(), postcode="", home_number="", address_words=())
    plain = replace(WHOLE, online_names=())
    assert RecordTerms(KEY, plain, is_guarded=False).in_the_open is plain


def test_a_record_is_found_by_its_open_keys_its_own_number_and_what_is_guarded():
    kept = RecordTerms(KEY, WHOLE, is_guarded=False)
    hashed = {hash_of(key) for key in open_keys(replace(WHOLE, online_names=()), "A")}

    assert keys_of(kept) >= hashed
    assert hash_of("r:a") in keys_of(kept)
    assert hash_of("guarded o:moth") in keys_of(kept)
    assert hash_of("o:moth") not in keys_of(kept)


def test_a_protected_place_is_a_guarded_key_alone_and_one_that_is_not_an_open_one():
    place = "p:SW1A 1AA"
    shown, hidden = (
        keys_of(RecordTerms(KEY, WHOLE, is_guarded=False)),
        keys_of(RecordTerms(KEY, WHOLE, is_guarded=True)),
    )

    assert (hash_of(place) in shown, hash_of(f"guarded {place}") in shown) == (True, False)
    assert (hash_of(place) in hidden, hash_of(f"guarded {place}") in hidden) == (False, True)
    assert {hash_of(key) for key in guarded_keys(WHOLE)} <= hidden


def test_a_record_is_counted_once_under_each_term_and_column_that_it_has():
    counted = terms_of(RecordTerms(KEY, WHOLE, is_guarded=False))
    held = [column for column in COUNTED if getattr(WHOLE, column)]

    assert set(counted) == {term_of(RECORDS)} | {term_of(column) for column in held} | {
        term_of(column, getattr(WHOLE, column)) for column in held
    }
    assert set(counted.values()) == {1}
    assert terms_of(RecordTerms(KEY, Compared(), is_guarded=False)) == {term_of(RECORDS): 1}


def test_the_words_of_its_names_are_counted_once_without_initials_and_up_to_their_length():
    long = "w" * 300

    assert words_of(RecordTerms(KEY, WHOLE, is_guarded=False)) == dict.fromkeys(
        ("zelma", "ann", "quill", "rowe", "zel", "van", "der"), 1
    )
    twice = Compared(given="rowe", family=f"rowe {long}")
    assert words_of(RecordTerms(KEY, twice, is_guarded=False)) == {"rowe": 1, "w" * 200: 1}
    assert words_of(RecordTerms(KEY, Compared(given="a"), is_guarded=False)) == {}
