"""Which measure a figure is: everything of the policy that its number rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.figure_measure import Measure, measure_of
from duecare.rulebook.force_policy import Policy

USUAL = Policy()
LONGER = replace(USUAL, absence_grace=USUAL.absence_grace + timedelta(days=365))


def differs(figure: str, policy: Policy) -> tuple[str, ...]:
    """In what is this figure under this policy another measure than under the usual one?"""

    def measured(by: Policy) -> Measure:
        return measure_of(figure_catalogue()[figure], (), by)

    return measured(policy).differs_from(measured(USUAL))


@pytest.mark.parametrize("figure", ["late-local-allocate-investigator", "late-npcc-named-offender-manager"])
def test_whoever_may_be_away_for_longer_counts_another_measure_of_what_an_officer_holds(figure: str):
    assert differs(figure, LONGER) == ("by another policy of the force",)


def test_what_no_officer_holds_stays_the_same_measure_however_long_they_may_be_away():
    assert differs("return-interview-within-72-hours", LONGER) == ()
