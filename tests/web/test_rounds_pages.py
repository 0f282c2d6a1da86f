"""The pages of rounds: a list with what is owed, and a round walked by the leads of both sides from opening to its end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from tests.made.stores import Store, read_in_process, store, stores
from tests.use_cases.test_rounds import NUMBERS, case, submitted, take

from duecare.audit.rounds.draw_seed import side_commitment
from duecare.store import accounts
from duecare.store.models import LedgerEntry, Round, SampledFile

__all__ = ["read_in_process", "store", "stores"]
pytestmark = pytest.mark.usefixtures("read_in_process")

OPENING = {
    "name": "R1",
    "title": "Made-up <b>round</b>",
    "kind": "inspection",
    "method": "child-protection-2024",
    "scheme-force": "case-files-2017",
    "scheme-inspectorate": "case-files-2017",
}
PLAN = {"do": "plan", "kind": "missing", "by": ["kind", "area"], "files_paired": "5", "files_force_only": "2"}
PAGE = "/rounds/R1/"


@pytest.fixture
def sign_in(store: Store, tmp_path: Path):
    """Thirty cases; two leads, a grader of the force and a chief officer."""
    take(store, tmp_path, *(case(f"REF-{n:02}", "missing", "Northmoor", n + 1) for n in range(30)))
    for name, role, officer in (
        ("lead", "audit_lead", ""), ("hmi", "lead_inspector", ""), ("g1", "auditor", "G1"), ("chief", "chief_officer", "")
    ):  # fmt: skip
        accounts.enrol_account(name, [role], officer=officer)

    def client(name: str) -> Client:
        from django.contrib.auth import get_user_model

        made = Client()
        user = get_user_model().objects.get(username=name)
        made.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return made

    return client


def text(answer, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[-3000:]
    return " ".join(answer.content.decode().split())


def post(client: Client, page: str, given: dict[str, object], **more: object):
    """Send the form of a deed to its own address."""
    fields = dict(given)
    deed = str(fields.pop("do"))
    address = f"{page}{deed.replace('_', '-')}/"
    return client.post(address, {f"{deed}-{name}": value for name, value in fields.items()}, **more)


def sent(client: Client, **said: str) -> str:
    """The page that follows on a form that was accepted."""
    answer = post(client, PAGE, said)
    assert answer.status_code == 302, text(answer, answer.status_code)
    return text(client.get(answer["Location"]))


def test_a_round_is_walked_through_its_page_by_both_leads(sign_in):
    lead, hmi = sign_in("lead"), sign_in("hmi")
    assert "No rounds have been opened yet" in text(lead.get("/rounds/"))
    assert "Fault" not in text(lead.post("/rounds/", {**OPENING, "name": "R 1"}), 400)
    assert lead.post("/rounds/", OPENING)["Location"] == PAGE
    assert "Made-up &lt;b&gt;round&lt;/b&gt;" in text(hmi.get("/rounds/"))

    assert "Enter a whole number of files, 0 or more" in text(post(lead, PAGE, {**PLAN, "files_paired": "many"}), 400)
    assert "must be a real date" in text(
        post(lead, PAGE, {**PLAN, "opened_from-day": "31", "opened_from-month": "2", "opened_from-year": "2026"}), 400
    )  # fmt: skip
    assert "Enter percentage points as a number" in text(
        post(lead, PAGE, {**PLAN, "files_paired": "", "within": "some"}), 400
    )
    assert "at least one set" in text(post(lead, PAGE, {**PLAN, "files_paired": "", "files_force_only": ""}), 400)
    assert "not both" in text(post(lead, PAGE, {**PLAN, "within": "15"}), 400)
    assert "20 of 30 files will be drawn" in sent(lead, **{**PLAN, "files_paired": "", "within": "15"})
    assert "7 of 30 files will be drawn" in sent(lead, **PLAN)
    plan_hash = Round.objects.get(name="R1").plan_hash
    assert plan_hash in text(hmi.get(PAGE))
    for client, side in ((lead, "force"), (hmi, "inspectorate")):
        sent(client, do="commit", commitment=side_commitment(plan_hash, side, NUMBERS[side]))
    assert "does not fit its commitment" in text(post(lead, PAGE, {"do": "reveal", "number": "3" * 64}), 400)
    sent(lead, do="reveal", number=NUMBERS["force"])
    assert "numbers do not give a seed" in text(post(lead, PAGE, {"do": "draw"}), 400)
    sent(hmi, do="reveal", number=NUMBERS["inspectorate"])
    assert "While the round is blind" in sent(hmi, do="draw")

    assert "no graders" in text(post(lead, PAGE, {"do": "allocate"}), 400)
    assert "is not enrolled" in text(
        post(lead, PAGE, {"do": "graders", "grader": "stranger", "officer-stranger": "X"}), 400
    )
    sent(lead, do="graders", grader="g1")
    assert "7 of 7 files allocated" in sent(lead, do="allocate")
    file = SampledFile.objects.filter(set="paired").first()
    assert f"File number {file.pk}" in text(sign_in("g1").get("/sample/"))
    page = sent(hmi, do="replace_file", file=str(file.pk), reason="not_found")
    assert "1 not found" in page
    assert "6 of 7 files allocated" in text(lead.get(PAGE))
    assert "waiting for the inspectorate" in sent(lead, do="end", owner="lead").lower()
    page = sent(hmi, do="end")
    assert "Next round: due" in page
    assert "Owner: lead" in page


def test_every_file_of_an_earlier_round_is_looked_at_again_through_the_page(sign_in):
    lead, hmi = sign_in("lead"), sign_in("hmi")
    drawn(lead, hmi)
    hmi.post("/rounds/", {**OPENING, "name": "AGAIN", "kind": "revisit"})

    assert "Rounds to revisit" in text(hmi.get("/rounds/AGAIN/"))
    none = {"do": "plan", "looks_at": "named", "earlier": "R9", "into": "inspector_only"}
    assert "no such round or case" in text(post(hmi, "/rounds/AGAIN/", none), 400)
    assert post(hmi, "/rounds/none/", none).status_code == 404
    said = {"do": "plan", "looks_at": "named", "earlier": "R1\n", "into": "inspector_only"}
    assert "7 of 7 files will be drawn" in text(post(hmi, "/rounds/AGAIN/", said, follow=True))
    assert "because every file is included" in text(post(hmi, "/rounds/AGAIN/", {"do": "draw"}, follow=True))


def drawn(lead: Client, hmi: Client) -> None:
    lead.post("/rounds/", OPENING)
    sent(lead, **PLAN)
    plan_hash = Round.objects.get(name="R1").plan_hash
    for client, side in ((lead, "force"), (hmi, "inspectorate")):
        sent(client, do="commit", commitment=side_commitment(plan_hash, side, NUMBERS[side]))
    for client, side in ((lead, "force"), (hmi, "inspectorate")):
        sent(client, do="reveal", number=NUMBERS[side])
    sent(lead, do="draw")


def without_token(answer) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", answer.content)


def test_a_lead_sees_nothing_of_the_other_side_and_no_case_while_it_is_blind(sign_in):
    lead, hmi, chief = sign_in("lead"), sign_in("hmi"), sign_in("chief")
    drawn(lead, hmi)
    before = [without_token(client.get(path)) for client in (lead, chief) for path in ("/rounds/", PAGE)]

    for file in SampledFile.objects.filter(set="paired"):
        submitted(file, "inspectorate", "h1")

    assert [without_token(client.get(path)) for client in (lead, chief) for path in ("/rounds/", PAGE)] == before
    assert "5 of 5 submitted" in text(hmi.get(PAGE))
    assert not any(b"REF-" in page for page in before)


def test_who_leads_no_side_sees_the_stages_and_no_form(sign_in):
    lead, chief = sign_in("lead"), sign_in("chief")
    lead.post("/rounds/", OPENING)

    assert "Open a round" not in text(chief.get("/rounds/"))
    assert "data-prevent-double-click" not in text(chief.get(PAGE))
    assert chief.post("/rounds/", {**OPENING, "name": "R2"}).status_code == 403
    assert post(chief, PAGE, PLAN).status_code == 403
    assert sign_in("g1").get(PAGE).status_code == 403
    assert LedgerEntry.objects.filter(actor="chief", outcome__startswith="refused ACC-003").count() == 2


def test_a_round_that_is_not_there_and_a_form_that_says_nothing(sign_in):
    lead = sign_in("lead")
    lead.post("/rounds/", OPENING)

    assert "There is no such round" in text(lead.get("/rounds/none/"), 404)
    assert post(lead, PAGE, {"do": "dance"}).status_code == 404


def test_a_follow_up_that_is_overdue_is_said_in_red(sign_in):
    from datetime import date

    lead = sign_in("lead")
    lead.post("/rounds/", OPENING)
    Round.objects.update(follow_up_due_on=date(2020, 1, 1), follow_up_owner="lead")

    page = text(lead.get("/rounds/"))

    assert '<strong class="govuk-tag govuk-tag--red">Overdue</strong><br>Due 1 January 2020. Owner: lead' in page
    assert "Overdue" in text(lead.get(PAGE))


def test_a_single_file_is_planned_on_its_page_without_a_number(sign_in):
    lead = sign_in("lead")
    one = {**OPENING, "name": "ONE", "kind": "single_file", "scheme-inspectorate": ""}
    lead.post("/rounds/", one)
    page = text(lead.get("/rounds/ONE/"))
    assert 'name="plan-case_ref"' in page
    assert 'value="force_only"' in page
    assert 'value="paired"' not in page

    said = {"do": "plan", "looks_at": "named", "case_source": "made", "into": "force_only"}
    assert "Enter the reference of the case" in text(post(lead, "/rounds/ONE/", said), 400)
    assert "no such round or case" in text(post(lead, "/rounds/ONE/", {**said, "case_ref": "NONE"}), 400)
    planned = text(post(lead, "/rounds/ONE/", {**said, "case_ref": "REF-03"}, follow=True))

    assert "1 file will be drawn" in planned
    assert "because every file is included" in planned
    assert "REF-03" not in planned


def test_a_round_planned_wrongly_is_planned_again_or_cancelled(sign_in):
    lead, hmi = sign_in("lead"), sign_in("hmi")
    lead.post("/rounds/", OPENING)
    assert "Change the plan" not in text(lead.get(PAGE))
    assert "Change the plan" in sent(lead, **PLAN)
    plan_hash = Round.objects.get(name="R1").plan_hash

    page = sent(lead, do="commit", commitment=side_commitment(plan_hash, "force", NUMBERS["force"]))
    assert "Change the plan" not in page
    assert "Waiting for the lead of the inspectorate to commit to a number" in page

    assert "Cancel it for both sides" in text(hmi.get(PAGE))
    assert "Cancel it" not in sent(hmi, do="cancel")
    assert Round.objects.get(name="R1").ended_at


def test_before_the_draw_nothing_of_grades_is_called_done(sign_in):
    lead = sign_in("lead")
    lead.post("/rounds/", OPENING)

    page = sent(lead, **PLAN)

    assert page.count("Done") == 1
    assert "Progress of the force" not in page
    assert "Five topics" not in page
    assert "Force uses case files, 2017 to 2023: good, requires improvement, inadequate" in page


def test_the_page_gives_the_command_for_what_no_page_does(sign_in):
    lead, hmi = sign_in("lead"), sign_in("hmi")
    drawn(lead, hmi)
    page = sent(lead, do="graders", grader="g1")
    assert "duecare audit key --side force --out our-key.pem" in page
    assert "duecare audit open" not in page
    sent(lead, do="allocate")

    for file in SampledFile.objects.exclude(set="inspector_only"):
        submitted(file, "force")

    assert "duecare audit open R1 --key our-key.pem" in text(lead.get(PAGE))
    assert "duecare audit open" not in text(hmi.get(PAGE))
    assert "duecare enrol ACCOUNT --role inspector" in text(hmi.get(PAGE))


def test_a_lead_opens_with_the_rounds(sign_in):
    from django.contrib.auth import get_user_model
    from django.test import RequestFactory

    from duecare.web.site.landing_page import landing_page_of

    for roles, page in ((["audit_lead"], "/rounds/"), (["lead_inspector"], "/rounds/"), (["auditor"], "/sample/")):
        request = RequestFactory().get("/")
        accounts.enrol_account("some", roles)
        request.user = get_user_model().objects.get(username="some")
        assert landing_page_of(request) == page
