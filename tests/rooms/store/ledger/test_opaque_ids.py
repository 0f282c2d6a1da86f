"""Random names under which the ledger speaks of records and cases: one each, for ever, telling nothing."""

from __future__ import annotations

import re

import pytest
from django.db import IntegrityError, transaction

from duecare.person.identity import record_person_id
from duecare.record.pole import RecordKey
from duecare.store.ledger.opaque_ids import CASE_KIND, RECORD, handles_of, make_handles, names_among
from duecare.store.models import Handle

pytestmark = pytest.mark.django_db

A, C1 = (RECORD, "pole", "A"), (CASE_KIND, "pole", "C1")


def kept() -> dict[tuple[str, str, str], str]:
    return {
        (kind, source, key): handle
        for kind, source, key, handle in Handle.objects.values_list("kind", "source", "key", "handle")
    }


def test_each_name_has_one_handle_of_random_digits():
    make_handles([A, C1, A, (RECORD, "niche", "A"), (CASE_KIND, "pole", "A")])

    handles = kept()
    assert set(handles) == {A, C1, (RECORD, "niche", "A"), (CASE_KIND, "pole", "A")}
    assert len(set(handles.values())) == 4
    assert all(re.fullmatch(r"[0-9a-f]{32}", handle) for handle in handles.values())


def test_a_name_keeps_the_handle_it_has():
    make_handles([A])
    before = kept()
    make_handles([A, C1])

    assert kept()[A] == before[A]
    assert len(kept()) == 2


def test_no_names_have_no_handles():
    make_handles([])

    assert (kept(), handles_of([]), names_among("pole", [])) == ({}, set(), set())


def test_the_handle_of_a_record_knows_the_person_that_a_lone_record_is_and_that_of_a_case_nobody():
    make_handles([A, C1])

    assert Handle.objects.get(kind="record").person == record_person_id(RecordKey("pole", "A"))
    assert Handle.objects.get(kind="case").person == ""


def test_handles_are_those_kept_and_missing_ones_are_made():
    make_handles([A, (RECORD, "pole", "B")])
    before = kept()

    assert handles_of([A]) == {before[A]}
    found = handles_of([A, C1, C1])
    assert found == {before[A], kept()[C1]}
    assert handles_of([C1, A]) == found
    assert len(kept()) == 3


def test_handles_are_told_apart_by_kind_and_source():
    found = [handles_of([name]) for name in (A, (CASE_KIND, "pole", "A"), (RECORD, "niche", "A"))]

    assert len(set.union(*found)) == 3


def test_more_names_than_one_statement_takes_all_have_handles():
    names = [(RECORD, "pole", f"N{number}") for number in range(950)]

    found = handles_of(names)

    assert len(found) == 950
    assert handles_of(names) == found


def test_which_values_are_keys_of_this_source_and_of_what_kind():
    make_handles(
        [A, C1, (CASE_KIND, "pole", "A"), (RECORD, "niche", "N"), *((RECORD, "pole", f"N{n}") for n in range(950))]
    )

    assert names_among("pole", ["A", "A", "C1", "N", "other"]) == {A, C1, (CASE_KIND, "pole", "A")}
    assert names_among("niche", ["A", "N"]) == {(RECORD, "niche", "N")}
    assert names_among("nowhere", ["A"]) == set()
    assert len(names_among("pole", [f"N{n}" for n in range(950)])) == 950


def test_no_two_names_share_a_handle_and_no_name_has_two():
    make_handles([A])
    handle = kept()[A]

    for told in ({"kind": "record", "source": "pole", "key": "B", "handle": handle},
                 {"kind": "record", "source": "pole", "key": "A", "handle": "0" * 32}):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Handle.objects.create(**told)
