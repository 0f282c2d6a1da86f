"""Why two records are held to be one person: weighed alone as the engine weighs them, and who is told."""

from __future__ import annotations

import itertools

import pytest
from tests.made.judged import KEYS, NOW, begun
from tests.made.stores import asking

from duecare.linkage import explain_pair
from duecare.record.pole import RecordKey
from duecare.store.bulk.all_facts import standing_persons
from duecare.store.models import LinkTerm
from duecare.use_cases.linkage import explain_link as steps
from duecare.use_cases.linkage.linkage_settings import guards_in_force, kept_model
from duecare.vocabulary.refusals import Refusal

ANA, QUILL = RecordKey("made", "ana-1"), RecordKey("made", "quill")


@pytest.fixture
def few(stores, tmp_path):
    """The few children, linked and assessed."""
    with stores.new()() as config:
        begun(config, tmp_path)
        yield config


@pytest.mark.long
@pytest.mark.long_on_postgres
def test_two_records_weighed_alone_weigh_what_the_engine_says(few, monkeypatch):
    model, guards, records = kept_model(few), guards_in_force(few.policy), standing_persons()
    engine = {
        two: explain_pair(records, *two, model=model, guards=guards) for two in itertools.combinations(KEYS[:5], 2)
    }
    monkeypatch.setattr(steps, "explain_pair", None)  # not asked: that would look at everybody's records

    for two, expected in engine.items():
        found = steps.explain_pair_link(asking(NOW), few, *two).pair

        assert (found.a, found.b, found.held) == (expected.a, expected.b, expected.held)
        assert [(one.name, one.level) for one in found.comparisons] == [
            (one.name, one.level) for one in expected.comparisons
        ]
        assert found.weight == pytest.approx(expected.weight, abs=1e-6)
        assert found.probability == pytest.approx(expected.probability, abs=1e-6)
        for one, other in zip(found.comparisons, expected.comparisons, strict=True):
            assert one.weight == pytest.approx(other.weight, abs=1e-6)


def test_where_names_were_not_counted_at_the_last_linkage_the_engine_is_asked(few):
    before = steps.explain_pair_link(asking(NOW), few, ANA, QUILL).pair
    LinkTerm.objects.all().delete()

    found = steps.explain_pair_link(asking(NOW), few, ANA, QUILL).pair

    assert found.weight == pytest.approx(before.weight, abs=1e-6)


@pytest.mark.parametrize(("one", "other", "code"), [(ANA, ANA, "LNK-003"), (ANA, RecordKey("made", "none"), "ACC-001")])
def test_what_cannot_be_compared_is_refused(few, one, other, code):
    with pytest.raises(Refusal, match=code):
        steps.explain_pair_link(asking(NOW), few, one, other)
