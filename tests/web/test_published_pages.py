"""The public's part of the site: no sign-in, no script, kept on the way, and only what was released."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

import pytest
from django.conf import settings
from django.test import Client
from tests.made.releases import AFTER, OUT, enrolled, figures_made_up, out

from duecare.report.verification.verify_release import verify_release
from duecare.store.models import LedgerEntry

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


@pytest.fixture(autouse=True)
def made_quarter(monkeypatch):
    return figures_made_up(monkeypatch)


@pytest.fixture
def config():
    enrolled()
    return settings.CONFIG


@pytest.fixture
def anybody():
    return Client()


def page(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def test_before_anything_is_out_the_page_says_so(anybody):
    assert "No reports have been published yet." in page(anybody, "/published/")
    assert "Report not found" in page(anybody, "/published/2026-q3/", 404)
    assert "Report not found" in page(anybody, "/published/2026-q3/report.html", 404)


def test_a_release_is_read_by_anybody_without_a_script_a_cookie_or_a_line_in_the_ledger(anybody, config):
    out(config)
    before = LedgerEntry.objects.count()

    for path in ("/published/", "/published/2026-q3/", "/published/real-rounds/"):
        answer = anybody.get(path)
        said = answer.content.decode()
        assert answer.status_code == 200
        assert "<script" not in said
        assert "Sign in" not in said
        assert not answer.cookies
        assert answer["Cache-Control"] == "public, max-age=60"
        assert "Cookie" not in answer.get("Vary", "")
        assert 'style="' not in said
    assert LedgerEntry.objects.count() == before


def test_who_is_signed_in_is_served_the_very_same(anybody, signed_in, config):
    out(config)

    assert page(signed_in("chief_officer"), "/published/2026-q3/") == page(anybody, "/published/2026-q3/")


def test_a_page_that_has_not_changed_is_not_sent_again(anybody, config):
    out(config)
    tag = anybody.get("/published/2026-q3/")["ETag"]

    assert anybody.get("/published/2026-q3/", headers={"if-none-match": tag}).status_code == 304


def test_files_are_sent_as_they_went_out_and_may_be_kept_for_good(anybody, config):
    out(config)
    links = re.findall(r'href="(/published/2026-q3/[^"#]+)"', page(anybody, "/published/2026-q3/"))

    assert {"report.html", "report.ods", "manifest.json", "csv-metadata.json"} <= {
        one.rpartition("/")[2] for one in links
    }
    for link in set(links):
        answer = anybody.get(link)
        assert answer.status_code == 200, link
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer["Content-Disposition"].startswith("attachment")
    page(anybody, "/published/2026-q3/other.csv", 404)


def test_every_file_in_one_is_verified_by_whoever_unpacks_it(anybody, config):
    out(config)
    answer = anybody.get("/published/2026-q3.zip")
    box = zipfile.ZipFile(io.BytesIO(answer.content))

    assert verify_release({name: box.read(name) for name in box.namelist()}).ok
    assert anybody.get("/published/2026-q3.zip").content == answer.content
    page(anybody, "/published/none.zip", 404)


def test_no_count_of_children_below_five_is_on_the_page(anybody, config):
    out(config)
    said = page(anybody, "/published/2026-q3/")

    held = said[said.index('id="custody-held-overnight-by-reason"') :]
    numbers = re.findall(r'govuk-table__cell--numeric">(\d+)<', held[: held.index("</table>")])
    assert numbers
    assert not {"1", "2", "3", "4"} & set(numbers)


def test_a_corrected_release_stands_with_a_notice_and_both_are_listed(anybody, config):
    out(config)
    before = page(anybody, "/published/2026-q3/")
    out(config, "2026-q3-2", corrects="2026-q3", why="Two boroughs were named wrongly.", publish_at=AFTER)
    earlier, later, listed = (page(anybody, f"/published/{one}") for one in ("2026-q3/", "2026-q3-2/", ""))

    assert "has been corrected" not in before
    assert "This page shows the release as first published." in earlier
    assert 'href="/published/2026-q3-2/"' in earlier
    assert "Two boroughs were named wrongly." in later
    assert "Corrected by" in listed
    assert listed.index("2026-q3-2/") < listed.index('"/published/2026-q3/"')


def test_real_rounds_stand_apart_with_their_sources_and_where_they_differ(anybody):
    said = page(anybody, "/published/real-rounds/")

    assert "Real figures." in said
    for words in ("about 384", "more than 75%", "December", "does not say whether the force or inspectors"):
        assert words in said
    assert "96 (25.7%)" in said
    assert "278 (74.3%)" in said
    assert "kappa" in said
    assert said.count("Not found") >= 3
    assert "breakingnewstime.com" in said


def test_only_what_was_cleared_and_checked_is_said_to_be(anybody):
    promise = "passed disclosure control"

    assert "Every number in a report passed disclosure control" in page(anybody, "/published/")
    for path in ("/published/real-rounds/", "/published/recommendations/"):
        assert promise not in page(anybody, path)


def test_real_rounds_come_from_the_projects_own_record_and_made_up_totals_change_nothing(anybody, config):
    from duecare.store.models import PublishedTotal

    before = page(anybody, "/published/real-rounds/")
    PublishedTotal.objects.create(
        set_id="MADE-UP", row={"set_id": "MADE-UP", "n": "10"}, imported_at=datetime.fromisoformat("2026-11-25T09:00Z")
    )

    assert page(anybody, "/published/real-rounds/") == before


def test_the_time_of_publication_is_shown(anybody, config):
    out(config)

    assert OUT.year == 2026
    assert "Published 27 November 2026" in page(anybody, "/published/")
