"""The page of two records, judging them, and taking that back, as a browser is answered."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.made import link_pages
from tests.made.few_cases import SOURCE, filled
from tests.made.stores import Stores, stores

from duecare.person.pair import COMPARISONS, Comparison, Pair
from duecare.person.search_reasons import level_words
from duecare.record.pole import RecordKey
from duecare.use_cases.linkage import explain_link, judge_link
from duecare.vocabulary.refusals import Refusal
from duecare.web.linkage.presenters.links import (
    bits_words,
    chance_words,
    link_url,
    record_named,
    side_by_side,
    steps_of,
    waterfall_chart,
)

__all__ = ["stores"]

weights = st.floats(-40, 40, allow_nan=False)
pairs = st.lists(weights, min_size=7, max_size=8).map(
    lambda w: Pair(
        link_pages.A,
        link_pages.B,
        sum(w),
        0.5,
        tuple(Comparison(name, "same", one) for name, one in zip(COMPARISONS, w, strict=False)),
    )
)


# --- the presenter ------------------------------------------------------------------------------------


@given(pairs)
def test_the_lines_add_up_to_the_weight(pair):
    steps = steps_of(pair)

    assert abs(sum(one.weight for one in steps) - pair.weight) < 1e-6
    assert abs(steps[-1].so_far - pair.weight) < 1e-6


@given(pairs, weights)
def test_every_bar_stands_within_the_picture_and_begins_where_the_last_ended(pair, join):
    broad = waterfall_chart(pair, join)

    for picture in (broad, broad.narrow):
        before = picture.lines[0][0]
        for bar in picture.bars:
            assert 0 <= bar.x <= bar.x + bar.width <= picture.width
            assert 0 <= bar.y <= bar.y + picture.tall <= picture.height
            assert min(abs(before - bar.x), abs(before - bar.x - bar.width)) <= 1.1
            before = bar.end
        assert [words for _, words in picture.lines] == ["even", "linked"]


def test_what_weighs_nothing_still_has_a_picture():
    nothing = Pair(link_pages.A, link_pages.B, 0.0, 0.5, tuple(Comparison(n, "unknown", 0.0) for n in COMPARISONS))

    assert len(waterfall_chart(nothing, 0.0).bars) == 8


@pytest.mark.parametrize("name", COMPARISONS)
def test_every_level_has_words_and_so_has_silence(name):
    words = [level_words(name, level) for level in COMPARISONS[name]]

    assert len(set(words)) == len(words)
    assert all(words)
    assert not any(one.startswith("but") for one in words)
    assert level_words(name, "unknown") == "one of the two says nothing of it"


def test_numbers_have_their_sign_and_no_likelihood_is_certain():
    assert [bits_words(one) for one in (8.25, -5.61, 0.0, -0.01)] == ["+8.2", "−5.6", "0.0", "0.0"]
    assert [chance_words(one) for one in (0.5, 0.99999, 1.0, 0.0)] == [
        "50.0%",
        "99.9990%",
        "more than 99.9999%",
        "less than 0.0001%",
    ]


@given(st.text(min_size=1, max_size=20).filter(lambda text: ":" not in text), st.text(min_size=1, max_size=20))
def test_an_address_names_its_records_whatever_is_in_their_keys(source, record_id):
    from django.urls import resolve

    named = RecordKey(source, record_id)
    try:
        address = link_url(named, link_pages.B)
    except UnicodeEncodeError:
        return  # no key that came in a file of UTF-8
    from urllib.parse import unquote

    found = resolve(unquote(address))

    assert found.url_name == "link"
    assert [record_named(one) for one in found.kwargs.values()] == [named, link_pages.B]


def test_two_records_side_by_side_say_where_they_say_the_same():
    a, b = link_pages.why().records
    lines = {name: (one, other, is_same) for name, one, other, is_same in side_by_side(a, replace(b, phones=()))}

    assert lines["Family name"] == ("Example", "Example", True)
    assert lines["Address"][1:] == ("Protected: not shown", False)
    assert lines["Telephone"] == ("07700 900123", "", False)


# --- the pages ----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_page_shows_the_evidence_in_words_numbers_and_a_picture(signed_in, made_steps):
    text = signed_in("supervisor").get(link_pages.ADDRESS).content.decode()

    assert made_steps[0][1][2:] == (link_pages.A, link_pages.B)
    assert "The family name differs by one spelling mistake" in text
    assert text.count("+11.4") == 3  # the two pictures and the table
    assert "72.5%" in text
    assert text.count("<svg") >= 2
    assert "The school knows both." in text
    assert "The nurse knows her." in text
    assert text.count("What would change if this were taken back") == 2
    assert 'name="seen" value="3.1"' in text


@pytest.mark.django_db
def test_who_may_not_judge_is_shown_the_evidence_and_no_form(signed_in, made_steps):
    text = signed_in("investigator").get(link_pages.ADDRESS).content.decode()

    assert "Evidence for and against" in text
    assert 'name="verdict"' not in text
    assert "taken back" not in text


@pytest.mark.django_db
def test_what_is_judged_is_shown_with_what_changed_and_who_was_shown_it(signed_in, made_steps):
    sent = {"verdict": "same", "reason": "One child.", "seen": "3.1"}
    text = signed_in("mash").post(link_pages.ADDRESS, sent).content.decode()
    (_, args, named) = next(one for one in made_steps if one[0] == "judge_pair")

    assert (args[4:], named) == (("same", "One child."), {"seen_mark": "3.1"})
    assert "1 added, 1 removed, 1 changed" in text
    assert "Southfen Council" in text
    assert "1 earlier judgement conflicted with this" in text


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["LNK-004", "LNK-005"])
def test_what_is_wrong_with_a_form_is_shown_beside_it_and_what_was_typed_stays(
    signed_in, made_steps, monkeypatch, code
):
    def refuses(*_, **__):
        raise Refusal(code, faults=("why is not said",) if code == "LNK-004" else ())

    monkeypatch.setattr(judge_link, "judge_pair", refuses)

    answer = signed_in("supervisor").post(link_pages.ADDRESS, {"verdict": "same", "reason": "CANARY"})

    assert answer.status_code == 400
    assert "There is a problem" in answer.content.decode()
    assert "CANARY" in answer.content.decode()
    assert ("Why is not said" if code == "LNK-004" else "Somebody else has judged") in answer.content.decode()


@pytest.mark.django_db
def test_what_may_not_be_opened_is_no_fault_of_the_form(signed_in, made_steps, monkeypatch):
    def refuses(*_, **__):
        raise Refusal("ACC-001")

    for module, name in (
        (judge_link, "judge_pair"),
        (judge_link, "undo_judgement"),
        (judge_link, "before_undo"),
        (explain_link, "explain_pair_link"),
    ):
        monkeypatch.setattr(module, name, refuses)
    client = signed_in("supervisor")
    undo = "/links/undo/0123456789abcdef/"

    answers = [client.get(link_pages.ADDRESS), client.post(link_pages.ADDRESS, {}), client.get(undo), client.post(undo)]

    assert [answer.status_code for answer in answers] == [404] * 4


@pytest.mark.django_db
def test_taking_back_first_shows_what_would_change_and_then_does_it(signed_in, made_steps, monkeypatch):
    client = signed_in("detective_inspector")
    address = "/links/undo/0000000000000001/"

    text = client.get(address).content.decode()
    done = client.post(address, {"reason": "sisters"}).content.decode()

    assert "Nothing has been changed yet" in text
    assert "What was shown because of it" in text
    assert [name for name, *_ in made_steps] == ["before_undo", "undo_judgement"]
    assert made_steps[1][1][2:] == ("0000000000000001", "sisters")
    assert "The judgement no longer has any effect" in done


@pytest.mark.django_db
def test_a_judgement_without_a_reason_is_not_taken_back(signed_in, made_steps, monkeypatch):
    def refuses(*_, **__):
        raise Refusal("LNK-004", faults=("why is not said",))

    monkeypatch.setattr(judge_link, "undo_judgement", refuses)

    answer = signed_in("supervisor").post("/links/undo/0000000000000001/", {"reason": ""})

    assert (answer.status_code, "Enter a reason" in answer.content.decode()) == (400, True)


@pytest.mark.django_db
def test_the_person_page_leads_to_each_of_its_links(signed_in, made_steps):
    from tests.made.pages import PERSON

    text = signed_in("supervisor").get(f"/people/{PERSON}/").content.decode()

    assert 'href="/links/merlin:P1/custody:P1/"' in text


# --- on a store ---------------------------------------------------------------------------------------


@pytest.fixture
def store(stores: Stores, tmp_path):
    with filled(stores.new(), tmp_path, datetime.now(UTC).replace(microsecond=0)) as store:
        from tests.made.stores import asking

        from duecare.use_cases.linkage.link_all import link_all_records

        link_all_records(asking(datetime.now(UTC).replace(microsecond=0)), store.config)
        yield store


def client_of(account):
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client()
    client.force_login(
        get_user_model().objects.get(username=account), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def page_of(one: str, other: str) -> str:
    return f"/links/{SOURCE}:{one}/{SOURCE}:{other}/"


def test_a_supervisor_joins_two_sees_it_on_the_page_and_takes_it_back(store):
    from duecare.store import accounts
    from duecare.store.linkage.linked_people import standing_judgements, whose_are

    accounts.enrol_account("area", ["detective_inspector"], areas=["Eastmoor"])
    client, address = client_of("area"), page_of("child-open", "child-settled")
    keys = RecordKey(SOURCE, "child-open"), RecordKey(SOURCE, "child-settled")
    before = whose_are(keys)

    answer = client.post(address, {"verdict": "same", "reason": "One child.", "seen": "0.0"})
    assert answer.status_code == 200, answer.content.decode()
    assert len(set(whose_are(keys).values())) == 1
    (said,) = standing_judgements()
    stale = client.post(address, {"verdict": "different", "reason": "Two.", "seen": "0.0"})
    person = client.get(f"/people/{whose_are(keys)[keys[0]]}/")
    first = client.get(f"/links/undo/{said.judgement_id}/").content.decode()
    assert len(set(whose_are(keys).values())) == 1
    done = client.post(f"/links/undo/{said.judgement_id}/", {"reason": "Two children."})
    again = client.post(f"/links/undo/{said.judgement_id}/", {"reason": "Two children."})

    assert (stale.status_code, "Somebody else has judged" in stale.content.decode()) == (400, True)
    assert person.status_code == 200
    assert "open person: page: person" in first
    assert done.status_code == 200
    assert whose_are(keys) == before
    assert again.status_code == 400
    assert "has already been withdrawn" in again.content.decode()


def body_of(answer):
    return re.sub(rb'value="[A-Za-z0-9]{64}"', b"", answer.content)  # the form's own token


@pytest.mark.parametrize("other", ["child-of-sealed-case", "child-sealed", "child-restricted", "nobody"])
def test_who_may_not_open_one_of_the_two_is_answered_as_if_there_were_none(store, other):
    from duecare.store import accounts

    accounts.enrol_account("area", ["detective_inspector"], areas=["Eastmoor"])
    client = client_of("area")
    none = client.get(page_of("child-open", "no-such-record"))
    sent = {"verdict": "same", "reason": "One child.", "seen": "0.0"}

    for answer in (
        client.get(page_of("child-open", other)),
        client.get(page_of(other, "child-open")),
        client.post(page_of("child-open", other), sent),
        client.post(page_of("child-open", other), {}),
    ):
        assert answer.status_code == none.status_code == 404
        assert body_of(answer) == body_of(none)
