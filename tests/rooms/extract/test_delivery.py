"""What a delivery is: whose, which content, and what it says to whom."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from tests.made.stores import NOW

from duecare.config import shipped
from duecare.extract.delivery import read_delivery
from duecare.extract.manifest import Manifest, source_of
from duecare.vocabulary.refusals import Refusal

pytestmark = pytest.mark.own_process

PERSONS = "record_id,family_name\np1,A\np2,B\n"


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("merlin-2016-03-01", "merlin"),
        ("merlin", "merlin"),
        ("northmoor-cad-2016", "northmoor-cad"),
        ("historical-half-a", "historical-half-a"),
        ("cad2-7-8", "cad2"),
    ],
)
def test_the_source_is_the_name_up_to_the_first_hyphen_before_a_digit(name: str, source: str) -> None:
    assert source_of(None, Manifest(), name) == source


def test_what_is_said_comes_before_the_manifest_and_that_before_the_name() -> None:
    assert source_of("said", Manifest(source="stated"), "named-1") == "said"
    assert source_of(None, Manifest(source="stated"), "named-1") == "stated"


@pytest.mark.parametrize("name", ["", "-1", "a b", "a:b", "x" * 65, "..", "é"])
def test_a_name_that_cannot_be_a_source_is_refused(name: str) -> None:
    with pytest.raises(Refusal, match="EXT-015"):
        source_of(None, Manifest(), name)


def test_the_same_content_has_one_hash_whatever_the_folder_is_called(desk: Any) -> None:
    def content(name: str, manifest: dict[str, Any] | None = None, persons: str = PERSONS) -> str:
        path = desk.write(name, persons=persons)
        if manifest is not None:
            (path / "manifest.json").unlink(missing_ok=True)
            desk.write(name, {**desk.listed(path), **manifest})
        return str(desk.read(path).delivery.content_sha256)

    one = content("pole-1")
    assert content("pole-2016-03-01") == one
    assert content("pole-3", {"sequence": 4}) == one
    assert content("pole-4", {"extracted_at": "2016-03-01T00:00:00Z"}) != one
    assert content("pole-5", persons=PERSONS + "p3,C\n") != one
    assert content("other-1") != one


def test_a_manifest_says_scope_sequence_and_time(desk: Any) -> None:
    path = desk.write("x-1", persons=PERSONS)
    said = desk.listed(path, scope="full", extracted_at="2016-07-01T02:00:00", sequence=41)
    desk.write("x-1", said)
    opened = desk.read(path).delivery

    assert (opened.source, opened.scope, opened.sequence) == ("pole", "full", 41)
    assert opened.extracted_at.isoformat() == "2016-07-01T01:00:00+00:00"
    assert opened.rows_of == {"persons.csv": 2}


def test_a_full_delivery_without_a_time_of_extract_is_refused(desk: Any) -> None:
    path = desk.write("x-1", persons=PERSONS)
    desk.write("x-1", desk.listed(path, scope="full"))

    assert desk.refused(path).code == "EXT-010"


def test_the_keys_of_rows_set_aside_are_shown_so_that_a_full_delivery_does_not_withdraw_them(desk: Any) -> None:
    heard = desk.hear(persons="record_id,sealed\np1,perhaps\np2,\n,perhaps\n", cases="case_ref,kind\nc1,odd\n")

    assert heard.delivery.set_aside_keys == {("persons.csv", "persons"): {"p1"}, ("cases.csv", "cases"): {"c1"}}
    assert heard.delivery.keyless == {"persons.csv"}


def test_files_come_in_order_and_rows_of_one_delivered_row_together(desk: Any) -> None:
    heard = desk.hear(
        ties="event_id,record_id,role\ne1,p1,child\n",
        events="event_id,kind,happened_at\ne1,visit,2016-03-01\n",
        persons="record_id\np1\n",
        posts="post,kind\nx,mash_lead\n",
    )

    assert [version.sheet for version in heard.versions] == ["posts", "persons", "events", "ties"]


def test_no_refusal_reason_note_or_log_repeats_what_a_cell_says(desk: Any, caplog: pytest.LogCaptureFixture) -> None:
    canary = "Zzcanary"
    columns = {
        "persons": "record_id,family_name,date_of_birth,sex,sealed,due_on,written_at",
        "events": "event_id,kind,happened_at,detail,text,written_at",
        "ties": "event_id,record_id,role",
        "cases": "case_ref,kind,opened_at,sealed",
    }
    said = []
    with caplog.at_level(logging.DEBUG):
        for sheet, header in columns.items():
            names = header.split(",")
            for i, _ in enumerate(names):
                for bad in (
                    canary,
                    f"{canary}\x00",
                    f'"{canary}',
                    f'{{"{canary}": ',
                    f"{canary}\r{canary}",
                    canary * 9999,
                ):
                    row = [canary if n == i else "" for n in range(len(names))]
                    row[i] = bad
                    said.append(
                        (sheet, header + "\n" + ",".join(row) + "\n" + f'"{canary}"{canary}\n' + canary * 3 + "\n")
                    )
        for n, (sheet, text) in enumerate(said[::7]):
            heard = desk.hear(f"pole-{n}", **{sheet: text})
            for aside in heard.asides:
                assert canary not in f"{aside.column} {aside.reason} {aside.remedy}"
                assert canary in str(aside.original)
            assert canary not in str(heard.notes()) + str(heard.delivery.notes)
    for bad in ({"source": canary + ":"}, {"scope": canary}, {canary: 1}, {"files": [{"name": 3, canary: canary}]}):
        path = desk.write("pole-bad", {"files": [], **bad}, persons=PERSONS)
        assert canary not in str(desk.refused(path))
    assert canary not in str(desk.refused(desk.write("pole-header", persons=f"{canary},{canary}\n")))
    assert canary not in caplog.text


def test_what_lies_beside_a_single_file_is_no_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "another-folder").mkdir()
    (tmp_path / "notes.txt").write_text("not a delivery")
    path = tmp_path / "persons.csv"
    path.write_text("record_id,given_names\nR1,Ada\n")

    with read_delivery(path, source="pole", sources_dirs=[shipped("sources")], received_at=NOW) as delivery:
        assert delivery.files == ("persons.csv",)
        assert delivery.count_rows() == 1
