"""Pairs drawn by chance: the same by the same seed, answered by two clerks blind to each other, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import DatabaseError
from tests.made.doubtful import AREA, ELSEWHERE, NOW, begun
from tests.made.stores import asking

from duecare.access.viewer import Viewer
from duecare.store.link_review import link_samples
from duecare.use_cases.linkage import answer_sampled_pairs as steps
from duecare.use_cases.linkage.answer_sampled_pairs import answer_pair, next_pair
from duecare.use_cases.linkage.judge_link import judge_pair
from duecare.use_cases.linkage.list_pairs import read_pairs
from duecare.use_cases.linkage.sample_pairs import sample_links
from duecare.vocabulary.refusals import Refusal

pytestmark = pytest.mark.postgres


def clerk(name, *areas):
    return Viewer(name, frozenset({"mash"}), areas=frozenset(areas or (AREA, ELSEWHERE)), channel="web")


ANN, BEN, CAT = asking(NOW, clerk("ann")), asking(NOW, clerk("ben")), asking(NOW, clerk("cat"))


@pytest.fixture
def drawn(store, tmp_path):
    """The store with everyone in it, linked, and pairs drawn."""
    begun(store.config, tmp_path)
    sample_links(asking(NOW), store.config, 50, "a seed")
    return store.config


def names(pair):
    return {pair.a.record_id, pair.b.record_id}


def go_through(who, config, says):
    """Answer whatever is asked, as `says` of the two records' names, until nothing is left."""
    asked = []
    while (now := next_pair(who, config)).records is not None:
        two = {record.key.record_id for record in now.records}
        asked.append(two)
        answer_pair(who, config, now.sample, now.place, says(two))
        assert len(asked) < 100
    return asked, now


def test_a_draw_holds_joined_pairs_and_others_and_none_that_is_sealed(drawn):
    sample = link_samples.latest_sample()
    found = [names(one) for one in sample.pairs]

    assert {"sure-1", "sure-2"} in found
    assert {"quill-1", "quill-2"} in found
    assert not any("sealed-2" in one for one in found)
    assert {joined for _, joined, _, _ in sample.strata} == {True, False}
    assert sum(number for *_, number in sample.strata) == len(sample.pairs)
    assert all(number <= of for *_, of, number in sample.strata)


def test_the_same_seed_gives_the_same_pairs_in_the_same_order_and_another_another_order(drawn):
    def order():
        return [(one.a, one.b) for one in link_samples.latest_sample().pairs]

    first = order()
    sample_links(asking(NOW), drawn, 50, "a seed")
    again = order()
    others = set()
    for seed in "bcdefg":
        sample_links(asking(NOW), drawn, 50, seed)
        others.add(tuple(order()))

    assert again == first
    assert len(others) > 1


def test_nothing_can_be_drawn_where_nothing_was_linked(store):
    with pytest.raises(Refusal, match="LNK-007"):
        sample_links(asking(NOW), store.config)


def test_two_clerks_answer_blind_and_are_shown_how_far_they_agree_when_they_are_through(drawn):
    asked, ann = go_through(ANN, drawn, lambda two: "same" if "sure-1" in two or "quill-1" in two else "different")
    assert ann.agreement.pairs == 0
    sees = next_pair(BEN, drawn)
    assert (sees.answered, sees.agreement) == (0, None)
    again, ben = go_through(BEN, drawn, lambda two: "same" if "sure-1" in two else "different")
    _, cat = go_through(CAT, drawn, lambda two: "unsure")

    assert again == asked
    assert ben.agreement.pairs == len(asked)
    assert ben.agreement.raw.value == pytest.approx((len(asked) - 1) / len(asked))
    assert 0 < ben.agreement.kappa.value < 1
    assert cat.answered == 0
    assert cat.agreement is None


def test_where_one_clerk_is_shown_before_they_are_through_the_same_test_is_red(drawn, monkeypatch):
    """The counter: a page that tells agreement at once gives away what the other held."""
    right = steps.next_pair
    monkeypatch.setattr(
        "tests.use_cases.test_answer_pairs.next_pair",
        lambda who, config: replace(right(who, config), agreement=steps.sample_agreement(link_samples.latest_sample())),
    )

    with pytest.raises(AssertionError):
        test_two_clerks_answer_blind_and_are_shown_how_far_they_agree_when_they_are_through(drawn)


def test_a_disagreement_goes_to_the_front_of_the_pairs_to_look_at_until_it_is_judged(drawn):
    go_through(ANN, drawn, lambda two: "same")
    go_through(BEN, drawn, lambda two: "different" if "sure-1" in two else "same")

    first, *others = read_pairs(ANN, drawn)
    assert {record.key.record_id for record in first.records} == {"sure-1", "sure-2"}
    assert (first.is_disputed, [one.is_disputed for one in others]) == (True, [False] * len(others))
    judge_pair(ANN, drawn, first.pair.a, first.pair.b, "same", "Both files say so.")

    assert not any(one.is_disputed for one in read_pairs(ANN, drawn))


def test_an_answer_changes_nobodys_links_and_is_no_judgement(drawn):
    from duecare.store.linkage.linked_people import every_membership, standing_judgements

    before = list(every_membership())
    go_through(ANN, drawn, lambda two: "same")
    go_through(BEN, drawn, lambda two: "same")

    assert list(every_membership()) == before
    assert standing_judgements() == []


def test_who_may_not_open_both_is_not_asked_and_cannot_answer(drawn):
    here = asking(NOW, clerk("here", AREA))
    asked, _ = go_through(here, drawn, lambda two: "unsure")
    away = next(one for one in link_samples.latest_sample().pairs if "away-1" in names(one))

    assert not any("away-1" in two for two in asked)
    for place in (away.place, 999):
        with pytest.raises(Refusal, match="ACC-001"):
            answer_pair(here, drawn, link_samples.latest_sample().number, place, "same")


def test_nobody_answers_twice_nor_a_third_nor_an_earlier_draw_nor_anything_else(drawn):
    now = next_pair(ANN, drawn)
    with pytest.raises(Refusal, match="LNK-008"):
        answer_pair(ANN, drawn, now.sample, now.place, "perhaps")
    answer_pair(ANN, drawn, now.sample, now.place, "same")
    with pytest.raises(Refusal, match="LNK-008"):
        answer_pair(ANN, drawn, now.sample, now.place, "different")
    answer_pair(BEN, drawn, now.sample, now.place, "same")
    with pytest.raises(Refusal, match="LNK-008"):
        answer_pair(CAT, drawn, now.sample, now.place, "same")
    with pytest.raises(Refusal, match="LNK-009"):
        sample_links(asking(NOW), drawn, 50, "another")
    sample_links(asking(NOW), drawn, 50, "another", again=True)
    with pytest.raises(Refusal, match="ACC-001"):
        answer_pair(CAT, drawn, now.sample, now.place, "same")


def test_every_answer_is_in_the_ledger_and_the_tables_are_only_added_to(drawn):
    from duecare.store.models import LedgerEntry, LinkAnswer, LinkSample, SampledPair

    now = next_pair(ANN, drawn)
    answer_pair(ANN, drawn, now.sample, now.place, "same")
    last = LedgerEntry.objects.order_by("-number").first()

    assert (last.actor, last.act) == ("ann", "alteration")
    assert last.purpose.startswith("answer pair")
    for rows in (LinkAnswer, LinkSample, SampledPair):
        with pytest.raises(DatabaseError):
            rows.objects.all()._raw_delete("default")
    with pytest.raises(DatabaseError):
        LinkAnswer.objects.update(verdict="different")


def test_only_who_links_may_draw(drawn):
    with pytest.raises(Refusal, match="ACC-003"):
        sample_links(ANN, drawn)


def breaks_the_ledger(monkeypatch):
    def refuses(*_, **__):
        raise Refusal("LED-001")

    monkeypatch.setattr("duecare.store.ledger.ledger_entries.write_entry", refuses)


def test_where_the_ledger_cannot_be_written_nothing_is_drawn_shown_or_answered(drawn, monkeypatch):
    now, before = next_pair(ANN, drawn), link_samples.latest_sample()
    with monkeypatch.context() as patch:
        breaks_the_ledger(patch)
        for act in (
            lambda: sample_links(asking(NOW), drawn, 50, "another"),
            lambda: next_pair(ANN, drawn),
            lambda: answer_pair(ANN, drawn, now.sample, now.place, "same"),
            lambda: read_pairs(ANN, drawn),
        ):
            with pytest.raises(Refusal, match="LED-001"):
                act()

    assert link_samples.latest_sample() == before


def test_where_an_answer_is_kept_before_its_line_the_same_test_is_red(drawn, monkeypatch):
    """The counter: an answer outside the transaction of its line stays though the line could not be written."""
    from contextlib import nullcontext

    monkeypatch.setattr(steps, "transaction", nullcontext)

    with pytest.raises(AssertionError):
        test_where_the_ledger_cannot_be_written_nothing_is_drawn_shown_or_answered(drawn, monkeypatch)
