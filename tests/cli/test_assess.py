"""`assess`: by the engine as by the judge, and held against what was in force."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from tests.cli.conftest import Inside
from tests.made.deliveries import Made, write

from duecare.config import read_config


@pytest.fixture
def duecare(fresh: Inside, made: Path) -> Inside:
    """The program, on a store of its own in which the seventeen days are received and assessed."""
    assert fresh("run", made).code == 0
    return fresh


@pytest.mark.long
def test_a_check_says_that_the_same_was_in_force(duecare):
    done = duecare("assess", "--engine", "duckdb", "--check", "--json")

    assert done.code == 0, done.err
    assert done.json["differences"] == []
    assert "the findings in force are the same" in duecare("assess", "--engine", "duckdb", "--check").out


def test_a_finding_that_was_spoilt_is_named_and_the_exit_code_is_of_its_family(duecare):
    from duecare.store.models import FindingRow

    with duecare.store():
        row = FindingRow.objects.get(duty="LOCAL-allocate-investigator")
        spoilt = orjson.loads(bytes(row.body)) | {"state": "met"}
        FindingRow.objects.filter(pk=row.pk).update(body=orjson.dumps(spoilt), state="met")

    done = duecare("assess", "--engine", "duckdb", "--check")

    assert done.code == 14
    assert "DUT-022" in done.err
    assert f"finding LOCAL-allocate-investigator {row.finding} of M17 (pole) in state" in done.err
    assert duecare("assess", "--engine", "duckdb", "--check").code == 0


def test_after_a_change_of_policy_it_is_said_that_not_all_follows_it(duecare, tmp_path):
    """What a delivery touches is worked out by the new policy at once; the rest only by the next full assessment."""
    shipped = read_config({}).policy.read_text("utf-8")
    stricter = tmp_path / "stricter.toml"
    stricter.write_text(shipped.replace("hours.child = 24", "hours.child = 1", 1), "utf-8")
    touched = Made(
        {"events": [{"event_id": "E9", "kind": "child_seen", "happened_at": "2016-03-19", "case_ref": "M17"}]}
    )
    policy = {"DUECARE_POLICY": str(stricter)}

    same = duecare("receive", write(touched, tmp_path / "pole-8"))
    other = duecare(
        "receive", write(Made({"posts": [{"post": "P9", "kind": "mash_lead"}]}), tmp_path / "pole-9"), **policy
    )
    checked = duecare("assess", "--check", **policy)
    after = duecare("assess", "--check", **policy)

    assert "does not count" not in same.err
    assert "do not include the policy or rules now in force yet" in other.err
    assert checked.code == after.code == 0
    assert "not compared" in checked.out
    assert "the findings in force are the same" in after.out


def test_a_check_is_of_now(duecare):
    assert duecare("assess", "--check", "--as-of", "2016-04-01").code == 2


def test_where_spark_cannot_be_run_the_refusal_says_what_to_install(fresh, monkeypatch):
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", "")

    done = fresh("assess", "--engine", "spark")

    assert done.code == 14
    assert "DUT-023" in done.err
    assert "is not installed" in done.err
    assert "Install Java 17" in done.err


def test_a_java_that_is_too_old_is_refused(fresh, monkeypatch, tmp_path):
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setattr("duecare.store.bulk.local_spark.find_spec", lambda _name: object())

    done = fresh("assess", "--engine", "spark")

    assert done.code == 14
    assert "a Java older than 17" in done.err
