"""The engine finds of every worked example what the judge finds, all of them in one run."""

from __future__ import annotations

import pytest
from tests.laws.test_engines_agree import agree
from tests.made.merged import examples, is_of_whole_force, merged
from tests.made.timelines import policy

from duecare.rulebook.all_duties import all_duties


@pytest.mark.long
def test_every_worked_example_is_found_alike(is_long_run):
    every = list(examples())
    apart = [made for made, _ in every if is_of_whole_force(made)]
    together = [made for made, _ in every if not is_of_whole_force(made)]
    moments = sorted({as_of for _, expected in every for as_of in expected})

    assert len(together) > 300
    for as_of in moments if is_long_run else (moments[len(moments) // 2], moments[-1]):
        agree(merged(together + apart[:1]), as_of, all_duties(), policy())
    for one in apart[1:] if is_long_run else ():
        agree(merged([one]), moments[-1], all_duties(), policy())
