"""A single-file review through its pages: recorded, put to those criticised, answered, made final."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from tests.made.few_cases import AREA, SOURCE, filled
from tests.made.stores import Store

from duecare.store import accounts
from duecare.store.models import Allotted, ErrorFound, Round, SampledFile

pytestmark = pytest.mark.usefixtures("read_in_process")

REVIEW, ANSWER, CASE = f"/review/r1/{SOURCE}/OPEN/", f"/errors-found/{SOURCE}/OPEN/", f"/cases/{SOURCE}/OPEN/"
SAID = {
    "do": "record",
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
        for name, roles, officer, areas in (
            ("rev", ["inspector"], "", []),
            ("other", ["inspector"], "", []),
            ("di", ["detective_inspector"], "D1", [AREA]),
            ("west", ["detective_inspector"], "D2", ["Westmoor"]),
        ):
            accounts.enrol(name, roles, display_name=name, officer=officer, areas=areas)
        round_ = Round.objects.create(name="r1", title="One", kind="single_file", opened_at=now, opened_by="lead")
        file = SampledFile.objects.create(
            round=round_, case_source=SOURCE, case_ref="OPEN", set="inspector_only", rank=1, reached=1, held=1
        )
        Allotted.objects.create(file=file, side="inspectorate", account="rev", allotted_at=now)

        def sign_in(name: str) -> Client:
            from django.contrib.auth import get_user_model

            client = Client()
            user = get_user_model().objects.get(username=name)
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            return client

        yield sign_in


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_recorded_put_to_them_answered_and_final(clients):
    rev, di = clients("rev"), clients("di")
    assert "Errors found" not in text(di.get(CASE))
    assert rev.post(REVIEW, SAID).status_code == 302
    assert "He was told 50 days after the outcome." in text(rev.get(REVIEW))
    assert "told-late" not in text(di.get(ANSWER))
    assert rev.post(REVIEW, {"do": "invite"}).status_code == 302
    assert "A review of this file found 1 error" in text(di.get(CASE))
    assert "He was told 50 days after the outcome." in text(di.get(ANSWER))
    empty = di.post(ANSWER, {"round": "r1", "error": "told-late", "answer": " "})
    assert (empty.status_code, "The answer is empty" in text(empty)) == (400, True)
    early = rev.post(REVIEW, {"do": "final"})
    assert (early.status_code, "cannot be answered or made final now" in text(early)) == (400, True)
    assert di.post(ANSWER, {"round": "r1", "error": "told-late", "answer": "It was."}).status_code == 302
    assert rev.post(REVIEW, {"do": "final"}).status_code == 302
    assert ErrorFound.objects.get().final_at
    assert "It was." in text(rev.get(REVIEW))


def test_what_is_left_out_is_said_and_what_was_typed_is_kept(clients):
    rev = clients("rev")

    for changed, words in (
        ({"post": ""}, "The post is not said"),
        ({"known_from": "32 May"}, "could first have been known"),
    ):
        answer = rev.post(REVIEW, SAID | changed)
        assert answer.status_code == 400
        assert words in text(answer)
        assert "He was told 50 days after the outcome." in text(answer)
    assert not ErrorFound.objects.exists()


def test_it_is_nobody_elses(clients):
    clients("rev").post(REVIEW, SAID)
    clients("rev").post(REVIEW, {"do": "invite"})
    ErrorFound.objects.update(invited_at=datetime.now(UTC) - timedelta(days=1))

    assert clients("other").get(REVIEW).status_code == 404
    assert clients("di").get(REVIEW).status_code in {403, 404}
    assert clients("west").get(ANSWER).status_code == 404
    assert clients("rev").get(ANSWER).status_code in {403, 404}
