"""Figures in words: with their intervals, with what is not known, and never more certain than they are."""

from __future__ import annotations

import pytest

from duecare.audit.agreement.gap_breakdown import Part
from duecare.audit.agreement.gap_funnel import Funnel
from duecare.audit.agreement.grade_drift import Drift
from duecare.audit.agreement.optimism_gap import Gap, tango_interval
from duecare.audit.agreement.stratified_estimate import estimate_population, passed_stratum
from duecare.audit.published.round_history import Change
from duecare.report import agreement_words as words
from duecare.stats.interval import Interval
from duecare.vocabulary.unknown import Unknown

NOT_KNOWN = Unknown("there are too few")
GAP = Gap(100, 40, 60, 5, 25, -0.2, tango_interval(5, 25, 100))
PART = Part("area", "Eastmoor", GAP)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (words.in_percent(0.5527), "55.3%"),
        (words.in_percent(NOT_KNOWN), "not known: there are too few"),
        (words.points_words(0.5527), "+55.3 points"),
        (words.points_words(-0.2), "−20.0 points"),
        (words.points_words(0.0001), "0.0 points"),
        (words.points_words(-0.0001), "0.0 points"),
        (words.points_words(NOT_KNOWN), "not known: there are too few"),
        (words.coefficient_words(-0.126), "−0.13"),
        (words.coefficient_words(-0.001), "0.00"),
        (words.coefficient_words(NOT_KNOWN), "not known: there are too few"),
        (words.between_words(Interval(-0.1, 0.2, "x"), "points"), "−10.0 points to +20.0 points"),
        (words.between_words(Interval(0.1, 0.2, "x")), "10.0% to 20.0%"),
        (words.between_words(NOT_KNOWN), "interval not known: there are too few"),
        (words.gap_sentence(NOT_KNOWN), "The optimism gap is not known: there are too few."),
        (words.drift_words(NOT_KNOWN), "not known: there are too few"),
        (words.drift_words(Drift("McNemar", 1, 0, 0.0001))[-40:], "a rge by chance: less than 0.001 (McNemar)"[-40:]),
        (words.limit_words(NOT_KNOWN, PART, 0.95), "not known"),
        (words.outside_words(NOT_KNOWN, PART), "not known: there are too few"),
        (words.outside_words(Funnel(-0.2, 0.5), PART), "within"),
        (words.outside_words(Funnel(-0.08, 0.5), PART), "outside the 95% limits"),
        (words.outside_words(Funnel(0.2, 0.5), PART), "outside the 99.8% limits"),
        (words.estimate_words("optimism_gap", estimate_population([])), "not known: there are no files in the frame"),
        (words.change_words(None), "no earlier round"),
        (words.change_words(Change("2016", 0.1, Interval(0.0, 0.2, "x")))[:13], "+10.0 points "),
        (words.change_words(Change("2016", 0.1, Interval(0.0, 0.2, "x")))[-10:], "since 2016"),
    ],
)
def test_a_figure_in_words(said, expected):
    assert said == expected


def test_a_side_that_passes_fewer_is_said_to_and_chance_is_named_where_it_could_give_it():
    fewer = words.gap_sentence(GAP)
    chance = words.gap_sentence(Gap(100, 50, 50, 5, 5, 0.0, tango_interval(5, 5, 100)))

    assert "the force passed 20.0 percentage points fewer" in fewer
    assert "chance alone" not in fewer
    assert "The interval includes 0, so this could be chance." in chance
    assert "1 was passed by the force only" in words.gap_sentence(Gap(3, 2, 1, 1, 0, 1 / 3, tango_interval(1, 0, 3)))


def test_an_estimate_has_its_interval_or_says_why_not():
    assert words.estimate_words("force_meets", estimate_population([passed_stratum(("a",), 100, 20, 5)])).startswith(
        "25.0% (95% interval "
    )
    assert "(interval not known: only one file" in words.estimate_words(
        "force_meets", estimate_population([passed_stratum(("a",), 9, 1, 1)])
    )
