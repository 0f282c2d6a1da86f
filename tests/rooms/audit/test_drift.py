"""Drift of one side: McNemar and Stuart-Maxwell, equal to statsmodels and to published examples."""

import numpy as np
import pytest
from hypothesis import assume, given
from statsmodels.stats.contingency_tables import SquareTable
from statsmodels.stats.contingency_tables import mcnemar as theirs
from tests.rooms.audit.tables import VISION, table, tables

from duecare.audit.agreement.grade_drift import mcnemar_test, stuart_maxwell
from duecare.vocabulary.unknown import Unknown

CLOSE = 1e-9


def mcnemar_is_that_of_statsmodels(held):
    cut = np.array(held.on_the_cut.counts)
    exact, corrected, plain = (
        mcnemar_test(held),
        mcnemar_test(held, is_exact=False),
        mcnemar_test(held, is_exact=False, is_corrected=False),
    )

    assert exact.p_value == pytest.approx(theirs(cut, exact=True).pvalue, abs=CLOSE)
    assert plain.statistic == pytest.approx(theirs(cut, exact=False, correction=False).statistic, abs=CLOSE)
    assert plain.p_value == pytest.approx(theirs(cut, exact=False, correction=False).pvalue, abs=CLOSE)
    if cut[0, 1] != cut[1, 0]:
        assert corrected.statistic == pytest.approx(theirs(cut, exact=False).statistic, abs=CLOSE)
        assert corrected.p_value == pytest.approx(theirs(cut, exact=False).pvalue, abs=CLOSE)
    else:
        # Theirs takes one from 0 and squares it; Edwards' correction gives closer to 0 and never past it.
        assert (corrected.statistic, corrected.p_value) == (0, 1)


@given(tables())
def test_mcnemar_is_that_of_statsmodels(held):
    assume(not isinstance(mcnemar_test(held), Unknown))

    mcnemar_is_that_of_statsmodels(held)


def test_mcnemar_of_a_published_example():
    """Agresti 2002, Categorical Data Analysis, table 10.1: approval of a prime minister, twice asked; z is 4.17."""
    found = mcnemar_test(table((794, 150), (86, 570)), is_exact=False, is_corrected=False)

    assert round(found.statistic, 2) == 17.36
    assert round(found.statistic**0.5, 2) == 4.17


def stuart_maxwell_is_that_of_statsmodels(held):
    judged = SquareTable(np.array(held.counts), shift_zeros=False).homogeneity(method="stuart_maxwell")

    ours = stuart_maxwell(held)
    assert ours.degrees == judged.df
    assert ours.statistic == pytest.approx(judged.statistic, abs=CLOSE, rel=CLOSE)
    assert ours.p_value == pytest.approx(judged.pvalue, abs=CLOSE)


@given(tables())
def test_stuart_maxwell_is_that_of_statsmodels(held):
    moved = np.array(held.counts) + np.array(held.counts).T
    # Theirs has no answer where grades fall into families that no file went between.
    off = moved * (1 - np.eye(len(moved), dtype=int))
    assume((np.linalg.matrix_power(off + np.eye(len(off), dtype=int), len(off)) > 0).all())

    stuart_maxwell_is_that_of_statsmodels(held)


def test_stuart_maxwell_of_the_example_that_its_author_published():
    found = stuart_maxwell(VISION)

    assert (round(found.statistic, 2), found.degrees) == (11.96, 3)
    assert round(found.p_value, 4) == 0.0075


@given(tables(least=2, most=2))
def test_of_two_grades_stuart_maxwell_is_mcnemar(held):
    plain, wide = mcnemar_test(held, is_exact=False, is_corrected=False), stuart_maxwell(held)

    assert isinstance(plain, Unknown) == isinstance(wide, Unknown)
    if not isinstance(plain, Unknown):
        assert (wide.statistic, wide.degrees) == (pytest.approx(plain.statistic, abs=CLOSE), 1)


def families_of_grades_are_tested_each_for_itself():
    apart = table((5, 9, 0, 0), (2, 5, 0, 0), (0, 0, 5, 1), (0, 0, 8, 5))

    found = stuart_maxwell(apart)

    assert (found.degrees, found.statistic) == (2, pytest.approx(49 / 11 + 49 / 9))


def test_families_of_grades_are_tested_each_for_itself():
    families_of_grades_are_tested_each_for_itself()


def test_a_grade_that_nobody_used_changes_nothing():
    three = table((5, 9, 1), (2, 5, 3), (4, 0, 6))
    four = table((5, 9, 0, 1), (2, 5, 0, 3), (0, 0, 0, 0), (4, 0, 0, 6))

    assert stuart_maxwell(three) == stuart_maxwell(four)


def test_where_all_agree_there_is_nothing_to_compare():
    held = table((5, 0, 0), (0, 7, 0), (0, 0, 0))

    assert "agree on every file" in mcnemar_test(held).reason
    assert "agree on every file" in stuart_maxwell(held).reason
