"""A case sent back, walked through its pages: the grader's two clicks, the force's answers, the inspectorate's confirmation."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.made.few_cases import SOURCE, filled
from tests.made.one_file import one_file, signed_in, text
from tests.made.stores import Store

from duecare.store.models import ReferredBack, Round
from duecare.web.referrals import views

pytestmark = pytest.mark.usefixtures("read_in_process")

SEND = f"/refer-back/r1/{SOURCE}/OPEN/"
PAGE = f"/referrals/{SOURCE}/OPEN/"
DEEDS = {deed: f"/referral-{deed}/{SOURCE}/OPEN/" for deed in ("acknowledge", "action", "revisit", "confirm")}
SAID = {"danger": "He still has her number.", "child": f"{SOURCE}:child-open", "must_act": "detective_inspector"}


@pytest.fixture
def clients(store: Store, tmp_path: Path):
    """Who signs in, over the few cases, one of them allotted to an inspector."""
    now = datetime.now(UTC).replace(microsecond=0)
    with filled(store, tmp_path / "few", now):
        one_file(now)
        yield signed_in


def test_sent_back_answered_and_confirmed_through_the_pages(clients):
    insp, di, lead = clients("insp"), clients("di"), clients("lead-insp")
    assert "What is the danger?" in text(insp.get(SEND))
    assert "The force has the case and its deadlines have started" in text(insp.post(SEND, SAID))
    assert "No answer yet" in text(di.get("/referrals/"))
    assert "He still has her number." in text(di.get(PAGE))
    assert "if nobody answers, detective inspector will be notified" in text(di.get("/referrals/"))

    assert di.post(DEEDS["acknowledge"]).status_code == 302
    empty = di.post(DEEDS["action"], {"act-words": " "})
    assert empty.status_code == 400
    assert "Enter what you did" in text(empty)
    assert di.post(DEEDS["action"], {"act-words": "Her number was changed."}).status_code == 302
    assert "Acted on, child not confirmed seen" in text(lead.get("/referrals/"))
    assert "You cannot record it here" in text(di.get(PAGE))
    assert "Confirm that the child was seen" not in text(lead.get(PAGE))
    refused = lead.post(DEEDS["confirm"])
    assert refused.status_code == 400
    assert "Nobody can confirm yet" in text(refused)
    assert "There must be a fact that the child was seen" in text(refused)
    assert di.post(DEEDS["revisit"], {"revisit-further_harm": "no"}).status_code == 302
    assert "no further harm found" in text(di.get(PAGE))
    assert "Acted on, child not confirmed seen" in text(lead.get("/referrals/"))


def test_whoever_acknowledged_is_shown_by_rank_and_name_where_the_officers_file_names_them(clients, monkeypatch):
    clients("insp").post(SEND, SAID)
    di = clients("di")
    di.post(DEEDS["acknowledge"])
    assert "Ada Vardy" not in text(di.get(PAGE))
    monkeypatch.setattr(views, "officer_names", lambda: {"D1": "inspector Ada Vardy (D1)"})

    assert "inspector Ada Vardy (D1)" in text(di.get(PAGE))


def test_a_form_half_filled_says_what_is_missing_and_keeps_what_was_typed(clients):
    answer = clients("insp").post(SEND, {**SAID, "child": ""})

    assert answer.status_code == 400
    assert "Select which child is in danger" in text(answer)
    assert "He still has her number." in text(answer)
    assert not ReferredBack.objects.exists()


@pytest.mark.parametrize("who", ["other-insp", "lead-insp", "di"])
def test_no_one_else_sends_it_back(clients, who):
    for answer in (clients(who).get(SEND), clients(who).post(SEND, SAID)):
        assert answer.status_code in {403, 404}
    assert not ReferredBack.objects.exists()


def test_another_borough_sees_nothing_of_it_and_a_lead_inspector_answers_nothing(clients):
    clients("insp").post(SEND, SAID)
    west, lead = clients("di-west"), clients("lead-insp")

    assert "OPEN" not in text(west.get("/referrals/"))
    assert west.get(PAGE).status_code == 404
    assert west.post(DEEDS["acknowledge"]).status_code == 404
    assert lead.post(DEEDS["acknowledge"]).status_code in {403, 404}
    assert "Open the case" not in text(lead.get(PAGE))
    assert clients("di").post(DEEDS["confirm"]).status_code == 403


def test_an_answer_nobody_offers_is_refused(clients):
    clients("insp").post(SEND, SAID)

    assert clients("di").post(f"/referral-delete/{SOURCE}/OPEN/").status_code == 404
    assert clients("di").post(PAGE).status_code == 405


def test_the_form_is_recorded_once_however_often_it_is_sent(clients):
    from duecare.record.pole import CaseKey
    from duecare.store.facts.fact_lookup import facts_of_case

    clients("insp").post(SEND, SAID)
    di = clients("di")
    form = re.search(r'name="acknowledge-form" value="([0-9a-f]{32})"', text(di.get(PAGE)))
    assert form
    for _ in range(2):
        assert di.post(DEEDS["acknowledge"], {"acknowledge-form": form[1]}).status_code == 302
        assert di.post(DEEDS["action"], {"act-words": "She moved.", "act-form": form[1]}).status_code == 302

    kinds = [event.kind for event in facts_of_case(CaseKey(SOURCE, "OPEN"), None).events]
    assert (kinds.count("referral_acknowledged"), kinds.count("referral_actioned")) == (1, 1)


def test_who_sent_it_back_finds_the_way_on_and_sees_that_they_did(clients):
    insp = clients("insp")
    file = f"/sample/r1/{SOURCE}/OPEN/"
    now = datetime.now(UTC)
    graded_by = {"method": "child-protection-2024", "schemes": {"inspectorate": "case-files-2017"}}
    Round.objects.update(known_at=now, drawn_at=now, **graded_by)
    assert "You sent this case back" not in text(insp.get(file))

    assert file in text(insp.post(SEND, SAID))

    assert "You sent this case back" in text(insp.get(file))
    assert "You sent this case back" in text(insp.get(SEND))
