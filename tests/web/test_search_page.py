"""The page of search: what is typed is sent in the body, each found with the reason, the restricted without a name."""

import pytest
from tests.made import pages, search_pages

from duecare.use_cases.people import search_people

pytestmark = pytest.mark.one_engine  # the steps behind it are tried on both


@pytest.fixture
def asked(monkeypatch):
    found = []

    def step(asking, text, **more):
        found.append((text, more))
        return search_pages.found() if text else search_people.SearchPage()

    monkeypatch.setattr(search_people, "search_people_by_text", step)
    return found


def test_what_is_typed_reaches_the_step_and_stands_in_the_form_and_in_no_address(asked, signed_in):
    typed = {"text": " bob tallow ", "born": "14", "near": "NM1 2AB"}

    answer = signed_in("investigator").post("/search/", typed)

    assert asked == [("bob tallow", {"born_text": "14", "near_place": "NM1 2AB"})]
    page = answer.content.decode()
    assert 'value="bob tallow"' in page
    assert 'method="post" action="/search/"' in page
    assert "?" not in page.split('role="search"')[1].split("</form>")[0]


def test_words_in_an_address_are_not_searched_for(asked, signed_in):
    signed_in("investigator").get("/search/?text=bob")

    assert asked == [("", {"born_text": "", "near_place": ""})]


def test_each_is_shown_with_the_reason_and_the_restricted_without_a_link(asked, signed_in):
    page = signed_in("investigator").post("/search/", {"text": "bob tallow"}).content.decode()

    assert f'href="/people/{pages.PERSON}/"' in page
    assert "The date of birth is the same; the given names are forms of the same name." in page
    assert "4 May 2009" in page
    restricted = page.split("Restricted</h3>")[1].split("</li>")[0]
    assert "ask" in restricted
    assert "href" not in restricted


def test_nobody_found_is_said_and_is_not_that_nobody_is_held(monkeypatch, signed_in):
    monkeypatch.setattr(search_people, "search_people_by_text", lambda request, search_text, **_: search_pages.nobody())

    page = signed_in("investigator").post("/search/", {"text": "zz"}).content.decode()

    assert "No matches" in page
    assert "There may still be a record" in page
