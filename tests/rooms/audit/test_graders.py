"""Agreement of any number of graders, with grades missing: equal to another program and to published examples."""

import warnings

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given
from tests.rooms.audit.tables import FOUR_GRADERS, graded

from duecare.audit import agreement, graders
from duecare.audit.agreement import linear, nominal, quadratic
from duecare.audit.graders import alpha_interval, by_name, by_order, gwet_of_many, krippendorff_alpha
from duecare.vocabulary.unknown import Unknown

CLOSE = 1e-9
LEVELS = {"by_name": "nominal", "by_order": "ordinal"}


def alpha_is_that_of_krippendorff(files, size, name):
    ours = krippendorff_alpha(files, size, getattr(graders, name))
    held = np.array([[np.nan if grade is None else grade for grade in file] for file in files]).T
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = krippendorff.alpha(held, value_domain=list(range(size)), level_of_measurement=LEVELS[name])

    assert ours == pytest.approx(theirs, abs=CLOSE)


@pytest.mark.parametrize("name", LEVELS)
@given(graded())
def test_alpha_is_that_of_the_program_krippendorff(name, held):
    files, size = held
    assume(not isinstance(krippendorff_alpha(files, size), Unknown))

    alpha_is_that_of_krippendorff(files, size, name)


@pytest.mark.parametrize(("distance", "value"), [(by_name, 0.743), (by_order, 0.815)])
def test_alpha_of_the_example_that_its_author_published(distance, value):
    assert round(krippendorff_alpha(FOUR_GRADERS, 5, distance), 3) == value


@pytest.mark.parametrize(
    ("weighting", "value", "error"), [(nominal, 0.775, 0.143), (linear, 0.859, 0.117), (quadratic, 0.914, 0.104)]
)
def test_gwet_of_the_example_that_its_author_published(weighting, value, error):
    """Gwet 2014, page 120; printed by his package irrCAC."""
    found = gwet_of_many(FOUR_GRADERS, 5, weighting)

    assert (round(found.value, 3), round(found.standard_error, 3)) == (value, error)


def test_gwet_interval_of_the_example_that_its_author_published():
    found = gwet_of_many(FOUR_GRADERS, 5)

    assert (round(found.value, 5), round(found.standard_error, 5)) == (0.77544, 0.14295)
    assert (round(found.interval.low, 5), found.interval.high) == (0.46081, 1)


@pytest.mark.parametrize("weighting", [nominal, linear, quadratic])
def test_two_graders_who_grade_all_files_agree_as_their_cross_table_says(weighting):
    files = [
        (down, across) for down in range(3) for across in range(3) for _ in range(1 + 3 * (down == across) + across)
    ]
    counts = tuple(tuple(files.count((down, across)) for across in range(3)) for down in range(3))
    held = agreement.Crosstab(("a", "b", "c"), 1, counts)

    assert gwet_of_many(files, 3, weighting).value == pytest.approx(agreement.gwet(held, weighting).value, abs=CLOSE)


@given(graded())
def test_nobody_agrees_more_than_wholly(held):
    files, size = held

    for found in (krippendorff_alpha(files, size), gwet_of_many(files, size).value):
        assert isinstance(found, Unknown) or found <= 1 + CLOSE


# --- what the data cannot support ---------------------------------------------------------------------------


def test_files_with_one_grade_each_give_nothing():
    files = [[0, None], [None, 1], [2, None]]

    assert "two graders" in krippendorff_alpha(files, 3).reason
    assert "two graders" in gwet_of_many(files, 3).value.reason
    assert "two graders" in alpha_interval(files, 3, 1).reason


def test_one_grade_throughout_gives_no_alpha_and_perfect_ac1():
    files = [[1, 1, None], [1, 1, 1]] * 5

    assert "nothing to disagree on" in krippendorff_alpha(files, 3).reason
    assert gwet_of_many(files, 3).value == pytest.approx(1)
    assert "no spread" in gwet_of_many(files, 3).interval.reason
    assert isinstance(alpha_interval(files, 3, 1, times=50), Unknown)


def test_a_single_file_gives_a_value_and_not_how_sure():
    found = gwet_of_many([[0, 1, 1]], 2)

    assert isinstance(found.value, float)
    assert "only one file" in found.interval.reason


def test_perfect_agreement_is_one_and_none_is_below_nought():
    assert krippendorff_alpha([[0, 0], [1, 1], [2, 2]], 3) == 1
    assert krippendorff_alpha([[0, 1], [1, 0], [0, 1]], 2, by_name) < 0


def test_the_same_seed_gives_the_same_interval_of_alpha():
    once, again = (alpha_interval(FOUR_GRADERS, 5, 3, times=200) for _ in range(2))

    assert once == again
    assert once.low < krippendorff_alpha(FOUR_GRADERS, 5) < once.high
    assert once != alpha_interval(FOUR_GRADERS, 5, 4, times=200)
