"""Pairs drawn by chance, and what clerks held of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from tests.made.landed import linked

from duecare.record.pole import RecordKey
from duecare.store.link_review.link_samples import (
    PairAnswer,
    answer_pair,
    disputed_pairs,
    keep_sample,
    kept_pairs,
    latest_sample,
    people_of_records,
)
from duecare.store.linkage.linked_people import keep_pairs, keep_totals
from duecare.store.models import LinkAnswer, LinkSample, SampledPair

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 1, 12, 0, 0, 5, tzinfo=UTC)
STRATA = (("near", True, 40, 2), ("far", False, 900, 1))
PAIRS = (("near", "s:a", "t:b"), ("far", "s:c:d", "t:e"), ("near", "s:f", "s:g"))


def draw(run: Any, *pairs: tuple[str, str, str], seed: str = "seed", at: datetime = NOON) -> int:
    return keep_sample(run, at, "clerk", seed, STRATA, pairs or PAIRS)


def test_a_sample_is_read_back_the_same_with_its_pairs_in_their_places():
    run = linked(("a", "one"))
    run = keep_totals(run, records=12, people=7, pairs=3, for_review=1)
    number = draw(run)

    sample = latest_sample()

    assert (sample.number, sample.at, sample.seed, sample.link_run, sample.model) == (
        number,
        NOON,
        "seed",
        run.id,
        "made-up",
    )
    assert (sample.records, sample.people, sample.strata) == (12, 7, STRATA)
    assert [(one.place, one.stratum, one.a, one.b, one.answers) for one in sample.pairs] == [
        (1, "near", RecordKey("s", "a"), RecordKey("t", "b"), ()),
        (2, "far", RecordKey("s", "c:d"), RecordKey("t", "e"), ()),
        (3, "near", RecordKey("s", "f"), RecordKey("s", "g"), ()),
    ]
    assert LinkSample.objects.get().by == "clerk"


def test_before_any_draw_there_is_no_sample_and_nothing_is_disputed():
    assert latest_sample() is None
    assert disputed_pairs(None) == ()


def test_the_latest_sample_is_the_one_drawn_last_with_its_own_answers():
    run = linked(("a", "one"))
    first = draw(run, seed="first", at=NOON + timedelta(days=9))
    answer_pair(latest_sample().pairs[0].pair_id, "one", NOON, "same")
    second = draw(run, PAIRS[1], seed="second")

    sample = latest_sample()
    assert (sample.number, sample.seed, len(sample.pairs)) == (second, "second", 1)
    assert sample.pairs[0].answers == ()
    assert first < second


def test_answers_come_in_the_order_in_which_they_were_given_each_to_its_pair():
    draw(linked(("a", "one")))
    ids = [one.pair_id for one in latest_sample().pairs]
    answer_pair(ids[2], "two", NOON + timedelta(hours=2), "different")
    answer_pair(ids[0], "one", NOON, "unsure")
    answer_pair(ids[2], "one", NOON, "same")

    assert [one.answers for one in latest_sample().pairs] == [
        (PairAnswer("one", "unsure", NOON),),
        (),
        (PairAnswer("two", "different", NOON + timedelta(hours=2)), PairAnswer("one", "same", NOON)),
    ]


def test_a_clerk_answers_a_pair_once():
    draw(linked(("a", "one")))
    pair = latest_sample().pairs[0].pair_id
    answer_pair(pair, "one", NOON, "same")

    with pytest.raises(IntegrityError), transaction.atomic():
        answer_pair(pair, "one", NOON, "different")
    assert latest_sample().pairs[0].answers == (PairAnswer("one", "same", NOON),)


def test_pairs_are_disputed_where_two_clerks_answered_otherwise():
    draw(linked(("a", "one")))
    ids = [one.pair_id for one in latest_sample().pairs]
    for pair, by, verdict in (
        (0, "one", "same"),
        (0, "two", "same"),
        (1, "one", "same"),
        (2, "one", "same"),
        (2, "two", "unsure"),
    ):
        answer_pair(ids[pair], by, NOON, verdict)

    assert disputed_pairs(latest_sample()) == ((RecordKey("s", "f"), RecordKey("s", "g")),)


def test_two_pairs_do_not_share_a_place():
    draw(linked(("a", "one")))
    row = SampledPair.objects.values("sample_id", "stratum", "a_source", "a_record", "b_source", "b_record").first()

    with pytest.raises(IntegrityError), transaction.atomic():
        SampledPair.objects.create(place=1, **row)


@pytest.mark.parametrize(
    ("table", "change"), [(LinkSample, {"seed": "x"}), (SampledPair, {"place": 99}), (LinkAnswer, {"verdict": "x"})]
)
def test_the_database_refuses_to_alter_or_take_away_any_of_it(table: Any, change: dict[str, Any]):
    draw(linked(("a", "one")), PAIRS[0])
    answer_pair(latest_sample().pairs[0].pair_id, "one", NOON, "same")
    before = list(table.objects.values())

    for deed in (lambda: table.objects.update(**change), lambda: table.objects.all()._raw_delete("default")):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()

    assert list(table.objects.values()) == before


def test_pairs_and_people_of_a_run_are_those_of_it_alone():
    other = linked(("a", "other"), ("niche", "z", "third"))
    run = linked(("a", "one"), ("niche", "a", "two"))
    keep_pairs(run, [("s:a", "t:b", 1.5, 0.7, "", ""), ("s:a", "t:c", -2.0, 0.1, "", "")])
    keep_pairs(other, [("s:a", "t:z", 9.0, 0.9, "", "")])

    assert sorted(kept_pairs(run)) == [("s:a", "t:b", 1.5), ("s:a", "t:c", -2.0)]
    assert people_of_records(run) == {"pole:a": "one", "niche:a": "two"}
    assert people_of_records(other) == {"pole:a": "other", "niche:z": "third"}
