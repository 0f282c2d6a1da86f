"""An earlier release as plain data: read back it is the same, and the same release is always stored the same."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from duecare.disclosure.count_table import ClearedTable, Earlier, Printed, exact_form, hidden_form, rounded_form
from duecare.disclosure.stored_clearance import as_kept, from_kept
from duecare.disclosure.table_cell import CellKey, CountClass, Dimension, Share

AREAS = Dimension("area", (("", ("A", "B")), ("A", ("A1", "A2"))))
PART, WHOLE = CellKey("children", frozenset({("period", "Q1"), ("area", "A")})), CellKey("children")
EARLIER = Earlier(
    "2026-Q1",
    (
        ClearedTable(
            "by area",
            CountClass.CHILDREN,
            (AREAS, Dimension("period", ())),
            {WHOLE: exact_form(40), PART: hidden_form(1)},
            {Share(PART, WHOLE, 0): None, Share(WHOLE, WHOLE): "100.0"},
        ),
        ClearedTable("practice", CountClass.PRACTICE, (), {CellKey("files"): rounded_form(15, 5)}),
    ),
    {WHOLE: 40, PART: 3, CellKey("files"): 13},
)


def through_json(earlier: Earlier) -> Any:
    return json.loads(json.dumps(as_kept(earlier)))


def test_every_field_of_a_release_is_read_back() -> None:
    again = from_kept(through_json(EARLIER))

    assert again == EARLIER
    assert again.tables[0].kind is CountClass.CHILDREN
    assert again.tables[1].kind is CountClass.PRACTICE
    assert list(again.tables[0].shares.values()) == [None, "100.0"]


def test_what_is_stored_has_these_names_and_forms() -> None:
    kept = through_json(EARLIER)

    assert list(kept) == ["release", "tables", "truth"]
    assert kept["truth"] == [
        [["children", []], 40],
        [["children", [["area", "A"], ["period", "Q1"]]], 3],
        [["files", []], 13],
    ]
    assert kept["tables"][0] == {
        "name": "by area",
        "kind": "children",
        "dimensions": [["area", [["", ["A", "B"]], ["A", ["A1", "A2"]]]], ["period", []]],
        "cells": [
            [["children", []], "exact", 40, 40, 40],
            [["children", [["area", "A"], ["period", "Q1"]]], "hidden", None, 1, None],
        ],
        "shares": [
            [["children", [["area", "A"], ["period", "Q1"]]], ["children", []], 0, None],
            [["children", []], ["children", []], 1, "100.0"],
        ],
    }
    assert kept["tables"][1]["cells"] == [[["files", []], "rounded", 15, 11, 19]]


def test_the_truth_is_stored_in_the_order_of_its_cells_whatever_order_it_came_in() -> None:
    other_way = Earlier(EARLIER.release, EARLIER.tables, dict(reversed(EARLIER.truth.items())))

    assert json.dumps(as_kept(other_way)) == json.dumps(as_kept(EARLIER))


def test_the_cells_of_a_table_keep_their_order() -> None:
    cells = {CellKey("z"): exact_form(1), CellKey("a"): exact_form(2)}
    earlier = Earlier("r", (ClearedTable("t", CountClass.CHILDREN, (), cells),), {})

    assert list(from_kept(through_json(earlier)).tables[0].cells) == list(cells)


def test_a_release_of_nothing_is_read_back() -> None:
    assert from_kept(through_json(Earlier("none", (), {}))) == Earlier("none", (), {})


NAMES = st.text(max_size=4)
KEYS = st.builds(
    lambda measure, cut: CellKey(measure, frozenset(cut.items())), NAMES, st.dictionaries(NAMES, NAMES, max_size=3)
)
FORMS = st.one_of(
    st.integers(0, 99).map(exact_form),
    st.integers(0, 1).map(hidden_form),
    st.builds(rounded_form, st.integers(0, 99), st.integers(2, 9)),
    st.builds(Printed, st.just("exact"), st.none(), st.integers(-9, 0), st.none()),
)
TABLES = st.builds(
    ClearedTable,
    NAMES,
    st.sampled_from(CountClass),
    st.lists(
        st.builds(
            Dimension, NAMES, st.lists(st.tuples(NAMES, st.lists(NAMES, max_size=2).map(tuple)), max_size=2).map(tuple)
        ),
        max_size=2,
    ).map(tuple),
    st.dictionaries(KEYS, FORMS, max_size=3),
    st.dictionaries(st.builds(Share, KEYS, KEYS, st.integers(0, 3)), st.one_of(st.none(), NAMES), max_size=2),
)


@given(
    st.builds(Earlier, NAMES, st.lists(TABLES, max_size=2).map(tuple), st.dictionaries(KEYS, st.integers(), max_size=4))
)
def test_any_release_is_read_back_as_it_was(earlier: Earlier) -> None:
    kept = through_json(earlier)

    assert from_kept(kept) == earlier
    assert through_json(from_kept(kept)) == kept
