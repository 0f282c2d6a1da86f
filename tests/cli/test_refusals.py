"""Whatever is asked wrongly is refused in plain words, with its exit code, no traceback, and nobody's name."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[2] / "policy" / "force.sample.toml"


def clear(done, code):
    """Was it refused clearly: this exit code, nothing on the output, no traceback, no name?"""
    return (
        done.code == code
        and done.out == ""
        and done.err.strip() != ""
        and "Traceback" not in done.err
        and "Zarathorn" not in done.err
        and len(done.err) < 2_000
    )


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (["findings", "--as-of", "yesterday"], 2),
        (["findings", "--as-of", "2016-02-31"], 2),
        (["findings", "--as-of", "0001-01-01T00:00:00+14:00"], 2),
        (["findings", "--known-at", "9999-12-31T23:59:59-14:00"], 2),
        (["findings", "--state", "late"], 2),
        (["findings", "--colour", "red"], 2),
        (["no-such-command"], 2),
        (["receive"], 2),
        (["person"], 2),
        (["person", "no-such-person"], 15),
        (["person", "x" * 5_000], 15),
        (["people", "export", "no/such/folder/people.csv"], 10),
        (["people", "export", "."], 10),
        (["ledger", "verify", "--anchor", "no-such-file"], 2),
        (["ledger", "verify", "--anchor", str(SAMPLE)], 18),
        (["ledger", "anchor", "--out", "no/such/folder/anchor"], 10),
        (["audit", "import", "no-such-file"], 16),
        (["audit", "import", "."], 16),
        (["audit", "import", str(SAMPLE)], 16),
        (["watch", "no-such-folder", "--once"], 2),
        (["synthesise"], 2),
        (["serve", "--port", "0"], 2),
    ],
    ids=lambda value: " ".join(value)[:60] if isinstance(value, list) else "",
)
def test_a_wrong_argument_is_refused_clearly(duecare, asked, code):
    done = duecare(*asked, "--json")

    assert clear(done, code), (done.code, done.out[:500], done.err[:2_000])


@pytest.mark.parametrize(
    "what", ["nothing there", "an empty folder", "a lone file without a source", "a text as a zip"]
)
def test_a_delivery_that_is_none_is_refused_as_a_delivery(duecare, tmp_path, what):
    path = tmp_path / "pole-9"
    if what == "an empty folder":
        path.mkdir()
    elif what == "a lone file without a source":
        path = tmp_path / "persons.csv"
        path.write_text("record_id\nK1\n")
    elif what == "a text as a zip":
        path = tmp_path / "pole-9.zip"
        path.write_text("no zip")

    done = duecare("receive", path, "--json")

    assert done.code == 11
    assert [one["status"] for one in done.json] == ["refused"]
    assert done.json[0]["reasons"]
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("policy", "commands"),
    [
        (None, "findings link assess"),
        (b"not toml [", "findings link assess"),
        (b"\xff\xfe", "findings link assess"),
        (b"[receive]\nwithdrawal_share = 'seven'\n", "findings assess"),
        (b"[standards.No-such-duty]\nhours.child = 1\n", "findings link assess"),
        (b"[linkage]\nno_such_guard = true\n", "link"),
        (b"linkage = 3\n", "link"),
    ],
    ids=["missing", "not toml", "not text", "no number", "no such duty", "no such guard", "no table"],
)
def test_a_bad_policy_is_refused_before_anything_is_done(duecare, tmp_path, policy, commands):
    path = tmp_path / "policy.toml"
    if policy is not None:
        path.write_bytes(policy)

    for command in commands.split():
        done = duecare(command, "--json", DUECARE_POLICY=str(path))

        assert clear(done, 10), (command, done.code, done.out[:500], done.err[:2_000])


def test_an_account_that_is_not_enrolled_is_refused(duecare):
    done = duecare("findings", "--json", DUECARE_USER="nobody-here")

    assert clear(done, 15), done.err


def test_a_role_that_may_not_is_refused(duecare):
    from duecare.store import accounts

    with duecare.store():
        accounts.enrol_account("figures-only", ["home_office"])

    for command in (["findings"], ["people", "export", "x.csv"], ["link"], ["receive", "."], ["ledger", "show"]):
        assert clear(duecare(*command, "--json", DUECARE_USER="figures-only"), 15), command


@pytest.mark.long
def test_the_first_user_of_an_empty_store_is_enrolled_once(outside):
    first = outside("ledger", "head", "--json")
    other = outside("ledger", "head", "--json", DUECARE_USER="someone-else")

    assert (first.code, other.code) == (0, 15), first.err + other.err


@pytest.mark.parametrize("what", ["a file", "under a file", "a store that is no database"])
def test_a_home_that_cannot_be_one_is_refused(outside, what):
    home = outside.folder / "home"
    if what == "a file":
        home.write_text("not a folder")
    elif what == "under a file":
        home.write_text("not a folder")
        home = home / "below"
    else:
        home.mkdir()
        (home / "duecare.sqlite3").write_text("not a database" * 1_000)

    done = outside("findings", "--json", DUECARE_HOME=str(home))

    assert clear(done, 19), (done.code, done.out, done.err)


def test_a_home_that_may_only_be_read_is_refused(outside):
    done = outside("ledger", "head", "--json")
    assert done.code == 0, done.err
    for path in [outside.home, *outside.home.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    if os.access(outside.home / "duecare.sqlite3", os.W_OK):
        pytest.skip("whoever runs this may write everything")

    assert clear(outside("ledger", "head", "--json"), 19)


def test_a_store_held_by_another_is_refused_in_time(outside):
    assert outside("ledger", "head").code == 0
    held = sqlite3.connect(outside.home / "duecare.sqlite3", isolation_level=None)
    held.execute("BEGIN IMMEDIATE")

    done = outside("findings", "--json")

    held.execute("ROLLBACK")
    held.close()
    assert clear(done, 19), (done.code, done.err)
    assert "STO-002" in done.err


@pytest.mark.long
def test_an_argument_that_is_no_text_is_wrong_usage(outside):
    done = subprocess.run(
        [*_program(), "person", b"\xff\xfe", "--json"],
        env={**os.environ, "DUECARE_HOME": str(outside.home), "DUECARE_USER": "tester"},
        cwd=outside.folder,
        capture_output=True,
        check=False,
    )

    assert done.returncode in {2, 15}
    assert done.stdout == b""
    assert b"Traceback" not in done.stderr


def test_a_store_that_fails_outside_a_transaction_is_refused_as_the_store(duecare, monkeypatch):
    from django.db import OperationalError

    from duecare.use_cases.findings import findings_in_scope

    def gone(*_: object, **__: object) -> None:
        raise OperationalError("server closed the connection: Quillabon Zarathorn")

    monkeypatch.setattr(findings_in_scope, "read_findings", gone)

    done = duecare("findings", "--json")

    assert clear(done, 19), done.err
    assert "STO-001" in done.err


def test_what_nobody_foresaw_is_said_without_its_words(duecare, monkeypatch):
    from duecare.use_cases.findings import findings_in_scope

    def broken(*_: object, **__: object) -> None:
        raise ValueError("Quillabon Zarathorn, 1 Made Up Street")

    monkeypatch.setattr(findings_in_scope, "read_findings", broken)

    done = duecare("findings", "--json")

    assert clear(done, 1), done.err
    assert "ValueError" in done.err


@pytest.mark.long
@pytest.mark.postgres
def test_on_postgres_an_unknown_user_is_refused(outside, postgres_server):
    import psycopg

    name = f"cli_{os.getpid()}"
    with psycopg.connect(postgres_server.admin_url, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} OWNER duecare")
    url = postgres_server.url.rsplit("/", 1)[0] + f"/{name}"

    unknown = outside("findings", "--json", DUECARE_DATABASE_URL=url)
    enrolled = outside("enrol-first", "tester", "--json", DUECARE_DATABASE_URL=url)
    known = outside("findings", "--json", DUECARE_DATABASE_URL=url)
    other = outside("findings", "--json", DUECARE_DATABASE_URL=url, DUECARE_USER="other")

    assert clear(unknown, 15), unknown.err
    assert (enrolled.code, known.code, other.code) == (0, 0, 15), known.err
    assert known.json == []


def _program() -> list[str]:
    from tests.cli.conftest import PROGRAM

    return PROGRAM
