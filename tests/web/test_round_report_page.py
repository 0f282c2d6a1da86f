"""The report of a round as a page and as files to keep."""

from __future__ import annotations

import pytest
from tests.made.rounds import a_round, graded
from tests.use_cases.test_compare_grades import PAIRS
from tests.web.test_pages import text

pytestmark = pytest.mark.django_db

PAGE = "/rounds/spring 2016/report/"


@pytest.fixture
def lead(signed_in):
    return signed_in("lead_inspector", display_name="Lead MADEUP")


def test_the_page_says_it_is_not_for_publication_and_offers_every_format(lead):
    graded(a_round(), PAIRS)
    page = text(lead, PAGE)

    assert "not for publication" in page
    assert "Report of the round spring 2016" in page
    for form in ("html", "ods", "pdf"):
        assert f'href="/rounds/spring%202016/report.{form}"' in page


@pytest.mark.parametrize(("form", "first"), [("html", b"<!DOCTYPE html>"), ("ods", b"PK")])
def test_a_format_is_a_file_to_keep(lead, form, first):
    graded(a_round(), PAIRS)
    answer = lead.get(f"/rounds/spring 2016/report.{form}")

    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="report-spring-2016.{form}"'
    assert answer.content.startswith(first)


def test_there_is_no_other_format(lead):
    graded(a_round(), PAIRS)

    assert lead.get("/rounds/spring 2016/report.exe").status_code == 404


def test_of_a_blind_round_there_is_none(lead):
    graded(a_round(), PAIRS, opened_at=None)

    assert lead.get(PAGE).status_code == 403
    assert lead.get("/rounds/spring 2016/report.ods").status_code == 403
