"""The pages on which a disagreement is settled: both narratives, one form, errors said, blind before."""

from __future__ import annotations

import html

import pytest
from tests.made.rounds import a_round, graded
from tests.use_cases.test_reconcile import PAIRS
from tests.web.test_pages import text

pytestmark = pytest.mark.django_db

LIST = "/rounds/spring 2016/reconcile/"
FILE = f"{LIST}cris/C2/"
SAID = {"how": "meeting", "grade": "inadequate", "narrative": "The <b>visit</b> was never made.", "who": "A One\nB Two"}


@pytest.fixture
def lead(signed_in):
    return signed_in("lead_inspector", display_name="Lead MADEUP")


def test_a_disagreement_is_settled_from_the_list(lead):
    graded(a_round(), PAIRS, narrative="What <i>it</i> shows.")
    before = text(lead, LIST)
    form = text(lead, FILE)
    answer = lead.post(FILE, SAID)
    after = text(lead, LIST)

    assert before.index(">C2<") < before.index(">C4<") < before.index(">C1<") if ">C2<" in before else "C2" in before
    assert (
        "4 of the 5 files that both sides graded got different grades. 0 of these have been resolved"
        in html.unescape(before)
    )
    assert form.count("What &lt;i&gt;it&lt;/i&gt; shows.") == 2
    assert (answer.status_code, answer["Location"]) == (302, "/rounds/spring%202016/reconcile/#settled")
    assert "1 of these has been resolved" in after
    assert "The &lt;b&gt;visit&lt;/b&gt; was never made." in text(lead, FILE)
    assert "<form" not in text(lead, FILE).split("<main")[1]


def test_what_is_missing_is_said_and_what_was_typed_stays(lead):
    graded(a_round(), PAIRS)
    answer = lead.post(FILE, {**SAID, "who": "A One", "narrative": "Typed words"})
    page = answer.content.decode()

    assert answer.status_code == 400
    assert "There is a problem" in page
    assert "Name those who met, two or more" in page
    assert "Typed words" in page


def test_while_it_is_blind_neither_page_shows_anything(lead):
    graded(a_round(), PAIRS, opened_at=None, narrative="CANARY")

    for path in (LIST, FILE):
        answer = lead.get(path)
        assert answer.status_code == 403
        shown = answer.content.decode().split("<main")[1]
        assert "CANARY" not in shown
        assert "C2" not in shown
    assert lead.post(FILE, SAID).status_code == 403


def test_the_duties_late_in_the_file_stand_beside_what_each_side_wrote(signed_in, made_steps):
    lead = signed_in("audit_lead", display_name="Lead MADEUP")
    page = text(lead, "/rounds/drawn/reconcile/merlin/MER/2016/0001/")
    settled = text(lead, "/rounds/drawn/reconcile/merlin/MER/2016/0002/")

    assert "Neither grader saw them" in page
    assert "Allocate an investigator: Overdue" in page or "Allocate an investigator: Late" in page
    assert "This file is sealed, so Duecare did not check it" in settled
    assert "Both had read another log." in settled


@pytest.mark.parametrize("role", ["auditor", "inspector", "chief_officer"])
def test_only_leads_open_it(signed_in, role):
    assert signed_in(role).get(LIST).status_code == 403
