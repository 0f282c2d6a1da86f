"""Releases before their time, as those see them who draft, check, answer and may look."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from tests.made.releases import draft, enrolled, figures_made_up

from duecare.store.releases import release_records

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


@pytest.fixture(autouse=True)
def made_quarter(monkeypatch):
    return figures_made_up(monkeypatch)


@pytest.fixture
def config():
    enrolled()
    return settings.CONFIG


@pytest.fixture
def as_(config):
    """A client signed in as one of those who were enrolled."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    def sign_in(name):
        client = Client()
        client.force_login(
            get_user_model().objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend"
        )
        return client

    return sign_in


@pytest.fixture(autouse=True)
def then(monkeypatch):
    """The moment is that of the made-up releases."""
    from tests.made.stores import NOW

    from duecare.vocabulary import clock

    monkeypatch.setattr(clock, "current_moment", lambda: NOW)


def text(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def post(client, path, **said):
    """Send a form; that of a deed to its own address."""
    deed = said.pop("deed", "")
    return client.post(
        f"{path}{deed}/" if deed else path, {f"{deed}-{name}" if deed else name: said[name] for name in said}
    )


FORM = {"slug": "2026-q3", "period": "2026-Q3", "publish_at-day": "27", "publish_at-month": "11", "publish_at-year": "2026",
        "publish_at-time": "09:00", "access": "chief 25 November 2026 09:00",
        "words": "A first paragraph.\n\nA second.", "corrects": "", "why": ""}  # fmt: skip


def test_drafted_checked_twice_and_answered_on_its_pages(as_):
    drafted = post(as_("author"), "/releases/draft/", **FORM)
    assert (drafted.status_code, drafted["Location"]) == (302, "/releases/2026-q3/")
    page = text(as_("first"), "/releases/2026-q3/")
    assert "A first paragraph." in page
    assert "This release needs 2 checks." in page
    assert "Disclosure control" in page
    seal = release_records.life_of("2026-q3").latest.seal

    assert post(as_("chief"), "/releases/2026-q3/", deed="comment", words="We agree.").status_code == 302
    assert post(as_("first"), "/releases/2026-q3/", deed="pass", seal=seal, words="").status_code == 302
    assert "This release needs 1 more check." in text(as_("author"), "/releases/2026-q3/")
    assert post(as_("second"), "/releases/2026-q3/", deed="pass", seal=seal, words="").status_code == 302
    page = text(as_("author"), "/releases/2026-q3/")
    assert "2 people have checked this release." in page
    assert "We agree." in page
    assert ", 27 November 2026" not in page
    assert page.count(": passed") == 2
    assert "Checked by 2 people" in text(as_("author"), "/releases/")


def test_paragraphs_are_parted_as_a_browser_sends_them(as_):
    post(as_("author"), "/releases/draft/", **{**FORM, "words": "A first paragraph.\r\n\r\nA second.\r\nIts end."})

    page = text(as_("author"), "/releases/2026-q3/")
    assert "A first paragraph.</p>" in page


def test_drafted_again_it_begins_from_the_latest_version_and_loses_nothing(as_, monkeypatch):
    from duecare.store.figures import figure_snapshots

    monkeypatch.setattr(figure_snapshots, "latest_of_each_period", lambda: {"2026-Q2": None, "2026-Q3": None})
    post(as_("author"), "/releases/draft/", **FORM)
    assert 'href="/releases/draft/?slug=2026-q3"' in text(as_("author"), "/releases/2026-q3/")
    form = text(as_("author"), "/releases/draft/?slug=2026-q3")

    assert [re.search(rf'name="publish_at-{part}".*?value="([^"]+)"', form)[1] for part in ("day", "month", "year", "time")] == [
        "27", "11", "2026", "09:00"
    ]  # fmt: skip
    assert ">chief 25 November 2026 09:00</textarea>" in form
    assert ">A first paragraph.\n\nA second.</textarea>" in form
    assert '<option value="2026-Q3" selected' in form
    assert "REP-022" in text(as_("author"), "/releases/draft/?slug=none", 404)


def test_an_author_is_offered_no_check_and_none_is_taken(as_, config):
    seal = draft(config).seal

    assert "Check this release" not in text(as_("author"), "/releases/2026-q3/")
    answer = post(as_("author"), "/releases/2026-q3/", deed="pass", seal=seal, words="")
    assert answer.status_code == 400
    assert "A release is checked by two people who did not draft it" in answer.content.decode()


def test_a_check_of_what_was_changed_since_is_not_taken(as_, config):
    seal = draft(config).seal
    draft(config, words=("Changed.",))

    answer = post(as_("first"), "/releases/2026-q3/", deed="pass", seal=seal, words="")
    assert answer.status_code == 400
    assert "changed since you opened it" in answer.content.decode()


def test_a_refusal_needs_its_reason_and_holds_the_release_back(as_, config):
    seal = draft(config).seal

    assert post(as_("first"), "/releases/2026-q3/", deed="refuse", seal=seal, words="").status_code == 400
    assert (
        post(as_("first"), "/releases/2026-q3/", deed="refuse", seal=seal, words="A total is off.").status_code == 302
    )
    assert "This release did not pass a check" in text(as_("author"), "/releases/2026-q3/")


def test_the_home_office_sees_it_from_its_time_on_and_nothing_is_shown_before(as_, config):
    draft(config)

    assert "There are no releases you can see." in text(as_("home"), "/releases/")
    there, not_there = (
        re.sub('value="[^"]+"', "", text(as_("home"), f"/releases/{one}/", 404)) for one in ("2026-q3", "none")
    )
    assert there == not_there
    page = text(as_("chief"), "/releases/2026-q3/")
    assert "Disclosure control" not in page
    assert "Draft it again" not in page


def test_what_was_typed_is_kept_where_a_draft_cannot_stand(as_):
    answer = post(as_("author"), "/releases/draft/", **{**FORM, "words": "There were 98,765 of them."})

    assert answer.status_code == 400
    assert "98,765" in answer.content.decode()
    for wrong in (
        {"publish_at-day": "soon"},
        {"publish_at-time": ""},
        {"access": "chief whenever"},
        {"slug": "Not a name"},
    ):
        assert post(as_("author"), "/releases/draft/", **{**FORM, **wrong}).status_code == 400
    assert release_records.release_lives() == ()


def test_what_fails_in_drafting_is_not_called_a_time_that_cannot_be_read(as_, monkeypatch):
    from duecare.use_cases.releases import draft_release

    def fail(*given):
        raise ValueError("something else")

    unread = post(as_("author"), "/releases/draft/", **{**FORM, "publish_at-day": "soon"})
    monkeypatch.setattr(draft_release, "draft_release", fail)

    assert "Publication time must be a real date" in unread.content.decode()
    with pytest.raises(ValueError, match="something else"):
        post(as_("author"), "/releases/draft/", **FORM)


def test_who_neither_drafts_nor_is_named_finds_no_such_pages(signed_in):
    assert signed_in("investigator").get("/releases/").status_code == 403
    assert signed_in("chief_officer").get("/releases/draft/").status_code == 403


def test_the_list_by_command_prints_the_seal_that_a_check_is_bound_to(config, monkeypatch):
    from click.testing import CliRunner

    from duecare.cli import main

    seal = draft(config).seal
    monkeypatch.setenv("DUECARE_USER", "first")

    assert f"2026-q3: draft, {seal}" in CliRunner().invoke(main, ["report", "list"]).output
