"""From which weight two records are joined, parted or reviewed: as the force's policy sets, else as the kept model says.

A policy sets `join_weight`, `split_weight` and `review_weight` in its table `[linkage]`. The model is the one that the force
trained and keeps in its home (`models/kept.json`), else the one shipped, in `linkage/models/*.json`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from duecare.person.guard import Guards


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The weights from which two records join, below which they part again, and from which a human reviews them.

    Shape:   `join` is compared with the strongest pair, `split` with the average of all pairs between two groups; from
             `review` on a pair that did not join is shown to a human: twins of whom little is known weigh about 0.
    Units:   bits, the prior included.
    """

    join: float
    split: float
    review: float


TRAINED_WITH: Final = Thresholds(join=6.0, split=0.0, review=-1.0)
"""What a newly trained model is given unless others are named. Not the thresholds in force: `thresholds_in_force` is."""


def thresholds_in_force(model_thresholds: Thresholds, guard_settings: Guards) -> Thresholds:
    """The thresholds in force: each that policy sets, else the model's own."""
    return Thresholds(
        model_thresholds.join if guard_settings.join_weight is None else guard_settings.join_weight,
        model_thresholds.split if guard_settings.split_weight is None else guard_settings.split_weight,
        model_thresholds.review if guard_settings.review_weight is None else guard_settings.review_weight,
    )
