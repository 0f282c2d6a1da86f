"""Landing: what is written of every row, what becomes of versions that are held, older or the same, and what is swept away."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.made.landed import (
    NINE,
    RECEIVED,
    SOURCE,
    after,
    arrive,
    aside,
    begun,
    case,
    event,
    gone,
    officer,
    person,
    post,
    row,
    ties,
)

from duecare.record.version import RowVersion
from duecare.store.database.sql_rows import select_rows
from duecare.store.facts import delivery_landing
from duecare.store.facts.delivery_landing import SAME_TIME, Counts, fact_row, land_delivery, sweep_landings, take_away
from duecare.store.facts.received_delivery import ReceivedDelivery
from duecare.store.models import CompleteFile, Defect, Delivery, EventTie, Fact, Handle, PresentKey, SetAsideRow

pytestmark = pytest.mark.django_db


def held(**where: Any) -> list[tuple[Any, ...]]:
    """Of every fact kept: sheet, key, seconds after nine, whether it withdraws, what it says."""
    return [
        (one.sheet, one.key, one.version_at - int(NINE.timestamp()), one.is_withdrawn, orjson.loads(bytes(one.body)))
        for one in Fact.objects.filter(**where).order_by("sheet", "key", "version_at", "sha256")
    ]


def outcome(counts: Counts) -> tuple[int, int, int, int, int]:
    return counts.rows_in, counts.accepted, counts.stale, counts.unchanged, counts.set_aside


# --- what is written -----------------------------------------------------------------------------------


def test_every_column_of_an_event_is_written_as_it_is_looked_up_by():
    version = event(
        "E1",
        "investigator_allocated",
        after(-60),
        at=after(5),
        number=7,
        case_ref="C1",
        case_source="niche",
        officer=" PC 12\u0130 ",
    )
    delivery = begun()

    land_delivery(delivery, [version])

    fact = Fact.objects.get()
    assert (fact.delivery_id, fact.source, fact.sheet, fact.key) == (delivery.id, SOURCE, "events", "E1")
    assert (fact.version_at, fact.happened_at) == (int(after(5).timestamp()), int(after(-60).timestamp()))
    assert (fact.is_by_receipt, fact.is_withdrawn, fact.is_sealed) == (False, False, False)
    assert (bytes(fact.sha256), bytes(fact.body)) == (version.sha256, version.body)
    assert (fact.file, fact.row) == ("events.csv", 7)
    assert (fact.kind, fact.case_source, fact.case_ref) == ("investigator_allocated", "niche", "C1")
    assert fact.officer == " PC 12\u0130 ".strip().casefold()


def test_a_case_without_a_source_of_its_own_is_of_the_source_that_delivers_and_none_has_no_source():
    land_delivery(begun(), [event("E1", case_ref="C1"), event("E2", case_source="niche", number=2)])

    assert Fact.objects.get(key="E1").case_source == SOURCE
    assert (Fact.objects.get(key="E2").case_source, Fact.objects.get(key="E2").case_ref) == (None, None)


def test_an_event_of_a_day_happened_at_the_first_second_of_that_day_in_london():
    land_delivery(begun(), [event("E1", happened_at="2026-07-01")])

    assert Fact.objects.get().happened_at == int(NINE.replace(month=6, day=30, hour=23).timestamp())


@pytest.mark.parametrize("said", [None, "", "   "])
def test_an_event_that_names_no_officer_has_none(said):
    land_delivery(begun(), [event("E1", officer=said)])

    assert Fact.objects.get().officer is None


@pytest.mark.parametrize(
    "version", [gone("events", "E1"), person("P1"), case("C1"), ties("E1", ("P1", "child")), officer("X1"), post("P1")]
)
def test_only_a_standing_event_has_what_events_are_looked_up_by(version: RowVersion):
    land_delivery(begun(), [version])

    fact = Fact.objects.get()
    assert (fact.kind, fact.happened_at, fact.case_source, fact.case_ref, fact.officer) == (None,) * 5


@pytest.mark.parametrize(
    ("version", "is_sealed"),
    [
        (person("P1", sealed=True), True),
        (case("C1", sealed=True), True),
        (person("P1", sealed=False), False),
        (person("P1", given_names='"sealed":true'), False),
        (case("C1", restricted=True), False),
        (event("E1", sealed=True), False),
    ],
)
def test_a_seal_is_noted_of_people_and_cases_alone(version: RowVersion, is_sealed: bool):
    land_delivery(begun(), [version])

    assert Fact.objects.get().is_sealed is is_sealed


def test_a_row_without_a_time_has_that_of_its_receipt_in_whole_seconds():
    land_delivery(begun(received_at=RECEIVED.replace(microsecond=999_999)), [person("P1", at=None)])

    fact = Fact.objects.get()
    assert (fact.version_at, fact.is_by_receipt) == (int(RECEIVED.timestamp()), True)


def test_fact_row_gives_the_values_in_the_order_of_the_columns():
    delivery = begun()
    values = dict(zip(delivery_landing.FACT_COLUMNS, fact_row(delivery, case("C1", sealed=True)), strict=True))

    land_delivery(delivery, [case("C1", sealed=True)])

    kept = Fact.objects.values(*delivery_landing.FACT_COLUMNS).get()
    assert {**kept, "sha256": bytes(kept["sha256"]), "body": bytes(kept["body"])} == values


def test_the_ties_of_an_event_are_looked_up_once_for_each_record_whatever_its_roles():
    version = ties("E1", ("A", "child"), ("A", "victim"), ("niche", "A", "child"))

    land_delivery(begun(), [version])

    rows = EventTie.objects.values_list("source", "event_id", "record_source", "record_id")
    assert sorted(rows) == [(SOURCE, "E1", "niche", "A"), (SOURCE, "E1", SOURCE, "A")]


def test_a_withdrawn_set_of_ties_names_nobody():
    land_delivery(begun(), [gone("ties", "E1")])

    assert not EventTie.objects.exists()


def test_a_row_set_aside_is_kept_as_delivered_with_how_it_is_mended():
    delivery = begun()
    counts = land_delivery(delivery, [aside(4, event_id="E9", kind="?")])

    (kept,) = SetAsideRow.objects.all()
    assert (kept.delivery_id, kept.file, kept.row, kept.column) == (delivery.id, "events.csv", 4, "kind")
    assert (kept.reason, kept.remedy) == ("no kind of event", "give one of the kinds")
    assert [tuple(pair) for pair in kept.original] == [("event_id", "E9"), ("kind", "?")]
    assert outcome(counts) == (1, 0, 0, 0, 1)
    assert not Fact.objects.exists()


def test_defects_are_noted_of_rows_that_are_kept_and_of_no_others():
    noted = row(
        "persons", "P1", {"given_names": "Zelma"}, number=3, notes=(("sex", "unknown code"), ("phone", "short"))
    )
    arrive(noted)
    land_delivery(begun(), [noted])

    assert list(Defect.objects.order_by("column").values_list("file", "row", "column", "reason")) == [
        ("persons.csv", 3, "phone", "short"),
        ("persons.csv", 3, "sex", "unknown code"),
    ]


# --- names for the ledger ------------------------------------------------------------------------------


def test_every_record_and_case_that_is_named_gets_a_handle_and_counts_have_them_all():
    counts = land_delivery(
        begun(),
        [
            person("P1"),
            case("C1"),
            event("E1", case_ref="C2", case_source="niche"),
            event("E2", number=2),
            ties("E1", ("niche", "P2", "child"), ("P3", "suspect")),
            officer("X1"),
            post("DI"),
        ],
    )

    named = set(Handle.objects.values_list("kind", "source", "key"))
    assert named == {
        ("record", SOURCE, "P1"),
        ("case", SOURCE, "C1"),
        ("case", "niche", "C2"),
        ("record", "niche", "P2"),
        ("record", SOURCE, "P3"),
    }
    assert counts.handles == set(Handle.objects.values_list("handle", flat=True))


def test_a_withdrawn_record_or_case_is_named_and_a_withdrawn_event_names_no_case():
    land_delivery(begun(), [gone("persons", "P1"), gone("cases", "C1"), gone("events", "E1")])

    assert set(Handle.objects.values_list("kind", "key")) == {("record", "P1"), ("case", "C1")}


def test_what_is_unchanged_names_nobody_again():
    arrive(person("P1"))

    assert land_delivery(begun(), [person("P1")]).handles == set()


# --- what becomes of each version ----------------------------------------------------------------------


def test_the_same_version_is_kept_once_however_often_it_is_delivered():
    arrive(person("P1"))
    counts = land_delivery(begun(), [person("P1"), person("P1", number=2)])

    assert outcome(counts) == (2, 0, 0, 2, 0)
    assert Fact.objects.count() == 1


def test_a_later_version_is_accepted_an_earlier_one_is_stale_and_both_are_kept():
    arrive(person("P1", at=after(10), school="first"))

    later = land_delivery(begun(), [person("P1", at=after(11), school="second")])
    earlier = land_delivery(begun(), [person("P1", at=after(9), school="third")])

    assert (outcome(later), outcome(earlier)) == ((1, 1, 0, 0, 0), (1, 0, 1, 0, 0))
    assert [(at, said["school"]) for _, _, at, _, said in held()] == [(9, "third"), (10, "first"), (11, "second")]


def test_the_same_content_at_another_time_is_another_version():
    arrive(person("P1", at=after(10)))

    assert outcome(land_delivery(begun(), [person("P1", at=after(12))])) == (1, 1, 0, 0, 0)
    assert outcome(land_delivery(begun(), [person("P1", at=after(8))])) == (1, 0, 1, 0, 0)


def test_of_two_versions_of_one_time_the_larger_hash_counts_and_the_second_has_a_defect():
    low, high = sorted((person("P1", school="a"), person("P1", school="b")), key=lambda version: version.sha256)
    arrive(low)
    beats = land_delivery(begun(), [high])

    assert outcome(beats) == (1, 1, 0, 0, 0)
    assert list(Defect.objects.values_list("column", "reason")) == [SAME_TIME]


def test_of_two_versions_of_one_time_the_smaller_hash_that_comes_second_is_stale():
    low, high = sorted((person("P1", school="a"), person("P1", school="b")), key=lambda version: version.sha256)
    arrive(high)

    assert outcome(land_delivery(begun(), [low])) == (1, 0, 1, 0, 0)
    assert Defect.objects.count() == 1


def test_a_row_without_a_time_that_says_what_stands_is_unchanged_and_one_that_says_more_is_accepted():
    arrive(person("P1", at=None), received_at=RECEIVED)
    same = land_delivery(begun(received_at=after(10**8)), [person("P1", at=None)])
    other = land_delivery(begun(received_at=after(10**8)), [person("P1", at=None, school="x")])

    assert (outcome(same), outcome(other)) == ((1, 0, 0, 1, 0), (1, 1, 0, 0, 0))


def test_a_row_without_a_time_that_says_what_once_stood_is_accepted_again():
    arrive(person("P1", at=None, school="a"), received_at=RECEIVED)
    arrive(person("P1", at=None, school="b"), received_at=after(10**8))

    again = land_delivery(begun(received_at=after(2 * 10**8)), [person("P1", at=None, school="a")])

    assert outcome(again) == (1, 1, 0, 0, 0)


def test_rows_are_told_apart_by_source_and_sheet():
    arrive(row("persons", "1", {"kind": "x"}), row("cases", "1", {"kind": "x"}))

    assert outcome(land_delivery(begun("niche"), [row("persons", "1", {"kind": "x"})])) == (1, 1, 0, 0, 0)
    assert outcome(land_delivery(begun(), [row("cases", "1", {"kind": "x"})])) == (1, 0, 0, 1, 0)


def test_a_row_of_one_sheet_is_no_version_of_a_row_of_another_with_its_key():
    arrive(row("persons", "1", {"kind": "x"}, at=after(5)))

    assert outcome(land_delivery(begun(), [row("cases", "1", {"kind": "x"})])) == (1, 1, 0, 0, 0)


def test_what_stands_is_the_larger_hash_of_one_time_whichever_came_first():
    low, high = sorted((person("P1", school="a"), person("P1", school="b")), key=lambda version: version.sha256)
    arrive(high)
    arrive(low)
    by_receipt = replace(high, version_at=None), replace(low, version_at=None)

    counts = [land_delivery(begun(), [version]) for version in by_receipt]

    assert [outcome(one) for one in counts] == [(1, 0, 0, 1, 0), (1, 1, 0, 0, 0)]


def test_what_another_landing_or_a_refused_delivery_brought_is_not_held():
    land_delivery(begun(), [person("P1")])
    land_delivery(begun(state="refused"), [person("P1")])

    assert outcome(land_delivery(begun(), [person("P1")])) == (1, 1, 0, 0, 0)


def test_what_this_landing_brought_in_an_earlier_batch_is_held(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(delivery_landing, "FIRST_BATCH", 1)
    others = [person(f"N{number}", number=number + 10) for number in range(100)]

    counts = land_delivery(begun(), [person("P1"), *others, person("P1", number=2)])

    assert outcome(counts) == (102, 101, 0, 1, 0)


def test_versions_of_one_row_count_once_and_as_the_best_of_them():
    arrive(person("P1", at=after(5)))
    counts = land_delivery(begun(), [person("P1", at=after(5)), person("P1", at=after(4)), person("P1", at=after(6))])
    stale = land_delivery(begun(), [person("P1", at=after(3)), person("P1", at=after(5))])

    assert outcome(counts) == (3, 3, 0, 0, 0)
    assert outcome(stale) == (2, 0, 2, 0, 0)


def test_rows_count_by_how_many_lines_they_were_delivered_in():
    counts = land_delivery(begun(), [ties("E1", ("A", "child"), ("B", "child"), ("C", "suspect"))])

    assert outcome(counts) == (3, 3, 0, 0, 0)


def test_a_row_set_aside_ends_the_row_before_it_and_a_row_of_the_same_number_in_another_file_is_another():
    counts = land_delivery(
        begun(),
        [
            person("P1", number=1),
            aside(1),
            person("P2", number=1, file="more.csv"),
            person("P2", number=1, at=after(1)),
        ],
    )

    assert outcome(counts) == (4, 3, 0, 0, 1)


def test_an_empty_delivery_keeps_nothing():
    heard: list[int] = []

    assert land_delivery(begun(), [], heard.append) == Counts()
    assert heard == []


class Clock:
    """A clock by which every batch takes so long."""

    def __init__(self, step: float) -> None:
        self.step, self.shown = step, 0.0

    def monotonic(self) -> float:
        self.shown += self.step
        return self.shown


@pytest.mark.parametrize(
    ("seconds", "sizes"),
    [
        (0.0, [100, 200, 260, 40]),  # nothing to be measured: twice as many each time, up to the most
        (0.04, [100, 200, 260, 40]),
        (0.1, [100] * 6),
        (0.125, [100, 80, 64, 51, 50, 50, 50, 50, 50, 50, 5]),
        (9.0, [100] + [50] * 10),
    ],
)
def test_a_batch_is_as_large_as_can_be_written_in_a_tenth_of_a_second(monkeypatch, seconds: float, sizes: list[int]):
    monkeypatch.setattr(delivery_landing, "FIRST_BATCH", 100)
    monkeypatch.setattr(delivery_landing, "LARGEST_BATCH", 260)
    monkeypatch.setattr(delivery_landing, "time", Clock(seconds))
    monkeypatch.setattr(delivery_landing, "_keep_batch", lambda _, batch, counts: read.append(len(batch)))
    read: list[int] = []

    land_delivery(begun(), (aside(number) for number in range(sum(sizes))))

    assert read == sizes


def test_progress_is_told_by_rows_read_so_far_and_batches_are_bounded(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(delivery_landing, "FIRST_BATCH", 3)
    monkeypatch.setattr(delivery_landing, "LARGEST_BATCH", 60)
    heard: list[int] = []

    land_delivery(begun(), (person(f"P{number}", number=number) for number in range(170)), heard.append)

    assert heard[0] == 3
    assert heard[-1] == 170
    assert all(1 <= later - earlier <= 60 for earlier, later in pairwise(heard))
    assert max(later - earlier for earlier, later in pairwise(heard)) >= 50


# --- a full delivery notes what it holds ---------------------------------------------------------------


def test_a_full_delivery_counts_the_keys_it_holds_by_file_and_sheet_and_a_partial_one_does_not():
    rows = [person("P1"), person("P1", number=2, at=after(1)), case("C1"), person("P2", number=3, file="more.csv")]
    full = land_delivery(begun(scope="full", extracted_at=after(1000)), rows)
    partial = land_delivery(begun("niche", extracted_at=after(1000)), rows)

    assert full.present == {
        ("persons.csv", "persons"): {"P1"},
        ("cases.csv", "cases"): {"C1"},
        ("more.csv", "persons"): {"P2"},
    }
    assert (partial.present, partial.unseen, full.unseen) == ({}, set(), set())


@pytest.mark.parametrize(("written", "is_unseen"), [(999, False), (1000, False), (1001, True)])
def test_a_key_of_which_only_versions_newer_than_the_extract_are_held_is_unseen(written: int, is_unseen: bool):
    counts = land_delivery(begun(scope="full", extracted_at=after(1000)), [person("P1", at=after(written))])

    assert counts.unseen == ({("persons", "P1")} if is_unseen else set())


def test_a_key_with_an_older_version_is_not_unseen():
    arrive(person("P1", at=after(500)))

    counts = land_delivery(begun(scope="full", extracted_at=after(1000)), [person("P1", at=after(2000))])

    assert counts.unseen == set()


# --- taking away ---------------------------------------------------------------------------------------


def leave_of_everything(delivery: ReceivedDelivery) -> None:
    land_delivery(delivery, [ties("E1", ("A", "child")), aside(3), row("persons", "P1", {}, notes=(("a", "b"),))])
    PresentKey.objects.create(delivery_id=delivery.id, sheet="persons", key="P1")
    CompleteFile.objects.create(delivery_id=delivery.id, file="persons.csv")


def test_a_version_that_comes_after_a_full_delivery_without_it_is_kept_and_withdrawn_by_it():
    arrive(person("P1"), complete=["persons.csv"])

    counts = land_delivery(begun(), [person("P2", at=after(3)), person("P3", at=after(1001), number=2)])

    assert held(key__in=("P2", "P3")) == [
        ("persons", "P2", 3, False, {"given_names": "Zelma"}),
        ("persons", "P2", 1000, True, {}),
        ("persons", "P3", 1001, False, {"given_names": "Zelma"}),
    ]
    assert outcome(counts) == (2, 2, 0, 0, 0)


def counted(delivery: ReceivedDelivery) -> list[int]:
    return [
        select_rows(f'SELECT count(*) FROM "{table}" WHERE "delivery_id" = %s', [delivery.id])[0][0]
        for table in delivery_landing.LANDED
    ]


def test_take_away_leaves_nothing_of_one_landing_and_everything_of_another(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(delivery_landing, "LARGEST_BATCH", 1)
    mine, other = begun(), begun("niche")
    leave_of_everything(mine)
    leave_of_everything(other)
    assert min(counted(mine)) > 0

    take_away(mine.id)

    assert counted(mine) == [0] * 6
    assert min(counted(other)) > 0


def test_sweep_takes_away_every_landing_and_nothing_that_came_to_an_end():
    kept = [arrive(person("P1")), begun(state="refused"), begun(state="held"), begun(state="duplicate")]
    for name in ("niche", "merlin"):
        leave_of_everything(begun(name))

    assert sweep_landings() == 2

    assert set(Delivery.objects.values_list("pk", flat=True)) == {delivery.id for delivery in kept}
    assert Fact.objects.count() == 1
    assert sweep_landings() == 0


# --- against a plain judge -----------------------------------------------------------------------------

VERSIONS = st.lists(
    st.tuples(st.sampled_from("AB"), st.one_of(st.none(), st.integers(0, 3)), st.sampled_from("xy"), st.booleans()),
    max_size=8,
)


def judged(rows: list[tuple[str, int | None, str, bool]], receipt: int) -> tuple[list[str], set[Any]]:
    """The slow judge: each version against every one before it."""
    kept: list[tuple[str, int, bytes]] = []
    outcomes = []
    for key, at, says, withdrawn in rows:
        hashed = row("persons", key, None if withdrawn else {"school": says}).sha256
        mine = [(version_at, content) for name, version_at, content in kept if name == key]
        version = (receipt if at is None else at, hashed)
        if version in mine or (at is None and mine and max(mine)[1] == hashed):
            outcomes.append("unchanged")
            continue
        outcomes.append("accepted" if not mine or version > max(mine) else "stale")
        kept.append((key, *version))
    return outcomes, set(kept)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(VERSIONS, st.integers(0, 9))
def test_what_becomes_of_any_rows_is_what_a_plain_judge_says(rows, cut):
    Fact.objects.filter(delivery__state="landing").delete()
    made = [
        row(
            "persons", key, None if withdrawn else {"school": says}, at=None if at is None else after(at), number=number
        )
        for number, (key, at, says, withdrawn) in enumerate(rows)
    ]
    outcomes, kept = judged(rows, 2)
    delivery = begun(received_at=after(2))

    first, second = land_delivery(delivery, made[:cut]), land_delivery(delivery, made[cut:])

    for word in ("accepted", "stale", "unchanged"):
        assert getattr(first, word) + getattr(second, word) == outcomes.count(word)
    facts = Fact.objects.filter(delivery_id=delivery.id).values_list("key", "version_at", "sha256")
    assert {(key, at - int(NINE.timestamp()), bytes(content)) for key, at, content in facts} == kept


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(VERSIONS, st.integers(0, 1000))
def test_rows_that_have_times_are_kept_the_same_in_any_order(rows, seed):
    made = [
        row("persons", key, None if withdrawn else {"school": says}, at=after(at), number=number)
        for number, (key, at, says, withdrawn) in enumerate(rows)
        if at is not None
    ]
    shuffled = list(made)
    random.Random(seed).shuffle(shuffled)
    one, other = begun("one"), begun("other")

    land_delivery(one, made)
    land_delivery(other, shuffled)

    assert held(delivery_id=one.id) == held(delivery_id=other.id)
