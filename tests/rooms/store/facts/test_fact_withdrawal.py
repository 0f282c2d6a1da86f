"""Withdrawal by absence: what a full delivery no longer holds, and what arrives after it, in any order of arrival."""

from __future__ import annotations

import itertools
from datetime import timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.made.landed import NINE, SOURCE, after, arrive, begun, case, event, gone, person, row, ties

from duecare.record.version import RowVersion
from duecare.store.database.sql_rows import select_rows
from duecare.store.facts.delivery_landing import land_delivery
from duecare.store.facts.fact_lookup import records_known
from duecare.store.facts.fact_withdrawal import absent_keys, late_withdrawals, sheets_of, withdrawal_of_key
from duecare.store.facts.received_delivery import ReceivedDelivery
from duecare.store.models import CompleteFile, Delivery, PresentKey

pytestmark = pytest.mark.django_db


def full(at: float = 1000, source: str = SOURCE) -> ReceivedDelivery:
    """A full delivery as it lands."""
    return begun(source, scope="full", extracted_at=after(at))


# --- which sheets a file has rows of -----------------------------------------------------------------------


def test_a_file_has_rows_of_the_sheets_it_ever_had_in_any_form():
    arrive(person("P1", file="people.csv"), row("cases", "C1", {"kind": "x"}, file="people.xlsx"))
    arrive(
        row("events", "E1", {"kind": "x", "happened_at": "2026-01-01"}, file="people.parquet"), event("E2", number=2)
    )

    for form in ("people.csv", "people.xlsx", "people.parquet", "people.xml", "people"):
        assert sheets_of(SOURCE, form) == {"persons", "cases", "events"}
    assert sheets_of(SOURCE, "events.csv") == {"events"}


def test_no_sheet_is_found_of_another_source_or_of_another_file():
    arrive(person("P1", file="people.csv"))

    assert sheets_of("niche", "people.csv") == set()
    assert sheets_of(SOURCE, "people-2.csv") == set()
    assert sheets_of(SOURCE, "people.txt") == {"persons"}  # a form that is not read, by its stem all the same


# --- which keys are absent ---------------------------------------------------------------------------------


def test_keys_that_are_not_present_are_absent_in_order_with_how_many_stood_of_how_many():
    arrive(person("P3"), person("P1", number=2), person("P2", number=3), person("P4", number=4))

    assert absent_keys(full(), "persons.csv", "persons", {"P2"}) == (["P1", "P3", "P4"], 3, 4)
    assert absent_keys(full(), "persons.csv", "persons", {"P1", "P2", "P3", "P4", "P5"}) == ([], 0, 4)


def test_nothing_is_absent_where_nothing_is_held():
    assert absent_keys(full(), "persons.csv", "persons", set()) == ([], 0, 0)
    assert absent_keys(full(), "persons.csv", "persons", {"P1"}) == ([], 0, 0)


@pytest.mark.parametrize(("written", "absent"), [(999, ["P1"]), (1000, ["P1"]), (1001, [])])
def test_a_key_written_after_the_extract_is_not_absent(written: int, absent: list[str]):
    arrive(person("P1", at=after(written)))

    assert absent_keys(full(1000), "persons.csv", "persons", set()) == (absent, len(absent), 1)


def test_a_key_with_versions_on_both_sides_of_the_extract_is_absent_and_stands():
    arrive(person("P1", at=after(1)), person("P1", at=after(2000), number=2))

    assert absent_keys(full(1000), "persons.csv", "persons", set()) == (["P1"], 0, 1)


def test_a_key_that_is_withdrawn_already_is_withdrawn_again_and_did_not_stand():
    arrive(person("P1"), gone("persons", "P1", at=after(5)), person("P2", number=3))

    assert absent_keys(full(1000), "persons.csv", "persons", set()) == (["P1", "P2"], 1, 1)


def test_of_one_time_the_larger_hash_says_whether_a_key_stands():
    says, withdraws = person("P1"), gone("persons", "P1")
    arrive(says)
    arrive(withdraws)
    stands = says.sha256 > withdraws.sha256

    assert absent_keys(full(), "persons.csv", "persons", set()) == (["P1"], int(stands), int(stands))


@pytest.mark.parametrize(
    ("source", "file", "sheet"),
    [("niche", "persons.csv", "persons"), (SOURCE, "others.csv", "persons"), (SOURCE, "persons.csv", "cases")],
)
def test_keys_of_another_source_file_or_sheet_are_not_absent(source: str, file: str, sheet: str):
    arrive(person("P1"))

    assert absent_keys(full(source=source), file, sheet, set()) == ([], 0, 0)


def test_keys_that_came_in_another_form_of_the_file_are_absent():
    arrive(person("P1", file="persons.parquet"), person("P2", file="persons.xlsx"), person("P3", file="persons.xml"))

    assert absent_keys(full(), "persons.csv", "persons", set()) == (["P1", "P2", "P3"], 3, 3)


def test_what_was_not_accepted_is_neither_absent_nor_standing():
    land_delivery(begun(), [person("P1")])
    land_delivery(begun(state="refused"), [person("P2")])

    assert absent_keys(full(), "persons.csv", "persons", set()) == ([], 0, 0)


def test_a_withdrawal_is_written_at_the_time_of_the_extract_and_counts_no_row():
    withdrawal = withdrawal_of_key("cases", "C1", "cases.csv", after(3))

    assert withdrawal == RowVersion("cases", "C1", after(3), True, b"{}", "cases.csv", 0, rows=0)


def test_a_withdrawal_is_written_in_utc_whatever_the_offset_of_the_extract():
    summer = timezone(timedelta(hours=1))

    withdrawal = withdrawal_of_key("cases", "C1", "cases.csv", after(3).astimezone(summer))

    assert withdrawal.version_at.isoformat() == after(3).isoformat()


# --- what arrives late -------------------------------------------------------------------------------------


def late(*versions: RowVersion, source: str = SOURCE, **fields: Any) -> list[tuple[str, str, int]]:
    """The withdrawals that these versions call for: (sheet, key, seconds after nine)."""
    found = late_withdrawals(begun(source, **fields), versions)
    assert all(one.withdrawn and one.body == b"{}" and (one.row, one.rows) == (0, 0) for one in found)
    return sorted((one.sheet, one.key, int((one.version_at - NINE).total_seconds())) for one in found)


def test_without_any_full_delivery_nothing_is_withdrawn_late():
    arrive(person("P1"))

    assert late(person("P2")) == []


@pytest.mark.parametrize(
    ("written", "withdrawn"),
    [(-5, [("persons", "P2", 1000)]), (1000, [("persons", "P2", 1000)]), (1001, [])],
)
def test_a_version_older_than_a_full_delivery_without_its_key_is_withdrawn_by_it(written: int, withdrawn: list[Any]):
    arrive(person("P1"), complete=["persons.csv"])

    assert late(person("P2", at=after(written))) == withdrawn


def test_a_version_without_a_time_is_as_old_as_its_receipt():
    arrive(person("P1"), complete=["persons.csv"])

    assert late(person("P2", at=None), received_at=after(1000)) == [("persons", "P2", 1000)]
    assert late(person("P2", at=None), received_at=after(1001)) == []


def test_every_full_delivery_that_did_not_hold_the_key_withdraws_it():
    arrive(person("P1"), complete=["persons.csv"], extracted_at=after(100))
    arrive(person("P1"), complete=["persons.csv"], extracted_at=after(200))
    arrive(person("P1"), complete=["persons.csv"], extracted_at=after(300))

    assert late(person("P2", at=after(150))) == [("persons", "P2", 200), ("persons", "P2", 300)]


def test_a_full_delivery_withdraws_only_rows_of_files_it_held_whole_in_any_form():
    arrive(person("P1"), case("C1"), complete=["persons.csv"])

    assert late(case("C2")) == []
    assert late(person("P2", file="others.csv")) == []
    assert late(person("P2", file="persons.xlsx")) == [("persons", "P2", 1000)]


def test_a_full_delivery_of_another_source_or_one_that_was_refused_withdraws_nothing():
    arrive(person("P1"), complete=["persons.csv"], source="niche")
    refused = begun(scope="full", extracted_at=after(1000), state="refused", number=None)
    CompleteFile.objects.create(delivery_id=refused.id, file="persons.csv")

    assert late(person("P2")) == []


def test_a_key_that_the_full_delivery_held_is_not_withdrawn():
    arrive(person("P1"), complete=["persons.csv"])

    assert late(person("P1", at=after(-10))) == []


def test_a_key_that_it_held_only_in_a_newer_version_is_not_withdrawn_either():
    arrive(person("P1", at=after(5000)), complete=["persons.csv"])
    assert list(PresentKey.objects.values_list("sheet", "key")) == [("persons", "P1")]

    assert late(person("P1", at=after(-10))) == []
    PresentKey.objects.all().delete()
    assert late(person("P1", at=after(-10))) == [("persons", "P1", 1000)]


def test_a_key_that_it_held_of_another_sheet_is_no_presence_of_this_one():
    delivery = arrive(person("P1"), complete=["persons.csv"])
    PresentKey.objects.create(delivery_id=delivery.id, sheet="cases", key="P2")

    assert late(person("P2")) == [("persons", "P2", 1000)]


def test_a_key_that_is_held_from_another_file_is_withdrawn_where_it_comes_from_this_one():
    arrive(person("P2", file="more.csv"))
    arrive(person("P1"), complete=["persons.csv"])

    assert late(person("P2", at=after(-1))) == [("persons", "P2", 1000)]


def test_a_key_that_an_earlier_delivery_brought_was_withdrawn_then_and_is_not_again():
    arrive(person("P2"))
    arrive(person("P1"), complete=["persons.csv"])

    assert late(person("P2", at=after(-10))) == []


@pytest.mark.parametrize(("held", "withdrawn"), [(1000, []), (1001, [("persons", "P2", 1000)])])
def test_a_version_of_an_earlier_delivery_up_to_the_second_of_the_extract_was_there_to_be_seen(held, withdrawn):
    arrive(person("P2", at=after(held)))
    arrive(person("P1"), complete=["persons.csv"])

    assert late(person("P2", at=after(-10))) == withdrawn


def test_a_row_of_another_sheet_in_the_same_file_is_no_sign_of_the_key():
    arrive(row("cases", "P2", {"kind": "x"}, file="persons.csv"))
    arrive(person("P1"), complete=["persons.csv"])

    assert late(person("P2", at=after(-10))) == [("persons", "P2", 1000)]


def test_what_a_landing_has_of_the_key_is_no_sign_of_it():
    arrive(person("P1"), complete=["persons.csv"])
    land_delivery(begun(), [person("P2", at=after(-20))])

    assert late(person("P2", at=after(-10))) == [("persons", "P2", 1000)]


def test_a_key_that_a_later_delivery_brought_is_withdrawn_for_each_version():
    arrive(person("P1"), complete=["persons.csv"])
    arrive(person("P2", at=after(2000)))

    assert late(person("P2", at=after(-10))) == [("persons", "P2", 1000)]


def test_the_same_withdrawal_is_written_once_for_many_versions():
    arrive(person("P1"), complete=["persons.csv"])

    assert late(person("P2", at=after(1)), person("P2", at=after(2)), person("P3", at=after(3))) == [
        ("persons", "P2", 1000),
        ("persons", "P3", 1000),
    ]


def test_an_event_that_a_full_file_of_ties_no_longer_names_has_nobody_tied_to_it():
    arrive(ties("E1", ("A", "child")), ties("E2", ("B", "child")))
    arrive(ties("E1", ("A", "child"), at=after(900)), complete=["ties.csv"])

    standing = select_rows('SELECT "key", "is_withdrawn", "version_at" FROM "fact" WHERE "key" = %s ORDER BY 3', ["E2"])
    assert [(key, bool(withdrawn)) for key, withdrawn, _ in standing] == [("E2", False), ("E2", True)]


# --- any order of arrival, the same versions ---------------------------------------------------------------

CONTENTS = st.lists(
    st.tuples(st.booleans(), st.integers(1, 4), st.dictionaries(st.sampled_from("AB"), st.integers(0, 5), max_size=2)),
    min_size=3,
    max_size=3,
    unique_by=lambda content: content[1],
)


def versions_of(source: str) -> set[tuple[Any, ...]]:
    table_rows = select_rows(
        'SELECT "key", "version_at", "sha256", "is_withdrawn" FROM "fact" WHERE "source" = %s', [source]
    )
    return {(key, at, bytes(content), bool(withdrawn)) for key, at, content, withdrawn in table_rows}


@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(CONTENTS)
def test_whatever_the_order_of_arrival_the_same_versions_are_held(contents: list[Any]):
    """The rule is one of sets: every order of the same deliveries leaves the same."""
    found = []
    for number, order in enumerate(itertools.permutations(contents)):
        source = f"s{number}-{Delivery.objects.count()}"
        for is_full, extracted, keys in order:
            rows = [person(key, at=after(at), number=at + 10 * ord(key)) for key, at in sorted(keys.items())]
            told = {"complete": ["persons.csv"]} if is_full else {}
            arrive(*rows, source=source, **told, extracted_at=after(extracted), received_at=after(100))
        found.append(versions_of(source))

    assert all(one == found[0] for one in found)


def test_what_a_full_delivery_no_longer_holds_does_not_stand_though_it_arrives_after_it():
    arrive(person("P1"), complete=["persons.csv"])
    arrive(person("P2", at=after(10)), person("P3", at=after(1001), number=2))

    from duecare.record.pole import RecordKey

    keys = [RecordKey(SOURCE, name) for name in ("P1", "P2", "P3")]
    assert set(records_known(keys)) == {keys[0], keys[2]}
