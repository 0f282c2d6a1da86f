"""The life of a release through its steps: drafted, checked by two, answered once, out at its time, and never altered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from tests.made.quarters import made_values
from tests.made.releases import (
    AFTER,
    AUTHOR,
    CHIEF,
    EXPERT,
    FIRST,
    HOME,
    OUT,
    SECOND,
    check,
    checked,
    draft,
    enrolled,
    figures_made_up,
)
from tests.made.stores import NOW, asking

from duecare.access.viewer import Viewer
from duecare.report.release.release_lifecycle import Access, Stage
from duecare.report.verification.verify_release import verify_release
from duecare.store.models import LedgerEntry
from duecare.store.releases import release_records
from duecare.use_cases.releases.answer_release import answer_release
from duecare.use_cases.releases.publish_release import publish_due
from duecare.use_cases.releases.view_drafts import read_draft, read_drafts
from duecare.use_cases.releases.view_published import list_published, published_file, published_page
from duecare.vocabulary.refusals import Refusal

TABLES = (
    "release",
    "release_version",
    "release_check",
    "release_answer",
    "release_file",
    "release_shown",
    "release_published",
)


@pytest.fixture(autouse=True)
def made_quarter(monkeypatch):
    return figures_made_up(monkeypatch)


@pytest.fixture
def here(store):
    enrolled()
    return store.config


def refused(code, call, *args, **more):
    with pytest.raises(Refusal) as found:
        call(*args, **more)
    assert found.value.code == code


def test_drafted_checked_by_two_and_out_at_its_time(here):
    version = checked(here)

    assert publish_due(asking(NOW), here).published == ()
    assert list_published() == ()
    assert publish_due(asking(OUT), here).published == ("2026-q3",)
    assert publish_due(asking(AFTER), here).published == ()
    (out,) = release_records.published_releases()
    assert (out.slug, out.content_hash) == ("2026-q3", version.content_hash)
    entry = LedgerEntry.objects.order_by("-number").first()
    assert (entry.act, entry.recipient) == ("disclosure", "the public")
    assert version.content_hash in entry.outcome


def test_it_is_read_once_it_is_out_and_reading_publishes_nothing(here):
    checked(here)
    assert list_published() == ()
    refused("REP-022", published_page, "2026-q3")
    publish_due(asking(AFTER), here)

    page = published_page("2026-q3")
    assert page.released.slug == "2026-q3"
    assert [one.slug for one in list_published()] == ["2026-q3"]
    files = {name: published_file("2026-q3", name)[0] for name, _ in page.files}
    assert verify_release(files).ok
    assert LedgerEntry.objects.filter(actor="the clock").count() == 1
    refused("REP-022", published_file, "2026-q3", "other.csv")
    refused("REP-022", published_page, "none")


def test_what_is_out_is_read_though_another_cannot_go_out(here, monkeypatch):
    checked(here)
    monkeypatch.setattr(release_records, "files_of", lambda *_: {})

    assert publish_due(asking(AFTER), here).refused == (("2026-q3", "REP-029"),)
    assert list_published() == ()


def test_nobody_checks_their_own_and_one_person_is_not_two(here):
    version = draft(here)

    refused("REP-023", check, here, AUTHOR, version.seal)
    check(here, FIRST, version.seal)
    refused("REP-023", check, here, FIRST, version.seal)
    refused("ACC-003", check, here, CHIEF, version.seal)
    assert publish_due(asking(AFTER), here).published == ()


def test_approve_then_edit_voids_the_approval(here):
    first = checked(here)
    second = draft(here, words=("Another paragraph.",))

    assert second.seal != first.seal
    assert publish_due(asking(AFTER), here).published == ()
    refused("REP-024", check, here, FIRST, first.seal)
    check(here, FIRST, second.seal)
    check(here, SECOND, second.seal)
    assert publish_due(asking(AFTER), here).published == ("2026-q3",)
    assert "Another paragraph." in str(published_page("2026-q3").released.sections)


def test_whoever_edited_it_checks_it_no_more(here):
    draft(here)
    second = draft(here, viewer=FIRST, words=("Edited.",))

    refused("REP-023", check, here, FIRST, second.seal)
    refused("REP-023", check, here, AUTHOR, second.seal)


def test_one_check_against_it_holds_it_back(here):
    version = draft(here)
    check(here, FIRST, version.seal)
    refused("REP-027", check, here, SECOND, version.seal, passed=False)
    assert check(here, SECOND, version.seal, passed=False, words="A total is wrong.").stage is Stage.REFUSED

    assert publish_due(asking(AFTER), here).published == ()


def test_two_who_check_at_once_make_it_ready_with_its_files(here, monkeypatch):
    version, hold, waits = draft(here), release_records.lock_release, [SECOND]

    def held(slug):
        while waits:
            check(here, waits.pop(), version.seal)
        hold(slug)

    monkeypatch.setattr(release_records, "lock_release", held)

    assert check(here, FIRST, version.seal).stage is Stage.CHECKED
    assert publish_due(asking(OUT), here).published == ("2026-q3",)


def test_what_is_out_stays_and_the_database_itself_refuses(here):
    checked(here)
    answer_release(asking(NOW, CHIEF), "2026-q3", "We agree.")
    read_draft(asking(NOW, CHIEF), "2026-q3")
    publish_due(asking(OUT), here)

    refused("REP-026", draft, here)
    for table in TABLES:
        for sql in (f'UPDATE "{table}" SET "id" = "id"', f'DELETE FROM "{table}"'):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql)


def test_a_correction_is_a_release_of_its_own_and_the_earlier_points_to_it(here):
    checked(here)
    publish_due(asking(OUT), here)
    refused("REP-027", draft, here, slug="2026-q3-2", corrects="2026-q3")
    refused("REP-027", draft, here, slug="2026-q3-2", corrects="none", why="It was wrong.")
    checked(here, slug="2026-q3-2", corrects="2026-q3", why="Boroughs were named wrongly.", publish_at=AFTER)
    assert publish_due(asking(AFTER), here).published == ("2026-q3-2",)

    earlier, later = published_page("2026-q3"), published_page("2026-q3-2")
    assert earlier.corrected_by.slug == "2026-q3-2"
    assert later.out.corrects == "2026-q3"
    assert later.released.notice.startswith("This corrects the release 2026-q3: Boroughs were named wrongly.")
    assert earlier.released.notice != later.released.notice
    refused("REP-027", draft, here, slug="2026-q3-3", corrects="2026-q3", why="Again.")


def test_before_its_time_only_those_named_see_it_and_each_look_is_in_the_ledger(here):
    draft(here)

    assert read_draft(asking(NOW, CHIEF), "2026-q3").may_answer
    looks = LedgerEntry.objects.filter(actor="chief", purpose__startswith="read drafts").count()
    read_draft(asking(NOW, CHIEF), "2026-q3")
    assert LedgerEntry.objects.filter(actor="chief", purpose__startswith="read drafts").count() == looks + 1
    refused("REP-022", read_draft, asking(NOW, HOME), "2026-q3")
    refused("REP-022", read_draft, asking(NOW, EXPERT), "2026-q3")
    refused("REP-022", read_draft, asking(NOW, HOME), "none")
    assert read_drafts(asking(NOW, HOME)) == ()
    assert LedgerEntry.objects.filter(actor="home", outcome__startswith="refused REP-022").count() == 2
    seen = read_draft(asking(NOW + timedelta(days=1), HOME), "2026-q3")
    assert (seen.summary, seen.words, seen.may_check, seen.may_answer) == (None, (), False, False)
    refused("ACC-003", read_draft, asking(NOW, Viewer("x", frozenset({"investigator"}))), "2026-q3")


def test_the_force_answers_once_and_its_answer_is_kept(here):
    draft(here)

    refused("REP-027", answer_release, asking(NOW, CHIEF), "2026-q3", "  ")
    answer_release(asking(NOW, CHIEF), "2026-q3", "Eastmoor is named Eastmoor.")
    refused("REP-025", answer_release, asking(NOW, CHIEF), "2026-q3", "And more.")
    refused("ACC-003", answer_release, asking(NOW, HOME), "2026-q3", "We too.")
    page = read_draft(asking(NOW, AUTHOR), "2026-q3")
    assert (page.answer.words, page.answer.account) == ("Eastmoor is named Eastmoor.", "chief")
    assert not read_draft(asking(NOW, CHIEF), "2026-q3").may_answer


def test_authors_see_what_was_hidden_and_how_far_it_can_be_narrowed(here):
    draft(here)
    summary = read_draft(asking(NOW, FIRST), "2026-q3").summary

    assert summary["hidden"] > 0
    assert all(high - low >= 4 for _, low, high in summary["bounds"])


def test_a_draft_that_cannot_stand_is_refused_with_every_fault(here):
    for more in (
        {"publish_at": NOW},
        {"access": (Access("nobody at all", NOW),)},
        {"words": ("There were 98,765 of them.",)},
        {"slug": "Not A Name"},
    ):
        refused("REP-027", draft, here, **more)
    assert release_records.release_lives() == ()
    refused("ACC-003", draft, here, viewer=CHIEF)


@pytest.mark.long
def test_a_release_is_cleared_again_against_what_went_out_meanwhile(here, made_quarter):
    """A second release of the same quarter, from a snapshot that counts children again, was checked before the first went out."""
    checked(here)
    made_quarter["values"] = made_values(seed=79)
    checked(here, slug="2026-q3-again", publish_at=AFTER)

    assert publish_due(asking(OUT), here).published == ("2026-q3",)
    found = publish_due(asking(AFTER), here)
    assert found.published == ()
    assert found.refused[0][0] == "2026-q3-again"
    assert found.refused[0][1] in {"REP-011", "REP-012", "REP-029"}
