"""The quarterly report in a folder, by one command: a draft until it is out, then as it went out; and verified by anybody."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner
from tests.made.releases import AUTHOR, CHIEF, OUT, checked, enrolled, figures_made_up, out
from tests.made.stores import NOW, asking

from duecare.cli import main
from duecare.ledger import public_text, read_key
from duecare.report.quarterly.quarterly_report import NOTICE
from duecare.store.models import LedgerEntry
from duecare.store.releases import release_records
from duecare.use_cases.releases.report_quarterly import report_quarterly
from duecare.use_cases.releases.verify_release import report_verify
from duecare.vocabulary import clock
from duecare.vocabulary.refusals import Refusal


@pytest.fixture(autouse=True)
def made_quarter(monkeypatch):
    return figures_made_up(monkeypatch)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "report"
    made.mkdir()
    return made


@pytest.fixture
def here(store):
    enrolled()
    return store.config


def test_before_it_is_out_it_says_that_it_is_a_draft(here, tmp_path):
    found = report_quarterly(asking(NOW, AUTHOR), here, "2026-Q3", tmp_path / "q3")
    page = (tmp_path / "q3/report.html").read_text()

    assert not found.is_published
    assert "A draft, not released" in page
    assert NOTICE not in page
    assert found.tables == len(list((tmp_path / "q3").glob("*.csv")))
    assert found.suppressed > 0
    assert "entries, root" in found.ledger_head
    verified = report_verify(tmp_path / "q3")
    assert (verified.ok, verified.is_whole, verified.is_published) == (False, True, False)
    entry = LedgerEntry.objects.order_by("-number").first()
    assert (entry.act, entry.recipient) == ("disclosure", "author")


def test_once_it_is_out_the_very_files_are_written(here, folder):
    out(here)
    found = report_quarterly(asking(OUT, AUTHOR), here, "2026-Q3", folder)

    assert found.is_published
    assert NOTICE in (folder / "report.html").read_text().replace("&#x27;", "'")
    found = report_verify(folder)
    assert (found.ok, found.is_whole, found.is_published) == (True, True, None)
    key = folder.parent / "public.pem"
    key.write_text(public_text(read_key(here.ledger_key).public_key()))
    assert report_verify(folder, key_path=key).is_published


def test_what_is_out_is_written_again_over_what_was_written_before(here, folder):
    out(here)
    before = report_quarterly(asking(OUT, AUTHOR), here, "2026-Q3", folder)
    after = report_quarterly(asking(OUT, AUTHOR), here, "2026-Q3", folder)

    assert after == before
    assert report_verify(folder).ok


def test_who_may_not_draft_may_not_write_it_and_nothing_is_written_among_other_files(here, folder):
    (folder / "other.txt").write_text("mine")

    for viewer, code in ((CHIEF, "ACC-003"), (AUTHOR, "CFG-001")):
        with pytest.raises(Refusal) as refused:
            report_quarterly(asking(NOW, viewer), here, "2026-Q3", folder)
        assert refused.value.code == code
    assert [path.name for path in folder.iterdir()] == ["other.txt"]
    (folder / "manifest.json").write_text("{")
    with pytest.raises(Refusal):
        report_quarterly(asking(NOW, AUTHOR), here, "2026-Q3", folder)


def test_an_earlier_report_in_the_folder_is_replaced_whole(here, folder, made_quarter):
    report_quarterly(asking(NOW, AUTHOR), here, "2026-Q3", folder)
    made_quarter["revisits"] = ()
    report_quarterly(asking(NOW, AUTHOR), here, "2026-Q3", folder)

    assert not (folder / "revisits.csv").exists()
    assert report_verify(folder).is_whole


def run(*args):
    return CliRunner().invoke(main, list(args))


def test_anybody_verifies_without_a_store_and_an_altered_number_is_found(here, folder, monkeypatch):
    out(here)
    report_quarterly(asking(NOW, AUTHOR), here, "2026-Q3", folder)
    monkeypatch.setenv("DUECARE_USER", "nobody who is enrolled")

    whole = run("report", "verify", str(folder), "--json")
    said = json.loads(whole.output)
    assert (whole.exit_code, said["ok"], said["whole"], said["published"]) == (0, True, True, None)
    assert "these files alone do not show whether it was published" in run("report", "verify", str(folder)).output

    file = folder / "visits-overdue-by-risk.csv"
    file.write_bytes(file.read_bytes().replace(b"The whole force,", b"The whole force,1", 1))
    altered = run("report", "verify", str(folder))
    assert altered.exit_code == 17
    assert "NO          each CSV file holds the numbers of the report" in altered.output
    assert "NOT whole" in altered.output


def test_a_draft_in_a_folder_does_not_read_as_published(here, folder):
    report_quarterly(asking(NOW, AUTHOR), here, "2026-Q3", folder)

    told = run("report", "verify", str(folder))
    assert told.exit_code == 17
    assert "NO          it was published" in told.output
    assert "its own head says that it is a draft, not released" in told.output
    assert "2026-q3: whole" in told.output
    assert "NOT published, as far as these files go" in told.output


def test_the_files_of_a_version_that_two_checked_and_that_never_went_out_do_not_read_as_published(here, folder):
    version = checked(here)
    for name, body in release_records.files_of("2026-q3", version.number).items():
        (folder / name).write_bytes(body)

    found = report_verify(folder)
    assert (found.ok, found.is_whole, found.is_published) == (False, True, False)


def test_a_folder_that_is_none_is_refused(folder):
    assert run("report", "verify", str(folder)).exit_code == 17
    assert run("report", "verify", str(folder / "none")).exit_code == 17
    (folder / "anchor").write_text("no anchor")
    assert run("report", "verify", str(folder), "--anchor", str(folder / "anchor")).exit_code == 18
    assert run("report", "verify", str(folder), "--anchor", str(folder / "none")).exit_code == 18
    assert run("report", "verify", str(folder), "--key", str(folder / "anchor")).exit_code == 18


def test_the_clock_publishes_what_is_due_by_command(here, monkeypatch):
    an_hour_ago = clock.current_moment() - timedelta(hours=1)
    checked(here, now=an_hour_ago, publish_at=an_hour_ago + timedelta(minutes=1), access=())
    checked(here, "2026-q3-later", now=an_hour_ago, publish_at=clock.current_moment() + timedelta(hours=1), access=())
    monkeypatch.setenv("DUECARE_HOME", str(here.home))
    monkeypatch.setenv("DUECARE_USER", "author")

    nothing = {"sent": 0, "refreshed": 0, "published": [], "expired": 0, "refused": []}
    assert json.loads(run("tick", "--json").output) == nothing | {"published": ["2026-q3"]}
    assert json.loads(run("tick", "--json").output) == nothing


def test_a_release_goes_its_whole_way_by_command(here, monkeypatch):
    monkeypatch.setenv("DUECARE_HOME", str(here.home))

    def as_(name, *args):
        monkeypatch.setenv("DUECARE_USER", name)
        done = run("report", *args, "--json")
        assert done.exit_code == 0, done.output
        return json.loads(done.output)

    drafted = as_("author", "draft", "2026-q3", "--quarter", "2026-Q3", "--at", "2099-01-01T09:00",
                  "--before", "chief=2026-01-01", "--words", "A paragraph.")  # fmt: skip
    assert as_("first", "check", "2026-q3", "--seal", drafted["seal"])["stage"] == "draft"
    assert as_("second", "check", "2026-q3", "--seal", drafted["seal"])["stage"] == "checked"
    assert as_("chief", "answer", "2026-q3", "--words", "We agree.") == {"release": "2026-q3", "version": 1}
    (one,) = as_("chief", "list")
    assert (one["stage"], [check["by"] for check in one["checks"]]) == ("checked", ["first", "second"])
    monkeypatch.setenv("DUECARE_USER", "author")
    assert run("report", "check", "2026-q3", "--seal", drafted["seal"]).exit_code == 17
