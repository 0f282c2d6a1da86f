"""The thresholds in force: each that policy sets, else the model's own; a shipped model has numbers of its own."""

from __future__ import annotations

import pytest

from duecare.linkage import shipped_model
from duecare.linkage.join_thresholds import TRAINED_WITH, Thresholds, thresholds_in_force
from duecare.person.guard import Guards

OF_MODEL = Thresholds(join=7.5, split=1.5, review=-2.5)


@pytest.mark.parametrize(
    ("policy_sets", "in_force"),
    [
        ({}, (7.5, 1.5, -2.5)),
        ({"join_weight": 9.0}, (9.0, 1.5, -2.5)),
        ({"split_weight": 0.0}, (7.5, 0.0, -2.5)),
        ({"review_weight": -4.0}, (7.5, 1.5, -4.0)),
        ({"join_weight": -2.0, "split_weight": -5.0, "review_weight": -6.0}, (-2.0, -5.0, -6.0)),
    ],
)
def test_policy_sets_each_threshold_by_itself_and_the_model_the_others(policy_sets, in_force):
    assert thresholds_in_force(OF_MODEL, Guards(**policy_sets)) == Thresholds(*in_force)


def test_the_shipped_model_brings_its_thresholds_and_a_new_one_is_trained_with_those_that_it_always_was():
    assert shipped_model().thresholds == Thresholds(6.0, 0.0, -1.0)
    assert Thresholds(6.0, 0.0, -1.0) == TRAINED_WITH
