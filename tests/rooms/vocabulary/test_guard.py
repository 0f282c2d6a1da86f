"""What keeps a spreadsheet from taking a cell for a formula."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.vocabulary.guard import spreadsheet_guarded, spreadsheet_unguarded

CELLS = st.text(st.sampled_from("'=+-@\t\r1a \n"), max_size=6) | st.text(max_size=12)


@given(CELLS)
def test_what_is_guarded_is_read_back_the_same(cell: str) -> None:
    assert spreadsheet_unguarded(spreadsheet_guarded(cell)) == cell


@given(CELLS)
def test_what_is_guarded_begins_with_nothing_that_starts_a_formula(cell: str) -> None:
    assert spreadsheet_guarded(cell)[:1] not in {"=", "+", "-", "@", "\t", "\r"}


@pytest.mark.parametrize("cell", ["=1+1", "+44 7700 900123", "-5", "@name", "\tx", "\rx", "'=1", "''+1"])
def test_one_apostrophe_is_put_before_a_formula_even_where_some_stand_there(cell: str) -> None:
    assert spreadsheet_guarded(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "1", "a=1", " =1", "'", "'tis", "O'Brien", "a\n=1"])
def test_what_is_no_formula_stays_as_it_is_both_ways(cell: str) -> None:
    assert spreadsheet_guarded(cell) == cell
    assert spreadsheet_unguarded(cell) == cell


@pytest.mark.parametrize("cell", ["=1", "+44", "@name"])
def test_what_was_never_guarded_loses_nothing(cell: str) -> None:
    assert spreadsheet_unguarded(cell) == cell
