"""A page as it stood, or of which something is not shown, says so, and its links keep the moment."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.made import pages
from tests.web.test_pages import CASE, PERSON, text

from duecare.use_cases.casework import view_case
from duecare.use_cases.people import view_person

pytestmark = pytest.mark.django_db

# Who is one person is as linked today, and what is recorded is recorded now.
NOW_ALONE = ("/links/", "/people/new/", "/people/born/")
THEN = "?as_of=2016-03-18T09:00&known_at=2016-03-19T09:00"
NOTICE = "What visor says is not shown to you: Managed offender, call W1."
SHOWN = "Some information from ViSOR is not shown to you. It is about a managed offender: call W1."


@pytest.fixture
def chief(signed_in, made_steps) -> Client:
    return signed_in("chief_officer", display_name="Chief MADEUP")


@pytest.mark.parametrize("path", [PERSON, CASE])
def test_links_to_people_and_cases_keep_the_moments_asked_for(chief, path):
    content = text(chief, path + THEN).split("</nav>", 2)[-1].split("<main", 1)[-1]
    links = [part.split('"', 1)[0] for part in content.split('href="')[1:]]
    onward = [link for link in links if link.startswith(("/people/", "/cases/")) and link != path]
    onward = [link for link in onward if not link.startswith(NOW_ALONE)]

    assert any(link.startswith("/people/") for link in onward)
    assert all("as_of=2016-03-18" in link and "known_at=2016-03-19" in link for link in onward)


PAGES_THEN = [PERSON, CASE, "/worklist/", "/findings/?state=any", "/custody/", "/visits/?risk=high&column=overdue"]


@pytest.mark.parametrize("path", PAGES_THEN)
def test_every_page_of_another_moment_says_so_and_leads_back_to_now(chief, path):
    page = text(chief, path + THEN if "?" not in path else f"{path}&{THEN[1:]}")

    assert "This page shows the past" in page
    assert "At 18 March 2016 at 9am, using what was recorded by 19 March 2016 at 9am." in page
    assert "Anything recorded later is not shown." in page
    assert "People are shown as linked today" in page
    back = page.split('">Back to now')[0].rsplit('href="', 1)[1].replace("&amp;", "&")
    assert back == path
    assert "This page shows" not in text(chief, back)


@pytest.mark.parametrize("path", PAGES_THEN)
def test_every_link_to_people_cases_and_boards_keeps_the_moments(chief, path):
    page = text(chief, path + THEN if "?" not in path else f"{path}&{THEN[1:]}")
    content = page.split("<main", 1)[1].split("</main", 1)[0]
    links = [part.split('"', 1)[0] for part in content.split('href="')[1:]]
    onward = [
        link for link in links if link.startswith("/") and "moment" not in link and not link.startswith(NOW_ALONE)
    ]
    kept = [link for link in onward if "as_of=2016-03-18T09%3A00%3A00%2B00%3A00" in link]

    back = path.replace("&", "&amp;")
    assert [link for link in onward if link not in kept and link != back and "/changed/" not in link] == []
    assert len(kept) > 1


def test_the_moment_is_handed_to_the_step(chief, made_steps):
    for path, name in (("/worklist/", "worklist_then"), ("/visits/", "visits_then"), ("/custody/", "read_custody")):
        text(chief, path + THEN)
        called, _, named = made_steps[-1]
        assert called == name
        assert named["as_of"].isoformat() == "2016-03-18T09:00:00+00:00"
        assert named["known_at"].isoformat() == "2016-03-19T09:00:00+00:00"


def form(day="", month="", year="", time="", known="all", **more) -> str:
    fields = {"as_of-day": day, "as_of-month": month, "as_of-year": year, "as_of-time": time, "known": known, **more}
    return "?" + "&".join(f"{name}={value}" for name, value in fields.items())


@pytest.mark.parametrize(
    ("asked", "as_of", "known_at"),
    [
        (form("18", "3", "2016", "09:00", "then"), "2016-03-18T09:00:00+00:00", "2016-03-18T09:00:00+00:00"),
        (form("18", "7", "2016", "09:00"), "2016-07-18T08:00:00+00:00", None),
        (form("18", "3", "2016"), "2016-03-18T23:59:59+00:00", None),
        (
            form(
                "18", "3", "2016", "", "other", **{"known_at-day": "1", "known_at-month": "4", "known_at-year": "2016"}
            ),
            "2016-03-18T23:59:59+00:00",
            "2016-04-01T22:59:59+00:00",
        ),
        (form(), None, None),
    ],
)
def test_the_form_leads_to_an_address_that_names_the_moments(chief, made_steps, asked, as_of, known_at):
    answer = chief.get(CASE + asked)

    assert answer.status_code == 302
    assert made_steps == [], "nothing is read before the moment is settled"
    chief.get(answer["Location"])
    named = made_steps[-1][2]
    assert [named[name] and named[name].isoformat() for name in ("as_of", "known_at")] == [as_of, known_at]


def test_the_form_keeps_what_else_the_page_was_asked_for(chief):
    answer = chief.get("/worklist/" + form("18", "3", "2016", "09:00", area="South+fen", unallocated="yes", page="7"))

    assert answer["Location"] == "/worklist/?area=South+fen&unallocated=yes&as_of=2016-03-18T09%3A00%3A00%2B00%3A00"


@pytest.mark.parametrize(
    ("asked", "field", "words"),
    [
        (form("18", "", "2016"), "as_of-month", "must include a month"),
        (form("", "", "", "09:00"), "as_of-day", "must include a day and a month and a year"),
        (form("31", "2", "2016"), "as_of-day", "must be a real date"),
        (form("1", "2", "16"), "as_of-year", "4 digits"),
        (form("1", "2", "2016", "nine"), "as_of-time", "must have a time like 09:30"),
        (form("1", "2", "2016", "25:00"), "as_of-time", "must have a time like 09:30"),
        (form(known="then"), "as_of-day", "Enter the date<"),
        (form("1", "2", "2016", known="other"), "known_at-day", "Enter the date recorded by"),
        (form("1", "2", "2016", known="never"), "known", "Select what was known"),
        (form("²", "2", "2016"), "as_of-day", "must be a real date"),
    ],
)
def test_a_fault_in_the_form_is_shown_beside_its_field_and_nothing_is_read(chief, made_steps, asked, field, words):
    answer = chief.get(CASE + asked)
    page = " ".join(answer.content.decode().split())

    assert answer.status_code == 400
    assert made_steps == []
    assert "Error: see this page at another date" in page
    assert f'href="#{field}">' in page
    assert page.count(words) == 2, "in the summary and at the field"
    assert f'id="{field}"' in page


def test_the_form_shows_the_moments_of_the_page(chief):
    page = text(chief, CASE + "?as_of=2016-07-18T09:00&known_at=2016-07-18T09:00")

    for name, value in (("day", "18"), ("month", "7"), ("year", "2016"), ("time", "09:00")):
        assert page.split(f'name="as_of-{name}"')[1].split('value="')[1].split('"')[0] == value
    assert 'value="then" checked' in page


def test_looking_ahead_is_called_so(chief):
    page = text(chief, CASE + "?as_of=2199-01-01")

    assert "This page shows the future" in page
    assert "If nothing more is done, at 1 January 2199 at 11:59pm" in page


@pytest.mark.parametrize("path", [PERSON, CASE])
def test_links_of_a_page_of_now_name_no_moment(chief, path):
    assert "as_of=" not in text(chief, path).replace('name="as_of', "")


def test_where_something_is_not_shown_no_page_says_that_nothing_is_owed(chief, monkeypatch):
    monkeypatch.setattr(view_person, "read_person", lambda *_, **__: pages.person(findings=(), notices=(NOTICE,)))
    monkeypatch.setattr(view_case, "read_case", lambda *_, **__: pages.case(findings=(), notices=(NOTICE,)))

    for path in (PERSON, CASE):
        page = text(chief, path)
        assert SHOWN in page
        assert "Nothing is owed" not in page


def test_where_all_is_shown_and_nothing_is_owed_the_page_says_so(chief, monkeypatch):
    monkeypatch.setattr(view_case, "read_case", lambda *_, **__: pages.case(findings=()))

    assert "Nothing is owed now" in text(chief, CASE)


def test_of_a_case_that_is_only_a_pointer_the_page_claims_nothing(chief, monkeypatch):
    bare = pages.case(case=None, people=(), danger_words="", timeline=(), findings=(), notices=(NOTICE,))
    monkeypatch.setattr(view_case, "read_case", lambda *_, **__: bare)
    page = text(chief, CASE)

    assert page.count(SHOWN) == 1
    for claim in ("Nobody is allocated", "No people are recorded", "No events are recorded", "Not known", "Opened"):
        assert claim not in page


def test_a_hidden_row_names_no_file_and_no_row(chief):
    assert "visits.csv" not in text(chief, PERSON)


def test_danger_is_said_with_when_it_was_last_reported(chief, monkeypatch):
    words = "Danger reported as happening now: a child is missing and has not returned"
    warnings = ((words, pages.at("2016-03-18T09:00"), ""), ("Warning: order", pages.at("2016-03-01T09:00"), "merlin"))
    monkeypatch.setattr(view_person, "read_person", lambda *_, **__: pages.person(warnings=warnings))
    page = text(chief, PERSON)

    assert f"{words}</strong>, last reported 18 March 2016" in page
    assert "Warning: order</strong>, since 1 March 2016" in page
