"""A page as it stood, or of which something is not shown, says so, and its links keep the moment."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.made import pages
from tests.web.test_pages import CASE, PERSON, text

from duecare.steps import read_case, read_person

pytestmark = pytest.mark.django_db

THEN = "?as_of=2016-03-18T09:00&known_at=2016-03-19T09:00"
NOTICE = "What visor says is not shown to you: Managed offender, call W1."


@pytest.fixture
def chief(signed_in, made_steps) -> Client:
    return signed_in("chief_officer", display_name="Chief MADEUP")


@pytest.mark.parametrize("path", [PERSON, CASE])
def test_links_to_people_and_cases_keep_the_moments_asked_for(chief, path):
    content = text(chief, path + THEN).split("</nav>", 2)[-1].split("<main", 1)[-1]
    links = [part.split('"', 1)[0] for part in content.split('href="')[1:]]
    onward = [link for link in links if link.startswith(("/people/", "/cases/"))]

    assert any(link.startswith("/people/") for link in onward)
    assert all("as_of=2016-03-18" in link and "known_at=2016-03-19" in link for link in onward)


@pytest.mark.parametrize("path", [PERSON, CASE])
def test_links_of_a_page_of_now_name_no_moment(chief, path):
    assert "as_of=" not in text(chief, path)


def test_where_something_is_not_shown_no_page_says_that_nothing_is_owed(chief, monkeypatch):
    monkeypatch.setattr(read_person, "read_person", lambda *_, **__: pages.person(findings=(), notices=(NOTICE,)))
    monkeypatch.setattr(read_case, "read_case", lambda *_, **__: pages.case(findings=(), notices=(NOTICE,)))

    for path in (PERSON, CASE):
        page = text(chief, path)
        assert NOTICE in page
        assert "Nothing is owed" not in page


def test_where_all_is_shown_and_nothing_is_owed_the_page_says_so(chief, monkeypatch):
    monkeypatch.setattr(read_case, "read_case", lambda *_, **__: pages.case(findings=()))

    assert "Nothing is owed now" in text(chief, CASE)


def test_of_a_case_that_is_only_a_pointer_the_page_claims_nothing(chief, monkeypatch):
    bare = pages.case(case=None, people=(), danger_words="", timeline=(), findings=(), notices=(NOTICE,))
    monkeypatch.setattr(read_case, "read_case", lambda *_, **__: bare)
    page = text(chief, CASE)

    assert page.count(NOTICE) == 1
    for claim in ("Nobody is allocated", "Nobody is named", "No event of this case", "not known", "Opened"):
        assert claim not in page


def test_a_hidden_row_names_no_file_and_no_row(chief):
    assert "visits.csv" not in text(chief, PERSON)


def test_danger_is_said_with_when_it_was_last_reported(chief, monkeypatch):
    words = "Danger reported as happening now: a child is missing and has not returned"
    warnings = ((words, pages.at("2016-03-18T09:00"), ""), ("Warning: order", pages.at("2016-03-01T09:00"), "merlin"))
    monkeypatch.setattr(read_person, "read_person", lambda *_, **__: pages.person(warnings=warnings))
    page = text(chief, PERSON)

    assert f"{words}</strong>, last reported 18 March 2016" in page
    assert "Warning: order</strong>, since 1 March 2016" in page
