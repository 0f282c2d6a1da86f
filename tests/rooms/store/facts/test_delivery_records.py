"""Deliveries as kept: numbered at acceptance, listed, refused with nothing left, and what their sources hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from tests.made.landed import NINE, RECEIVED, SOURCE, after, arrive, aside, begun, case, event, gone, person, row, ties

from duecare.store.database.sql_rows import select_rows
from duecare.store.facts.delivery_landing import LANDED, Counts, land_delivery
from duecare.store.facts.delivery_records import (
    accept_delivery,
    count_cases,
    count_defects,
    id_of_number,
    is_held_already,
    last_number,
    latest_accepted_of_each_source,
    next_receipt,
    one_delivery,
    page_of_deliveries,
    received_since,
    refuse_delivery,
    set_aside_batches,
    set_aside_rows,
    source_watermarks,
    sources_after,
    withdraw_absent,
)
from duecare.store.facts.received_delivery import ReceivedDelivery, read_delivery_row
from duecare.store.models import CompleteFile, Delivery, EventTie, Fact, PresentKey, SetAsideRow

pytestmark = pytest.mark.django_db

STATES = ("landing", "refused", "held", "duplicate")


def kept(delivery: ReceivedDelivery) -> ReceivedDelivery:
    """The delivery as the table has it."""
    return read_delivery_row(Delivery.objects.get(pk=delivery.id))


# --- accepted and refused ----------------------------------------------------------------------------------


def test_deliveries_are_numbered_as_they_are_accepted_without_gaps():
    waiting = begun()
    refused = begun(state="refused")
    first, second = arrive(person("A")), arrive(person("B"))
    accept_delivery(waiting, Counts())

    assert [kept(one).number for one in (first, second, waiting, refused)] == [1, 2, 3, None]
    assert kept(waiting).state == "accepted"
    assert (last_number(), id_of_number(3), id_of_number(2), id_of_number(4)) == (3, waiting.id, second.id, None)


def test_before_any_delivery_there_is_no_number():
    begun()

    assert (last_number(), id_of_number(0), id_of_number(1)) == (0, None, None)


def test_no_two_deliveries_have_one_number():
    arrive(person("A"))

    with pytest.raises(IntegrityError), transaction.atomic():
        begun(number=1)


def test_what_became_of_its_rows_is_kept_with_an_accepted_delivery():
    delivery = begun()
    accept_delivery(delivery, Counts(rows_in=21, accepted=6, set_aside=5, stale=4, unchanged=3, withdrawn=2))

    read = kept(delivery)
    assert (read.rows_in, read.accepted, read.set_aside, read.stale) == (21, 6, 5, 4)
    assert (read.unchanged, read.withdrawn, read.refused) == (3, 2, 0)


@pytest.mark.parametrize(("state", "unchanged", "refused"), [("duplicate", 7, 0), ("refused", 0, 7), ("held", 0, 7)])
def test_a_delivery_that_is_refused_leaves_nothing_of_its_rows_and_says_why(state: str, unchanged: int, refused: int):
    other, delivery = begun("niche"), begun()
    for one in (other, delivery):
        land_delivery(one, [ties("E1", ("A", "child")), aside(2), row("persons", "P", {}, notes=(("a", "b"),))])
        PresentKey.objects.create(delivery_id=one.id, sheet="persons", key="P")
        CompleteFile.objects.create(delivery_id=one.id, file="persons.csv")

    refuse_delivery(delivery, state, ["DEL-001", "made up"], Counts(rows_in=7))

    read = kept(delivery)
    assert (read.state, read.reasons, read.number) == (state, ("DEL-001", "made up"), None)
    assert (read.rows_in, read.unchanged, read.refused, read.accepted) == (7, unchanged, refused, 0)
    for table in LANDED:
        assert select_rows(f'SELECT DISTINCT "delivery_id" FROM "{table}"') == [(other.id,)]


def test_a_delivery_refused_before_any_row_was_read_counts_none():
    delivery = begun()
    refused = refuse_delivery(delivery, "refused", ["DEL-001"], Counts())

    assert kept(delivery) == refused
    assert (refused.rows_in, refused.refused, refused.reasons) == (0, 0, ("DEL-001",))


def test_a_delivery_refused_before_it_was_begun_is_kept_from_then_on():
    unkept = ReceivedDelivery("pole-1", SOURCE, RECEIVED, files=("a.csv",), notes=("a note",))

    refused = refuse_delivery(unkept, "held", iter(["DEL-002"]), Counts())

    assert unkept.id is None
    assert kept(refused) == refused == replace(unkept, id=refused.id, state="held", reasons=("DEL-002",))


# --- the database keeps what was accepted ------------------------------------------------------------------


def deeds() -> list[Any]:
    return [
        lambda: Fact.objects.update(key="other"),
        lambda: Fact.objects.update(body=b"{}"),
        lambda: Fact.objects.all()._raw_delete("default"),
        lambda: EventTie.objects.update(record_id="other"),
        lambda: EventTie.objects.all()._raw_delete("default"),
        lambda: SetAsideRow.objects.update(reason="other"),
        lambda: SetAsideRow.objects.all()._raw_delete("default"),
    ]


@pytest.mark.parametrize("place", range(7))
def test_the_database_refuses_to_alter_or_take_away_what_an_accepted_delivery_brought(place: int):
    arrive(ties("E1", ("A", "child")), aside(2))
    tables = (Fact, EventTie, SetAsideRow)
    before = [list(table.objects.values()) for table in tables]

    with pytest.raises(DatabaseError), transaction.atomic():
        deeds()[place]()

    assert [list(table.objects.values()) for table in tables] == before


@pytest.mark.parametrize("place", range(7))
def test_the_rows_of_a_landing_may_still_go(place: int):
    land_delivery(begun(), [ties("E1", ("A", "child")), aside(2)])

    deeds()[place]()


def test_a_transaction_that_fails_leaves_a_landing_a_landing():
    delivery = begun()
    land_delivery(delivery, [person("A")])

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _ = (accept_delivery(delivery, Counts(rows_in=1, accepted=1)), 1 / 0)

    assert (kept(delivery).state, kept(delivery).number, kept(delivery).accepted) == ("landing", None, 0)
    assert last_number() == 0


# --- listed ------------------------------------------------------------------------------------------------


def test_deliveries_are_listed_by_pages_newest_first_without_landings():
    made = [begun(state=state) for state in ("accepted", "landing", "refused", "held", "duplicate", "accepted")]
    shown = [one.id for one in reversed(made) if one.state != "landing"]

    pages = [page_of_deliveries(number, 2) for number in (1, 2, 3, 4)]

    assert [[one.id for one in page] for page, _ in pages] == [shown[:2], shown[2:4], shown[4:], []]
    assert {total for _, total in pages} == {5}


def test_one_delivery_by_its_id_unless_it_is_landing():
    landing, refused, accepted = begun(), begun(state="refused"), arrive(person("A"))

    assert one_delivery(landing.id) is None
    assert (one_delivery(refused.id), one_delivery(accepted.id), one_delivery(10**9)) == (refused, accepted, None)


def test_content_is_held_already_where_it_was_accepted_from_this_source():
    content = "a" * 64
    for state in STATES:
        begun(state=state, content_sha256=content)
    begun("niche", state="accepted", content_sha256=content)
    begun(state="accepted", content_sha256="b" * 64)
    assert not is_held_already(SOURCE, content)

    begun(state="accepted", content_sha256=content)

    assert is_held_already(SOURCE, content)
    assert not is_held_already("merlin", content)


def test_rows_set_aside_are_read_by_file_and_in_order_of_their_rows():
    delivery = arrive(aside(3, event_id="c"), aside(1, event_id="a"), aside(2, "persons.csv"), aside(1, event_id="b"))
    arrive(aside(9))

    rows = set_aside_rows(delivery.id, "events.csv")

    assert [(one.row, one.original[0][1]) for one in rows] == [(1, "a"), (1, "b"), (3, "c")]
    assert set_aside_rows(delivery.id, "cases.csv") == []


@pytest.mark.parametrize(("at_once", "sizes"), [(1, [1] * 5), (2, [2, 2, 1]), (5, [5]), (99, [5])])
def test_rows_set_aside_are_read_some_at_a_time_by_file_and_row(at_once: int, sizes: list[int]):
    delivery = arrive(aside(3), aside(2, "persons.csv"), aside(1), aside(5, "cases.csv"), aside(2, "cases.csv"))
    arrive(aside(9))

    batches = list(set_aside_batches(delivery.id, at_once))

    assert [len(batch) for batch in batches] == sizes
    assert [(one.file, one.row) for batch in batches for one in batch] == [
        ("cases.csv", 2), ("cases.csv", 5), ("events.csv", 1), ("events.csv", 3), ("persons.csv", 2),
    ]  # fmt: skip
    assert list(set_aside_batches(10**9)) == []


def test_defects_are_counted_the_most_frequent_first_then_by_column():
    def noted(key: str, *notes: tuple[str, str]) -> Any:
        return row("persons", key, {"school": key}, notes=notes)

    delivery = arrive(
        noted("A", ("sex", "unknown"), ("phone", "short")),
        noted("B", ("sex", "unknown"), ("email", "no at")),
        noted("C", ("sex", "blank")),
    )
    arrive(noted("D", ("sex", "unknown")))

    counted = count_defects(delivery.id)

    assert counted[:3] == [("sex", "unknown", 2), ("email", "no at", 1), ("phone", "short", 1)]
    assert counted[3:] == [("sex", "blank", 1)]
    assert count_defects(10**9) == []


def test_cases_are_counted_whichever_source_names_them():
    assert count_cases() == 0
    arrive(case("C1"), event("E1", case_ref="C2"), person("C3"), ties("E1", ("C4", "child")))
    arrive(case("C1"), source="niche")

    assert count_cases() == 3


# --- of each source ----------------------------------------------------------------------------------------


def test_a_source_is_as_fresh_as_its_latest_extract_and_receipt_whichever_delivery_each_came_with():
    arrive(person("A"), extracted_at=after(50), received_at=after(60))
    arrive(person("B"), extracted_at=after(10), received_at=after(90))
    arrive(person("A"), source="niche", received_at=after(70))
    begun(state="refused", extracted_at=after(900), received_at=after(900))
    begun("merlin", state="landing")

    assert latest_accepted_of_each_source() == [("niche", None, after(70)), (SOURCE, after(50), after(90))]


def test_the_watermark_of_a_source_is_its_latest_accepted_delivery_by_number():
    assert source_watermarks() == ()
    arrive(person("A"), name="first", extracted_at=after(50))
    arrive(person("B"), name="second", extracted_at=after(10))
    arrive(person("A"), source="niche", name="other")
    begun(state="accepted", number=9, source="early", name="nine", extracted_at=NINE)
    begun(state="accepted", number=8, source="early", name="eight")
    begun(state="refused", name="third")
    begun(state="accepted", number=None, name="fourth")

    assert source_watermarks() == (
        ("early", 9, "nine", "2026-03-02T09:00:00+00:00"),
        ("niche", 3, "other", ""),
        (SOURCE, 2, "second", "2026-03-02T09:00:10+00:00"),
    )


def test_sources_that_have_delivered_since_a_number():
    arrive(person("A"))
    arrive(person("A"), source="niche")
    arrive(person("B"), source="niche")
    begun("merlin", state="refused")

    assert [sources_after(number) for number in range(4)] == [{SOURCE, "niche"}, {"niche"}, {"niche"}, frozenset()]


def test_the_next_delivery_of_a_source_is_received_after_the_one_before_it_by_a_second():
    assert next_receipt(SOURCE, RECEIVED) == RECEIVED
    arrive(person("A"), received_at=RECEIVED)
    arrive(person("B"), received_at=RECEIVED - timedelta(days=1))
    begun(state="refused", received_at=RECEIVED + timedelta(days=9))
    second = timedelta(seconds=1)

    for now, expected in (
        (RECEIVED - timedelta(days=3), RECEIVED + second),
        (RECEIVED, RECEIVED + second),
        (RECEIVED + timedelta(microseconds=999_999), RECEIVED + second),
        (RECEIVED + second, RECEIVED + second),
        (RECEIVED + second + timedelta(microseconds=1), RECEIVED + second + timedelta(microseconds=1)),
    ):
        assert next_receipt(SOURCE, now) == expected
    assert next_receipt("niche", RECEIVED) == RECEIVED


def test_which_rows_a_later_delivery_brought_a_version_of():
    first = arrive(person("A"), case("A"), person("B", number=2))
    arrive(person("A", at=after(-9)), gone("persons", "C"))
    arrive(case("B"), person("B"), source="niche")
    land_delivery(begun(), [person("B", at=after(7))])
    asked = [(sheet, key) for sheet in ("persons", "cases") for key in "ABCD"]

    assert received_since(first, asked) == {("persons", "A"), ("persons", "C")}
    assert received_since(first, [("persons", "A"), ("persons", "A")]) == {("persons", "A")}
    assert received_since(first, []) == set()
    assert received_since(one_delivery(id_of_number(2)), asked) == set()
    assert received_since(begun(), asked) == set()  # it has no number yet


# --- what a full delivery no longer holds ------------------------------------------------------------------


def full(*rows: Any, at: float = 1000) -> tuple[ReceivedDelivery, Counts]:
    delivery = begun(scope="full", extracted_at=after(at))
    return delivery, land_delivery(delivery, rows)


def test_what_complete_files_no_longer_hold_is_withdrawn_at_the_extract_and_counted():
    arrive(person("A"), person("B", number=2), person("C", number=3), case("C1"), event("E1"))
    delivery, counts = full(person("A"), case("C2"))

    assert withdraw_absent(delivery, counts, ["persons.csv", "cases.csv"]) == (3, 4)

    assert counts.withdrawn == 3
    written = Fact.objects.filter(delivery_id=delivery.id, is_withdrawn=True).order_by("sheet", "key")
    assert [(one.sheet, one.key, one.file, one.row) for one in written] == [
        ("cases", "C1", "cases.csv", 0), ("persons", "B", "persons.csv", 0), ("persons", "C", "persons.csv", 0),
    ]  # fmt: skip
    assert {one.version_at for one in written} == {int(after(1000).timestamp())}
    assert {bytes(one.body) for one in written} == {b"{}"}


def test_a_file_that_is_not_complete_withdraws_nothing():
    arrive(person("A"), person("B", number=2), case("C1"))
    delivery, counts = full(person("A"))

    assert withdraw_absent(delivery, counts, ["cases.csv"]) == (1, 1)
    assert list(Fact.objects.filter(is_withdrawn=True).values_list("sheet", "key")) == [("cases", "C1")]


def test_an_empty_complete_file_withdraws_all_that_ever_came_in_it():
    arrive(person("A"), person("B", number=2, file="others.csv"))
    delivery, counts = full()

    assert withdraw_absent(delivery, counts, ["persons.csv"]) == (1, 1)
    assert list(Fact.objects.filter(is_withdrawn=True).values_list("key", flat=True)) == ["A"]


def test_a_row_that_comes_back_under_another_file_is_present_in_its_own_file_alone():
    arrive(person("A"))
    delivery, counts = full(person("A", file="more.csv"))

    assert withdraw_absent(delivery, counts, ["persons.csv", "more.csv"]) == (1, 1)


def test_which_files_were_complete_and_which_keys_it_held_unseen_is_kept():
    delivery, counts = full(person("A", at=after(5000)), person("B", number=2))

    withdraw_absent(delivery, counts, ["persons.csv", "cases.csv"])

    assert list(CompleteFile.objects.order_by("id").values_list("delivery_id", "file")) == [
        (delivery.id, "cases.csv"),
        (delivery.id, "persons.csv"),
    ]
    assert list(PresentKey.objects.values_list("delivery_id", "sheet", "key")) == [(delivery.id, "persons", "A")]


def test_keys_without_end_are_withdrawn_in_several_transactions():
    arrive(*(person(f"N{number}", number=number) for number in range(1_201)))
    delivery, counts = full()

    assert withdraw_absent(delivery, counts, ["persons.csv"]) == (1_201, 1_201)
    assert Fact.objects.filter(delivery_id=delivery.id, is_withdrawn=True).count() == 1_201


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_an_extract_is_kept_to_the_microsecond():
    exact = moment("2026-03-02T09:00:00.123456+00:00")
    delivery = arrive(person("A"), extracted_at=exact, received_at=exact)

    assert (kept(delivery).extracted_at, kept(delivery).received_at) == (exact, exact)
    assert latest_accepted_of_each_source() == [(SOURCE, exact, exact)]
