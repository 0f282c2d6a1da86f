"""The list of findings and the page of what changed say in plain words what the steps handed over."""

from __future__ import annotations

import dataclasses
import re

import pytest
from django.test import Client
from tests.made import pages
from tests.web.test_pages import CASE, links_in, text

from duecare.rulebook.all_duties import all_duties
from duecare.use_cases.findings import compare_moments, list_findings

pytestmark = pytest.mark.django_db

CHANGED = CASE.replace("/cases/", "/changed/")


@pytest.fixture
def chief(signed_in, made_steps) -> Client:
    return signed_in("chief_officer", display_name="Chief MADEUP")


def test_the_list_asks_for_what_is_overdue_unless_asked_otherwise(chief, made_steps):
    text(chief, "/findings/")
    asked = made_steps[-1]
    assert asked[1][1].state == "overdue"
    assert asked[2] == {"suggested": False, "first_number": 0, "as_of": None, "known_at": None}

    text(chief, "/findings/?state=any&duty=PACE-s40-review&ref=CU1&area=Northmoor&case=C+1&suggested=yes&first=50")
    wanted = made_steps[-1][1][1]
    assert (wanted.state, wanted.duty, wanted.ref, wanted.area, wanted.case) == (
        None, "PACE-s40-review", "CU1", "Northmoor", "C 1",
    )  # fmt: skip
    assert made_steps[-1][2]["suggested"] is True
    assert made_steps[-1][2]["first_number"] == 50


@pytest.mark.parametrize("asked", ["state=late", "duty=no-such", "ref=XX1"])
def test_what_there_is_none_of_is_refused_and_nothing_is_read(chief, made_steps, asked):
    assert chief.get(f"/findings/?{asked}").status_code == 400
    assert made_steps == []


def test_each_finding_says_its_state_limit_owner_authority_and_who_should_have_been_notified(chief):
    page = text(chief, "/findings/")

    assert "Late by 8 days and not done." in page
    assert "Limit: 2 March 2016 at 9am." in page
    told = page.split("Should have been notified: ")[1].split("</p>")[0]
    assert "supervisor: <bdi>S100</bdi>, 2 March 2016 at 9am; " in told
    assert "detective inspector (post vacant), 3 March 2016 at 9am" in told
    assert "suggested but not adopted, so missing it is not a breach" in page
    assert "Cannot tell" in page


def test_each_finding_names_its_case_and_whom_it_is_about(chief, monkeypatch):
    of_case, of_child = pages.finding(), pages.finding(finding="8" * 16, person=pages.PERSON)
    of_other = pages.finding(finding="9" * 16, person=pages.OTHER)
    alone = pages.finding(finding="a" * 16, person=pages.OTHER, case_ref=None)
    monkeypatch.setattr(
        list_findings, "list_findings", lambda *_, **__: pages.findings(findings=(of_case, of_child, of_other, alone))
    )

    lines = text(chief, "/findings/").split('<li class="duecare-line">')[1:]

    for line in lines[:3]:
        assert links_in(line)[CASE] == "Case MER/2016/0001"
    for line in lines[:2]:
        assert links_in(line)[f"/people/{pages.PERSON}/"] == "Ada Example, 11"
    assert "Person whose name is not shown to you" in lines[2]
    assert "/people/" not in lines[2]
    assert links_in(lines[3])[f"/people/{pages.OTHER}/"] == "Person whose name is not shown to you"
    assert not [line for line in lines if f"erson {pages.PERSON}" in line or f"erson {pages.OTHER}" in line]


def test_the_filter_of_limits_says_in_a_few_words_what_each_is_and_sends_its_reference(chief):
    options = dict(re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)</option>', text(chief, "/findings/")))

    assert options["AL1"] == "AL1: Allocate an investigator"
    assert options["CP2"] == "CP2: Tell the local authority where the child was found, and 5 more"
    assert options["CU1"] == "CU1: First review of the detention"
    refs = [ref for ref in options if re.fullmatch(r"[A-Z]{2}\d+", ref)]
    assert refs.index("AL2") + 1 == refs.index("AL3") < refs.index("AL10") < refs.index("CP1")
    assert set(refs) == {ref for duty in all_duties() for rule in duty.rules for ref, _ in rule.turns}


def test_more_and_back_keep_what_was_asked_for(chief):
    page = text(chief, "/findings/?state=met&area=South+fen&suggested=yes&as_of=2016-03-18T09:00&first=50")

    more = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    for kept in (
        "state=met",
        "area=South+fen",
        "suggested=yes",
        "first=100",
        "as_of=2016-03-18T09%3A00%3A00%2B00%3A00",
    ):
        assert kept in more
    back = page.split('rel="prev"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert "first=" not in back
    assert "suggested=yes" in back


def test_suggested_standards_stand_apart_and_say_what_they_are(chief):
    assert "No chief officer has adopted these standards." in text(chief, "/findings/?suggested=yes")
    assert "No chief officer has adopted these standards." not in text(chief, "/findings/")


def test_an_empty_list_of_a_moment_counts_none(chief, monkeypatch):
    empty = pages.findings(findings=(), first=0, after=None, total=0)
    monkeypatch.setattr(list_findings, "list_findings", lambda *_, **__: empty)

    page = text(chief, "/findings/?as_of=2016-03-18")
    assert "0 findings" in page
    assert "No findings to show." in page
    assert (
        'href="/findings/?suggested=yes&amp;state=overdue&amp;as_of=2016-03-18'
        in page.split("listed separately, under")[1]
    )
    assert "listed separately, under" not in text(chief, "/findings/?suggested=yes&as_of=2016-03-18")


def test_what_was_looked_at_and_may_not_be_shown_is_not_called_nothing(chief, monkeypatch):
    further = pages.findings(findings=(), first=0, after=1000)
    monkeypatch.setattr(list_findings, "list_findings", lambda *_, **__: further)

    page = text(chief, "/findings/")
    assert "Narrow the list, or select More." in page
    assert 'rel="next"' in page


# --- what changed --------------------------------------------------------------------------------------


def test_every_cause_is_shown_in_its_own_words(chief):
    page = text(chief, CHANGED)

    for words in (
        "Only time has passed.",
        "This happened between the two dates:",
        "Investigator allocated, 2 March 2016 at 8am, recorded 5 March 2016 at 9am (Merlin, E7)",
        "This happened before but was recorded later. Only all of these together changed it:",
        "A record was changed:",
        "before: Concern reported, 1 March 2016 at 9am (Merlin, E9)",
        "A record was withdrawn:",
        "withdrawn 5 March 2016 at 9am (Merlin, E6)",
        "Records were linked as one person, or separated:",
        "Merlin P1",
        "The force’s own standard was changed.",
        "something that you cannot see",
        "1 of the records behind these changes is not shown to you.",
        "People are as linked today.",
    ):
        assert words in page, words
    assert "CANARY" not in page


def test_both_states_are_shown_for_readers_of_every_kind(chief):
    page = text(chief, CHANGED)

    assert "Not listed" in page
    assert "Due in 9 hours" in page
    assert "Late by 8 days" in page
    assert '<span class="govuk-visually-hidden">Before: </span>' in page


def test_where_nothing_differs_it_says_so(chief, monkeypatch):
    none = dataclasses.replace(pages.changed(), changes=(), hidden=0)
    monkeypatch.setattr(compare_moments, "changed_in_case", lambda *_: none)

    assert "Nothing has changed, except how late some duties are." in text(chief, CHANGED)


def test_the_page_asks_for_a_week_unless_asked_otherwise(chief, made_steps):
    text(chief, CHANGED)
    then, now = made_steps[-1][1][-2:]
    assert (now.as_of - then.as_of).days == 7
    assert (then.known_at, now.known_at) == (then.as_of, now.as_of)

    text(chief, CHANGED + "?from=2016-03-01&to=2016-03-18T09:00")
    then, now = made_steps[-1][1][-2:]
    assert then.as_of.isoformat() == "2016-03-01T23:59:59+00:00"
    assert now.as_of.isoformat() == "2016-03-18T09:00:00+00:00"


def test_its_form_leads_to_an_address_that_names_both_moments(chief, made_steps):
    parts = {"from-day": "1", "from-month": "3", "from-year": "2016", "from-time": "", "to-day": ""}
    answer = chief.get(CHANGED, parts)

    assert answer.status_code == 302
    assert answer["Location"].endswith("?from=2016-03-01T23%3A59%3A59%2B00%3A00")
    assert made_steps == []


@pytest.mark.parametrize(
    "parts",
    [
        {"from-day": "31", "from-month": "2", "from-year": "2016"},
        {"from-day": "2", "from-month": "3", "from-year": "2016", "to-day": "1", "to-month": "3", "to-year": "2016"},
    ],
)
def test_a_fault_in_its_form_is_shown_and_nothing_is_read(chief, made_steps, parts):
    answer = chief.get(CHANGED, parts)

    assert answer.status_code == 400
    assert "There is a problem" in answer.content.decode()
    assert "Error: What has changed" in answer.content.decode()
    assert made_steps == []


def test_a_later_moment_before_the_earlier_is_refused(chief, made_steps):
    for asked in ("?from=2199-01-01", "?from=2016-03-02&to=2016-03-01", "?from=no"):
        assert chief.get(CHANGED + asked).status_code == 400
    assert made_steps == []


def test_the_case_page_leads_to_what_changed_since_the_moment_it_shows(chief):
    assert "What has changed in the last week" in text(chief, CASE)
    page = text(chief, CASE + "?as_of=2016-03-18T09:00")
    assert f'href="{CHANGED}?from=2016-03-18T09%3A00%3A00%2B00%3A00">What has changed since then' in page
