"""A round by command line: the number stays in its file, refusals are plain, and anyone verifies without a store."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from tests.cli.conftest import Inside, inside
from tests.made.deliveries import Made, write
from tests.made.stores import Stores

SCHEMES = ("--scheme-force", "case-files-2017", "--scheme-inspectorate", "case-files-2017")
LEAD, HMI = {"DUECARE_USER": "lead"}, {"DUECARE_USER": "hmi"}


@pytest.fixture
def audit(stores: Stores, tmp_path: Path) -> Inside:
    """Forty cases in one area; a lead and a grader of each side."""
    from duecare.store import accounts

    store = stores.new()
    program = inside(store, tmp_path)
    cases = [
        {"case_ref": f"REF-{n:02}", "kind": "missing", "area": "Eastmoor", "opened_at": "2016-03-01"} for n in range(40)
    ]
    assert program("receive", write(Made({"cases": cases}), tmp_path / "made" / "pole-2016-04-01")).code == 0
    with store():
        for name, role in (("lead", "audit_lead"), ("hmi", "lead_inspector"), ("a1", "auditor"), ("i1", "inspector")):
            accounts.enrol_account(name, [role])
    return program


def done(program: Inside, *args: object, **env: str):
    answer = program("audit", *args, "--json", **env)
    assert answer.code == 0, answer.err
    return answer.json


def test_a_round_from_open_to_proof(audit, tmp_path):
    opened = ("--title", "Made-up", "--kind", "inspection", "--method", "child-protection-2024", *SCHEMES)
    done(audit, "round", "open", "R1", *opened, **LEAD)
    planned = done(audit, "round", "plan", "R1", "--kind", "missing", "--paired", 6, "--force-only", 2, **LEAD)
    assert planned["files_held"] == 40
    assert planned["files_to_draw"] == {"paired": 6, "inspector_only": 0, "force_only": 2}

    told = audit("audit", "commit", "R1", "--number-file", "force.txt", **LEAD)
    number = (tmp_path / "force.txt").read_text().strip()
    assert stat.S_IMODE((tmp_path / "force.txt").stat().st_mode) == 0o600
    assert number not in told.out + told.err
    elsewhere = audit("audit", "number", planned["plan_hash"], "--side", "inspectorate", "--number-file", "hmi.txt")
    done(audit, "commit", "R1", "--commitment", elsewhere.out.strip(), **HMI)
    done(audit, "reveal", "R1", "--number-file", "force.txt", **LEAD)
    assert audit("audit", "draw", "R1", **LEAD).code == 16
    done(audit, "reveal", "R1", "--number-file", "hmi.txt", **HMI)
    assert done(audit, "draw", "R1", **HMI)["files"] == {"paired": 6, "inspector_only": 0, "force_only": 2}
    assert done(audit, "verify-draw", "--round", "R1", **LEAD)["verified"]

    assert audit("audit", "allot", "R1", **LEAD).code == 16
    done(audit, "graders", "R1", "--side", "force", "a1=A1", **LEAD)
    assert audit("audit", "graders", "R1", "--side", "force", "i1", **HMI).code == 15
    done(audit, "graders", "R1", "i1", **HMI)
    assert done(audit, "allot", "R1", "--side", "force", **LEAD)["graders"] == [{"account": "a1", "files": 8}]
    shown = done(audit, "round", "show", "R1", **LEAD)
    assert [one["side"] for one in shown["sides"]] == ["force"]
    assert "REF-" not in json.dumps(shown)
    number = _some_file(audit)
    assert done(audit, "take-out", "R1", number, "--reason", "not_found", **HMI)["by"] != number

    assert audit("audit", "proof", "R1", "--out", "proof.json", **LEAD).code == 16
    assert not done(audit, "round", "end", "R1", "--follow-up-owner", "lead", **LEAD)["ended"]
    assert done(audit, "round", "end", "R1", **HMI)["ended"]
    (line,) = done(audit, "rounds", **LEAD)
    assert (line["stage"], line["follow_up_owner"], line["follow_up_overdue"]) == ("ended", "lead", False)
    done(audit, "proof", "R1", "--out", "proof.json", **LEAD)


def test_a_refused_command_says_as_which_account_it_asked_and_a_file_is_not_overwritten(audit, tmp_path):
    assert "You are acting as the account tester. To use another, set DUECARE_USER." in audit("audit", "rounds").err
    (tmp_path / "mine.txt").write_text("kept")
    asked = ("audit", "number", "0" * 64, "--side", "force", "--number-file", "mine.txt")
    assert "a file that is there already" in audit(*asked).err
    assert (tmp_path / "mine.txt").read_text() == "kept"


def _some_file(program: Inside) -> int:
    from duecare.store.models import SampledFile

    with program.store():
        return SampledFile.objects.filter(set="paired").first().pk


def test_anyone_verifies_a_proof_without_a_store_and_sees_what_was_changed(outside, tmp_path):
    from tests.rooms.audit.test_proof import BY_BEACON

    (tmp_path / "proof.json").write_bytes(BY_BEACON.canonical)
    (tmp_path / "changed.json").write_bytes(BY_BEACON.canonical.replace(b"C/000", b"C/999"))

    true = outside("audit", "verify-draw", "proof.json", "--json")
    changed = outside("audit", "verify-draw", "changed.json", "--json")

    assert (true.code, true.json["verified"], true.json["faults"]) == (0, True, [])
    assert (changed.code, changed.json["verified"]) == (16, False)
    assert not (tmp_path / "home").exists()


WRONG = [
    (["verify-draw"], 2),
    (["verify-draw", "nowhere.json"], 16),
    (["verify-draw", "made.txt"], 16),
    (["verify-draw", "--round", "none"], 16),
    (["round", "plan", "none", "--paired", "3"], 16),
    (["round", "plan", "none", "--paired", "3", "--beacon", "made-up"], 2),
    (["round", "show", "none"], 16),
    (["commit", "none"], 2),
    (["commit", "none", "--number-file", "made.txt"], 16),
    (["number", "0" * 64, "--side", "force", "--number-file", "made.txt"], 16),
    (["number", "0" * 64, "--side", "beacon", "--number-file", "new.txt"], 16),
    (["reveal", "none", "--number-file", "nowhere.txt"], 16),
]


def test_what_is_asked_wrongly_is_refused_in_plain_words(audit, tmp_path):
    (tmp_path / "made.txt").write_text("not overwritten")

    answers = [(asked, code, audit("audit", *asked, **LEAD)) for asked, code in WRONG]

    assert [(asked, one.code, one.out) for asked, code, one in answers] == [(asked, code, "") for asked, code in WRONG]
    assert not any("Traceback" in one.err for _, _, one in answers)
    assert (tmp_path / "made.txt").read_text() == "not overwritten"
    assert not (tmp_path / "new.txt").exists()
    # A number that could not be handed over is not left lying about.
    assert audit("audit", "commit", "none", "--number-file", "mine.txt", **LEAD).code == 16
    assert not (tmp_path / "mine.txt").exists()


def test_a_round_is_verified_by_a_process_of_its_own(outside):
    answer = outside("audit", "verify-draw", "--round", "none")

    assert answer.code in {15, 16}, answer.err
    assert "not foreseen" not in answer.err
