"""The pages on which somebody is recorded: nothing typed is in an address, the mark goes along, faults are said."""

import pytest
from tests.made import pages, search_pages

from duecare.record.pole import CaseKey, RecordKey
from duecare.use_cases.people import record_birth, record_person
from duecare.vocabulary.refusals import Refusal

pytestmark = pytest.mark.one_engine  # the steps behind it are tried on both

WORDS = {"given_names": "Quillon", "family_name": "Vardy", "born": "12"}
SENT = {
    **WORDS,
    "mark": "a-mark",
    "decision": "none",
    "reason": "Another",
    "how": "A call",
    "area": "Here",
}


@pytest.fixture
def recorded(made_steps, monkeypatch):
    found = []

    def step(asking, config, said, mark, decision, *, coming, reason):
        found.append((said, mark, decision, coming, reason))
        return record_person.NotedPerson(RecordKey("duecare", "own-1"), CaseKey("duecare", "own-1"))

    monkeypatch.setattr(record_person, "note_person", step)
    return found


def test_the_form_sends_what_is_typed_in_the_body(made_steps, signed_in):
    page = signed_in("mash").get("/people/new/?given_names=Quillon").content.decode()

    assert 'method="post" action="/people/new/"' in page
    assert "Quillon" not in page


def test_a_look_shows_who_was_found_and_carries_the_words_and_the_mark(made_steps, signed_in):
    page = signed_in("mash").post("/people/new/", WORDS).content.decode()

    assert 'name="mark" value="a-mark"' in page
    assert page.count('name="given_names" value="Quillon"') == 2
    assert f'name="decision" type="radio" value="{pages.PERSON}"' in page
    assert 'value="none"' in page
    assert "The PNC ID: the check letter or digit does not hold" in page
    assert "You can still record this person" in page


def test_where_nobody_fits_there_is_nothing_to_choose(made_steps, signed_in):
    page = signed_in("mash").post("/people/new/", {**WORDS, "family_name": "Nobody"}).content.decode()

    assert 'type="radio"' not in page
    assert '<input type="hidden" name="decision" value="none">' in page


def test_what_was_decided_reaches_the_step_and_the_case_is_shown(recorded, signed_in):
    page = signed_in("mash").post("/people/new/record/", SENT).content.decode()

    ((said, mark, decision, coming, reason),) = recorded
    assert (said.given_names, mark, decision, coming.how, coming.area, reason) == (
        "Quillon", "a-mark", "none", "A call", "Here", "Another",
    )  # fmt: skip
    assert 'href="/cases/duecare/own-1/"' in page


def test_what_was_typed_can_be_changed(made_steps, signed_in):
    page = signed_in("mash").post("/people/new/change/", WORDS).content.decode()

    assert 'id="given_names" name="given_names" type="text"' in page
    assert 'maxlength="200"' in page.split('name="given_names"')[1].split(">")[0]
    assert 'value="Quillon"' in page


@pytest.mark.parametrize(
    "refusal", [Refusal("REC-001", faults=("why is not said",)), Refusal("REC-002", found="somebody was recorded")]
)
def test_a_fault_is_said_on_the_page_and_what_was_typed_is_kept(made_steps, monkeypatch, signed_in, refusal):
    def step(*_, **__):
        raise refusal

    monkeypatch.setattr(record_person, "note_person", step)
    answer = signed_in("mash").post("/people/new/record/", SENT)

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "There is a problem" in page
    assert "A call</textarea>" in page


def test_search_offers_to_record_somebody_to_those_who_may(made_steps, signed_in):
    offered = [
        "/people/new/" in signed_in(role).post("/search/", {"text": "bob"}).content.decode()
        for role in ("mash", "investigator")
    ]

    assert offered == [True, False]


def test_a_birth_is_recorded_in_the_same_record(made_steps, monkeypatch, signed_in):
    sent = []

    def step(asking, config, record_id, **said):
        sent.append((record_id, said))
        return search_pages.born(record_id)

    monkeypatch.setattr(record_birth, "note_birth", step)

    client = signed_in("mash")
    form = client.get("/people/born/own-1/").content.decode()
    done = client.post("/people/born/own-1/", {"given_names": "Ada", "family_name": "T", "born": "1/3/2027"})

    assert 'value="Tallow"' in form
    assert sent == [("own-1", {"given_names": "Ada", "family_name": "T", "born": "1/3/2027", "sex": ""})]
    assert "Birth recorded" in done.content.decode()
    assert f'href="/people/{pages.PERSON}/"' in done.content.decode()


@pytest.mark.parametrize(
    "bad", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "</bdi></main>"]
)
def test_what_was_typed_is_shown_as_text_on_every_page(made_steps, signed_in, bad):
    client = signed_in("mash")
    words = dict.fromkeys(("given_names", "family_name", "address", "postcode", "born", "upn"), bad)
    sent = {**words, "reason": bad, "how": bad, "case": bad, "mark": bad}
    shown = [client.post(f"/people/new/{deed}", sent).content.decode() for deed in ("", "change/", "record/")]
    shown.append(client.post("/people/born/own-1/", words).content.decode())

    for page in shown:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert page.count("</main>") == 1
        assert ">49<" not in page
