"""When a blind round may be compared: the whole truth table of one paired set, and the sets that one side grades alone."""

from __future__ import annotations

import pytest

from duecare.audit.rounds.comparable_round import may_be_compared

FORCE, INSPECTORATE = ("paired", "force"), ("paired", "inspectorate")
BOTH = {FORCE, INSPECTORATE}


@pytest.mark.parametrize(
    ("sealed", "opened", "while_running", "when_ended"),
    [
        (set(), set(), False, False),
        ({FORCE}, set(), False, False),
        ({FORCE}, {FORCE}, False, True),
        (BOTH, set(), False, False),
        (BOTH, {FORCE}, False, False),
        (BOTH, {INSPECTORATE}, False, False),
        (BOTH, BOTH, True, True),
    ],
)
def test_a_paired_set_needs_both_sides_until_the_round_has_ended(sealed, opened, while_running, when_ended):
    assert may_be_compared({"paired"}, sealed, opened, has_ended=False) is while_running
    assert may_be_compared({"paired"}, sealed, opened, has_ended=True) is when_ended


def test_a_set_that_one_side_grades_alone_needs_that_side():
    alone = ("force_only", "force")

    assert not may_be_compared({"paired", "force_only"}, BOTH, BOTH, has_ended=False)
    assert may_be_compared({"paired", "force_only"}, {*BOTH, alone}, {*BOTH, alone}, has_ended=False)


def test_a_round_without_a_sample_has_nothing_to_compare():
    assert not may_be_compared(set(), set(), set(), has_ended=False)
