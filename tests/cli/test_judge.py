"""Judging a link from the command line, taking it back, and what is said of both: SC13, a wrong merge undone."""

from __future__ import annotations

import csv

import pytest
from tests.made.deliveries import Made, write
from tests.made.kept_scenes import fill_or_copy

CONCERN = {"kind": "concern_reported", "risk": "amber"}


def born(record: str, given: str, on: str) -> dict[str, str]:
    """A child of this name."""
    return {"record_id": record, "given_names": given, "family_name": "Zarathorn", "date_of_birth": on}


TWO_CHILDREN = Made(
    {
        "persons": [born("K1", "Quillabon", "2006-06-01"), born("K2", "Merriget", "2008-09-09")],
        "cases": [
            {"case_ref": "M1", "kind": "child_concern", "area": "Eastmoor"},
            {"case_ref": "M2", "kind": "missing", "area": "Eastmoor"},
        ],
        "events": [
            {"event_id": "E1", "happened_at": "2016-03-01T09:00:00+00:00", "case_ref": "M1",
             "written_at": "2016-03-01T09:10:00+00:00", **CONCERN},
            {"event_id": "E2", "kind": "missing_reported", "happened_at": "2016-03-02T09:00:00+00:00",
             "case_ref": "M2", "risk": "high", "written_at": "2016-03-02T09:10:00+00:00"},
            {"event_id": "E3", "kind": "missing_returned", "happened_at": "2016-03-02T20:00:00+00:00",
             "case_ref": "M2", "written_at": "2016-03-02T20:10:00+00:00"},
            {"event_id": "E4", "kind": "child_seen", "happened_at": "2016-03-03T09:00:00+00:00",
             "case_ref": "M2", "written_at": "2016-03-03T09:10:00+00:00"},
        ],
        "ties": [
            {"event_id": "E1", "record_id": "K1", "role": "child"},
            {"event_id": "E2", "record_id": "K2", "role": "child"},
            {"event_id": "E3", "record_id": "K2", "role": "child"},
            {"event_id": "E4", "record_id": "K2", "role": "child"},
        ],
    },
)  # fmt: skip
K1, K2 = "pole:K1", "pole:K2"
AT = "2026-01-01T09:00:00+00:00"


@pytest.fixture
def two(fresh, tmp_path):
    """The program, on a store in which there are two children, each with a case of their own."""
    path = write(TWO_CHILDREN, tmp_path / "pole-2016-04-01")

    def fill():
        done = fresh("run", path, "--json")
        assert done.code == 0, done.err

    with fresh.store() as config:
        fill_or_copy(config, "two children with a case each", fill)
    return fresh


def held(program, folder):
    """Which record is whose, and everything that is found, as whoever asks is told."""
    file = folder / "whose.csv"
    assert program("people", "export", file).code == 0
    with file.open() as lines:
        whose = {f"{row['source']}:{row['record_id']}": row["person"] for row in csv.DictReader(lines)}
    found = program("findings", "--as-of", AT, "--json").json  # how late something is grows with the clock
    return whose, found, program("digest", "--json").json["parts"]


def entries(program):
    """The lines of the ledger, oldest first."""
    return program("ledger", "show", "--most", "200", "--json").json[::-1]


def test_sc13_a_wrong_merge_is_undone_and_all_is_as_it_was(two, tmp_path):
    before = held(two, tmp_path)

    merged = two("judge", K1, K2, "same", "--reason", "the same child, says the school", "--json").json
    as_one = held(two, tmp_path)
    two("person", as_one[0][K1], "--purpose", "a conference")
    undone = two("judge", "--undo", merged["judgement"], "--reason", "sisters, says the nurse", "--json").json

    assert before[0][K1] != before[0][K2]
    assert as_one[0][K1] == as_one[0][K2] in before[0].values()
    assert as_one[2]["findings"] != before[2]["findings"]
    assert held(two, tmp_path) == before
    assert {tuple(one["records"]) for one in merged["changed"]["people_before"]} == {(K1,), (K2,)}
    assert [one["records"] for one in merged["changed"]["people_after"]] == [[K1, K2]]
    assert undone["changed"]["people_after"] == merged["changed"]["people_before"]
    assert undone["changed"]["findings"]["appeared"] or undone["changed"]["findings"]["altered"]
    assert [(one["by"], one["purpose"]) for one in undone["disclosed"] if "conference" in one["purpose"]] == [
        ("tester", "open person: a conference")
    ]


def test_sc13_the_log_shows_combination_then_alteration(two):
    merged = two("judge", K1, K2, "same", "--reason", "the same child", "--json").json
    two("judge", "--undo", merged["judgement"], "--reason", "sisters")

    logged = [one for one in entries(two) if one["purpose"].startswith("judge link") and one["act"] != "consultation"]

    assert [(one["act"], one["outcome"], one["count"]) for one in logged] == [
        ("combination", "done: judged same", 2),
        ("alteration", "done: took back same", 2),
    ]


def test_every_judgement_is_listed_with_what_has_become_of_it(two):
    first = two("judge", K1, K2, "same", "--reason", "one child", "--json").json["judgement"]
    second = two("judge", K2, K1, "different", "--reason", "two children", "--json").json["judgement"]
    third = two("judge", K1, K2, "unsure", "--reason", "nobody knows", "--json").json["judgement"]
    two("judge", "--undo", third, "--reason", "the nurse knows")

    listed = two("judgements", "--json").json

    assert [(one["judgement"], one["verdict"], one["standing"]) for one in listed] == [
        (third, "unsure", "undone"),
        (second, "different", "in force"),
        (first, "same", "superseded"),
    ]
    assert (listed[0]["undone_by"], listed[0]["undone_reason"]) == ("tester", "the nurse knows")
    assert two("why", K1, K2, "--json").json["judgement"] == "different"
    assert "two children" in two("judgements").out


def test_a_judgement_outlives_linking_and_training_again(two, tmp_path):
    two("judge", K1, K2, "same", "--reason", "one child")
    as_one, _, parts = held(two, tmp_path)

    assert two("link").code == 0

    whose, _, linked = held(two, tmp_path)
    assert (whose, linked["people"]) == (as_one, parts["people"])


@pytest.mark.parametrize(
    ("asked", "code", "words"),
    [
        (["judge", K1, K2, "same", "--reason", " "], 13, "LNK-004"),
        (["judge", K1, K2, "same", "--reason", "x" * 501], 13, "LNK-004"),
        (["judge", K1, K1, "same", "--reason", "x"], 13, "LNK-003"),
        (["judge", K1, "pole:none", "same", "--reason", "x"], 15, "ACC-001"),
        (["judge", "--undo", "none", "--reason", "x"], 15, "ACC-001"),
        (["judge", K1, K2, "perhaps", "--reason", "x"], 2, "perhaps"),
        (["judge", K1, K2, "--reason", "x"], 2, "Give two records"),
        (["judge", K1, K2, "same"], 2, "--reason"),
        (["judge", K1, K2, "same", "--undo", "x", "--reason", "x"], 2, "Give two records"),
    ],
)
def test_what_is_asked_wrongly_is_refused_and_nothing_is_recorded(two, asked, code, words):
    done = two(*asked)

    assert (done.code, words in done.err) == (code, True), done.err
    assert two("judgements", "--json").json == []


def test_a_judgement_is_taken_back_once(two):
    first = two("judge", K1, K2, "same", "--reason", "one child", "--json").json["judgement"]
    assert two("judge", "--undo", first, "--reason", "two").code == 0

    again = two("judge", "--undo", first, "--reason", "two, indeed")

    assert (again.code, "LNK-006" in again.err) == (13, True)
