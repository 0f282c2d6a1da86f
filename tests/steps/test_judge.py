"""What is judged is text, of records that can be held: whatever else is sent is refused as on paper, on either database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.made.judged import NOW, begun
from tests.made.stores import Stores, asking

from duecare.record.pole import RecordKey
from duecare.steps import judge as steps
from duecare.steps.why import why
from duecare.store.people import judgements
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
    done = steps.judge(asking(NOW), linked, ANA, QUILL, "same", "one child")

    for deed in (
        lambda: steps.judge(asking(NOW), linked, ANA, QUILL, "different", reason),
        lambda: steps.undo(asking(NOW), linked, done.judgement.judgement_id, reason),
    ):
        with pytest.raises(Refusal, match="LNK-004") as refused:
            deed()
        assert refused.value.faults == ("why holds a character that is no text",)
    (kept,) = judgements()
    assert kept.undone_at is None


@pytest.mark.parametrize("name", NO_TEXT)
def test_a_record_whose_name_is_no_text_is_answered_as_one_that_there_is_not(linked, name):
    for other in (RecordKey("made", name), RecordKey(name, "quill")):
        for deed in (
            lambda other=other: steps.judge(asking(NOW), linked, ANA, other, "same", "one child"),
            lambda other=other: why(asking(NOW), linked, other, ANA),
        ):
            with pytest.raises(Refusal, match="ACC-001"):
                deed()
