"""Rows set aside can be written out, corrected and received again, and nothing in them runs or is lost on the way."""

from __future__ import annotations

import csv
import io
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from duecare.extract.mendable_file import write_mendable
from duecare.record.version import SetAside
from duecare.vocabulary.guard import spreadsheet_guarded, spreadsheet_unguarded

CELLS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=30)


def test_a_row_set_aside_is_exported_corrected_and_received_again(desk: Any) -> None:
    persons = "record_id,family_name,phone,sealed\np1,\"=cmd|' /C calc'!A0\",+447700900001,perhaps\np2,B,,\n"
    first = desk.hear("pole-1", persons=persons)
    text = write_mendable(first.asides)

    assert "\"'=cmd" in text
    assert '"\'+447700900001"' in text
    again = desk.hear("pole-2", persons=text.replace("perhaps", "false"))
    assert again.asides == []
    assert again.body("persons", "p1") == {
        "record_id": "p1",
        "family_name": "=cmd|' /C calc'!A0",
        "phone": ["+447700900001"],
    }


def test_a_row_unmended_is_set_aside_again_for_the_same_reason(desk: Any) -> None:
    first = desk.hear("pole-1", events='event_id,kind,happened_at,text\ne1,bogus,2016-03-01,"a\rb, \'tis\n"\n')
    again = desk.hear("pole-2", events=write_mendable(first.asides))

    assert again.asides == first.asides


def test_a_row_with_too_many_cells_is_put_together_again(desk: Any) -> None:
    first = desk.hear("pole-1", persons="record_id,address\np1,1 High Street, Northmoor\n")
    again = desk.hear("pole-2", persons=write_mendable(first.asides))

    assert again.body("persons", "p1")["address"] == "1 High Street, Northmoor"


def test_a_tie_is_exported_with_the_whole_set_of_its_event(desk: Any) -> None:
    ties = "event_id,record_id,role,written_at\ne1,a,child,2016-03-01\ne1,b,friend,2016-03-01\n"
    first = desk.hear("pole-1", ties=ties)
    text = write_mendable(first.asides, lambda event: [("pole", "a", "child"), ("merlin", "n", "victim")])
    again = desk.hear("pole-2", ties=text.replace("friend", "suspect"))

    assert again.body("ties", "e1")["ties"] == [
        ["merlin", "n", "victim"],
        ["pole", "a", "child"],
        ["pole", "b", "suspect"],
    ]
    assert again.of("ties")["e1"].version_at is None


@given(CELLS)
def test_the_guard_comes_off_again_and_leaves_no_formula(text: str) -> None:
    assert spreadsheet_unguarded(spreadsheet_guarded(text)) == text
    assert not spreadsheet_guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5))
def test_every_cell_comes_back_as_it_was(rows: list[tuple[str, str]]) -> None:
    asides = [SetAside("f.csv", i, "a", "", "", (("a", one), ("b", other))) for i, (one, other) in enumerate(rows)]
    read = list(csv.reader(io.StringIO(write_mendable(asides), newline=""), strict=True))

    assert read[0] == ["a", "b"]
    assert [tuple(map(spreadsheet_unguarded, row)) for row in read[1:]] == rows
