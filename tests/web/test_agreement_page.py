"""The page on agreement: its words, pictures and tables; blind until every side has opened; no different by what is sealed."""

from __future__ import annotations

import html
import re

import pytest
from tests.made.rounds import a_round, graded
from tests.web.test_pages import text

from duecare.audit.grading.imported_case_grade import read_case_grades, rows_by_case
from duecare.store.audit import imported_grades
from duecare.vocabulary import clock

pytestmark = pytest.mark.django_db

PAIRS = [("good", "good")] * 20 + [("good", "inadequate")] * 12 + [("adequate", "requires_improvement")] * 8
HEADER = "round,case_ref,set,grader_side,grader,area,grade,graded_at"


@pytest.fixture
def lead(signed_in):
    return signed_in("audit_lead", display_name="Lead MADEUP")


def outside(name="autumn/2016", areas=("Eastmoor", "<b>Westmoor</b>")):
    lines = [
        f"{name},C{at},paired,{side},{side}-1,{areas[at % len(areas)]},{word},2016-10-01"
        for at, pair in enumerate(PAIRS)
        for side, word in zip(("force", "inspectorate"), pair, strict=True)
    ]
    imported_grades.keep_grades(
        read_case_grades(rows_by_case("\n".join([HEADER, *lines]).encode())).accepted, clock.current_moment()
    )
    return name


def test_every_round_is_listed_with_where_it_is_from(lead):
    a_round()
    outside()
    page = text(lead, "/agreement/")

    assert "Not yet: still blind" in page
    assert 'href="/rounds/autumn/2016/agreement/"' in page
    assert 'href="/rounds/2017-Q3/agreement/"' in page
    assert 'href="/rounds/spring%202016/agreement/"' not in page


def test_figures_stand_in_words_with_their_intervals(lead):
    graded(a_round(), PAIRS)
    page = html.unescape(text(lead, "/rounds/spring 2016/agreement/"))

    assert (
        "Both sides gave the same grade to 20 of the 40 files that both graded: 50.0% (95% interval 35.2% to 64.8%)"
        in page
    )
    assert "the force passed 50.0 percentage points more" in page
    assert "20 were passed by the force only, 0 by the inspectors only" in page
    assert re.search(r"Cohen’s kappa is 0\.\d\d \(95% interval 0\.\d\d to 0\.\d\d\)", page)
    assert "Do not publish this page" in page
    assert "compared only on whether the standard was met" in page


def test_every_picture_has_its_table_beside_it(lead):
    page = text(lead, f"/rounds/{outside()}/agreement/")

    assert page.count('role="img"') == 4
    for caption in (
        "Number of files by force grade",
        "The gap by area, with limits for that number of files",
        "Met the standard, by round and side",
        "The gap, round by round",
    ):
        assert caption in page
    assert "&lt;b&gt;Westmoor" in page
    assert "<b>Westmoor" not in page
    assert "style=" not in page.split("<main")[1]
    assert "MET-2016" not in page
    assert "374" in page


def test_a_recalibration_of_one_side_shows_how_far_its_graders_agree(lead):
    lines = [
        f"recalibration 2016,C{at},force_only,force,{who},Eastmoor,{word},2016-10-01"
        for at, words in enumerate([("good", "good"), ("good", "adequate"), ("inadequate", "inadequate")] * 4)
        for who, word in zip("AB", words, strict=True)
    ]
    imported_grades.keep_grades(
        read_case_grades(rows_by_case("\n".join([HEADER, *lines]).encode())).accepted, clock.current_moment()
    )
    page = html.unescape(text(lead, "/rounds/recalibration 2016/agreement/"))

    assert "Krippendorff's alpha, ordinal, within force" in page
    assert "no file of the paired set was graded by both sides" in page
    assert "within force" in html.unescape(text(lead, "/rounds/recalibration 2016/report/"))


@pytest.mark.parametrize("other", ["good", "inadequate"])
def test_while_it_is_blind_the_page_says_so_and_nothing_else(lead, other):
    graded(a_round(), [("good", other)], opened_at=None)
    answer = lead.get("/rounds/spring 2016/agreement/")
    page = answer.content.decode()

    assert answer.status_code == 403
    assert "This round is still blind" in page
    assert "<svg" not in page.split("<main")[1]
    assert "inadequate" not in page


def test_a_round_known_by_totals_says_what_they_support(lead):
    page = html.unescape(text(lead, "/rounds/2016/agreement/"))

    assert "At least 73 (or 74, if 106) of 132 files were passed by the force and not by the inspectors" in page
    assert "cannot be worked out from totals alone" in page
    assert "+55.3 points" in page


def test_there_is_no_such_round(lead):
    assert lead.get("/rounds/never/agreement/").status_code == 404


@pytest.mark.parametrize("role", ["auditor", "inspector", "investigator", "mayors_office"])
def test_who_may_not_compare_is_refused(signed_in, role):
    client = signed_in(role)

    assert client.get("/agreement/").status_code == 403
    assert client.get("/rounds/2016/agreement/").status_code == 403
