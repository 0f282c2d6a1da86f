"""Grades by case of audits run elsewhere: read or set aside row by row, and written so that they read back the same."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.audit.grading.imported_case_grade import (
    COLUMNS,
    CaseGrade,
    is_case_grades,
    read_case_grades,
    rows_by_case,
    scheme_for,
)
from duecare.vocabulary.refusals import Refusal

HEADER = "round,case_ref,case_source,set,grader_side,grader,case_kind,area,grade,referred_back,graded_at"


def read(*lines, header=HEADER):
    return read_case_grades(rows_by_case("\n".join([header, *lines]).encode()), "grades.csv")


def test_a_row_is_read_with_its_word_in_the_schemes_own_spelling():
    (one,) = read("2016,C1,cris,Paired,FORCE,A1,crime,Eastmoor,Requires  Improvement,yes,2016-03-01T09:00").accepted

    assert one.key == ("2016", "cris", "C1", "force", "A1")
    assert (one.set, one.grade, one.referred_back) == ("paired", "requires_improvement", True)
    assert one.graded_at == datetime(2016, 3, 1, 9, tzinfo=UTC)


def test_only_what_a_row_must_have_is_needed():
    (one,) = read("2016,C1,paired,inspectorate,Good", header="round,case_ref,set,grader_side,grade").accepted

    assert (one.case_source, one.grader, one.referred_back, one.graded_at) == ("", "", None, None)


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (",C1,,paired,force,,,,good,,", "round"),
        ("2016,,,paired,force,,,,good,,", "case_ref"),
        ("2016,C1,,both,force,,,,good,,", "set"),
        ("2016,C1,,paired,police,,,,good,,", "grader_side"),
        ("2016,C1,,inspector_only,force,,,,good,,", "grader_side"),
        ("2016,C1,,paired,force,,,,,,", "grade"),
        ("2016,C1,,paired,force,,,,excellent,,", "grade"),
        ("2016,C1,,paired,force,,,,good,perhaps,", "referred_back"),
        ("2016,C1,,paired,force,,,,good,,2016-02-30", "graded_at"),
        ("2016,C1,,paired,force,,,,good,", "row"),
        ("2016,C\x001,,paired,force,,,,good,,", "case_ref"),
        (f"{'2' * 121},C1,,paired,force,,,,good,,", "round"),
    ],
)
def test_a_row_that_cannot_stand_is_set_aside_with_its_column(line, column):
    found = read(line, "2016,C9,,paired,force,,,,good,,")

    assert [(one.row, one.column) for one in found.set_aside] == [(2, column)]
    assert [one.case_ref for one in found.accepted] == ["C9"]
    assert found.as_json()["reasons"][0].startswith(f"row 2, {column}: ")


def test_no_reason_repeats_what_was_typed():
    found = read("2016,C1,,paired,Zarathorn,,,,good,,", "2016,C1,,paired,force,,,,Zarathorn,,")

    assert not any("Zarathorn" in reason for reason in found.as_json()["reasons"])


def test_the_same_again_is_counted_and_something_else_of_the_same_is_set_aside():
    row = "2016,C1,,paired,force,A1,,,good,,"
    found = read(row, row, row.replace("good", "inadequate"), "2016,C1,,force_only,force,A2,,,good,,")

    assert (len(found.accepted), found.repeated) == (1, 1)
    assert [(one.row, one.column) for one in found.set_aside] == [(4, "case_ref"), (5, "set")]


@pytest.mark.parametrize(
    "held", [b"", b"\xff", b"round,case_ref\n", f"{HEADER},score".encode(), f"{HEADER},grade".encode(), b'round,"x']
)
def test_a_file_that_is_no_such_file_is_refused_whole(held):
    with pytest.raises(Refusal) as refused:
        rows_by_case(held)

    assert refused.value.code == "AUD-040"


def test_columns_distinguish_grades_by_case_from_other_files():
    assert is_case_grades(HEADER.split(","))
    assert is_case_grades(["case_ref", "grade"])
    assert not is_case_grades(["set_id", "round", "n", "good"])
    assert not is_case_grades(["round", "case_ref", "error", "wronged"])


TEXT = st.text(st.characters(blacklist_categories=("Cc", "Cs")), min_size=1, max_size=20).map(str.strip).filter(bool)


@given(
    TEXT, TEXT, TEXT, st.sampled_from([None, True, False]), st.sampled_from([None, datetime(2016, 3, 1, tzinfo=UTC)])
)
def test_what_is_written_reads_back_the_same(name, ref, grader, back, at):
    one = CaseGrade(name, "cris", ref, "paired", "force", grader, "=1+1", "Eastmoor", "good", back, at, {})
    out = io.StringIO(newline="")
    csv.writer(out).writerows([COLUMNS, one.as_row()])

    (again,) = read_case_grades(rows_by_case(out.getvalue().encode())).accepted

    assert again.as_row() == one.as_row()
    assert (again.key, again.case_kind, again.referred_back, again.graded_at) == (one.key, "=1+1", back, at)
    assert not any(cell[:1] in {"=", "+", "-", "@"} for cell in one.as_row())


@given(st.binary(max_size=200))
def test_whatever_the_bytes_reading_ends_in_rows_or_in_a_refusal(junk):
    for held in (junk, HEADER.encode() + b"\n" + junk):
        try:
            rows = rows_by_case(held)
        except Refusal:
            continue
        found = read_case_grades(rows)
        assert len(found.accepted) + len(found.set_aside) + found.repeated == sum(1 for row in rows if row)


@pytest.mark.parametrize(
    ("words", "name", "years", "expected"),
    [
        ({"good", "inadequate"}, "MET-2016", (), "case-files-2014"),
        ({"good", "inadequate"}, "Spring 2018", (), "case-files-2017"),
        ({"good", "adequate"}, "Spring 2018", (), "thematic-2014"),
        ({"good", "adequate"}, "spring", (2025,), "topics-2024"),
        ({"good"}, "spring", (2016, 2018), "thematic-2014"),
        ({"good", "adequate", "requires_improvement"}, "spring", (), "case-files-2014"),
    ],
)
def test_the_scheme_is_that_of_the_year_where_it_has_every_word(words, name, years, expected):
    found, how = scheme_for(words, name, [datetime(year, 3, 1, tzinfo=UTC) for year in years])

    assert found.id == expected
    assert how
