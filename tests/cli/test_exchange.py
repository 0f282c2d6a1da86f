"""Every command answers as the exchange says: one JSON document, its fields, its exit code, nothing else on the output."""

from __future__ import annotations

import csv
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest

FINDING = {
    "finding": str, "duty": str, "ref": str, "authority": str, "case_ref": (str, None), "source": str,
    "person": (str, None), "subject": (str, None), "area": (str, None), "owed_by": str, "adopted": (bool, None),
    "started_at": str, "due_at": (str, None), "due_on": (str, None), "met_at": (str, None), "ended_at": (str, None),
    "recorded_at": (str, None), "recorded_late": (bool, None), "state": str, "reason": (str, None),
    "late_by_hours": (float, int, None), "rule_version": str, "evidence": list, "told": list,
}  # fmt: skip
RECEIVED = {
    "delivery": str, "status": str, "rows_in": int, "accepted": int, "set_aside": int, "stale": int, "unchanged": int,
    "refused": int, "reasons": list,
}  # fmt: skip
LINK = {"records": int, "people": int, "pairs": int, "for_review": int, "model": str}
ASSESS = {"findings": int, "overdue": int, "by_duty": dict}
REFS = ["AL1", "AL2", "AL3", "CP18"]
"""What the crime of the 17 days starts: an investigator, the child seen, a supervisor's review, the victim's updates."""
UTC_TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$")


def fits(said: dict[str, object], fields: dict[str, object]) -> list[str]:
    """Which fields are missing, or of another type?"""
    wrong = []
    for name, types in fields.items():
        allowed = types if isinstance(types, tuple) else (types,)
        value = said.get(name, "missing")
        if name not in said or not (
            (value is None and None in allowed) or isinstance(value, tuple(t for t in allowed if t is not None))
        ):
            wrong.append(f"{name}: {value!r}")
    return wrong


def test_run_answers_for_every_room(ran):
    _, done = ran

    assert done.code == 0, done.err
    (received,) = done.json["receive"]
    assert fits(received, RECEIVED) == []
    assert received["status"] == "accepted"
    assert received["rows_in"] == received["accepted"] == 10
    assert fits(done.json["link"], LINK) == []
    assert (done.json["link"]["records"], done.json["link"]["people"]) == (2, 2)
    assert fits(done.json["assess"], ASSESS) == []
    assert done.json["assess"]["by_duty"]["LOCAL-allocate-investigator"] == {"met_late": 1}
    assert isinstance(done.json["worklist"], dict)
    assert done.json["figures"]["figures"] > 90


def only(duecare, *args):
    done = duecare("findings", "--json", "--ref", "AL1", *args)
    assert done.code == 0, done.err
    (found,) = done.json
    return found


def test_the_seventeen_days(duecare):
    found = only(duecare, "--case", "M17")

    assert fits(found, FINDING) == []
    assert found["state"] == "met_late"
    assert found["late_by_hours"] == 384.0
    assert found["due_at"] == "2016-03-02T09:00:00+00:00"
    assert found["met_at"] == "2016-03-18T09:00:00+00:00"
    assert found["recorded_at"] == "2016-03-18T10:00:00+00:00"
    assert (found["recorded_late"], found["adopted"], found["authority"]) == (True, True, "local")
    assert (found["person"], found["subject"], found["case_ref"], found["source"]) == (None, None, "M17", "pole")
    assert [(e["role"], e["event_id"]) for e in found["evidence"]] == [("started", "E1"), ("met", "E2")]
    assert set(found["evidence"][0]) == {"role", "source", "event_id", "kind", "happened_at", "written_at"}
    assert found["told"] == [
        {"role": "supervisor", "person": "SUP1", "at": "2016-03-02T09:00:00+00:00"},
        {"role": "detective_inspector", "person": "DI1", "at": "2016-03-03T09:00:00+00:00"},
        {"role": "chief_officer_lead", "person": "CO1", "at": "2016-03-05T09:00:00+00:00"},
    ]
    times = [found[name] for name in ("started_at", "due_at", "met_at", "recorded_at")]
    assert all(UTC_TIME.match(one) for one in times)


@pytest.mark.parametrize(
    ("as_of", "state", "late"),
    [
        ("2016-03-02T09:00:00+00:00", "open", None),
        ("2016-03-02T09:00:01+00:00", "overdue", 0.0),
        ("2016-03-02T10:00:00Z", "overdue", 1.0),
        ("2016-03-10T09:00:00+00:00", "overdue", 192.0),
        ("2016-03-18T09:00:00+00:00", "met_late", 384.0),
    ],
)
def test_the_seventeen_days_as_they_went_by(duecare, as_of, state, late):
    found = only(duecare, "--as-of", as_of)

    assert (found["state"], found["late_by_hours"]) == (state, late)


def test_what_was_not_yet_written_is_not_known(duecare):
    found = only(duecare, "--as-of", "2016-03-18T09:30:00+00:00", "--known-at", "2016-03-18T09:30:00+00:00")

    assert found["state"] == "overdue"


def test_findings_are_cut_by_every_filter_and_ordered(duecare):
    everything = duecare("findings", "--json").json
    assert sorted(f["ref"] for f in everything) == REFS
    key = [(f["due_at"], f["source"], f["case_ref"] or "", f["finding"]) for f in everything]
    assert key == sorted(key)
    child = next(f["person"] for f in everything if f["ref"] == "AL2")
    for args, refs in [
        (["--state", "met_late"], ["AL1"]),
        (["--state", "overdue"], ["AL2", "AL3", "CP18"]),
        (["--duty", "LOCAL-see-the-child"], ["AL2"]),
        (["--ref", "AL2"], ["AL2"]),
        (["--case", "M17"], REFS),
        (["--case", "m17"], []),
        (["--person", child], REFS),
        (["--person", "0000000000000000"], []),
        (["--area", "Eastmoor"], REFS),
        (["--area", "Nowhere"], []),
        (["--case", "M17", "--ref", "AL1", "--state", "met"], []),
    ]:
        done = duecare("findings", "--json", *args)
        assert done.code == 0, done.err
        assert sorted(f["ref"] for f in done.json) == refs, args


def test_the_words_of_findings_are_in_london_time_and_show_what_is_only_suggested(duecare):
    words = duecare("findings", "--state", "overdue").out.splitlines()

    assert words[-1] == "3 findings, 2 of them of standards only suggested"
    assert [line.split()[1] for line in words if line.endswith(", only suggested")] == ["AL3", "CP18"]
    (victim,) = (line for line in words if line.split()[1] == "CP18")
    assert "T23:59:59+0" in victim.split()[0]
    nothing = duecare("findings", "--case", "M18").out
    assert nothing == "0 findings\nCases that are not recorded, or that you may not open, have none either.\n"
    assert ", 1 overdue, without suggested standards" in duecare("assess").out


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_people_are_exported_as_one_csv(duecare, tmp_path):
    out = tmp_path / "people.csv"

    done = duecare("people", "export", out, "--json")

    assert done.code == 0, done.err
    assert done.json == {"records": 2, "people": 2} | done.json
    rows = rows_of(out)
    assert list(rows[0]) == ["source", "record_id", "person"]
    assert [(row["source"], row["record_id"]) for row in rows] == [("pole", "K1"), ("pole", "K2")]
    assert "Zarathorn" not in out.read_text()


def test_a_person_is_shown_with_records_timeline_and_findings(duecare):
    child = next(f["person"] for f in duecare("findings", "--json").json if f["ref"] == "AL2")

    done = duecare("person", child, "--json")

    assert done.code == 0, done.err
    assert {"person", "records", "names", "links", "timeline", "findings"} <= set(done.json)
    assert done.json["person"] == child
    assert done.json["records"][0]["record"] == "pole:K1"
    assert [row["event_id"] for row in done.json["timeline"]] == ["E1"]
    assert sorted(f["ref"] for f in done.json["findings"]) == REFS
    assert all(fits(f, FINDING) == [] for f in done.json["findings"])


def test_the_ledger_is_headed_anchored_shown_and_verified(duecare, tmp_path):
    out = tmp_path / "anchor"
    before = duecare("ledger", "head", "--json").json
    anchored = duecare("ledger", "anchor", "--out", out, "--json")
    shown = duecare("ledger", "show", "--json", "--purpose", "to see who looked")
    verified = duecare("ledger", "verify", "--anchor", out, "--json")
    again = duecare("ledger", "anchor", "--out", out, "--json")
    shown_again = duecare("ledger", "show", "--json").json

    assert set(before) == {"entries", "head"}
    assert anchored.code == 0, anchored.err
    assert verified.code == 0, verified.err
    assert {"ok": True, "broken_at": None}.items() <= verified.json.items()
    assert {"ok", "entries", "head", "broken_at"} <= set(verified.json)
    assert shown.json[0]["number"] > shown.json[1]["number"]
    assert any("to see who looked" in one["purpose"] and one["actor"] == "tester" for one in shown_again)
    assert again.code == 10


def test_the_digest_is_stated_with_its_parts(duecare):
    first, second = duecare("digest", "--json"), duecare("digest", "--json")

    assert first.code == 0, first.err
    assert set(first.json) == {"digest", "parts", "rulebook", "model"}
    assert first.json == second.json


def test_routes_name_every_url_its_methods_and_roles(duecare):
    done = duecare("routes", "--json")

    assert done.code == 0, done.err
    assert all(isinstance(one["methods"], list) and one["roles"] and one["url"].startswith("/") for one in done.json)
    assert any(one["url"] == "/worklist/" and "supervisor" in one["roles"] for one in done.json)


def test_doctor_says_what_is_here(outside):
    done = outside("doctor", "--json")

    assert done.code == 0, done.err
    assert {"store", "linkage model", "policy"} <= {one["what"] for one in done.json}


@pytest.mark.long
def test_doctor_says_what_is_wrong_with_the_policy(outside, tmp_path):
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("[standards.LOCAL-see-the-child]\nhour.red = 2\n")

    done = outside("doctor", DUECARE_POLICY=str(wrong))

    assert done.code == 10
    assert "LACKING policy: CFG-002" in done.out
    assert "standards.LOCAL-see-the-child.hour is not a setting" in done.out


def test_link_and_assess_alone(duecare):
    linked, assessed = duecare("link", "--json"), duecare("assess", "--json")

    assert linked.code == assessed.code == 0, linked.err + assessed.err
    assert fits(linked.json, LINK) == []
    assert fits(assessed.json, ASSESS) == []


def test_assessing_as_known_then_says_that_pages_leave_out_what_was_written_later(fresh, made):
    fresh("receive", made)

    then, today = fresh("assess", "--known-at", "2016-03-10T09:00:00+00:00").out, fresh("assess").out

    assert "In force now: what was known at 2016-03-10T09:00:00+00:00." in then
    assert "without --known-at" in then
    assert "In force now" not in today


def test_receiving_says_where_the_reasons_of_rows_set_aside_are_and_what_was_taken_for_granted(fresh, tmp_path):
    bad = tmp_path / "pole-2016-05-02"
    bad.mkdir()
    (bad / "events.csv").write_text("event_id,kind,happened_at\nE1,concern_reportd,2016-05-01\n")

    done = fresh("receive", bad)
    words = done.out

    assert "1 set aside" in words
    assert "is listed by `duecare delivery 1` and on its page (Deliveries)" in words
    assert "  no manifest: taken as changes, without a time of extract" in words
    assert "Warning: every row of pole-2016-05-02 was set aside" in done.err
    assert done.code == 11


def test_a_delivery_lists_why_rows_were_set_aside_and_shows_no_value(fresh, tmp_path):
    made = tmp_path / "pole-2016-05-03"
    made.mkdir()
    (made / "events.csv").write_text(
        "event_id,kind,happened_at\nCANARY1,concern_reportd,2016-05-01\nE2,child_seen,2016-05-01\n"
    )

    received = fresh("receive", made, "--json")
    listed = fresh("delivery", 1, "--json")
    words = fresh("delivery", 1)
    missing = fresh("delivery", 7)

    assert received.code == 0, received.err
    assert "Warning" not in received.err
    assert fits(listed.json, RECEIVED) == []
    (row,) = listed.json["rows_set_aside"]
    assert (row["file"], row["row"], row["column"]) == ("events.csv", 2, "kind")
    assert row["reason"]
    assert row["remedy"]
    assert f"events.csv, row 2, kind: {row['reason']}; {row['remedy']}" in words.out
    assert [one["column"] for one in listed.json["defects"]]
    assert "CANARY" not in listed.out + words.out
    assert "concern_reportd" not in listed.out + words.out
    assert missing.code == 11
    assert "EXT-030" in missing.err


def test_the_same_delivery_again_is_a_duplicate_and_a_bad_one_refused(duecare, made, tmp_path):
    bad = tmp_path / "pole-2016-05-01"
    bad.mkdir()
    (bad / "persons.csv").write_text("record_id,shoe_size\nK9,4\n")

    again = duecare("receive", made, "--json")
    both = duecare("receive", bad, made, "--json")

    assert again.code == 0, again.err
    assert [one["status"] for one in again.json] == ["duplicate"]
    assert both.code == 11
    assert [one["status"] for one in both.json] == ["refused", "duplicate"]
    assert "shoe_size" in both.json[0]["reasons"][0]
    assert all(fits(one, RECEIVED) == [] for one in both.json)


def test_a_single_file_takes_its_source_from_the_command(duecare, tmp_path):
    file = tmp_path / "persons.csv"
    file.write_text("record_id,given_names,written_at\nW1,Ostrella,2016-01-01T00:00:00Z\n")

    done = duecare("receive", file, "--source", "walkin", "--json")

    assert done.code == 0, done.err
    assert (done.json[0]["status"], done.json[0]["accepted"]) == ("accepted", 1)


def test_watch_looks_once_and_says_so_even_where_nothing_came(fresh, made):
    (fresh.folder / "in").mkdir()
    nothing = fresh("watch", fresh.folder / "in", "--once", "--json")
    (fresh.folder / "in" / "pole-2016-04-01").mkdir()
    (fresh.folder / "in" / "pole-2016-04-01" / "persons.csv").write_text("record_id,shoe_size\nK9,4\n")
    refused = fresh("watch", fresh.folder / "in", "--once", "--json")

    assert (nothing.code, nothing.json) == (0, [])
    assert (refused.code, refused.json[0]["status"]) == (11, "refused")


def test_watch_takes_each_delivery_in_at_its_own_moment_and_not_at_that_at_which_it_began(fresh, monkeypatch):
    from duecare.store.models import Delivery
    from duecare.vocabulary import clock

    folder, began = fresh.folder / "in", clock.current_moment()
    folder.mkdir()

    def put(number):
        (folder / f"pole-2016-04-0{number}").mkdir()
        text = f"record_id,given_names,written_at\nW{number},Ostrella,2016-01-01T00:00:00Z\n"
        (folder / f"pole-2016-04-0{number}" / "persons.csv").write_text(text)

    def two_days_on():
        monkeypatch.setattr(clock, "current_moment", lambda: began + timedelta(days=2))
        put(2)

    def end():
        raise KeyboardInterrupt

    between = iter((lambda: put(1), lambda: None, two_days_on, lambda: None, end))
    monkeypatch.setattr("time.sleep", lambda _: next(between)())
    ended = fresh("watch", folder, "--json")

    with fresh.store():
        received = list(Delivery.objects.order_by("number").values_list("received_at", flat=True))
    assert ended.code == 130
    assert timedelta(days=1) < received[1] - received[0] < timedelta(days=3)


def test_synthesise_writes_a_force_and_says_how_large(outside):
    done = outside("synthesise", outside.folder / "out", "--json", "--seed", "7")

    assert done.code == 0, done.err
    assert fits(done.json, {"deliveries": int, "records": int, "people": int}) == []
    assert not outside.home.exists(), "it only writes files"
    assert outside("synthesise", outside.folder / "out").code == 10


def test_published_totals_are_imported_and_stated(fresh):
    shipped = fresh("audit", "totals", "--json")
    columns = (
        "set_id,force,round,grader,n,good,adequate,requires_improvement,inadequate,meets_standard,below_standard,"
        "referred_back,status,source_url"
    )
    file = fresh.folder / "totals.csv"
    file.write_text(f"{columns}\nA,Northmoor,1,inspectorate,10,,,,,4,7,,stated,https://example.org/a\n")
    imported = fresh("audit", "import", file, "--json")

    assert shipped.code == 0, shipped.err
    assert "374" in shipped.out
    assert "278" in shipped.out
    assert imported.code == 0, imported.err
    assert imported.json["accepted"] == 0
    assert imported.json["set_aside"] == 1
    assert len(imported.json["reasons"]) == 1


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (["findings"], []),
        (["findings", "--case", "M17"], []),
        (["findings", "--person", "0123456789abcdef"], []),
        (["assess"], {"findings": 0, "overdue": 0}),
        (["link"], {"records": 0, "people": 0, "pairs": 0}),
        (["people", "export", "people.csv"], {"records": 0, "people": 0}),
        (["ledger", "verify"], {"ok": True}),
        (["digest"], {}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) and value else "",
)
def test_before_anything_has_come_there_is_nothing(fresh, asked, answer):
    done = fresh(*asked, "--json")

    assert done.code == 0, done.err
    assert done.json == answer if isinstance(answer, list) else answer.items() <= done.json.items()


def test_nothing_but_the_document_stands_on_the_output(duecare, made):
    for asked in (["receive", made], ["link"], ["assess"], ["findings"], ["ledger", "head"]):
        done = duecare(*asked, "--json")
        text = done.out.strip()
        json.loads(text)
        assert text[0] in "[{"
        assert text[-1] in "]}"
        assert "Zarathorn" not in done.err


def test_an_older_id_answers_as_an_alias(fresh):
    from tests.made.deliveries import Made, write

    def person(record: str, written: str) -> dict[str, str]:
        return {
            "record_id": record, "given_names": "Quillabon", "family_name": "Zarathorn", "sex": "F",
            "date_of_birth": "2004-06-01", "nhs_number": "9990000018", "postcode": "ZZ99 3WZ", "address": "1 Made Up Street",
            "written_at": written,
        }  # fmt: skip

    first = write(Made({"persons": [person("LATE", "2016-03-01T00:00:00Z")]}), fresh.folder / "pole-1")
    second = write(Made({"persons": [person("EARLY", "2016-01-01T00:00:00Z")]}), fresh.folder / "pole-2")
    out = fresh.folder / "people.csv"

    fresh("run", first)
    fresh("people", "export", out)
    (before,) = rows_of(out)
    fresh("run", second)
    fresh("people", "export", out)
    after = {row["record_id"]: row["person"] for row in rows_of(out)}
    old = fresh("person", before["person"], "--json")

    assert len(set(after.values())) == 1, "the two records are one person"
    assert after["LATE"] != before["person"]
    assert old.code == 0, old.err
    assert old.json["person"] == after["LATE"]
    assert before["person"] in old.json["aliases"]


def test_the_shipped_table_of_commands_is_fresh():
    import subprocess
    import sys

    root = Path(__file__).parents[2]
    printed = subprocess.run(
        [sys.executable, "tools/print_commands.py"], cwd=root, capture_output=True, text=True, check=True
    ).stdout

    assert (root / "docs/reference/command-line.md").read_text(encoding="utf-8") == printed, "run: make docs"
