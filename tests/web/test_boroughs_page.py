"""The page of boroughs side by side: what is flagged is said, drawn and in the table; forms keep what was chosen."""

import re
from dataclasses import replace

import pytest
from tests.made import borough_pages

from duecare.use_cases.figures import compare_boroughs

pytestmark = pytest.mark.one_engine  # the steps behind it are tried on both


@pytest.fixture
def asked(monkeypatch):
    found = []

    def step(asking, config, figure, period):
        found.append((figure, period))
        return borough_pages.nothing_kept() if figure == "none" else borough_pages.chosen(figure)

    monkeypatch.setattr(compare_boroughs, "read_boroughs", step)
    return found


@pytest.mark.django_db
def test_a_borough_truly_worse_is_said_drawn_and_in_the_table(asked, signed_in):
    page = signed_in("mayors_office").get("/oversight/?figure=a&period=b").content.decode()

    assert asked == [("a", "b")]
    assert re.search(r"Outside the limits</strong> (<bdi>)?Millrace", page)
    assert "Outside the 99.8% limits: Millrace." in page
    assert "▲▲" in page
    assert "This quarter has not ended" in page
    assert page.count("above the 99.8% limits") == 2  # what the sign means, and the borough's row
    assert page.count("<svg") == 3 + 2 + 32
    assert "8 figures that count children by borough are not shown to you, because" in page
    assert '<option value="2026-Q1" selected>' in page
    assert f'<option value="{borough_pages.FIGURE}" selected>' in page


@pytest.mark.django_db
def test_before_anything_is_kept_the_page_says_who_keeps_it(asked, signed_in):
    page = signed_in("chief_officer").get("/oversight/?figure=none").content.decode()

    assert "No figures have been saved yet." in page
    assert "<svg" not in page


@pytest.mark.django_db
def test_the_page_leads_to_the_figure_and_to_no_person_and_no_list(asked, signed_in):
    page = signed_in("expert").get("/oversight/").content.decode()
    main = page[page.index("<main") : page.index("</main>")]

    assert re.findall(r'href="([^"]+)"', main) == [f"/figures/{borough_pages.FIGURE}/?period=2026-Q1"]


@pytest.mark.django_db
@pytest.mark.parametrize("figure", [borough_pages.FIGURE, "seen-after"])
def test_a_borough_leads_to_its_list_for_those_who_may_open_it(monkeypatch, signed_in, figure):
    page = replace(borough_pages.chosen(figure), keys={"Millrace": "0123456789abcdef"})
    monkeypatch.setattr(compare_boroughs, "read_boroughs", lambda *asked: page)

    shown = signed_in("chief_officer").get("/oversight/").content.decode()

    assert f'<a class="govuk-link" href="/figures/{figure}/list/0123456789abcdef/"><bdi>Millrace</bdi></a>' in shown


@pytest.mark.django_db
def test_hours_are_shown_for_each_borough_and_over_time_with_the_months_that_are_more_than_chance(asked, signed_in):
    page = signed_in("chief_officer").get("/oversight/?figure=seen-after").content.decode()

    assert page.count("<svg") == 2 + 2
    assert "More than chance, because a point is outside the limits: 2026-01 to 2026-03." in page
    assert "not known: more than half had not happened by the end of the period" in page
    assert "&lt;Westering&gt;" in page
    assert "league table" not in page
