"""The pages of meetings: each form reaches its step with what was typed, and what is wanting stands on top."""

from datetime import date

import pytest
from tests.made import oversight_pages

from duecare.recommendation.oversight_register import Deed
from duecare.use_cases.oversight import build_meeting_pack, record_meeting, view_oversight
from duecare.vocabulary.refusals import Refusal

pytestmark = pytest.mark.one_engine  # the steps behind it are tried on both


@pytest.fixture
def asked(monkeypatch):
    found = []
    monkeypatch.setattr(view_oversight, "read_oversight", lambda request: oversight_pages.register())
    monkeypatch.setattr(view_oversight, "read_meeting", lambda request, number: oversight_pages.one_meeting(number))
    monkeypatch.setattr(
        build_meeting_pack, "meeting_pack", lambda request, config, number: oversight_pages.pack(number)
    )
    monkeypatch.setattr(
        record_meeting, "record_deed", lambda request, *given, **more: found.append((*given, *more.values()))
    )
    return found


@pytest.mark.parametrize(
    ("role", "path", "form", "kept"),
    [
        ("expert", "/meetings/questions/", {"question-words": "Why?"}, (Deed.QUESTION, "Why?", 0, 0, "", None)),
        (
            "chief_officer",
            "/meetings/questions/3/answer/",
            {"answer-3-words": "So."},
            (Deed.ANSWER, "So.", 0, 3, "", None),
        ),
        ("mayors_office", "/meetings/9/minute/", {"minute-words": "Said."}, (Deed.MINUTE, "Said.", 9, 0, "", None)),
    ],
)
def test_a_form_reaches_its_step(asked, signed_in, role, path, form, kept):
    answer = signed_in(role).post(path, form)

    assert (answer.status_code, asked) == (302, [kept])


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"meeting-words": ""}, "Enter the name of the meeting"),
        ({}, "Enter the date of the meeting"),
        ({"meeting-due_on": "soon"}, "Date of the meeting must be a real date, like 3 December 2026 or 3/12/2026"),
    ],
)
def test_a_form_that_cannot_be_read_says_so(asked, signed_in, wrong, says):
    answer = signed_in("mayors_office").post("/meetings/arrange/", {"meeting-words": "Spring", **wrong})

    assert (answer.status_code, asked) == (400, [])
    assert says in answer.content.decode()


def test_what_is_wanting_stands_on_the_page_and_what_was_typed_is_kept(asked, signed_in, monkeypatch):
    def refuse(*given, **more):
        raise Refusal("RCM-040", faults=("say which post must act",))

    monkeypatch.setattr(record_meeting, "record_deed", refuse)
    answer = signed_in("mayors_office").post(
        "/meetings/9/action/", {"action-words": "A plan <now>", "action-owner": "bcu_lead"}
    )

    assert answer.status_code == 400
    assert "Say which post must act" in answer.content.decode()
    assert "A plan &lt;now&gt;" in answer.content.decode()


@pytest.mark.parametrize("day", ["3 December 2026", "3/12/2026", "2026-12-03"])
def test_a_day_is_read_in_words_and_in_figures(asked, signed_in, day):
    form = {"meeting-words": "Winter", "meeting-due_on": day}

    assert signed_in("mayors_office").post("/meetings/arrange/", form).status_code == 302
    assert asked == [(Deed.MEETING, "Winter", 0, 0, "", date(2026, 12, 3))]


def test_each_is_offered_only_the_forms_they_may_send(asked, signed_in):
    expert = signed_in("expert").get("/meetings/").content.decode()

    assert "Ask the question" in expert
    assert "Arrange the meeting" not in expert
    assert "Add to the answer" not in expert
    assert "Record as done" not in expert


@pytest.mark.parametrize(("form", "begins"), [("html", b"<!DOCTYPE"), ("ods", b"PK")])
def test_the_pack_is_a_file_to_keep(asked, signed_in, form, begins):
    answer = signed_in("expert").get(f"/meetings/9/pack.{form}")

    assert answer.content.startswith(begins)
    assert answer["Content-Disposition"] == f'attachment; filename="meeting-9.{form}"'


def test_a_pack_in_no_format_there_is_is_not_found(asked, signed_in):
    assert signed_in("expert").get("/meetings/9/pack.docx").status_code == 404
