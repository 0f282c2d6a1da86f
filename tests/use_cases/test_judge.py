"""What is judged is text, of records that can be held: whatever else is sent is refused as on paper, on either database."""

from __future__ import annotations

import threading
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.made.judged import KEYS, NOW, begun, first, take
from tests.made.stores import Stores, asking

from duecare.linkage import Thresholds, shipped_model
from duecare.record.pole import RecordKey
from duecare.store.linkage import linked_people
from duecare.store.linkage.linked_people import standing_judgements, whose_are
from duecare.use_cases.linkage import judge_link as steps
from duecare.use_cases.linkage import link_all as linking
from duecare.use_cases.linkage import regroup_people
from duecare.use_cases.linkage.explain_link import explain_pair_link
from duecare.use_cases.linkage.link_all import link_all_records
from duecare.use_cases.linkage.linkage_settings import guards_in_force, keep_model, kept_model
from duecare.vocabulary.refusals import Refusal

ANA, QUILL = RecordKey("made", "ana-1"), RecordKey("made", "quill")
NO_TEXT = ("one\x00child", "one \ud800 child", "one\x1bchild")


@pytest.fixture
def linked(stores: Stores, tmp_path: Path) -> Any:
    """The few children, linked and assessed."""
    with stores.new()() as config:
        begun(config, tmp_path)
        yield config


@pytest.mark.parametrize("reason", NO_TEXT)
def test_a_reason_that_is_no_text_is_a_fault_and_nothing_is_kept(linked, reason):
    done = steps.judge_pair(asking(NOW), linked, ANA, QUILL, "same", "one child")

    for deed in (
        lambda: steps.judge_pair(asking(NOW), linked, ANA, QUILL, "different", reason),
        lambda: steps.undo_judgement(asking(NOW), linked, done.judgement.judgement_id, reason),
    ):
        with pytest.raises(Refusal, match="LNK-004") as refused:
            deed()
        assert refused.value.faults == ("the reason has a character that is not text",)
    (kept,) = standing_judgements()
    assert kept.undone_at is None


@pytest.mark.parametrize("name", NO_TEXT)
def test_a_record_whose_name_is_no_text_is_answered_as_one_that_there_is_not(linked, name):
    for other in (RecordKey("made", name), RecordKey(name, "quill")):
        for deed in (
            lambda other=other: steps.judge_pair(asking(NOW), linked, ANA, other, "same", "one child"),
            lambda other=other: explain_pair_link(asking(NOW), linked, other, ANA),
        ):
            with pytest.raises(Refusal, match="ACC-001"):
                deed()


# --- what was changed since all was linked --------------------------------------------------------------


def another_policy(config: Any, folder: Path) -> Any:
    """By the policy in force from now on, hardly any two records join."""
    policy = folder / "stricter.toml"
    said = "\n[linkage]\njoin_weight = 60.0\nsplit_weight = 30.0\n"
    policy.write_text(config.policy.read_text(encoding="utf-8") + said, encoding="utf-8")
    return replace(config, policy=policy)


def another_model(config: Any, _folder: Path) -> Any:
    """A model was trained and kept, and the linkage by it was stopped."""
    keep_model(
        config,
        replace(shipped_model(), name="trained-since", thresholds=Thresholds(join=60.0, split=30.0, review=-1.0)),
    )
    return config


def moved_by_it(config: Any, change: Any, folder: Path) -> tuple[set[RecordKey], bool]:
    """Which records does a judgement move after this change, and is all as before once it is taken back?"""
    before = whose_are(KEYS)
    config = change(config, folder)
    done = steps.judge_pair(asking(NOW), config, ANA, QUILL, "same", "one child")
    steps.undo_judgement(asking(NOW), config, done.judgement.judgement_id, "two children")
    return set(done.changed.moved), whose_are(KEYS) == before


@pytest.mark.parametrize("change", [another_policy, another_model])
def test_a_judgement_moves_nobody_for_what_the_next_linkage_will_go_by(linked, tmp_path, change):
    assert moved_by_it(linked, change, tmp_path) == ({QUILL}, True)


@pytest.mark.parametrize("change", [another_policy, another_model])
def test_going_by_the_policy_and_the_model_of_now_turns_this_red(linked, tmp_path, monkeypatch, change):
    """The counter."""
    monkeypatch.setattr(
        regroup_people, "linked_by", lambda config, _run: (kept_model(config), guards_in_force(config.policy))
    )

    assert moved_by_it(linked, change, tmp_path) != ({QUILL}, True)


# --- beside the first linkage of everything ---------------------------------------------------------------


def judged_beside(stores: Stores, folder: Path, monkeypatch: Any) -> tuple[list[str], bool]:
    """Somebody judges just as all is linked for the first time: how did that end, and does what they said count?"""
    from django.db import connections

    store, ends, real = stores.new(), [], linked_people.linked_handles

    def judges() -> None:
        connections["default"] = store.wrapper.copy()
        try:
            steps.judge_pair(asking(NOW), config, ANA, QUILL, "same", "one child")
            ends.append("done")
        except Refusal as refusal:
            ends.append(refusal.code)
        finally:
            connections["default"].close()

    thread = threading.Thread(target=judges)

    def last(run: Any) -> set[str]:
        thread.start()
        thread.join(timeout=1)
        return real(run)

    with store() as config:
        take(config, folder, first(), "first")
        with monkeypatch.context() as patch:
            patch.setattr(linked_people, "linked_handles", last)
            link_all_records(asking(NOW), config)
        thread.join(timeout=60)
        whose = whose_are([ANA, QUILL])
    return ends, whose[ANA] == whose[QUILL]


def test_what_is_judged_as_all_is_first_linked_counts(stores, tmp_path, monkeypatch):
    assert judged_beside(stores, tmp_path, monkeypatch) == (["done"], True)


def test_a_first_linkage_beside_which_others_judge_turns_this_red(stores, tmp_path, monkeypatch):
    """The counter: on SQLite whoever judges is refused, on PostgreSQL what they said does not count."""
    monkeypatch.setattr(linking.link_judgements, "one_by_one", nullcontext)

    assert judged_beside(stores, tmp_path, monkeypatch) != (["done"], True)
