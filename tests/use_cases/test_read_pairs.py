"""Which pairs a human is shown next: by what hangs on them and how hard they are, and none that may not be opened."""

from __future__ import annotations

import pytest
from tests.made.doubtful import AREA, NOW, begun, key
from tests.made.stores import asking

from duecare.access.may_open import Scope
from duecare.access.viewer import Viewer
from duecare.use_cases.linkage import list_pairs as steps
from duecare.use_cases.linkage.judge_link import judge_pair
from duecare.use_cases.linkage.list_pairs import read_pairs, token_of
from duecare.vocabulary.refusals import Refusal
from duecare.worklist.pair_order import Consequence

pytestmark = pytest.mark.postgres
INSPECTOR = Viewer("inspector", frozenset({"detective_inspector"}), areas=frozenset({AREA}), channel="web")
BOTH = ("bob-1", "bob-2")
QUILL, AWAY, SEALED, BACK, SURE = (
    ("quill-1", "quill-2"), ("away-1", "away-2"), ("sealed-1", "sealed-2"), ("came-back", "went"), ("sure-1", "sure-2"),
)  # fmt: skip


def shown(found):
    return [tuple(record.key.record_id for record in one.records) for one in found]


@pytest.fixture
def doubtful(store, tmp_path):
    """The store with everyone in it, linked and assessed."""
    begun(store.config, tmp_path)
    return store.config


def test_what_would_hide_a_danger_comes_before_what_only_is_hard(doubtful):
    found = read_pairs(asking(NOW), doubtful)

    assert shown(found)[:2] == [BACK, BOTH]
    assert found[0].hangs[0] is Consequence.DANGER
    assert found[1].hangs[0] is Consequence.HARMS_AND_CHILD
    assert set(shown(found)[2:]) == {QUILL, AWAY}
    assert not any(one.is_one for one in found)


def test_without_what_hangs_on_them_the_order_is_another(doubtful, monkeypatch):
    """The counter: by hardness alone, the pair that would hide a danger is one among many."""
    monkeypatch.setattr(steps, "consequences_of_joining", lambda *_: (Consequence.NOTHING,))

    with pytest.raises(AssertionError):
        test_what_would_hide_a_danger_comes_before_what_only_is_hard(doubtful)


def test_what_may_not_be_opened_is_not_there(doubtful):
    everywhere, here = shown(read_pairs(asking(NOW), doubtful)), shown(read_pairs(asking(NOW, INSPECTOR), doubtful))

    assert SEALED not in everywhere
    assert AWAY in everywhere
    assert set(here) == {BACK, BOTH, QUILL}


def test_where_everything_is_open_to_all_the_same_test_is_red(doubtful, monkeypatch):
    """The counter: whoever is let in unasked sees a pair of which one is sealed."""
    monkeypatch.setattr(Scope, "admits_person", lambda *_: True)

    with pytest.raises(AssertionError):
        test_what_may_not_be_opened_is_not_there(doubtful)


def hangs_on_both(store, folder, monkeypatch):
    from tests.made import doubtful as made

    first = made.doubtful()
    for row in first.rows["cases"]:
        row["sealed"] = "true" if row["case_ref"] == made.TIED["bob-2"][0] else ""
    # Somebody of whom only the sealed case spoke would not be there at all.
    first.rows["events"].append({**first.rows["events"][0], "event_id": "E-ALONE", "case_ref": ""})
    first.rows["ties"].append({"event_id": "E-ALONE", "record_id": "bob-2", "role": "other"})
    monkeypatch.setattr(made, "doubtful", lambda: first)
    begun(store.config, folder)
    found = read_pairs(asking(NOW), store.config)
    return next(one.hangs for one in found if {record.key.record_id for record in one.records} == set(BOTH))


def test_the_order_does_not_show_a_sealed_case(store, tmp_path, monkeypatch):
    assert Consequence.HARMS_AND_CHILD not in hangs_on_both(store, tmp_path, monkeypatch)


def test_where_sealed_cases_are_looked_at_the_order_shows_them(store, tmp_path, monkeypatch):
    """The counter: with what stands in a sealed case, the order says that somebody is a suspect in it."""
    monkeypatch.setattr("duecare.store.link_review.candidate_pairs.cases_known", lambda *_: {})

    assert Consequence.HARMS_AND_CHILD in hangs_on_both(store, tmp_path, monkeypatch)


def test_what_is_put_off_or_judged_is_not_asked_again_and_a_limit_is_kept(doubtful):
    off = {token_of(key("came-back"), key("went"))}
    judge_pair(asking(NOW), doubtful, key("bob-1"), key("bob-2"), "different", "Father and son.")

    assert set(shown(read_pairs(asking(NOW), doubtful, put_off=off))) == {QUILL, AWAY}
    assert shown(read_pairs(asking(NOW), doubtful, 1)) == [BACK]
    assert read_pairs(asking(NOW), doubtful, 0) == ()


def test_those_named_first_come_first_and_are_there_though_they_join_well(doubtful):
    found = read_pairs(asking(NOW), doubtful, first_pairs=[(key("sure-1"), key("sure-2"))])

    assert shown(found)[0] == SURE
    assert found[0].is_one
    assert SURE not in shown(read_pairs(asking(NOW), doubtful))


def test_records_that_only_just_join_are_looked_at_too(doubtful, monkeypatch):
    monkeypatch.setattr(steps, "CLOSE_TO_JOINING_BITS", 20.0)

    assert SURE in shown(read_pairs(asking(NOW), doubtful))


def test_who_may_not_judge_links_is_refused(doubtful):
    with pytest.raises(Refusal, match="ACC-003"):
        read_pairs(asking(NOW, Viewer("other", frozenset({"statistician"}))), doubtful)
