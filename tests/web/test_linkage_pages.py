"""How sure linkage is, and the sample that clerks answer, as a browser is answered."""

from __future__ import annotations

import re

import pytest
from tests.made import linkage_pages
from tests.made.doubtful import AREA, ELSEWHERE, NOW, begun
from tests.made.stores import Stores, asking, stores
from tests.web.test_link_pages import client_of

from duecare.audit.agreement.agreement import raw_agreement
from duecare.audit.agreement.crosstab import Crosstab
from duecare.figure.linkage_error.linkage_error import Share
from duecare.use_cases.linkage import answer_sampled_pairs, measure_linkage_error
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.unknown import Unknown
from duecare.web.linkage.presenters.linkage_error import agreement_shown, agreement_words, percent_words, share_words

__all__ = ["stores"]


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.0, "0%"), (0.0001, "less than 0.1%"), (0.0123, "1.2%"), (0.02, "2%"), (0.123, "12%"), (1.0, "100%")],
)
def test_a_share_is_shown_in_per_cent_and_never_zero_where_it_is_not(share, words):
    assert percent_words(share) == words


def test_a_share_is_shown_with_its_bounds_or_why_it_is_not_known():
    few = Unknown("12 settled pairs, at least 30 are needed")

    assert share_words(Share(40, 0, 0.02, 0.01, 0.2)) == "2% (between 1% and 20%)"
    assert share_words(Share(12, 0, few, few, few)) == "not known: 12 settled pairs, at least 30 are needed"
    assert share_words(Share(40, 0, 0.02, few, few)) == "2%; the range is not known"


def test_agreement_is_shown_with_its_interval_or_that_it_cannot_be():
    few = Crosstab(("same", "different", "unsure"), 1, ((3, 1, 0), (0, 1, 0), (0, 0, 0)))
    none = Crosstab(("same", "different", "unsure"), 1, ((0, 0, 0), (0, 0, 0), (0, 0, 0)))

    assert next(words for _, words in agreement_shown(linkage_pages.AGREED)) == "91% (between 85% and 95%)"
    assert agreement_words(answer_sampled_pairs.cohen_kappa(few)).endswith(
        "the range is not known for fewer than 30 pairs"
    )
    assert agreement_words(raw_agreement(none)).startswith("not known")
    assert agreement_shown(None) == ()


@pytest.mark.django_db
def test_the_page_shows_errors_by_group_the_range_of_people_and_the_made_up_truth(signed_in, made_steps):
    text = signed_in("mayors_office").get("/linkage/").content.decode()

    assert "78,902 and 80,640" in text
    assert "0.1% (between less than 0.1% and 3.1%)" in text
    assert "17% (between 6% and 34%)" in text
    assert "Not known: 12 settled pairs, at least 30 are needed" in text
    assert "7,748 (8.7%)" in text
    assert "Sex: not known" in text
    assert "gives: on 52000 records of a seed it never saw" in text
    assert "None" not in text
    assert "False" not in text.replace("False links", "").replace(">False<", "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("made", "told", "not_told"),
    [
        (
            linkage_pages.nothing_drawn,
            "There is no sample of pairs for clerks to answer yet",
            "False links, as a share",
        ),
        (linkage_pages.waiting, "You are one of the clerks", "False links, as a share"),
    ],
)
def test_what_cannot_be_told_is_said_so(signed_in, made_steps, monkeypatch, made, told, not_told):
    monkeypatch.setattr(measure_linkage_error, "read_link_error", lambda *_: made())

    text = signed_in("statistician").get("/linkage/").content.decode()

    assert told in text
    assert not_told not in text
    assert "The range for the true number is not known: no pairs were drawn yet" in text


@pytest.mark.django_db
def test_a_clerk_is_shown_neither_the_evidence_nor_whether_the_two_are_joined(signed_in, made_steps):
    text = signed_in("mash").get("/links/sample/").content.decode()

    assert "Pair 3" in text
    assert "<strong>different</strong>" in text
    assert "bits" not in text
    assert "evidence</h2>" not in text.lower()
    assert "The total weight" not in text
    assert "/links/custody" not in text


@pytest.mark.django_db
def test_an_answer_is_recorded_and_the_next_pair_has_the_focus(signed_in, made_steps):
    client = signed_in("supervisor")

    answer = client.post("/links/sample/", {"sample": "2", "place": "3", "verdict": "same"})
    client.post("/links/sample/", {"sample": "two", "place": "-3"})
    sent = [args[2:] for name, args, _ in made_steps if name == "answer_pair"]

    assert (answer.status_code, answer["Location"]) == (302, "/links/sample/?next=yes")
    assert sent == [(2, 3, "same")], "an answer without a place or a verdict reaches no step"
    assert "data-duecare-focus" in client.get(answer["Location"]).content.decode()
    assert "data-duecare-focus" not in client.get("/links/sample/").content.decode()


@pytest.mark.django_db
def test_an_answer_that_is_none_is_shown_and_what_may_not_be_opened_is_no_fault_of_it(
    signed_in, made_steps, monkeypatch
):
    refused = {"code": "LNK-008"}

    def refuses(*_):
        raise Refusal(refused["code"], faults=("the answer is not same, different or unsure",))

    monkeypatch.setattr(answer_sampled_pairs, "answer_pair", refuses)
    client = signed_in("supervisor")
    sent = {"sample": "2", "place": "3", "verdict": "same"}
    told, blank = client.post("/links/sample/", sent), client.post("/links/sample/", {**sent, "verdict": ""})
    refused["code"] = "ACC-001"

    assert told.status_code == blank.status_code == 400
    assert "The answer is not same, different or unsure" in told.content.decode()
    assert blank.content.decode().count("Select whether these two records are the same person") == 2
    assert client.post("/links/sample/", sent).status_code == 404


@pytest.mark.django_db
def test_who_is_through_is_shown_how_far_clerks_agree_and_before_a_draw_nothing(signed_in, made_steps, monkeypatch):
    client = signed_in("supervisor")
    monkeypatch.setattr(answer_sampled_pairs, "next_pair", lambda *_: linkage_pages.through())
    through = client.get("/links/sample/").content.decode()
    monkeypatch.setattr(answer_sampled_pairs, "next_pair", lambda *_: answer_sampled_pairs.ToAnswer(None))
    before = client.get("/links/sample/").content.decode()

    assert "You have answered every pair" in through
    assert "91% (between 85% and 95%)" in through
    assert "There is no sample yet" in before


def test_two_clerks_go_through_a_sample_and_an_overseer_reads_the_error(stores: Stores, tmp_path):
    from duecare.store import accounts
    from duecare.use_cases.linkage.sample_pairs import sample_links

    with stores.new()() as config:
        begun(config, tmp_path)
        sample_links(asking(NOW), config, 50, "seed")
        for name in ("ann", "ben"):
            accounts.enrol_account(name, ["mash"], areas=[AREA, ELSEWHERE])
        accounts.enrol_account("office", ["mayors_office"])
        for name in ("ann", "ben"):
            client, asked = client_of(name), 0
            while 'name="verdict"' in (text := client.get("/links/sample/").content.decode()):
                sent = dict(re.findall(r'name="(sample|place)" value="(\d+)"', text))
                assert client.post("/links/sample/", {**sent, "verdict": "same"}).status_code == 302
                asked += 1
                assert asked < 100
            assert asked
            assert ("How far clerks agree" in text) is True
        text = client_of("office").get("/linkage/").content.decode()

    assert "The range for the true number is not known" not in text
    assert "False links, as a share of linked pairs" in text
    assert "0%" in text


@pytest.mark.django_db
def test_a_figure_that_counts_children_leads_to_how_sure_linkage_is(signed_in, made_steps, monkeypatch):
    from dataclasses import replace

    from tests.made import figure_pages

    from duecare.figure import About
    from duecare.use_cases.figures import view_figures

    client = signed_in("statistician")

    def text_about(about):
        page = figure_pages.figure()
        made = replace(page, definition=replace(page.definition, about=about))
        monkeypatch.setattr(view_figures, "read_figure", lambda *_, **__: made)
        return client.get(f"/figures/{page.definition.id}/").content.decode()

    assert ">how reliable that is<" in text_about(About.CHILDREN)
    assert ">how reliable that is<" not in text_about(About.PRACTICE)
