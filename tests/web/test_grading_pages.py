"""The pages of a grader: the sample, the file beside its form, what is kept, what is submitted, and what is refused."""

from __future__ import annotations

import dataclasses
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from tests.made.few_cases import SOURCE, canaries
from tests.made.graded import OPEN, ROUND, deliver, graded, said
from tests.made.stores import stores

from duecare.store.models import DraftGrade, LedgerEntry, SealedGrade
from duecare.vocabulary.moments import iso_text
from duecare.web.audit.grading_presenters import form_values, judgement_in

__all__ = ["stores"]

HERE = f"/sample/{ROUND}/{SOURCE}/OPEN/"


@pytest.fixture
def now():
    return datetime.now(UTC).replace(microsecond=0) - timedelta(hours=2)


@pytest.fixture
def store(stores, tmp_path, now):
    with graded(stores.new(), tmp_path, now) as made:
        yield made


@pytest.fixture
def grader(store):
    return signed_in("auditor")


def signed_in(name):
    from django.contrib.auth import get_user_model

    client = Client()
    client.force_login(get_user_model().objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(answer):
    return " ".join(answer.content.decode().split())


def typed(**changes):
    """Every field of the form, as a browser sends it."""
    whole = said()
    fields = {f"grade-{whose}": grade for whose, grade in whole.grades.items()}
    fields |= {f"answer-{question}": one.answer for question, one in whole.answers.items()}
    return {**fields, "narrative": "", **changes}


def test_the_sample_lists_the_graders_own_files_and_the_sides_key(grader):
    page = text(grader.get("/sample/"))

    assert re.findall(r'href="(/sample/[^"]+)"', page) == [
        f"/sample/{ROUND}/{SOURCE}/{case}/" for case in ("CUSTODY", "OPEN", "SETTLED")
    ]
    assert re.findall(r">Case <bdi>([^<]+)</bdi></a>", page) == ["CUSTODY", "OPEN", "SETTLED"]
    assert not [mark for marks in canaries().values() for mark in marks if mark in page], "a grader opens no person"
    assert page.count("Not started") == 4
    assert re.search(r"Its fingerprint is <span[^>]*>[0-9a-f]{4} [0-9a-f]{4}", page)


def test_a_grader_lands_on_the_sample(grader):
    assert '/sample/"' in text(grader.get("/"))
    assert "My sample" in text(grader.get("/sample/"))


def test_the_bundle_stands_beside_the_form_without_a_finding_or_a_page_to_open(grader):
    page = text(grader.get(HERE))

    assert "The file as it was known on" in page
    assert "Nothing has been written since then." in page
    assert "How fairly was the suspect treated?" in page
    assert "Was the child heard, and answered?" in page
    assert "/people/" not in page
    assert "What is owed" not in page
    assert f'href="/refer-back/{ROUND}/{SOURCE}/OPEN/"' in page


def test_what_was_tidied_after_the_draw_stands_apart_with_its_days(grader, store, tmp_path, now):
    review = {"event_id": "T1", "kind": "supervisor_reviewed", "case_ref": "OPEN", "officer": "S1",
              "happened_at": iso_text(now - timedelta(days=6)), "written_at": iso_text(now + timedelta(hours=1))}  # fmt: skip
    deliver(store, tmp_path / "t", now + timedelta(hours=1), [review])

    before, after = text(grader.get(HERE)).split("Written after this case was drawn")

    assert "6 days after it happened" not in before
    assert "6 days after it happened" in after
    assert "New since the draw" in after
    assert '<span class="duecare-event__number">A1</span>' in after


def test_what_is_written_is_kept_for_this_browser_and_no_other(grader):
    grader.get(HERE)
    kept = grader.post(HERE, {"narrative": "So far, so good\r\nand on", "evidence-child_heard": "2, 99", "do": "save"})
    page = grader.get(kept["Location"].split("#")[0])
    other = text(signed_in("auditor").get(HERE))

    assert kept.status_code == 302
    assert "So far, so good\nand on</textarea>" in page.content.decode()
    assert 'value="2, 99"' in text(page)
    assert "Your draft is saved" in text(page)
    assert "So far" not in other
    assert "in another browser" in other


def test_the_key_of_drafts_is_out_of_reach_of_scripts_and_of_other_sites(grader):
    def drafts(client):
        return [cookie for cookie in client.get(HERE).cookies.values() if cookie.key.startswith("duecare-draft-")]

    (cookie,) = drafts(grader)
    (another,) = drafts(signed_in("inspector"))

    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/sample/")
    assert drafts(grader) == []
    assert another.key != cookie.key


def test_a_cookie_that_is_no_key_is_replaced(grader):
    (name,) = [name for name in grader.get(HERE).cookies if name.startswith("duecare-draft-")]
    for odd in ("", "x", "*" * 43, "AAAA"):
        grader.cookies[name] = odd
        assert name in grader.get(HERE).cookies


def test_submitted_once_the_round_has_ended_is_refused(grader):
    from duecare.store.models import Round

    Round.objects.update(ended_at=datetime.now(UTC))
    answer = grader.post(HERE, typed(do="submit"))

    assert answer.status_code == 400
    assert "AUD-036" in text(answer)
    assert "The round has ended." in text(grader.get(HERE))


def test_it_is_kept_by_itself_while_one_writes(grader):
    answer = grader.post(HERE, {"narrative": "So", "do": "autosave"})

    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert answer.content.startswith(b"Saved ")
    assert DraftGrade.objects.count() == 1


def test_submitted_it_is_sealed_and_the_next_file_comes(grader):
    grader.get(HERE)
    answer = grader.post(HERE, typed(do="next"))

    assert answer["Location"] == f"/sample/{ROUND}/{SOURCE}/SETTLED/?submitted=yes"
    assert "This is the next file." in text(grader.get(answer["Location"]))
    seal = SealedGrade.objects.get().seal
    page = text(grader.get(HERE))
    assert f"Seal {seal}" in page
    assert "Correct your judgement" in page
    assert "hx-post" not in page


def test_submitted_without_going_on_one_is_back_at_the_sample(grader):
    answer = grader.post(HERE, typed(do="submit"))

    assert answer["Location"] == "/sample/?submitted=yes"
    assert "Your grade is sealed" in text(grader.get(answer["Location"]))


def test_what_is_missing_is_named_beside_its_field_and_what_was_typed_is_kept(grader):
    grader.get(HERE)
    answer = grader.post(HERE, typed(do="submit", **{"grade-child": "inadequate", "answer-good_practice": "yes"}))
    page = text(answer)

    assert answer.status_code == 400
    assert "<title>Error: Grade OPEN" in page
    assert 'href="#narrative">Say in words why the file is below the standard' in page
    assert 'id="words-good_practice-error"' in page
    assert re.search(r'name="grade-child" type="radio" value="inadequate" checked', page)
    assert not SealedGrade.objects.exists()
    assert "Say in words why" not in text(grader.get(HERE))
    assert 'value="inadequate" checked' in text(grader.get(HERE))


def test_an_event_that_is_not_in_the_file_is_named(grader):
    page = text(grader.post(HERE, typed(do="submit", **{"evidence-child_heard": "1 77"})))

    assert 'id="evidence-child_heard-error"' in page
    assert 'value="1, 77"' in page


def test_a_correction_needs_a_reason_and_stands_beside_the_first(grader):
    grader.post(HERE, typed(do="submit"))
    without = grader.post(HERE, typed(do="submit"))
    grader.post(HERE, typed(do="submit", reason="The contact of Friday was overlooked"))

    assert without.status_code == 400
    assert 'href="#reason">Enter why you are correcting it' in text(without)
    assert [one.supersedes_id is not None for one in SealedGrade.objects.order_by("id")] == [False, True]


def test_what_was_submitted_can_still_be_read_in_the_browser_it_was_written_in(grader):
    grader.get(HERE)
    grader.post(HERE, typed(do="submit", narrative="Read me again"))

    assert "Read me again" in text(grader.get(HERE))
    assert "Read me again" not in text(signed_in("auditor").get(HERE))


@pytest.mark.parametrize("who", ["other-auditor", "audit-lead", "lead-inspector"])
@pytest.mark.parametrize("case", ["OPEN", "NO-SUCH"])
def test_anyone_else_is_shown_the_same_whether_it_is_there_or_not(store, who, case):
    client = signed_in(who)
    before = LedgerEntry.objects.count()

    got, sent = (
        client.get(f"/sample/{ROUND}/{SOURCE}/{case}/"),
        client.post(f"/sample/{ROUND}/{SOURCE}/{case}/", typed()),
    )

    assert (got.status_code, sent.status_code) == (404, 404)
    fresh = list(LedgerEntry.objects.order_by("number"))[before:]
    assert [(one.actor, one.outcome[:15]) for one in fresh] == [(who, "refused ACC-001")] * 2


def test_what_was_known_when_can_be_asked_for(grader, now):
    page = text(grader.get(HERE, {"known_at": iso_text(now - timedelta(hours=30))}))

    assert "This is earlier than the draw." in page
    assert page.count("duecare-event__number") == 2
    assert grader.get(HERE, {"known_at": "soon"}).status_code == 400


def test_the_form_and_what_is_said_are_one_another(grader, now):
    from tests.made.graded import VIEWERS

    from duecare.authorisation.request import Request
    from duecare.use_cases.audit.view_case_file import read_bundle

    fields = typed(
        **{"words-child_heard": "Nobody\r\nasked", "evidence-child_heard": "1, 3", "topic-investigation": "good"}
    )
    bundle = read_bundle(Request(VIEWERS["auditor"], "a test", now), ROUND, OPEN)
    again = form_values(dataclasses.replace(bundle, said=judgement_in(fields).pointing(bundle.events)))

    assert {name: value for name, value in again.items() if value} == {
        **{name: value for name, value in fields.items() if value}, "words-child_heard": "Nobody\nasked"
    }  # fmt: skip
