"""The commands of graders and leads, from the key to the opened grades."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from tests.made.few_cases import SOURCE
from tests.made.graded import PASSPHRASE, ROUND, SETS, graded, said

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def run(stores, tmp_path, monkeypatch):
    """Run a command as one of the accounts; its exit code and answer."""
    from duecare.cli import main

    made = stores.new()
    monkeypatch.setenv("DUECARE_HOME", str(made.home))

    def command(who, *words, code=0, **more):
        monkeypatch.setenv("DUECARE_USER", who)
        in_words = more.pop("in_words", False)
        done = CliRunner().invoke(main, ["audit", *map(str, words), *([] if in_words else ["--json"])], **more)
        assert done.exit_code == code, done.output
        return json.loads(done.stdout) if code == 0 and not in_words else done.output

    command.store = made
    with graded(made, tmp_path, NOW):
        (tmp_path / "passphrase").write_text(PASSPHRASE + "\n")
        yield command


def written(folder, *cases, **more):
    path = folder / "judgements.json"
    files = [{"case_source": SOURCE, "case_ref": case, **said(case, **more).as_json()} for case in cases]
    path.write_text(json.dumps({"files": files}))
    return path


def of(side):
    return [case for case, set_ in SETS.items() if set_ != ("inspector_only" if side == "force" else "force_only")]


def test_a_grader_sees_the_sample_reads_a_bundle_and_submits_one_file(run, tmp_path):
    sample = run("auditor", "sample")
    bundle = run("auditor", "bundle", ROUND, f"{SOURCE}:OPEN")
    path = tmp_path / "one.json"
    answers = {one["question"]: one["answers"][-1] for one in bundle["questions"]}
    path.write_text(json.dumps({"grades": {"child": "Good", "suspect": "adequate"}, "answers": answers}))
    done = run("auditor", "grade", ROUND, f"{SOURCE}:OPEN", "--file", path)

    assert [one["case_ref"] for one in sample["files"]] == ["CUSTODY", "OPEN", "SETTLED"]
    assert bundle["graded_for"] == ["child", "suspect"]
    assert [row["number"] for row in bundle["timeline"]] == ["1", "2", "3"]
    assert bundle["written_after_the_draw"] == []
    assert len(done["submitted"][0]["seal"]) == 64
    after = {one["case_ref"]: one["progress"] for one in run("auditor", "sample")["files"]}
    assert after == {"CUSTODY": "not_started", "OPEN": "submitted", "SETTLED": "not_started"}


def test_many_files_are_graded_by_one_file_and_opened_by_the_lead(run, tmp_path):
    run("auditor", "grade", ROUND, "--file", written(tmp_path, *of("force")))
    args = ("open", ROUND, "--key", tmp_path / "force.pem", "--passphrase-file", tmp_path / "passphrase")

    assert run("audit-lead", *args)["sets"] == ["force_only"]
    run("inspector", "grade", ROUND, "--file",
        written(tmp_path, *of("inspectorate"), grade="inadequate", narrative="Late"))  # fmt: skip
    assert run("audit-lead", *args) == {
        "round": ROUND, "side": "force", "sets": ["paired", "force_only"], "opened": 2, "refused": [],
        "by_another_key": 0,
    }  # fmt: skip


def test_a_key_is_made_under_a_passphrase_that_is_asked_for(run, tmp_path):
    made = run("lead-inspector", "key", "--side", "inspectorate", "--out", tmp_path / "new.pem", input="a b c\na b c\n")

    assert (tmp_path / "new.pem").read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    assert run("inspector", "sample")["key"] == made["fingerprint"]
    assert "ACC-003" in run(
        "lead-inspector", "key", "--side", "force", "--out", tmp_path / "b", code=15, input="x\nx\n"
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [("", "no JSON"), ("[]", "not an object"), ("{}", "no list"), ('{"files": [{"answers": 4}]}', "answers")],
)
def test_a_file_that_is_no_judgement_is_refused(run, tmp_path, content, expected):
    path = tmp_path / "wrong.json"
    path.write_text(content)

    output = run("auditor", "grade", ROUND, "--file", path, code=16)

    assert "AUD-030" in output
    assert expected in output


def test_two_judgements_of_one_file_and_a_file_that_is_not_there_are_refused(run, tmp_path):
    assert "two judgements" in run("auditor", "grade", ROUND, "--file", written(tmp_path, "OPEN", "OPEN"), code=16)
    assert "AUD-030" in run("auditor", "grade", ROUND, "--file", tmp_path / "none", code=16)
    assert "AUD-031" in run("auditor", "grade", ROUND, "--file", written(tmp_path, "OPEN", grade="inadequate"), code=16)
    assert "AUD-035" in run("audit-lead", "open", ROUND, "--key", tmp_path / "none", code=16, input="x\n")
    run("auditor", "bundle", ROUND, "OPEN", code=2)


def test_seals_go_out_when_all_are_in(run, tmp_path):
    run("auditor", "grade", ROUND, "--file", written(tmp_path, *of("force")))

    done = run("audit-lead", "export-seals", ROUND, "--out", tmp_path / "seals.json")

    assert done == {"what": "duecare seals 1", "round": ROUND, "side": "force", "count": 3}
    assert "AUD-034" in run("lead-inspector", "import-seals", tmp_path / "seals.json", code=16)
    assert "AUD-034" in run("audit-lead", "export-openings", ROUND, "--out", tmp_path / "o", code=16)
    assert "AUD-037" in run("audit-lead", "import-openings", tmp_path / "seals.json", code=16)


def test_in_words_too(run, tmp_path, stores):
    assert "OPEN  not_started" in run("auditor", "sample", in_words=True)
    assert "  1  " in run("auditor", "bundle", ROUND, f"{SOURCE}:OPEN", in_words=True)
    graded_ = run("auditor", "grade", ROUND, "--file", written(tmp_path, *of("force")), in_words=True)
    assert graded_.count("sealed") == 3
    passphrase = ("--passphrase-file", tmp_path / "passphrase")
    made = run("audit-lead", "key", "--side", "force", "--out", tmp_path / "new.pem", *passphrase, in_words=True)
    assert "Give it to your graders" in made
    run(
        "auditor", "grade", ROUND, "--file", written(tmp_path, "CUSTODY"), "--reason", "The key was lost", in_words=True
    )
    opened = run("audit-lead", "open", ROUND, "--key", tmp_path / "new.pem", *passphrase, in_words=True)
    assert "opened: 1 of the side force" in opened
    assert "concealed for another key: 1" in opened
    assert "3 seals" not in opened
    assert "seals of the force written" in run(
        "audit-lead", "export-seals", ROUND, "--out", tmp_path / "s", in_words=True
    )
    assert "AUD-035" in run(
        "audit-lead", "open", ROUND, "--key", tmp_path / "new.pem", "--passphrase-file", tmp_path / "none", code=16
    )


def test_what_does_not_fit_ends_with_its_own_exit_code(run, tmp_path):
    from django.db import connection

    from duecare.store.models import SealedGrade

    run("auditor", "grade", ROUND, "--file", written(tmp_path, *of("force")))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_sealed DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER only_added_audit_sealed_update")
    SealedGrade.objects.filter(file__case_ref="CUSTODY").update(seal="0" * 64)

    args = ("--key", tmp_path / "force.pem", "--passphrase-file", tmp_path / "passphrase")
    assert "1 that do not fit their seals" in run("audit-lead", "open", ROUND, *args, code=16)


def test_what_was_written_after_the_draw_is_kept_apart_in_words(run, tmp_path, monkeypatch):
    from datetime import timedelta

    from tests.made.graded import deliver

    from duecare.vocabulary.moments import iso_text

    review = {"event_id": "T1", "kind": "supervisor_reviewed", "case_ref": "OPEN", "officer": "S1",
              "happened_at": iso_text(NOW - timedelta(days=6)), "written_at": iso_text(NOW + timedelta(days=1))}  # fmt: skip
    deliver(run.store, tmp_path / "t", NOW + timedelta(days=1), [review])

    said_ = run("auditor", "bundle", ROUND, f"{SOURCE}:OPEN", in_words=True)

    assert "Written after this case was drawn:" in said_
    assert "written 7 days later" in said_
