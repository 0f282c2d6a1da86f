"""Agreement of any number of graders, with grades missing: equal to another program and to published examples."""

import warnings

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given
from tests.rooms.audit.tables import FOUR_GRADERS, graded

from duecare.audit.agreement.grader_agreement import alpha_interval, krippendorff_alpha
from duecare.vocabulary.unknown import Unknown

CLOSE = 1e-9


def alpha_is_that_of_krippendorff(files, size):
    ours = krippendorff_alpha(files, size)
    held = np.array([[np.nan if grade is None else grade for grade in file] for file in files]).T
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = krippendorff.alpha(held, value_domain=list(range(size)), level_of_measurement="ordinal")

    assert ours == pytest.approx(theirs, abs=CLOSE)


@given(graded())
def test_alpha_is_that_of_the_program_krippendorff(held):
    files, size = held
    assume(not isinstance(krippendorff_alpha(files, size), Unknown))

    alpha_is_that_of_krippendorff(files, size)


def test_alpha_of_the_example_that_its_author_published():
    assert round(krippendorff_alpha(FOUR_GRADERS, 5), 3) == 0.815


@given(graded())
def test_nobody_agrees_more_than_wholly(held):
    files, size = held

    found = krippendorff_alpha(files, size)

    assert isinstance(found, Unknown) or found <= 1 + CLOSE


# --- what the data cannot support ---------------------------------------------------------------------------


def test_files_with_one_grade_each_give_nothing():
    files = [[0, None], [None, 1], [2, None]]

    assert "two graders" in krippendorff_alpha(files, 3).reason
    assert "two graders" in alpha_interval(files, 3, 1).reason


def test_one_grade_throughout_gives_no_alpha():
    files = [[1, 1, None], [1, 1, 1]] * 5

    assert "nothing to disagree on" in krippendorff_alpha(files, 3).reason
    assert isinstance(alpha_interval(files, 3, 1, times=50), Unknown)


def test_perfect_agreement_is_one_and_none_is_below_zero():
    assert krippendorff_alpha([[0, 0], [1, 1], [2, 2]], 3) == 1
    assert krippendorff_alpha([[0, 1], [1, 0], [0, 1]], 2) < 0


def test_the_same_seed_gives_the_same_interval_of_alpha():
    once, again = (alpha_interval(FOUR_GRADERS, 5, 3, times=200) for _ in range(2))

    assert once == again
    assert once.low < krippendorff_alpha(FOUR_GRADERS, 5) < once.high
    assert once != alpha_interval(FOUR_GRADERS, 5, 4, times=200)
