"""How sure it is who is one person, as it is told: by what two clerks held, to whom, and what is not told to whom."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.made.doubtful import NOW
from tests.made.stores import asking
from tests.use_cases.test_answer_pairs import ANN, BEN, clerk, drawn, go_through, names

from duecare.access.viewer import Viewer
from duecare.figure.linkage_error.link_groups import Measured
from duecare.figure.linkage_error.linkage_error import PeopleRange, Share
from duecare.store.link_review import link_samples
from duecare.use_cases.linkage import measure_linkage_error as steps
from duecare.use_cases.linkage.judge_link import judge_pair
from duecare.use_cases.linkage.linkage_settings import keep_model, kept_model
from duecare.use_cases.linkage.measure_linkage_error import CARD_NAME, CARD_WORDS, read_link_error
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.unknown import Unknown

__all__ = ["drawn"]
pytestmark = pytest.mark.postgres
OFFICE = asking(NOW, Viewer("office", frozenset({"mayors_office"})))
TRUE = ("sure-1", "quill-1")


def truth(two):
    return "same" if two & set(TRUE) else "different"


def strata(config):
    """Of the last draw: how many joined pairs there are, and how many of the others are of one person by our truth."""
    sample = link_samples.latest_sample()
    joined = {name for name, is_joined, *_ in sample.strata if is_joined}
    apart = [one for one in sample.pairs if one.stratum not in joined]
    return len(sample.pairs) - len(apart), sum(truth(names(one)) == "same" for one in apart)


def test_where_everything_was_drawn_and_answered_the_error_is_what_it_is(drawn):
    go_through(ANN, drawn, truth)
    go_through(BEN, drawn, truth)
    joined, missed = strata(drawn)

    found = read_link_error(asking(NOW), drawn)

    assert (found.drawn, found.answered, found.settled) == (len(link_samples.latest_sample().pairs),) * 3
    assert (found.error.false.value, found.error.false.high) == (0.0, 0.0)
    assert found.error.missed.value == pytest.approx(missed / (joined + missed))
    assert found.agreement.raw.value == 1
    assert found.records == 11  # and one that is sealed, which counts for nobody
    assert found.people == PeopleRange(10, 9, 9)  # one pair of one person is not joined, and nothing was left out
    assert not found.is_rounded


def test_where_clerks_differ_what_was_judged_settles_it(drawn):
    go_through(ANN, drawn, lambda two: "same")
    go_through(BEN, drawn, lambda two: "different")
    before = read_link_error(asking(NOW), drawn)
    pair = next(one for one in link_samples.latest_sample().pairs if "sure-1" in names(one))
    judge_pair(asking(NOW), drawn, pair.a, pair.b, "different", "Cousins, the school says.")
    after = read_link_error(asking(NOW), drawn)

    assert (before.settled, after.settled) == (0, 1)
    assert isinstance(before.error.false.value, Unknown)
    assert (before.error.false.low, before.error.false.high) == (0.0, 1.0)
    assert after.error.false.value == 1.0


def test_a_clerk_who_is_not_through_is_shown_nothing_that_others_held(drawn):
    go_through(BEN, drawn, truth)
    both = asking(NOW, Viewer("ann", frozenset({"mash", "statistician"}), areas=clerk("ann").areas, channel="web"))
    waiting_not = read_link_error(both, drawn)
    now = steps.link_samples.latest_sample().pairs[0]
    from duecare.use_cases.linkage.answer_sampled_pairs import answer_pair

    answer_pair(both, drawn, link_samples.latest_sample().number, now.place, "same")
    found = read_link_error(both, drawn)

    assert not waiting_not.is_waiting
    assert (found.is_waiting, found.error, found.agreement) == (True, None, None)


def test_who_may_not_open_every_case_is_shown_whole_per_cents_and_tens(drawn):
    go_through(ANN, drawn, truth)
    go_through(BEN, drawn, truth)

    found = read_link_error(OFFICE, drawn)

    assert found.is_rounded
    assert (found.records, found.people.as_linked) == (10, 10)
    for one in (found.error.false, found.error.missed):
        assert one.pairs % 10 == 0
        assert (one.value, one.low, one.high) == tuple(round(end, 3) for end in (one.value, one.low, one.high))
    assert {one.false.value for one in found.error.by_group} == {Unknown("too few pairs are answered")}


def test_bounds_are_rounded_outwards():
    told = steps._blurred_share(Share(96, 4, 0.0123, 0.0041, 0.1511), 3)
    group = steps._blurred_share(Share(96, 4, 0.0123, 0.0041, 0.1511), 2)

    assert told == Share(100, 0, 0.012, 0.004, 0.152)
    assert group == Share(100, 0, 0.01, 0.0, 0.16)


def test_shown_as_to_those_who_open_everything_the_same_test_is_red(drawn, monkeypatch):
    """The counter: exact numbers to an overseer."""
    monkeypatch.setattr(steps, "_rounded_numbers", lambda linkage_sure: replace(linkage_sure, is_rounded=True))

    with pytest.raises(AssertionError):
        test_who_may_not_open_every_case_is_shown_whole_per_cents_and_tens(drawn)


def test_before_anything_was_linked_or_drawn_it_is_not_known(store, tmp_path):
    from tests.made.doubtful import begun

    nothing = read_link_error(asking(NOW), store.config)
    begun(store.config, tmp_path)
    linked = read_link_error(asking(NOW), store.config)

    assert nothing.people.low == Unknown("nothing was linked yet")
    assert linked.people.low == Unknown("no pairs were drawn yet")
    assert linked.people.as_linked < linked.records == 11


def test_what_was_measured_on_another_model_is_no_range_of_this_one(drawn):
    from duecare.use_cases.linkage.link_all import link_all_records

    go_through(ANN, drawn, truth)
    go_through(BEN, drawn, truth)
    keep_model(drawn, replace(kept_model(drawn), name="another"))
    link_all_records(asking(NOW), drawn)

    found = read_link_error(asking(NOW), drawn)

    assert isinstance(found.people.low, Unknown)
    assert found.error is not None


def test_the_models_card_shows_what_was_measured_where_the_truth_is_known(drawn):
    from duecare.use_cases.linkage.link_all import link_all_records

    held = kept_model(drawn)
    table = Measured(9, 100, ())
    keep_model(drawn, replace(held, card={**held.card, CARD_NAME: table.to_text()}))
    link_all_records(asking(NOW), drawn)

    found = read_link_error(OFFICE, drawn)
    assert found.measured == table
    assert found.measured_words == held.card[CARD_WORDS]


def test_whoever_sees_no_figures_is_refused(drawn):
    with pytest.raises(Refusal, match="ACC-003"):
        read_link_error(ANN, drawn)
