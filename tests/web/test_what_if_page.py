"""The page on which a standard is tried: its form, its two columns, and what it refuses."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.web.test_pages import text

pytestmark = pytest.mark.django_db

AL1 = "LOCAL-allocate-investigator"
FORM = f"/what-if/?duty={AL1}"
TRY = {"duty": AL1, "try": "yes", "hours-child": "12", "hours-otherwise": "72"}


@pytest.fixture
def lead(signed_in, made_steps) -> Client:
    return signed_in("policy_lead", display_name="Policy MADEUP")


def test_every_standard_the_force_sets_is_offered_with_its_numbers(lead):
    page = text(lead, "/what-if/")

    assert "Allocate an investigator" in page
    assert "child 24 hours, otherwise 72 hours" in page
    assert f'href="/what-if/?duty={AL1}"' in page
    assert "red 1 hour, amber 24 hours" in page


def test_the_form_stands_at_the_numbers_in_force(lead, made_steps):
    page = text(lead, FORM)

    assert 'value="24"' in page.split('name="hours-child"')[1].split(">")[0]
    assert 'inputmode="decimal"' in page.split('name="hours-child"')[1].split(">")[0]
    assert "Child, in hours" in page
    assert [name for name, _, _ in made_steps] == ["standards_to_try"]


def test_both_columns_stand_side_by_side_and_are_not_for_publication(lead, made_steps):
    answer = lead.get("/what-if/", TRY)
    page = " ".join(answer.content.decode().split())

    assert answer.status_code == 200
    assert [name for name, _, _ in made_steps] == ["what_if"]
    (standard,) = made_steps[-1][1][2].standards
    assert (standard.duty, dict(standard.hours)) == (AL1, {"child": 12.0, "otherwise": 72.0})
    assert made_steps[-1][2]["on_a_page"] is True
    rows = page.split("The whole force</caption>")[1]
    for words in (
        "Child, hours",
        "Started",
        "Met on time",
        "Met late",
        "Overdue",
        "Cannot tell",
        "1,241",
        "No area recorded",
    ):
        assert words in rows
    assert "do not publish it" in page
    assert 'value="12"' in page


def test_a_period_can_be_named(lead, made_steps):
    parts = {
        "from-day": "1",
        "from-month": "1",
        "from-year": "2016",
        "to-day": "31",
        "to-month": "12",
        "to-year": "2016",
    }
    assert lead.get("/what-if/", {**TRY, **parts}).status_code == 200
    named = made_steps[-1][2]

    assert (named["first_moment"].isoformat(), named["last_moment"].isoformat()) == (
        "2016-01-01T23:59:59+00:00",
        "2016-12-31T23:59:59+00:00",
    )


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"hours-child": "soon"}, "Child must be a number of hours"),
        ({"hours-child": ""}, "Child must be a number of hours"),
        ({"hours-child": "-3"}, "is not a number of hours this duty knows"),
        ({"hours-child": "nan"}, "Child must be a number of hours"),
        ({"from-day": "31", "from-month": "2", "from-year": "2016"}, "must be a real date"),
    ],
)
def test_a_fault_is_shown_and_nothing_is_tried(lead, made_steps, wrong, words):
    answer = lead.get("/what-if/", {**TRY, **wrong})
    page = answer.content.decode()

    assert answer.status_code == 400
    assert "There is a problem" in page
    assert words in page
    assert [name for name, _, _ in made_steps] == ["standards_to_try"]


def test_there_is_no_standard_where_statute_sets_the_limit(lead):
    assert lead.get("/what-if/?duty=PACE-s40-review").status_code == 400


def test_the_navigation_offers_it_to_those_who_may(signed_in, made_steps):
    assert 'href="/what-if/"' in text(signed_in("policy_lead"), "/")
    assert 'href="/what-if/"' not in text(signed_in("bcu_lead"), "/")
