"""The kept model: read, refused, and what it says of a small store."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest

from duecare.linkage import load_model, shipped_model, train_model
from duecare.linkage.linkage_model import read_model
from duecare.vocabulary.refusals import Refusal

KEPT = json.loads(shipped_model().to_json())


def test_the_shipped_model_says_where_it_learnt() -> None:
    model = shipped_model()

    assert "made-up force" in model.card["trained_on"]
    assert {"seed", "records", "known_limits", "household", "measured", "trained_on_day"} <= set(model.card)
    assert "unseen" in model.card["measured"]
    assert model.thresholds.join > max(model.thresholds.review, model.thresholds.split)


def test_a_model_is_read_as_it_was_written() -> None:
    model = shipped_model()

    assert read_model(model.to_json()) == model


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "not json",
        json.dumps(KEPT | {"version": 1}),
        json.dumps(KEPT | {"version": 9}),
        json.dumps(KEPT | {"household": {}}),
        json.dumps({name: kept for name, kept in KEPT.items() if name != "household"}),
    ],
)
def test_a_model_that_cannot_be_used_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_model(text)

    assert refused.value.code == "LNK-001"


def test_a_model_file_that_is_not_there_is_refused(tmp_path) -> None:
    with pytest.raises(Refusal, match="LNK-001"):
        load_model(tmp_path / "none.json")


def test_a_small_store_is_taken_as_a_sample_of_as_large_a_world() -> None:
    model = shipped_model()

    assert model.prior(2) == model.prior(model.trained_records)
    assert model.prior(10 * model.trained_records) < model.prior(2) / 9


def test_agreement_weighs_for_and_disagreement_against() -> None:
    model = shipped_model()

    for name, closest in {"given": "same", "family": "same", "born": "same", "home": "same home"}.items():
        assert model.weight(name, closest) > 4
        assert model.weight(name, "different") < -2


def test_too_few_records_teach_nothing() -> None:
    records = pa.Table.from_pylist([{"source": "pole", "record_id": str(n), "given_names": "Ann"} for n in range(20)])

    with pytest.raises(Refusal, match="LNK-002"):
        train_model(records, model_name="trained")
