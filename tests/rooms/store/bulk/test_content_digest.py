"""One hash of the stored content: the same for the same content in any order of arrival, another for any other."""

from __future__ import annotations

import hashlib
import itertools
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.made.landed import NINE, RECEIVED, SOURCE, after, arrive, begun, gone, linked, person, row

from duecare.person.judgement import Judgement, Verdict
from duecare.record.pole import RecordKey
from duecare.store.bulk.content_digest import (
    facts_digest,
    grades_digest,
    hash_of,
    judgements_digest,
    latest_written,
    people_digest,
)
from duecare.store.database.sql_rows import select_nothing
from duecare.store.facts.delivery_landing import land_delivery
from duecare.store.link_review.link_judgements import keep_judgement, take_back
from duecare.store.models import Delivery, OpenedGrade, OrganisationKey, Round, SampledFile, SealedGrade

EMPTY = hashlib.sha256(b"").hexdigest()
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def emptied() -> None:
    """The same store as before anything came: what is no longer accepted may go."""
    Delivery.objects.update(state="landing")
    select_nothing('DELETE FROM "fact"', [])
    Delivery.objects.all()._raw_delete("default")


# --- lines in order (no database) --------------------------------------------------------------------------


def test_lines_are_hashed_in_the_order_of_their_text_each_ended():
    assert hash_of(["b", "a"]) == hash_of(iter(["a", "b"])) == hashlib.sha256(b"a\nb\n").hexdigest()
    assert hash_of(["ab"]) != hash_of(["a", "b"])
    assert hash_of(["a", "a"]) != hash_of(["a"])
    assert hash_of([]) == EMPTY
    assert hash_of(["Zoë"]) == hashlib.sha256("Zoë\n".encode()).hexdigest()


# --- facts -------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_digest_of_facts_is_that_of_their_versions_in_the_order_of_their_bytes():
    assert facts_digest() == EMPTY
    small, capital, by_receipt = person("a"), person("B", at=after(5)), person("é", at=None)
    arrive(small, capital, by_receipt)

    lines = [
        (SOURCE, "persons", "B", str(int(after(5).timestamp())), capital.sha256.hex()),
        (SOURCE, "persons", "a", str(int(NINE.timestamp())), small.sha256.hex()),
        (SOURCE, "persons", "é", "", by_receipt.sha256.hex()),
    ]
    text = "".join("\x1f".join(line) + "\n" for line in lines)
    assert facts_digest() == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.django_db
def test_sources_and_sheets_come_in_the_order_of_their_bytes_too():
    versions = [row("persons", "k", {"a": 1}), row("cases", "k", {"kind": "x"})]
    for source in ("b", "A"):
        arrive(*versions, source=source)

    text = "".join(
        "\x1f".join((source, one.sheet, "k", str(int(NINE.timestamp())), one.sha256.hex())) + "\n"
        for source in ("A", "b")
        for one in reversed(versions)
    )
    assert facts_digest() == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.django_db
def test_the_order_of_arrival_and_how_it_was_cut_into_deliveries_make_no_difference():
    parts = (person("A", school="x"), person("A", at=after(3)), gone("persons", "B", at=after(4)))
    digests = set()
    for order in itertools.permutations(parts):
        for one in order:
            arrive(one)
        digests.add(facts_digest())
        emptied()
    arrive(*parts, received_at=after(10**6))
    digests.add(facts_digest())

    assert len(digests) == 1
    assert digests != {EMPTY}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "other",
    [
        person("A", school="y"),
        person("B", school="x"),
        person("A", school="x", at=after(1)),
        gone("persons", "A"),
        row("cases", "A", {"given_names": "Zelma", "school": "x"}),
    ],
)
def test_another_version_is_another_digest(other: Any):
    arrive(person("A", school="x"))
    before = facts_digest()
    arrive(other)

    assert facts_digest() != before


@pytest.mark.django_db
def test_a_version_without_a_time_counts_once_whenever_it_was_received():
    arrive(person("A", at=None), received_at=RECEIVED)
    first = facts_digest()
    emptied()
    arrive(person("A", at=None), received_at=after(10**7))

    assert facts_digest() == first
    arrive(person("A", at=after(0)))
    assert facts_digest() != first


@pytest.mark.django_db
def test_what_is_held_twice_counts_once_and_what_was_not_accepted_not_at_all():
    from duecare.store.models import Fact

    delivery = arrive(person("A"))
    before = facts_digest()
    twice = Fact.objects.get()
    twice.id = None
    twice.save()
    land_delivery(begun(), [person("B")])
    land_delivery(begun(state="refused"), [person("C")])

    assert facts_digest() == before
    assert Fact.objects.filter(delivery_id=delivery.id).count() == 2


@pytest.mark.django_db
def test_the_latest_time_written_is_that_of_versions_with_a_time_of_accepted_deliveries():
    assert latest_written() == 0
    arrive(person("A", at=after(5)), person("B", at=after(3), number=2))
    arrive(person("C", at=None), received_at=after(10**8))
    land_delivery(begun(), [person("D", at=after(900))])

    assert latest_written() == int(after(5).timestamp())


# --- people, judgements, grades ----------------------------------------------------------------------------


@pytest.mark.django_db
def test_people_are_digested_as_sets_of_records_whatever_their_ids():
    assert people_digest() == EMPTY
    linked(("A", "one"), ("niche", "B", "one"), ("C", "two"))
    first = people_digest()
    assert first == hash_of([f"niche:B|{SOURCE}:A", f"{SOURCE}:C"])
    linked(("C", "x"), ("niche", "B", "y"), ("A", "y"))

    assert people_digest() == first
    linked(("C", "x"), ("niche", "B", "x"), ("A", "y"))
    assert people_digest() != first


def judge(name: str, verdict: Verdict = Verdict.SAME, a: str = "a") -> Judgement:
    records = RecordKey("s", a), RecordKey("s", "b")
    return keep_judgement(Judgement(name, *records, verdict, "somebody", NOON, "a reason"))


@pytest.mark.django_db
def test_judgements_are_digested_by_what_they_say_and_not_once_they_are_taken_back():
    assert judgements_digest() == EMPTY
    judge("one")
    line = f"s:a|s:b|same|{NOON.isoformat()}"
    assert judgements_digest() == hash_of([line])
    judge("two", Verdict.DIFFERENT, "c")
    assert judgements_digest() == hash_of([line, f"s:b|s:c|different|{NOON.isoformat()}"])
    take_back("two", recorded_at=NOON, account_name="x", reason="y")

    assert judgements_digest() == hash_of([line])


@pytest.mark.django_db
def test_grades_are_digested_by_their_seals_once_they_are_opened():
    round_ = Round.objects.create(name="r", title="r", kind="inspection", opened_at=NOON, opened_by="x")
    file = SampledFile.objects.create(
        round=round_, case_source="s", case_ref="c", set="paired", rank=1, reached=1, held=1
    )
    key = OrganisationKey.objects.create(side="force", public=b"p", made_at=NOON, made_by="x")
    sealed = [
        SealedGrade.objects.create(
            file=file, side=side, account=side, seal=side * 2, concealed=b"c", key=key, submitted_at=NOON
        )
        for side in ("force", "inspectorate")
    ]
    assert grades_digest() == EMPTY

    OpenedGrade.objects.create(sealed=sealed[1], grade="good", body={}, salt="n", opened_at=NOON, opened_by="x")

    assert grades_digest() == hash_of(["inspectorateinspectorate|inspectorate"])
