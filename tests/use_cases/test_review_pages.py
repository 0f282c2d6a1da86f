"""A single-file review through its pages: recorded, put to those criticised, answered, made final."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.made.few_cases import SOURCE, filled
from tests.made.one_file import one_file, signed_in, text
from tests.made.stores import Store

from duecare.store.models import ErrorFound

pytestmark = pytest.mark.usefixtures("read_in_process")

REVIEW, ANSWER, CASE = f"/review/r1/{SOURCE}/OPEN/", f"/errors-found/{SOURCE}/OPEN/", f"/cases/{SOURCE}/OPEN/"
INVITE, FINAL = (REVIEW.replace("/review/", f"/review-{deed}/") for deed in ("invite", "final"))
SAID = {
    "error": "told-late",
    "kind": "delay",
    "wronged": "suspect",
    "should": "The suspect is told promptly.",
    "did": "He was told 50 days after the outcome.",
    "standard": "A code made up for this test",
    "post": "investigator",
    "known_from": "2016-03-01T09:00",
}


@pytest.fixture
def clients(store: Store, tmp_path: Path):
    """Who signs in, over the few cases, one of them under review."""
    now = datetime.now(UTC).replace(microsecond=0)
    with filled(store, tmp_path / "few", now):
        one_file(now, "single_file", "inspector_only")
        yield signed_in


def test_recorded_put_to_them_answered_and_final(clients):
    rev, di = clients("insp"), clients("di")
    assert "Errors found" not in text(di.get(CASE))
    assert rev.post(REVIEW, SAID).status_code == 302
    assert "He was told 50 days after the outcome." in text(rev.get(REVIEW))
    assert "told-late" not in text(di.get(ANSWER))
    assert rev.post(INVITE).status_code == 302
    assert "A review of this file found 1 error" in text(di.get(CASE))
    assert "He was told 50 days after the outcome." in text(di.get(ANSWER))
    assert "Waiting for an answer; can be answered until" in text(di.get(ANSWER))
    ErrorFound.objects.update(invited_at=datetime.now(UTC) - timedelta(days=15))
    assert "Not answered; the deadline to answer was" in text(di.get(ANSWER))
    ErrorFound.objects.update(invited_at=datetime.now(UTC))
    empty = di.post(ANSWER, {"answer-round": "r1", "answer-error": "told-late", "answer-answer": " "})
    assert (empty.status_code, "Enter your answer" in text(empty)) == (400, True)
    early = rev.post(FINAL)
    assert (early.status_code, "cannot be answered or made final now" in text(early)) == (400, True)
    assert (
        di.post(ANSWER, {"answer-round": "r1", "answer-error": "told-late", "answer-answer": "It was."}).status_code
        == 302
    )
    assert rev.post(FINAL).status_code == 302
    assert ErrorFound.objects.get().final_at
    assert "can be answered until" not in text(rev.get(REVIEW))
    assert "It was." in text(rev.get(REVIEW))


def test_what_is_left_out_is_said_and_what_was_typed_is_kept(clients):
    rev = clients("insp")

    for changed, words in (
        ({"post": ""}, "Enter the post responsible"),
        ({"known_from": "32 May"}, "could first have been known"),
    ):
        answer = rev.post(REVIEW, SAID | changed)
        assert answer.status_code == 400
        assert words in text(answer)
        assert "He was told 50 days after the outcome." in text(answer)
    assert not ErrorFound.objects.exists()


def test_it_is_nobody_elses(clients):
    clients("insp").post(REVIEW, SAID)
    clients("insp").post(INVITE)
    ErrorFound.objects.update(invited_at=datetime.now(UTC) - timedelta(days=1))

    assert clients("other-insp").get(REVIEW).status_code == 404
    assert clients("di").get(REVIEW).status_code in {403, 404}
    assert clients("di-west").get(ANSWER).status_code == 404
    assert clients("insp").get(ANSWER).status_code in {403, 404}


def test_who_must_answer_finds_it_without_opening_the_case(clients):
    rev, di = clients("insp"), clients("di")
    rev.post(REVIEW, SAID)
    assert "Errors found in reviews that need an answer" not in text(di.get("/referrals/"))

    rev.post(INVITE)

    assert "1 to answer by" in text(di.get("/referrals/"))
    assert ANSWER in text(di.get("/referrals/"))
    assert "1 is waiting for an answer" in text(rev.get(REVIEW))
    for other in ("di-west", "lead-insp"):
        assert "Errors found in reviews that need an answer" not in text(clients(other).get("/referrals/"))

    answer = {"answer-round": "r1", "answer-error": "told-late", "answer-answer": "He was away."}
    assert [di.post(ANSWER, answer).status_code for _ in range(2)] == [302, 302]
    assert di.post(ANSWER, {**answer, "answer-answer": "Another."}).status_code == 400
    assert "Errors found in reviews that need an answer" not in text(di.get("/referrals/"))
    assert ErrorFound.objects.get().answer == "He was away."


def test_a_file_graded_blind_says_that_errors_wait(clients):
    from duecare.store.models import Round

    Round.objects.update(kind="inspection")

    page = text(clients("insp").get(REVIEW))

    assert "once both sides have opened their grades" in page
    assert 'name="should"' not in page
