"""Grades beside duties: counted by side and by the cut, and a question wherever "good" stands against a breach of allocation."""

from __future__ import annotations

import dataclasses

import pytest
from tests.made.pages import finding

from duecare.audit.grading.grade_scheme import grade_schemes
from duecare.audit.grading.graded_file import GradedFile, GradeGiven
from duecare.duty.finding import State
from duecare.figure import duties_beside_grades, is_breach

FOUR = grade_schemes()["case-files-2014"]
BOTH = {"force": FOUR, "inspectorate": FOUR}
ALLOCATION = "LOCAL-allocate-investigator"
LATE = finding()
OTHER = finding(finding="9" * 16, duty="PACE-s40-review", state=State.MET_LATE)


def file(at, force="", inspectorate=""):
    words = (("force", force), ("inspectorate", inspectorate))
    return GradedFile("cris", f"C{at}", "paired", tuple(GradeGiven(side, side, word) for side, word in words if word))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, True),
        ({"state": State.MET_LATE}, True),
        ({"adopted": None}, True),
        ({"adopted": False}, False),
        ({"state": State.MET}, False),
        ({"state": State.OPEN}, False),
        ({"state": State.CANNOT_TELL}, False),
        ({"state": State.EXCUSED}, False),
    ],
)
def test_only_what_was_late_by_a_standard_in_force_is_a_breach(changes, expected):
    assert is_breach(dataclasses.replace(LATE, **changes)) is expected


def test_good_with_a_breach_of_allocation_is_a_question_and_counted():
    files = [
        file(1, "good", "inadequate"),
        file(2, "good", "good"),
        file(3, "adequate", "good"),
        file(4, "good", "good"),
    ]
    late = {("cris", "C1"): [LATE], ("cris", "C2"): [OTHER], ("cris", "C3"): [LATE, OTHER], ("cris", "C4"): []}
    found = duties_beside_grades(files, late, BOTH, ALLOCATION)

    assert [(one.key[1], one.side, one.grade) for one in found.questions] == [
        ("C1", "force", "good"),
        ("C3", "inspectorate", "good"),
    ]
    assert found.questions[1].breaches == (LATE,)
    assert found.counts == {
        "force": {True: (4, 3, 2), False: (0, 0, 0)},
        "inspectorate": {True: (3, 2, 1), False: (1, 1, 1)},
    }
    assert found.as_json()["with_a_breach"] == 3


def test_a_file_of_which_nothing_is_handed_over_is_left_out_and_counted():
    found = duties_beside_grades([file(1, "good", "good"), file(2, "good")], {("cris", "C1"): [LATE]}, BOTH, ALLOCATION)

    assert (len(found.files), found.left_out) == (1, 1)
    assert found.counts["force"][True] == (1, 1, 1)


def test_without_a_grade_of_one_side_no_question_is_asked_of_it():
    found = duties_beside_grades([file(1, "", "good")], {("cris", "C1"): [LATE]}, BOTH, ALLOCATION)

    assert [one.side for one in found.questions] == ["inspectorate"]
