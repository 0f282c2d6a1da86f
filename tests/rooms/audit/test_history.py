"""Rounds in time: which point stands for a round, when it was, and how much changed since the one before."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from duecare.audit import own_rows, read_totals, total_pairs
from duecare.audit.agreement.optimism_gap import tango_interval
from duecare.audit.agreement.round_comparison import sides_of
from duecare.audit.grading.grade_scheme import grade_schemes
from duecare.audit.grading.graded_file import GradedFile, GradeGiven
from duecare.audit.published.round_history import (
    Point,
    gaps_of,
    in_time,
    point_changes,
    points_of,
    published_gaps,
    published_points,
    year_of,
)
from duecare.stats.difference_of_shares import newcombe_interval
from duecare.vocabulary.unknown import Unknown

PUBLISHED = published_points(total_pairs(read_totals(own_rows()).accepted))


def test_each_published_round_stands_once_for_each_side_by_its_largest_set():
    found = {(one.round, one.side): (one.met, one.n) for one in PUBLISHED}

    assert found[("2016", "inspectorate")] == (96, 374)
    assert found[("2016", "force")] == (105, 132)
    assert found[("2017-Q3", "inspectorate")] == (10, 135)
    assert found[("2018", "")] == (93, 303)
    assert len(found) == len(PUBLISHED)
    assert not any(name == "2017-Q2" for name, _ in found), "its grades are not known"


@pytest.mark.parametrize(
    ("name", "year"),
    [("2016", 2016.5), ("2017-Q1", 2017.125), ("MET 2017 q4", 2017.875), ("round 12016", None), ("spring", None)],
)
def test_the_year_of_a_round_is_read_from_its_name(name, year):
    assert year_of(name) == year


def test_points_stand_in_order_of_time():
    years = [one.year for one in in_time(reversed(PUBLISHED))]

    assert years == sorted(years)


def test_a_round_held_by_case_has_a_point_for_each_side_that_graded():
    four = grade_schemes()["case-files-2014"]
    files = [GradedFile("cris", "C1", "force_only", (GradeGiven("force", "A", "good"),))]
    sides = sides_of(files, {"force": four, "inspectorate": four})

    (one,) = points_of("spring 2016", sides, {"force": "as opened"})
    assert (one.year, one.side, one.met, one.n, one.basis) == (2016.5, "force", 1, 1, "as opened")
    assert points_of("spring 2016", sides, {}, 2016.25)[0].year == 2016.25
    assert points_of("spring", sides, {}) == ()


def test_a_change_is_since_the_round_before_of_the_same_side():
    points = [
        Point("2015", 2015.5, "inspectorate", 80, 48, ""),
        Point("2016", 2016.5, "force", 50, 40, ""),
        Point("2016", 2016.5, "", 50, 40, ""),
        Point("2017", 2017.5, "inspectorate", 70, 56, ""),
        Point("2017", 2017.5, "", 50, 40, ""),
    ]
    found = point_changes(points)

    assert [one and one.since for one in found] == [None, None, None, "2015", None]
    assert found[3].value == pytest.approx(0.2)
    assert (round(found[3].interval.low, 4), round(found[3].interval.high, 4)) == (0.0524, 0.3339)


@given(st.integers(1, 400), st.integers(1, 400), st.floats(0, 1), st.floats(0, 1))
def test_the_interval_of_a_change_is_statsmodels_to_1e_9(n, before, share, share_before):
    met, met_before = round(n * share), round(before * share_before)
    assume(0 < met < n)
    assume(0 < met_before < before)
    found = newcombe_interval(met, n, met_before, before)
    low, high = confint_proportions_2indep(met, n, met_before, before, method="newcomb", compare="diff")

    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-9)


@given(st.integers(1, 60), st.integers(1, 60), st.floats(0, 1), st.floats(0, 1))
def test_the_interval_holds_the_change_and_stays_within_bounds(n, before, share, share_before):
    met, met_before = round(n * share), round(before * share_before)
    found = newcombe_interval(met, n, met_before, before)

    assert -1 - 1e-12 <= found.low <= met / n - met_before / before <= found.high <= 1 + 1e-12


def test_the_gap_of_each_round_that_both_sides_graded():
    (published,) = published_gaps(total_pairs(read_totals(own_rows()).accepted))
    four = grade_schemes()["case-files-2014"]
    both = {"force": four, "inspectorate": four}
    files = [
        GradedFile(
            "cris", f"C{at}", "paired", (GradeGiven("force", "A", "good"), GradeGiven("inspectorate", "B", word))
        )
        for at, word in enumerate(["good", "inadequate"])
    ]

    assert (published.round, published.n, published.value) == ("2016", 132, 0.553)
    assert published.interval.method.endswith("that the totals allow")
    (held,) = gaps_of("spring 2018", files, both, None)
    assert (held.year, held.n, held.value, held.interval) == (2018.5, 2, 0.5, tango_interval(1, 0, 2))
    assert gaps_of("spring", files, both, None) == ()
    assert gaps_of("spring 2018", [], both, None) == ()


def test_of_a_round_without_files_nothing_is_shown():
    assert isinstance(newcombe_interval(0, 0, 1, 2), Unknown)
    assert isinstance(newcombe_interval(1, 2, 0, 0), Unknown)
