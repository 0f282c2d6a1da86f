"""Pairs to look at, as a browser is answered: side by side, judged, put off, and none that may not be opened."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.made import link_pages, pair_pages
from tests.made.doubtful import AREA, begun, key
from tests.made.stores import Stores, stores
from tests.web.test_link_pages import client_of

from duecare.use_cases.linkage import judge_link
from duecare.vocabulary.partial_date import read_partial_date
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.unknown import Unknown
from duecare.web.linkage.forms import PairForm
from duecare.web.linkage.presenters.links import side_by_side
from duecare.web.linkage.presenters.pairs import (
    AGREE,
    DIFFER,
    HIDDEN,
    NEITHER,
    SILENT,
    SO_FAR,
    evidence_of,
    lines_of,
)

__all__ = ["stores"]

SENT = {"a": str(link_pages.A), "b": str(link_pages.B), "verdict": "different", "chosen": "household", "seen": "3.1"}


def test_every_line_says_in_words_whether_the_two_agree():
    words = {line.name: line.word for line in lines_of(*pair_pages.to_see()[0].records)}

    assert words["Family name"] == AGREE
    assert words["Given names"] == DIFFER
    assert set(words.values()) <= {AGREE, DIFFER, SILENT, HIDDEN}
    assert "Recorded" not in words


@pytest.mark.parametrize(
    ("name", "one", "other", "word"),
    [
        ("Family name", {"family_name": "TUCKER"}, {"family_name": "Tucker"}, AGREE),
        ("Given names", {"given_names": "Robert"}, {"given_names": "Roobert"}, DIFFER),
        ("Address", {"address": "81 Spring Way, Beckstone"}, {"address": "81 Spring Way Beckstone"}, AGREE),
        ("PNC ID", {"pnc_id": "24/1453U"}, {"pnc_id": "2024/0001453U"}, AGREE),
        (
            "Ethnicity",
            {"ethnicity": "B1", "ethnicity_by": "self"},
            {"ethnicity": "B1", "ethnicity_by": "officer"},
            AGREE,
        ),
        ("Address", {"protected_address": True}, {"protected_address": True}, HIDDEN),
        ("Address", {"protected_address": True}, {"address": "81 Spring Way"}, HIDDEN),
        ("Date of birth", {"born": read_partial_date("1978")}, {"born": read_partial_date("1978-11-27")}, SO_FAR),
        ("Date of birth", {"born": read_partial_date("1978-10")}, {"born": read_partial_date("1978-11-27")}, DIFFER),
        ("Date of birth", {"born": Unknown("no date of birth given")}, {"born": read_partial_date("1978")}, SILENT),
        (
            "Date of birth",
            {"born": Unknown("no date of birth given")},
            {"born": Unknown("no date of birth given")},
            NEITHER,
        ),
    ],
)
def test_what_is_not_known_or_not_shown_neither_agrees_nor_differs(name, one, other, word):
    plain = replace(pair_pages.to_see()[0].records[0], address="", postcode="", protected_address=False)
    a, b = replace(plain, **one), replace(plain, **other)

    assert {line.name: line.word for line in lines_of(a, b)}[name] == word
    assert not any(is_same for line, _, _, is_same in side_by_side(a, b) if line == name)


def test_the_evidence_is_shown_in_words_in_its_order():
    assert evidence_of(pair_pages.to_see()[0].pair.levels)[:2] == (
        "The given name is the same",
        "The family name is one slip of writing apart",
    )


@pytest.mark.parametrize(
    ("chosen", "typed", "reason"),
    [
        ("household", "", "One household: brothers, sisters or twins"),
        ("", " The school knows both. ", "The school knows both."),
        ("little", "So says the nurse", "There is too little information to decide. So says the nurse"),
    ],
)
def test_the_reason_is_what_was_chosen_what_was_typed_or_both(chosen, typed, reason):
    form = PairForm({**SENT, "chosen": chosen, "reason": typed})

    assert form.is_valid()
    assert form.cleaned_data["whole_reason"] == reason


@pytest.mark.parametrize(("chosen", "words"), [("made up", "Select a reason"), ("", "Select or enter a reason")])
def test_a_pair_is_not_judged_without_a_reason(chosen, words):
    form = PairForm({**SENT, "chosen": chosen})

    assert not form.is_valid()
    assert [(anchor, message[: len(words)]) for anchor, message in form.error_links] == [("chosen", words)]


@pytest.mark.django_db
def test_the_page_shows_what_hangs_on_the_pair_before_what_the_two_say(signed_in, made_steps):
    text = signed_in("supervisor").get("/links/").content.decode()

    assert text.index("A danger reported as happening now depends on it") < text.index("The two records")
    assert "<strong>different</strong>" in text
    assert 'data-duecare-key="3"' in text
    assert 'name="seen" value="3.1"' in text
    assert "0: Leave for later" in text


@pytest.mark.django_db
def test_what_is_judged_is_recorded_and_shown_once_on_the_next_page(signed_in, made_steps):
    client = signed_in("mash")

    answer = client.post("/links/", SENT)
    told, again = client.get("/links/").content.decode(), client.get("/links/").content.decode()
    (_, args, named) = next(one for one in made_steps if one[0] == "judge_pair")

    assert (answer.status_code, answer["Location"]) == (302, "/links/")
    assert set(args[2:4]) == {link_pages.A, link_pages.B}
    assert args[4:] == ("different", "One household: brothers, sisters or twins")
    assert named == {"seen_mark": "3.1"}
    assert "1 duty was added, 1 removed and 1 changed" in told
    assert "Recorded: the same person" in told
    assert "Recorded: the same person" not in again


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["LNK-004", "LNK-005"])
def test_what_is_wrong_is_shown_on_the_page_of_the_same_pair(signed_in, made_steps, monkeypatch, code):
    def refuses(*_, **__):
        raise Refusal(code, faults=("why is not said",) if code == "LNK-004" else ())

    monkeypatch.setattr(judge_link, "judge_pair", refuses)

    answer = signed_in("supervisor").post("/links/", {**SENT, "reason": "CANARY"})
    (_, _, named) = next(one for one in made_steps if one[0] == "read_pairs")

    assert answer.status_code == 400
    assert "CANARY" in answer.content.decode()
    assert ("Why is not said" if code == "LNK-004" else "Somebody else has judged") in answer.content.decode()
    assert named["first_pairs"] == [tuple(sorted((link_pages.A, link_pages.B)))]


@pytest.mark.django_db
def test_what_may_not_be_opened_is_no_fault_of_the_form(signed_in, made_steps, monkeypatch):
    def refuses(*_, **__):
        raise Refusal("ACC-001")

    monkeypatch.setattr(judge_link, "judge_pair", refuses)

    assert signed_in("supervisor").post("/links/", SENT).status_code == 404


@pytest.mark.django_db
def test_a_pair_is_put_off_by_a_token_and_taken_up_again(signed_in, made_steps):
    client = signed_in("supervisor")

    client.post("/links/later/", SENT)
    text = client.get("/links/").content.decode()
    kept = client.session["pairs_put_off"]
    client.post("/links/again/")
    client.get("/links/")
    asked = [named["put_off"] for name, _, named in made_steps if name == "read_pairs"]

    assert "You have left 1 pair for later." in text
    assert "P1" not in str(kept)
    assert asked == [tuple(kept), ()]
    assert "judge" not in [name for name, *_ in made_steps]


@pytest.fixture
def site(stores: Stores, tmp_path):
    """A store with doubtful pairs, and an inspector of one area."""
    from duecare.store import accounts

    store = stores.new()
    with store() as config:
        begun(config, tmp_path)
        accounts.enrol_account("area", ["detective_inspector"], areas=[AREA])
        yield store


def test_an_inspector_works_through_every_pair_they_may_open(site):
    import re

    client, seen = client_of("area"), []
    for _ in range(5):
        text = client.get("/links/").content.decode()
        two = re.findall(r'name="[ab]" value="([^"]*)"', text)
        if not two:
            break
        seen.append(tuple(two))
        mark = re.search(r'name="seen" value="([^"]*)"', text)[1]
        sent = {"a": two[0], "b": two[1], "verdict": "unsure", "chosen": "little", "seen": mark}
        assert client.post("/links/", sent).status_code == 302

    assert seen[0] == (str(key("came-back")), str(key("went")))
    assert len(seen) == 3
    assert not any("away" in one or "sealed" in one for two in seen for one in two)
    assert "There are no pairs for you to check now" in client.get("/links/").content.decode()


def test_a_pair_that_is_not_theirs_cannot_be_sent_by_the_form(site):
    client = client_of("area")
    base = {"verdict": "same", "chosen": "agree", "seen": "0.0"}
    answers = [
        client.post("/links/", {**base, "a": str(key(one)), "b": str(key(other))})
        for one, other in (("away-1", "away-2"), ("sealed-1", "sealed-2"), ("none", "bob-1"))
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


@pytest.mark.parametrize(
    "sent", [{}, {"a": "doubt:bob-1"}, {"a": ":", "b": "::"}, {"a": "doubt:bob-1", "b": "doubt:bob-1"}]
)
def test_a_form_that_names_no_two_records_is_refused_and_nothing_is_kept(site, sent):
    from duecare.store.linkage.linked_people import standing_judgements

    answer = client_of("area").post("/links/", {**sent, "verdict": "same", "chosen": "agree", "seen": "0.0"})

    assert 400 <= answer.status_code < 500
    assert standing_judgements() == []
