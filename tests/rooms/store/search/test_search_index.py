"""The index of search: brought up to what came, taken out what went, sealed people apart; the same when it is made again."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext
from tests.made.landed import SOURCE, after, arrive, begun, case, event, gone, linked, person, ties

from duecare.record.pole import RecordKey
from duecare.store.database.sql_rows import select_rows
from duecare.store.facts.delivery_landing import land_delivery
from duecare.store.facts.fact_lookup import records_known
from duecare.store.linkage.record_terms import id_of, kept_of, keys_of, read_body, terms_of, words_of
from duecare.store.models import Pointer, SearchRecord
from duecare.store.search import search_index
from duecare.store.search.search_index import Behind, index_behind, rebuild_index, update_index

pytestmark = pytest.mark.django_db

A, B, C, D = (RecordKey(SOURCE, name) for name in "ABCD")


def index() -> dict[str, Any]:
    """All that the index holds."""
    return {
        "records": {
            RecordKey(source, name): (number, bool(apart))
            for number, source, name, apart in select_rows(
                'SELECT "id", "source", "record_id", "is_apart" FROM "search_record"'
            )
        },
        "keys": set(select_rows('SELECT "key", "record" FROM "search_key"')),
        "terms": dict(select_rows('SELECT "term", "number" FROM "search_term"')),
        "words": dict(select_rows('SELECT "word", "number" FROM "search_word"')),
    }


def judged(apart: set[RecordKey], *records: RecordKey) -> dict[str, Any]:
    """What it must hold, worked out from these records whole: those apart have no keys and are counted nowhere."""
    kept = {key: kept_of(record) for key, record in records_known(records).items()}
    open_ones = [one for key, one in kept.items() if key not in apart]
    terms, words = Counter[int](), Counter[str]()
    for one in open_ones:
        terms += terms_of(one)
        words += words_of(one)
    return {
        "records": {key: (id_of(key), key in apart) for key in kept},
        "keys": {(key, id_of(one.key)) for one in open_ones for key in keys_of(one)},
        "terms": dict(terms),
        "words": dict(words),
    }


def people() -> None:
    arrive(
        person("A", family_name="Quill", date_of_birth="2014-05-06", phone=["07700900001"]),
        person("B", family_name="Quill", number=2),
        person("C", given_names="Bo", family_name="Rowe", number=3),
    )


def test_an_empty_store_has_an_empty_index_that_is_whole():
    assert index_behind() == Behind(0, linked=True)
    assert update_index() == Behind()
    assert index() == {"records": {}, "keys": set(), "terms": {}, "words": {}}


@pytest.mark.parametrize(
    ("behind", "whole"),
    [(Behind(), True), (Behind(1), False), (Behind(0, linked=False), False), (Behind(3, linked=False), False)],
)
def test_it_is_whole_where_no_row_and_no_linkage_is_missing(behind: Behind, whole: bool):
    assert behind.is_whole is whole


def test_what_came_is_counted_and_kept_whole():
    people()
    assert index_behind() == Behind(3, linked=True)

    assert update_index().is_whole

    assert index() == judged(set(), A, B, C)
    assert index()["words"]["quill"] == 2
    body = bytes(SearchRecord.objects.get(record_id="A").body)
    assert read_body(A, body) == kept_of(records_known([A])[A])


def test_what_changed_takes_the_place_of_what_was_kept_and_what_went_is_gone():
    people()
    update_index()
    arrive(
        person("A", family_name="Rowe", at=after(5)),
        gone("persons", "B", at=after(5)),
        person("D", at=after(5), number=4),
    )

    update_index()

    assert index() == judged(set(), A, C, D)
    assert "quill" not in index()["words"]
    assert index()["words"]["rowe"] == 2


def test_a_record_that_stood_again_is_counted_again():
    people()
    update_index()
    arrive(gone("persons", "B", at=after(5)))
    update_index()
    arrive(person("B", family_name="Quill", at=after(9)))
    update_index()

    assert index() == judged(set(), A, B, C)


def test_what_changed_nothing_leaves_the_index_as_it_was():
    people()
    update_index()
    before = index()
    arrive(person("A", family_name="Old", at=after(-9)), case("C1"), event("E1"))

    assert update_index().is_whole
    assert index() == before


def test_more_rows_than_may_be_counted_at_one_look_are_left_and_named():
    people()

    assert update_index(most_records=2) == Behind(3, linked=True)
    assert index()["records"] == {}
    assert update_index(most_records=3) == Behind()
    assert index() == judged(set(), A, B, C)


def test_another_linkage_is_noted_even_where_no_row_came():
    people()
    update_index()
    run = linked(("A", "one"), ("B", "one"))

    assert index_behind() == Behind(0, linked=False)
    assert update_index(most_records=0) == Behind()
    assert dict(Pointer.objects.values_list("name", "run")) == {
        "link": run.id, "search": 1, "search_link": run.id, "search_moves": 0,
    }  # fmt: skip


def test_what_is_landing_is_not_counted():
    land_delivery(begun(), [person("A")])

    assert update_index() == Behind()
    assert index()["records"] == {}


# --- sealed ------------------------------------------------------------------------------------------------


def test_every_record_of_somebody_sealed_is_apart_and_counted_nowhere():
    people()
    linked(("A", "one"), ("B", "one"))
    update_index()
    assert index() == judged(set(), A, B, C)
    arrive(person("A", family_name="Quill", sealed=True, at=after(5)))

    update_index()

    assert index() == judged({A, B}, A, B, C)


def test_somebody_whose_seal_was_lifted_is_found_again():
    people()
    arrive(person("A", sealed=True, at=after(5)))
    update_index()
    assert index() == judged({A}, A, B, C)
    arrive(person("A", at=after(9)))

    update_index()

    assert index() == judged(set(), A, B, C)


def test_a_linkage_that_joins_somebody_to_somebody_sealed_sets_them_apart_and_parts_them_again():
    people()
    arrive(person("A", sealed=True, at=after(5)))
    update_index()
    linked(("A", "one"), ("C", "one"))
    update_index()
    assert index() == judged({A, C}, A, B, C)
    linked(("A", "one"), ("B", "one"))
    update_index()

    assert index() == judged({A, B}, A, B, C)


def test_records_of_which_only_sealed_cases_speak_are_apart():
    people()
    arrive(
        case("C1", sealed=True), event("E1", case_ref="C1"), ties("E1", ("A", "child"), ("B", "child")),
        event("E2", number=2), ties("E2", ("B", "child")),
    )  # fmt: skip

    update_index()

    assert index() == judged({A}, A, B, C)


# --- made again --------------------------------------------------------------------------------------------


def test_made_from_the_facts_it_is_the_same_and_stands_for_everything():
    people()
    arrive(person("D", sealed=True, family_name="Dell"))
    linked(("A", "one"), ("B", "one"))
    update_index()
    kept = index()
    SearchRecord.objects.all()._raw_delete("default")
    for table in ("search_key", "search_word"):
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(f'DELETE FROM "{table}"')

    rebuild_index()

    assert index() == kept == judged({D}, A, B, C, D)
    assert index_behind().is_whole


def test_progress_is_told_by_records_and_batches_are_bounded(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(search_index, "AT_ONCE", 2)
    people()
    heard: list[tuple[str, int]] = []

    update_index(report_progress=lambda step, count: heard.append((step, count)))
    rebuild_index(lambda step, count: heard.append((step, count)))

    assert heard == [("records for search", 2), ("records for search", 3)] * 2
    assert index() == judged(set(), A, B, C)


def test_nobody_else_changes_the_index_while_a_batch_or_the_state_is_written(monkeypatch: pytest.MonkeyPatch):
    """Every transaction that writes holds the one row; two that held none would count a record twice."""
    from django.db import connection

    monkeypatch.setattr(search_index, "AT_ONCE", 2)
    people()
    held: list[int] = []
    real = search_index._lock_index
    monkeypatch.setattr(search_index, "_lock_index", lambda: (held.append(len(index()["records"])), real()))

    update_index()
    assert held == [0, 2, 3]  # before each of two batches, and before the state moves
    rebuild_index()
    assert held[3:] == [3, 0, 2, 3]
    assert Pointer.objects.filter(name="search").exists()
    with CaptureQueriesContext(connection) as asked:
        real()
    assert any("FOR UPDATE" in query["sql"] for query in asked.captured_queries) == (connection.vendor == "postgresql")


def test_whoever_is_stopped_half_way_is_gone_on_from(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(search_index, "AT_ONCE", 1)
    people()

    def stop(step: str, count: int) -> None:
        if count == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        update_index(report_progress=stop)
    assert len(index()["records"]) == 2
    assert index_behind() == Behind(3, linked=True)

    update_index()
    assert index() == judged(set(), A, B, C)


def test_what_comes_while_it_is_brought_up_is_counted_too():
    people()
    more = iter([[person("D", family_name="Dell")]])

    def another(step: str, count: int) -> None:
        for versions in more:
            arrive(*versions)

    assert update_index(report_progress=another).is_whole
    assert index() == judged(set(), A, B, C, D)
