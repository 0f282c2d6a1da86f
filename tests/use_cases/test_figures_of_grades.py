"""Figures of grades: of rounds drawn here once they are open, and of audits run elsewhere by their last grade."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.made.rounds import OPENED, a_round, graded
from tests.made.stores import NOW, asking

from duecare.audit.grading.imported_case_grade import CaseGrade
from duecare.figure import quarter_of
from duecare.store.audit import imported_grades
from duecare.use_cases.figures.take_snapshot import take_snapshot
from duecare.use_cases.figures.verify_snapshot import recompute_figure

ELSEWHERE = datetime(2026, 5, 20, tzinfo=UTC)


def outside(name, ref, side, grade, at=ELSEWHERE):
    return CaseGrade(name, "merlin", ref, "paired", side, "g", "crime", "Eastmoor", grade, None, at, {})


@pytest.fixture
def held(store):
    graded(a_round(), [("good", "inadequate"), ("good", "good"), ("inadequate", "good")])
    rows = [outside("autumn", f"C{n}", side, "good") for n in range(4) for side in ("force", "inspectorate")]
    rows += [
        outside("audit of 2017-Q3", "C9", "force", "good", None),
        outside("nobody knows when", "C8", "force", "good", None),
    ]
    imported_grades.keep_grades(rows, NOW)
    return store


def test_a_round_counts_in_the_quarter_in_which_its_last_grade_was_opened(held):
    kept = take_snapshot(asking(NOW), held.config, quarter_of(OPENED).name)

    gap, force = kept.of("grades-gap").value, kept.of("grades-met-by-force").value
    assert (gap.part, gap.whole, gap.value) == (1, 3, 0.0)
    assert (force.part, force.whole) == (2, 3)
    assert recompute_figure(asking(NOW), held.config, kept.of("grades-gap").key).is_equal


@pytest.mark.parametrize(("quarter", "files"), [("2026-Q2", 4), ("2017-Q3", 1), ("2026-Q4", 0)])
def test_an_audit_run_elsewhere_counts_by_its_last_grade_else_by_the_year_in_its_name(held, quarter, files):
    kept = take_snapshot(asking(NOW), held.config, quarter)

    assert kept.of("grades-met-by-force").value.whole == files


def test_a_round_that_is_blind_counts_nowhere(store):
    a_round()

    kept = take_snapshot(asking(NOW), store.config, quarter_of(OPENED).name)

    assert kept.of("grades-gap").value.whole == 0
